// Numbers that close a post, before whatever is added behind it: links, tags, "(thread)", an end sign.
import { endCues } from '../cues.ts'
import { trimmedEnds } from '../ends.ts'
import { matchBack } from '../form-match.ts'
import { findNumber } from '../numerals/signs.ts'
import { BACK_SLICE, type Hit, MAX_LEADS, NO_HITS, REACH, toHit } from './hit.ts'

const TRAILING_ASIDE =
  /(?:[([][^()[\]\n]{1,40}[)\]]|[[(]?(?:thread|hilo|тред|cont\.{0,3}|continued)[\])]?[.:!]?|\s[/\\]{0,2}(?:end|fin|fim)[.!]?|\s?(?:続く|つづく|未完待续|待续|يتبع)|(?:…|\.{3})|\s?(?:>{1,3}|[-=]>))$/iu
/** What is not in brackets is no longer (UTF-16 code units). */
const ASIDE_SLICE = 16
const DIGIT_LAST = /\d$/
const NUMBERED = /(?:\d|\u20e3)[/.)\]:-]{0,2}[\s\u2060]{0,3}$/

/** @param from offset of the tail in the post */
export function backHits(tail: string, from: number): readonly Hit[] {
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
