// A title for what has none: its first words.

/** Longest title made of a text's own words, in UTF-16 units. */
const TITLE_LENGTH = 80
const SPACES = /\s+/g
/** How an address begins: says nothing in a title, and would be made a link, cut as it may be. */
const ADDRESS_HEAD = /\bhttps?:\/\/(?:www\.)?(?=[^\s/])/gi
const LAST_WORD = /\s+\S*$/
/** Half of a sign that the cut goes through. */
const HALF = /[\ud800-\udbff]$/
/** `…?…` reads like a mistake; a title that ends with its sentence is one. */
const SENTENCE_END = /[.!?…。！？؟][)"'”’»]*$/u

/**
 * The first words of the first paragraph, cut at a word, with `…` when cut within a sentence. Null when there are none.
 */
export function shortTitle(text: string): string | null {
  const line = text
    .trim()
    .slice(0, TITLE_LENGTH * 4)
    .split('\n\n', 1)[0]!
    .replace(SPACES, ' ')
    .replace(ADDRESS_HEAD, '')
    .trim()
  if (line === '') return null
  if (line.length <= TITLE_LENGTH) return line
  const cut = line.slice(0, TITLE_LENGTH).replace(HALF, '').replace(LAST_WORD, '')
  return SENTENCE_END.test(cut) ? cut : `${cut}…`
}
