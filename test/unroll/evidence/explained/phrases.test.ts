// Every signal a link can carry has a clause of its own: nobody argues with `open far`.
import { describe, expect, it } from 'vitest'
import { phraseFor } from '../../../../src/unroll/evidence/explained/phrases.ts'
import { IN_TIMELINES, WEIGHTS } from '../../../../src/unroll/evidence/weights/weights.ts'
import { STRUCTURE } from '../../../../src/unroll/solve/score/structure.ts'

/** Said by the numbers, times and places themselves, or signals of first, last and lone posts: no link shows them. */
const SAID_OTHERWISE =
  /^(?:run|bridge|long-bridge|half-total|other-total|other-form)-(?!with-total)|^time-(?:back|same|\d)|^time-later|^page-(?!unknown)|^(?:head|tail|alone)/

describe('phrases', () => {
  const kinds = [...new Set([...STRUCTURE, ...Object.keys(WEIGHTS), ...Object.keys(IN_TIMELINES)])]
  it.each(kinds.filter((kind) => !SAID_OTHERWISE.test(kind)))('names %s', (kind) => {
    expect(phraseFor(kind)).toMatch(/^[a-z]/)
  })
})
