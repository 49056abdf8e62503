// Numbers in sentences.

/** `1 reply`, `2 replies`. @param many where it is not made with an s */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
