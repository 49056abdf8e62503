// Which paragraphs of a plain-text essay are quotations. Copying loses the indentation of a blockquote, so this is a
// reading with a probability, not a fact: it shows in the HTML and in a note, never in the text.

export interface QuoteRun {
  /** Indices of paragraphs, [start, end). */
  readonly start: number
  readonly end: number
  readonly p: number
}

/** Log-odds that the paragraph after a line ending in ":" is a quotation, and what speaks for and against it. */
const AFTER_COLON = 0.8
const NAMES_SOURCE = 1.2
const OPENS_QUOTED = 1.5
const EDITED = 1.5
const BROKEN_LINES = 1
const GOES_ON_ARGUING = -1.8
const FIRST_PERSON = -0.6
const SHORT = -0.8
/** Without a colon before it only strong signs count. */
const NO_COLON = -1.2
const SHORT_CHARACTERS = 80
const MIN_P = 0.5

const COLON = /:["”’]?(?:\s*\[?\d{1,3}\]?)?$/u
const SOURCE =
  /\b(?:paragraph|passage|quote|quotation|excerpt|account|per|according|explains?|explained|says?|said|writes?|wrote|authors?|schreibt|sagte|laut|escribe|dijo|según)\b/iu
const OPENING = /^["“„«‘]/u
// Signs of an editor's hand: "(...)", "[…]", "[it became clear]".
const EDITORIAL = /\((?:\.{3}|…)\)|\[[^\]\d][^\]]{0,80}\]/u
const CONNECTOR =
  /^(?:so|but|and|then|again|or|now|here|also|however|thus|yet|still|first|also|aber|und|also|pero|y|mais|et)\b/iu
const AUTHOR_SPEAKS = /\b(?:I|I['’]m|my|me)\b/u
const LETTER_END = /[\p{L},]$/u

/** The runs of paragraphs that read as quotations, each with its probability (0.5 and up). */
export function findQuotes(paragraphs: readonly string[]): readonly QuoteRun[] {
  const runs: QuoteRun[] = []
  for (let at = 1; at < paragraphs.length; at += 1) {
    const introduced = COLON.test(paragraphs[at - 1] ?? '') && runs.at(-1)?.end !== at
    const p = probability(paragraphs[at] ?? '', introduced ? (paragraphs[at - 1] ?? '') : null)
    if (p < MIN_P) continue
    const end = introduced ? endOfQuote(paragraphs, at) : at + 1
    runs.push({ start: at, end, p: Math.round(p * 100) / 100 })
    at = end - 1
  }
  return runs
}

/** `introduction` is the paragraph before it that ends in a colon, or null. */
function probability(paragraph: string, introduction: string | null): number {
  const introduced = introduction !== null
  const signs: readonly (readonly [holds: boolean, weight: number])[] = [
    [introduced, AFTER_COLON],
    [!introduced, NO_COLON],
    [introduced && SOURCE.test(introduction), NAMES_SOURCE],
    [introduced && OPENING.test(paragraph), OPENS_QUOTED],
    [EDITORIAL.test(paragraph), EDITED],
    [hasBrokenLines(paragraph), BROKEN_LINES],
    [CONNECTOR.test(paragraph), GOES_ON_ARGUING],
    [AUTHOR_SPEAKS.test(paragraph), FIRST_PERSON],
    [paragraph.length < SHORT_CHARACTERS, SHORT],
  ]
  const odds = signs.reduce((sum, [holds, weight]) => sum + (holds ? weight : 0), 0)
  return 1 / (1 + Math.exp(-odds))
}

/** Lines broken inside a sentence: the paragraph was copied from print. */
function hasBrokenLines(paragraph: string): boolean {
  return paragraph
    .split('\n')
    .slice(0, -1)
    .some((line) => LETTER_END.test(line))
}

// A quotation of several paragraphs opens each of them with a quotation mark (Chicago Manual of Style 13.32).
function endOfQuote(paragraphs: readonly string[], start: number): number {
  let end = start + 1
  if (!OPENING.test(paragraphs[start] ?? '')) return end
  while (end < paragraphs.length && OPENING.test(paragraphs[end] ?? '')) end += 1
  return end
}
