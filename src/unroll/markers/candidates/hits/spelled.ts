// Numbers that words and letters spell: `Part two`, `(iv)`.
import type { Ends } from '../cues.ts'
import { trimmedEnds } from '../ends.ts'
import { spelledBack, spelledFront } from '../numerals/spelled.ts'
import { type Hit, NO_HITS, toHit } from './hit.ts'

/** What a Roman numeral that closes a post is written with, much cheaper; what closes it, cheaper still. */
const ROMAN_CLOSES = [')', ']', '/']
const ROMANISH = /[(/[ ](?:[ivxIVX]{1,6}|[a-hA-H]|part \p{L}{2,6}) ?[)\]/]/iu

/** Asked of posts that hold no digit in a marker's place: most of an archive. */
export function spelledHits({ head, tail, from }: Ends): readonly Hit[] {
  const front = spelledFront(head)
  if (front !== null) return [toHit('head', front.found, front.start)]
  if (!ROMAN_CLOSES.some((sign) => tail.includes(sign)) || !ROMANISH.test(tail)) return NO_HITS
  for (const end of trimmedEnds(tail)) {
    const back = spelledBack(tail.slice(0, end))
    if (back !== null) return [toHit('tail', back.found, from + back.start)]
  }
  return NO_HITS
}
