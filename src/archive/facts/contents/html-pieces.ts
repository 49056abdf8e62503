// The HTML of a post as what it says beyond the text: a JSON array in which a string stands for itself, a number n > 0
// for the next n characters of the text, and n < 0 passes over so many. Any HTML comes back letter by letter.

/** Characters of the text that HTML may leave out at once: line breaks, bullets, labels of links. */
const REACH = 64
/** A number says no less than so many letters: with one that passes over what lies before them it is as long. */
const LEAST_LETTERS = 10
/** Letters of the longest reference to a character that is passed over at once. */
const LONGEST_REFERENCE = 10
/** A character of two UTF-16 units counts as one, as in SQL. */
const WIDE = /[\ud800-\udfff]/
/** SQL's substr ends here. */
const NUL = '\0'

type Piece = string | number

/** The pieces that make `html` out of `text`, as JSON. Linear in the lengths. */
export function toPieces(html: string, text: string): string {
  if (text.includes(NUL)) return JSON.stringify([html])
  const count = WIDE.test(text) ? countCharacters : countUnits
  const endOfWords = createWordEnds(html)
  const pieces: Piece[] = []
  let told = 0
  let at = 0
  for (let from = 0; from < html.length; ) {
    const end = endOfWords(from)
    const run = html.slice(from, end)
    const words = run.trim()
    const found = words.length < LEAST_LETTERS ? -1 : find(words, text, at)
    if (found !== -1) {
      const start = end - run.trimStart().length
      if (start > told) pieces.push(html.slice(told, start))
      if (found > at) pieces.push(-count(text, at, found))
      told = start + words.length
      at = found + words.length
      pieces.push(count(text, found, at))
    }
    from = afterWords(html, end)
  }
  if (told < html.length) pieces.push(html.slice(told))
  return JSON.stringify(pieces)
}

/** Where words that begin at a place end: at a tag, a reference to a character, a line end of the source. */
function createWordEnds(html: string): (from: number) => number {
  let [tag, reference, line] = [-1, -1, -1]
  return (from) => {
    if (tag < from) tag = indexOr(html, '<', from)
    if (reference < from) reference = indexOr(html, '&', from)
    if (line < from) line = indexOr(html, '\n', from)
    return Math.min(tag, reference, line)
  }
}

/** Behind what ended the words. */
function afterWords(html: string, end: number): number {
  const mark = html[end]
  if (mark === '<') return indexOr(html, '>', end) + 1
  return end + 1 + (mark === '&' ? html.slice(end + 1, end + LONGEST_REFERENCE).indexOf(';') + 1 : 0)
}

/** Where the text goes on with these words, or -1. */
function find(words: string, text: string, at: number): number {
  // Not startsWith: V8 compiles it to a loop that looks at letter by letter.
  if (text.slice(at, at + words.length) === words) return at
  const ahead = text.slice(at, at + REACH + words.length).indexOf(words)
  return ahead === -1 ? -1 : at + ahead
}

/** The HTML that `toPieces` took apart. */
export function fromPieces(json: string, text: string): string {
  const isWide = WIDE.test(text)
  let html = ''
  let at = 0
  for (const piece of JSON.parse(json) as readonly Piece[]) {
    if (typeof piece === 'string') html += piece
    else {
      const end = isWide ? advance(text, at, Math.abs(piece)) : at + Math.abs(piece)
      if (piece > 0) html += text.slice(at, end)
      at = end
    }
  }
  return html
}

function indexOr(text: string, sought: string, from: number): number {
  const found = text.indexOf(sought, from)
  return found === -1 ? text.length : found
}

function countUnits(_text: string, from: number, end: number): number {
  return end - from
}

function countCharacters(text: string, from: number, end: number): number {
  let count = 0
  for (let at = from; at < end; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return count
}

function advance(text: string, from: number, characters: number): number {
  let at = from
  for (let left = characters; left > 0; left--) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}
