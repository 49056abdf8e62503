// What a footnote's reference is labelled with: numbers, letters, signs, with or without brackets.

/** `1`, `[1]`, `(a)`, `iv`, `*`, `†` */
export const LABEL = /^[[(]?(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?[.:]?$/i
export const DIGITS = /^\d{1,3}$/
const BRACKETS = /[[\]().:\s]/g

/** The label without brackets and stops. */
export function bareLabel(label: string): string {
  return label.replace(BRACKETS, '')
}
