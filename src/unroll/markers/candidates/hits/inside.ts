// Numbers that neither open nor close a post: behind a title, at the end of the first line, in a line or a phrase of
// their own.
import { matchBack, matchFront } from '../form-match.ts'
import { BACK_SLICE, type Hit, NO_HITS, toHit } from './hit.ts'

const INSIDE =
  /(?<![\p{L}\d])(?:part|parte|teil|partie|thread|tweet|hilo) ?(?<n>\d{1,3}) ?(?:\/|of) ?(?<m>\d{1,3})(?![\d/]|[.,]\d)/iu
/** A cheap look that spares most posts the pattern above. */
const INSIDE_WORDS = /(?:parte?|teil|partie|thread|tweet|hilo) ?\d{1,3} ?(?:\/|of)/i
/** A cheaper one, which spares them that. */
const INSIDE_NUMBERS = /\d ?(?:\/|of)/i
const BEHIND_TITLE = /^[^\n.!?\d]{2,40} (?:- )?(?=[([]\d{1,3} ?\/ ?\d{1,3}[)\]][ :-]|\d{1,3}\/\d{1,3}(?: -|:) )/
/** A link at the end of its line may stand behind the number; what follows may be the card of it, or a poll. */
const TITLE_LINE = /^[^\n]{3,280}?\d[)\]]?(?= {0,2}(?:https?:\/\/\S{1,200} {0,2})?\n)/
const DIGIT = /\d/
/** A fraction that fills a line, anywhere in the head of a post. */
const LINE_INSIDE = /\n[ \u2060]{0,3}(?=[([]?\d{1,3} ?\/ ?\d{1,3}[)\]]?[ \u2060]{0,3}\n)/

/** A title leads each post, and the number stands behind it: `On bread (2/4): …`, or at the end of the first line. */
export function titleHits(head: string): readonly Hit[] {
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

/** "Part 2/3" and "Thread 1/12" may stand after the first sentence. */
export function insideHits(head: string): readonly Hit[] {
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
