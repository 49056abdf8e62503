// Pictures, films and files of a post, whatever told them. No knowledge of any one site.

/** Each address once, where it first stands. In one pass: a page may name tens of thousands. */
export function onceByUrl<T extends { readonly url: string | null }>(shown: readonly T[]): T[] {
  const seen = new Set<string | null>()
  return shown.filter(({ url }) => !seen.has(url) && seen.add(url))
}
