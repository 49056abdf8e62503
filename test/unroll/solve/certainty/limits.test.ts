// What no fit can teach: single posts beside threads, where the bags of the fit hold none.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const START_MS = Date.UTC(2024, 8, 3, 10)
const MINUTE_MS = 60_000
const SURE = 0.95

/** A thread on a lighthouse. */
const LAMP = [
  'The lighthouse lens floats in mercury, and nobody may touch the lens.',
  'We took the lens down in March; the lighthouse stood dark for a week.',
  'A lighthouse keeper of ninety told us where the mercury came from.',
  'Cleaning the lens took four people and a lighthouse full of cloth.',
  'Now the lens turns again, and the lighthouse is open on Sundays.',
]

interface Said {
  readonly text: string
  readonly minute: number
}

const numbered: readonly Said[] = LAMP.map((text, k) => ({ text: `${k + 1}/ ${text}`, minute: 2 * k }))

/** The links of dated posts, in no order: texts and probability. */
function linksOf(said: readonly Said[]) {
  const posts = said.map(({ text, minute }) =>
    makePost({ text, author: 'orla', createdAt: new Date(START_MS + minute * MINUTE_MS).toISOString() }),
  )
  const { threads } = unroll([makePage(posts)], { order: 'none', digest: sha256 })
  return threads.flatMap((thread) =>
    thread.posts.slice(1).map(({ post, link }, k) => ({
      from: thread.posts[k]?.post.text ?? '',
      to: post.text,
      p: link?.p ?? 0,
    })),
  )
}

const surelyLinked = (said: readonly Said[], text: string): boolean =>
  linksOf(said).some(({ from, to, p }) => p >= SURE && (from === text || to === text))

describe('a single post among dated threads', () => {
  it('is not surely what a hole of a count lacks, whatever its time; a post on the same thing may be', () => {
    const bread = 'Which flour should you buy? Ask the miller when it was milled.'
    const filled = (text: string) => numbered.map((one, k) => (k === 2 ? { ...one, text } : one))
    expect(surelyLinked(filled(bread), bread)).toBe(false)
    const own = LAMP[2] ?? ''
    expect(linksOf(filled(own)).filter(({ from, to }) => from === own || to === own)).toHaveLength(2)
  })

  it('is not surely followed by another over the posts of a count, nor hours later', () => {
    const [before, after] = ['Which flour should you buy?', 'Ask the miller when the flour was milled.']
    expect(surelyLinked([{ text: before, minute: -3 }, ...numbered, { text: after, minute: 12 }], before)).toBe(false)
    expect(surelyLinked([...numbered, { text: before, minute: 400 }, { text: after, minute: 700 }], before)).toBe(false)
  })

  it('hardly goes on by saying the very same again', () => {
    const thanks = [200, 1400].map((minute) => ({ text: 'Thanks, everyone!', minute }))
    const again = linksOf([...numbered, ...thanks]).filter(({ from, to }) => from === to)
    expect(again.filter(({ p }) => p >= 0.5)).toEqual([])
  })
})
