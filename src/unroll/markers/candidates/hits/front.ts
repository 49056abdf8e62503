// Numbers that open a post, behind whatever leads it: emoji, mentions, the word "THREAD", the name of a part.
import type { Form } from '../../marker.ts'
import { type FormMatch, matchFront } from '../form-match.ts'
import { findNumber } from '../numerals/signs.ts'
import { type Hit, MAX_LEADS, NO_HITS, REACH, toHit } from './hit.ts'

const LEADING_SIGN =
  /[\s\u2060]{1,40}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|@[\w.@-]{1,60}|[.…*_>•·~"“«‘'-]{1,3}/uy
const LEADING_TAG = /#[\p{L}\d_]{0,60}\p{L}[\p{L}\d_]{0,60}/uy
const LEADING_WORD =
  /(?:a |an |mini |short |long )?(?:(?:mega|mini)-?(?:thread|hilo)|tweet ?storm|thread|threads|hilo|тред|нитка|fil|fio|スレッド|رشته|سلسلة|ثريد|שרשור|थ्रेड|스레드|กระทู้|wątek|vlákno|updated?(?! #?\d{1,3}(?:[\s.:)-]|$))|cont|rt)[.:!,-]{0,2}(?![\p{L}])|[([]?(?:thread|update)[)\]]/iuy
/** What opens the pattern above, much cheaper: most first words are none of these. */
const WORD_START =
  /(?:a |an |mini |short |long )?(?:thr|m[ei][gn][ai]-?[th][hi]|tweet ?s|hilo|тред|нитка|fi[lo]|スレ|رشت|سلس|ثري|שרש|थ्र|스레|กระ|wąt|vlá|upd|cont|rt)|[([](?:thr|upd)/iy
/** What parts the name of a part from the number of a post in it, and the forms of such numbers. */
const BEHIND_PART = /[\s\u2060]{0,2}[,:.;|–—-]{0,2}[\s\u2060]{1,2}(?=[([]?\d)/uy
const COUNTS_POSTS: ReadonlySet<Form> = new Set<Form>(['n/m', 'n/', '(n)'])
const INNER_PRIOR = 0.9
const OPENS_TEXT = /^\d{1,3}\/[\s\u2060]{1,2}\d{1,3}$/
const BLANK = /^[\s\u2060]*$/u

/**
 * Tried at the start and past each space, emoji, mention and word such as "THREAD", as long as a number lies ahead.
 * @param first offset of the first number
 */
export function frontHits(head: string, first: number): readonly Hit[] {
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
