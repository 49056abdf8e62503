// Lines of a text that quote somebody: numbers in them count what was quoted. Where most lines are such, the quotation
// is the text itself.

const QUOTED_LINE = /^\s{0,3}>/
const OPENING = /^\s{0,3}["“„«「『]/u
const CLOSED = /["”“»」』][.,;!?…)]{0,2}$/u
/** The sign that closes it, and what may stand behind (UTF-16 code units). */
const CLOSING = 3
const QUOTE_SIGNS = /["“”„«»「」『』]/gu
/** A quotation is no longer (lines of text). */
const LONGEST = 12

/** Places in `texts`, which are lines without the blank ones, that stand in quotations; none where most do. */
export function findQuoted(texts: readonly string[]): ReadonlySet<number> {
  const quoted = new Set<number>()
  let at = 0
  while (at < texts.length) {
    const last = QUOTED_LINE.test(texts[at] ?? '') ? at : endOfQuotation(texts, at)
    for (let line = at; line <= last; line++) quoted.add(line)
    at = Math.max(last, at) + 1
  }
  return quoted.size * 2 > texts.length ? new Set() : quoted
}

/** The last line of the quotation that opens with a line and goes on below it, or -1. */
function endOfQuotation(texts: readonly string[], at: number): number {
  const first = texts[at] ?? ''
  if (!OPENING.test(first) || countSigns(first) % 2 === 0) return -1
  for (let last = at + 1; last < Math.min(texts.length, at + LONGEST); last++) {
    const signs = countSigns(texts[last] ?? '')
    if (signs % 2 === 1) return CLOSED.test((texts[last] ?? '').trimEnd().slice(-CLOSING)) ? last : -1
  }
  return -1
}

function countSigns(text: string): number {
  return text.match(QUOTE_SIGNS)?.length ?? 0
}
