// Every candidate for a number marker in one post's text, in all scripts and forms, with a prior. Nothing is decided
// here: whether a candidate numbers a thread is a decision of the document (acceptance/families.ts).

import type { Form, Marker } from '../marker.ts'
import { type Cue, type Ends, endCues, findBounds, foldEnds, headEnd } from './cues.ts'
import { fold, readDigits, readHan, readSingle } from './digits.ts'
import { weighByContext } from './doubts.ts'
import { endMarkers, reachEnd } from './end-signs.ts'
import { trimmedEnds } from './ends.ts'
import type { PartName } from './form.ts'
import { type FormMatch, matchBack, matchFront, partOf } from './form-match.ts'
import { placeOf, type SidedSpan } from './place.ts'
import { findNumber } from './signs.ts'
import { readLetter, readOrdinal, readRoman, readSpelt, spelledBack, spelledFront } from './spelled.ts'

/** A back form is sought in this many code units before an end. */
const BACK_SLICE = 48
/** The number of a marker stands within this of the end of the marker (UTF-16 code units). */
const REACH = 30
const MAX_LEADS = 14

const LEADING_SIGN =
  /[\s\u2060]{1,40}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|@[\w.@-]{1,60}|[.…*_>•·~"“«‘'-]{1,3}/uy
const LEADING_TAG = /#[\p{L}\d_]{0,60}\p{L}[\p{L}\d_]{0,60}/uy
const LEADING_WORD =
  /(?:a |an |mini |short |long )?(?:thread|threads|hilo|тред|нитка|fil|fio|スレッド|رشته|سلسلة|ثريد|שרשור|थ्रेड|스레드|กระทู้|wątek|vlákno|updated?(?! #?\d{1,3}(?:[\s.:)-]|$))|cont|rt)[.:!,-]{0,2}(?![\p{L}])|[([]?(?:thread|update)[)\]]/iuy
/** What opens the pattern above, much cheaper: most first words are none of these. */
const WORD_START =
  /(?:a |an |mini |short |long )?(?:thr|hilo|тред|нитка|fi[lo]|スレ|رشت|سلس|ثري|שרש|थ्र|스레|กระ|wąt|vlá|upd|cont|rt)|[([](?:thr|upd)/iy
const TRAILING_ASIDE =
  /(?:[([][^()[\]\n]{1,40}[)\]]|[[(]?(?:thread|hilo|тред|cont\.{0,3}|continued)[\])]?[.:!]?|\s[/\\]{0,2}(?:end|fin|fim)[.!]?|\s?(?:続く|つづく|未完待续|待续|يتبع)|(?:…|\.{3})|\s?(?:>{1,3}|[-=]>))$/iu
/** What is not in brackets is no longer (UTF-16 code units). */
const ASIDE_SLICE = 16
const INSIDE =
  /(?<![\p{L}\d])(?:part|parte|teil|partie|thread|tweet|hilo) ?(?<n>\d{1,3}) ?(?:\/|of) ?(?<m>\d{1,3})(?![\d/]|[.,]\d)/iu
/** A cheap look that spares most posts the pattern above. */
const INSIDE_WORDS = /(?:parte?|teil|partie|thread|tweet|hilo) ?\d{1,3} ?(?:\/|of)/i
/** A cheaper one, which spares them that. */
const INSIDE_NUMBERS = /\d ?(?:\/|of)/i
/** What a Roman numeral that closes a post is written with, much cheaper; what closes it, cheaper still. */
const ROMAN_CLOSES = [')', ']', '/']
const ROMANISH = /[(/[ ](?:[ivxIVX]{1,6}|[a-hA-H]|part \p{L}{2,6}) ?[)\]/]/iu
const BEHIND_TITLE = /^[^\n.!?\d]{2,40} (?:- )?(?=[([]\d{1,3} ?\/ ?\d{1,3}[)\]][ :-]|\d{1,3}\/\d{1,3}(?: -|:) )/
/** A link at the end of its line may stand behind the number; what follows may be the card of it, or a poll. */
const TITLE_LINE = /^[^\n]{3,280}?\d[)\]]?(?= {0,2}(?:https?:\/\/\S{1,200} {0,2})?\n)/
const DIGIT = /\d/
/** What parts the name of a part from the number of a post in it, and the forms of such numbers. */
const BEHIND_PART = /[\s\u2060]{0,2}[,:.;|–—-]{0,2}[\s\u2060]{1,2}(?=[([]?\d)/uy
const COUNTS_POSTS: ReadonlySet<Form> = new Set<Form>(['n/m', 'n/', '(n)'])
const INNER_PRIOR = 0.9
const OPENS_TEXT = /^\d{1,3}\/[\s\u2060]{1,2}\d{1,3}$/
const DIGIT_LAST = /\d$/
const NUMBERED = /(?:\d|\u20e3)[/.)\]:-]{0,2}[\s\u2060]{0,3}$/
const SEPARATOR_AFTER = /^(?:[:.)](?=\s)|[:.](?=[\u3040-\u9fff])| ?[-|]{1,2}(?= ))/
const SEPARATOR_BEFORE = /(?<= )[-|~•·]{1,2} ?$/
const BLANK = /^[\s\u2060]*$/u
const BRACKETS: Readonly<Record<string, '(' | '[' | '{'>> = { '(': '(', '[': '[', '{': '{' }

interface Hit extends SidedSpan {
  readonly found: FormMatch
}

/**
 * All candidates, the likeliest first. Pure and total: any string gives a list, spans lie inside the text, the cost
 * does not grow with the length of the post.
 */
export function findMarkers(text: string): readonly Marker[] {
  const ends = foldEnds(text)
  const counted = allHits(ends)
  const hits = counted.length > 0 ? counted : spelledHits(ends)
  const first = headEnd(ends.head)
  if (hits.length === 0) return endMarkers(text, first === null ? endCues(ends) : [first])
  const cues = findBounds(ends)
  const markers: Marker[] = []
  for (const hit of hits) markers.push(toMarker(text, hit, cues))
  const ended = endMarkers(text, first === null ? cues : [...cues, first], markers)
  return withoutCopies(ended.length === 0 ? markers : [...markers, ...ended])
}

const NO_HITS: readonly Hit[] = []

function allHits({ head, tail, from }: Ends): readonly Hit[] {
  const number = findNumber(head, 0, head.length)
  if (number < 0) return from > 0 ? backHits(tail, from) : NO_HITS
  const [front, back] = [frontHits(head, number), backHits(tail, from)]
  const title = front.length === 0 ? titleHits(head) : NO_HITS
  const inside = title.length === 0 ? insideHits(head) : title
  if (inside.length === 0) return back.length === 0 ? front : front.length === 0 ? back : [...front, ...back]
  const found = [...front, ...back]
  return [...found, ...inside.filter((hit) => found.every(({ start, end }) => end <= hit.start || hit.end <= start))]
}

/**
 * Tried at the start and past each space, emoji, mention and word such as "THREAD", as long as a number lies ahead.
 * @param first offset of the first number
 */
function frontHits(head: string, first: number): readonly Hit[] {
  let at = 0
  for (let turn = 0; turn <= MAX_LEADS && at >= 0; turn++) {
    const number = at <= first ? first : findNumber(head, at, head.length)
    if (number < 0) return NO_HITS
    const found = number - at < REACH ? matchFront(head, at, isLineAlone(head, at) ? 'line' : 'front') : null
    if (found !== null)
      return [toHit('head', found, at), ...beforeDigits(head, found, at), ...insidePart(head, found, at)]
    at = skipLead(head, at)
  }
  return NO_HITS
}

/** `5/ 3 boats` may be the fifth post, of boats, and no fifth of three. */
function beforeDigits(head: string, found: FormMatch, at: number): readonly Hit[] {
  if (found.form.form !== 'n/m' || !OPENS_TEXT.test(found.match[0])) return NO_HITS
  const alone = matchFront(head.slice(0, head.indexOf('/', at) + 1), at, 'front')
  return alone === null ? NO_HITS : [toHit('head', alone, at)]
}

/** `Part 2/3: 1/5 Text`: posts are counted by the inner number. */
function insidePart(head: string, found: FormMatch, part: number): readonly Hit[] {
  if (found.form.form !== 'part n') return NO_HITS
  const at = stopOf(BEHIND_PART, head, part + found.match[0].length)
  const inner = at < 0 ? null : matchFront(head, at, 'front')
  if (inner === null || !COUNTS_POSTS.has(inner.form.form)) return NO_HITS
  return [toHit('head', { ...inner, form: { ...inner.form, prior: INNER_PRIOR } }, at)]
}

/** The offset past what leads a post at `at`, or -1 when its first word begins there. */
function skipLead(head: string, at: number): number {
  if (head[at] === '#') return stopOf(LEADING_TAG, head, at)
  const stop = stopOf(LEADING_SIGN, head, at)
  return stop < 0 && stopOf(WORD_START, head, at) >= 0 ? stopOf(LEADING_WORD, head, at) : stop
}

/** Where a match of the sticky pattern at `at` stops, or -1. */
function stopOf(pattern: RegExp, head: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(head) ? pattern.lastIndex : -1
}

/** Whether the line that begins at `at` is so short that a bare number may fill it. */
function isLineAlone(head: string, at: number): boolean {
  const stop = head.indexOf('\n', at)
  return BLANK.test(head.slice(head.lastIndexOf('\n', at - 1) + 1, at)) && (stop < 0 ? head.length : stop) - at <= 5
}

/** @param from offset of the tail in the post */
function backHits(tail: string, from: number): readonly Hit[] {
  let end = tail.length
  for (let turn = 0; turn < MAX_LEADS && findNumber(tail, 0, end) >= 0; turn++) {
    const hit = backHitBefore(end === tail.length ? tail : tail.slice(0, end), from, turn === 0)
    if (hit !== null) return [hit]
    const sign = endBefore(tail, end)
    const next = sign < end ? sign : end - asideBefore(tail, end).length
    if (next === end) return NO_HITS
    end = next
  }
  return NO_HITS
}

/** The offset of the end sign behind a number, `9/9 The end.`, in a tail that stops at `end`; else that. */
function endBefore(tail: string, end: number): number {
  const from = Math.max(0, end - REACH)
  const number = findNumber(tail, from, end)
  if (number < 0 || DIGIT_LAST.test(tail.slice(number, end))) return end
  const slice = tail.slice(from, end)
  const start = endCues({ tail: slice, from: 0 })[0]?.start ?? slice.length
  return NUMBERED.test(slice.slice(0, start)) ? from + start : end
}

/** What is added behind a text that ends at `end`, or nothing. */
function asideBefore(tail: string, end: number): string {
  const isBracketed = tail[end - 1] === ')' || tail[end - 1] === ']'
  const slice = tail.slice(Math.max(0, end - (isBracketed ? BACK_SLICE : ASIDE_SLICE)), end)
  return TRAILING_ASIDE.exec(slice)?.[0] ?? ''
}

/** @param mayFill whether a number may fill the last line: not where something was behind it */
function backHitBefore(tail: string, from: number, mayFill: boolean): Hit | null {
  for (const end of trimmedEnds(tail)) {
    if (findNumber(tail, Math.max(0, end - REACH), end) < 0) continue
    const lineStart = tail.lastIndexOf('\n', end - 1) + 1
    const begin = Math.max(0, end - BACK_SLICE)
    const found = matchBack(tail.slice(begin, end), mayFill && end - lineStart <= 5 ? 'line' : 'back')
    if (found !== null) return toHit('tail', found, from + begin + found.match.index)
  }
  return null
}

/** A title leads each post, and the number stands behind it: `On bread (2/4): …`, or at the end of the first line. */
function titleHits(head: string): readonly Hit[] {
  const bracketed = head.includes('/') ? BEHIND_TITLE.exec(head) : null
  if (bracketed !== null) {
    const at = bracketed[0].length
    const found = matchFront(head, at, 'front')
    return found === null ? NO_HITS : [toHit('head', found, at)]
  }
  const line = head.includes('\n') ? (TITLE_LINE.exec(head)?.[0] ?? '') : ''
  const begin = Math.max(0, line.length - BACK_SLICE)
  const found = line === '' ? null : matchBack(line.slice(begin), 'back')
  return found === null ? NO_HITS : [toHit('head', found, begin + found.match.index)]
}

/** A fraction that fills a line, anywhere in the head of a post. */
const LINE_INSIDE = /\n[ \u2060]{0,3}(?=[([]?\d{1,3} ?\/ ?\d{1,3}[)\]]?[ \u2060]{0,3}\n)/

/** "Part 2/3" and "Thread 1/12" may stand after the first sentence. */
function insideHits(head: string): readonly Hit[] {
  if (!INSIDE_NUMBERS.test(head)) return NO_HITS
  const match = INSIDE_WORDS.test(head) ? INSIDE.exec(head) : null
  if (match === null) return lineHits(head)
  const digits = match.index + match[0].search(DIGIT)
  const found = matchFront(head, match.index, 'front')
  const counted = found === null ? matchFront(head, digits, 'front') : null
  if (found !== null) return [toHit('head', found, match.index)]
  return counted === null ? NO_HITS : [toHit('head', counted, digits)]
}

function lineHits(head: string): readonly Hit[] {
  const line = head.includes('\n') ? LINE_INSIDE.exec(head) : null
  const at = line === null ? -1 : line.index + line[0].length
  const found = at < 0 ? null : matchFront(head, at, 'line')
  return found === null ? NO_HITS : [toHit('head', found, at)]
}

/** Asked of posts that hold no digit in a marker's place: most of an archive. */
function spelledHits({ head, tail, from }: Ends): readonly Hit[] {
  const front = spelledFront(head)
  if (front !== null) return [toHit('head', front.found, front.start)]
  if (!ROMAN_CLOSES.some((sign) => tail.includes(sign)) || !ROMANISH.test(tail)) return NO_HITS
  for (const end of trimmedEnds(tail)) {
    const back = spelledBack(tail.slice(0, end))
    if (back !== null) return [toHit('tail', back.found, from + back.start)]
  }
  return NO_HITS
}

function toHit(side: Hit['side'], found: FormMatch, start: number): Hit {
  return { side, start, end: start + found.match[0].length, found }
}

function toMarker(text: string, hit: Hit, cues: readonly Cue[]): Marker {
  const { found, side, start } = hit
  const end = reachEnd(text, hit.end, cues)
  const span = withSeparator(text, { side, start, end: end ?? hit.end })
  const bare: Omit<Marker, 'prior'> = {
    number: numberOf(found),
    total: totalOf(found),
    form: found.form.form,
    place: placeOf(text, { side, start: span.start, end: span.end }),
    bracket: BRACKETS[partOf(found, 'open') ?? ''] ?? '',
    openEnded: partOf(found, 'x') !== undefined,
    start,
    end: end ?? hit.end,
    cue: end === null && partOf(found, 'end') === undefined ? cueOf(cues) : 'end',
  }
  const prior = weighByContext(text, bare, found.form.prior)
  const { number, form, place, bracket, openEnded, cue } = bare
  return { number, total: bare.total, form, place, bracket, openEnded, start: span.start, end: span.end, cue, prior }
}

/**
 * A colon, full stop or dash that only parts the marker from the text goes with it: `24/40 - All`, `waiting — 1/13`.
 */
function withSeparator(
  text: string,
  { side, start, end }: SidedSpan,
): { readonly start: number; readonly end: number } {
  if (side === 'head')
    return { start, end: end + (SEPARATOR_AFTER.exec(fold(text.slice(end, end + 5)))?.[0].length ?? 0) }
  return {
    start: start - (SEPARATOR_BEFORE.exec(fold(text.slice(Math.max(0, start - 5), start)))?.[0].length ?? 0),
    end,
  }
}

/** How the number is written decides who reads it. */
const READERS: readonly (readonly [part: PartName, read: (written: string) => number | null])[] = [
  ['n', readDigits],
  ['keys', readDigits],
  ['single', readSingle],
  ['han', readHan],
  ['roman', readRoman],
  ['spelt', readSpelt],
  ['letter', readLetter],
  ['ordinal', readOrdinal],
]

const TOTAL_READERS: typeof READERS = [
  ['m', readDigits],
  ['singletotal', readSingle],
  ['hantotal', readHan],
  ['romantotal', readRoman],
]

function numberOf(found: FormMatch): number | null {
  for (const [part, read] of READERS) {
    const written = partOf(found, part)
    if (written !== undefined) return read(written)
  }
  return found.match[0].startsWith('🔟') ? 10 : null
}

function totalOf(found: FormMatch): number | null {
  for (const [part, read] of TOTAL_READERS) {
    const written = partOf(found, part)
    if (written !== undefined) return read(written)
  }
  return null
}

function cueOf(cues: readonly Cue[]): 'start' | 'end' | null {
  if (cues.some((cue) => cue.kind === 'end' && cue.formal)) return 'end'
  return cues.some((cue) => cue.kind === 'start') ? 'start' : null
}

function withoutCopies(markers: readonly Marker[]): readonly Marker[] {
  if (markers.length < 2) return markers
  const seen = new Set<string>()
  const unique = markers.filter((marker) => {
    const key = `${marker.start}-${marker.end}`
    return !seen.has(key) && seen.add(key)
  })
  return unique.sort((a, b) => b.prior - a.prior || a.start - b.start)
}
