// The words of a post with the author's numbers, which an export takes out of its text and leaves in its markup.

const SPACE = /\s+/gu
/** Numbers and signs of an end are short: where more is missing, the markup says something else than the text. */
const MAX_TAKEN = 60
/** "Part three of five", "END". A warning that stands before a post is longer, most often. */
const MAX_LETTERS = 16
const LETTER = /\p{L}/u
const LETTERS = /\p{L}/gu
const PARAGRAPHS = '\n\n'

/** What the markup says, when the text is that without a few signs; else the text. */
export function withTakenOut(text: string, marked: string, number: number | null): string {
  const less = text.replace(SPACE, '')
  const whole = withoutCards(marked, less, number)
  const more = whole.replace(SPACE, '')
  const taken = more.length - less.length
  const letters = countLetters(more) - countLetters(less)
  const isSign = letters === 0 || (letters <= MAX_LETTERS && (number !== null || more.startsWith(less)))
  return isSign && taken > 0 && taken <= MAX_TAKEN && isPartOf(less, more) ? whole : text
}

function countLetters(text: string): number {
  return text.match(LETTERS)?.length ?? 0
}

/** Without last paragraphs that are neither in the text nor about the number: what a linked page is called. */
function withoutCards(marked: string, less: string, number: number | null): string {
  let whole = marked
  for (let end = whole.lastIndexOf(PARAGRAPHS); end !== -1; end = whole.lastIndexOf(PARAGRAPHS)) {
    const last = whole.slice(end).replace(SPACE, '')
    const isNumber = number !== null && last.includes(String(number))
    if (isNumber || !LETTER.test(last) || last.length > MAX_TAKEN || less.endsWith(last)) break
    whole = whole.slice(0, end)
  }
  return whole
}

/** Whether all signs of `less` stand in `more`, in their order. */
function isPartOf(less: string, more: string): boolean {
  let at = 0
  for (let from = 0; from < more.length && at < less.length; from += 1) if (more[from] === less[at]) at += 1
  return at === less.length
}
