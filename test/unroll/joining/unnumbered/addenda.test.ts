// What is added behind the end of a thread belongs to it, with a stated probability, when it says so and stands right
// behind.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { PageOrder, Unrolled } from '../../../../src/model.ts'
import { saysMore } from '../../../../src/unroll/markers/addenda.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost, withoutLessSure } from '../../arbitrary.ts'

const KEEPER = [
  'wrote every storm down',
  'counted only birds',
  'left one page blank',
  'hung a kite by the door',
  'never signed it',
]
const BREAD = ['needs an old sour', 'forgives a wet dough', 'smells of apples', 'stands a day']
const countUp = (lines: readonly string[], of: string): string[] =>
  lines.map((line, k) => `${k + 1}/${lines.length} The ${of} ${line}`)

/** @param seconds between posts; null: no times */
function unrollTexts(texts: readonly string[], seconds: readonly number[] | null, order: PageOrder = 'page'): Unrolled {
  const posts = texts.map((text, k) => {
    const createdAt = seconds === null ? null : new Date(1_600_000_000_000 + (seconds[k] ?? 0) * 1000).toISOString()
    return makePost({ text, author: 'ada', createdAt })
  })
  return unroll([makePage(posts)], { order, digest: sha256 })
}

const steps = (count: number, last: number): number[] => [...Array.from({ length: count }, (_, k) => k * 60), last]

describe('a post that says it adds', () => {
  const texts = [...countUp(KEEPER, 'keeper'), 'PS: the ledger is in the library now']

  it('belongs to the thread that ended right before it, on the page, by the clock, or as the only one', () => {
    for (const [seconds, order] of [
      [null, 'page'],
      [steps(5, 500), 'none'],
      [null, 'none'],
    ] as const) {
      const { threads } = unrollTexts(texts, seconds, order)
      expect(threads.map(({ statement }) => withoutLessSure(statement))).toEqual([
        'posts 1–5 of 5, one more without a number; the promised total is reached',
      ])
      const p = threads[0]?.posts[5]?.link?.p ?? 0
      expect(p).toBeGreaterThan(0.7)
      expect(p).toBeLessThan(0.96)
    }
  })

  it('is surer the sooner it comes, and another post days later', () => {
    const pOf = (last: number) => unrollTexts(texts, steps(5, last)).threads[0]?.posts[5]?.link?.p ?? 0
    expect(pOf(500)).toBeGreaterThan(pOf(3000))
    expect(pOf(3000)).toBeGreaterThan(pOf(40_000))
    expect(pOf(300_000)).toBe(0)
  })

  it('leaves END seen, and takes what adds to it along', () => {
    const lines = [...countUp(KEEPER, 'keeper').map((text) => text.replace('/5', '/')), 'So it ends. /END']
    const { threads } = unrollTexts([...lines, 'PS: the ledger is in the library', 'Thanks for reading!'], null)
    expect(threads).toMatchObject([
      { statement: 'posts 1–6, 2 more without a number; END seen', completeness: 'complete' },
    ])
  })

  it('opens no count, and belongs to neither of two threads where nothing orders them', () => {
    const mixed = [...countUp(KEEPER, 'keeper'), ...countUp(BREAD, 'loaf'), 'PS: the ledger is in the library now']
    for (const { posts } of unrollTexts(mixed, null, 'none').threads)
      expect(posts.length === 1 || posts.every(({ number }) => number !== null)).toBe(true)
  })
})

describe('a post that only follows', () => {
  it('is another', () => {
    const { threads } = unrollTexts([...countUp(KEEPER, 'keeper'), 'The PS4 in our kitchen plays cards'], null)
    expect(threads[0]?.statement).toBe('posts 1–5 of 5; the promised total is reached')
  })

  it.each([
    'PS4 prices fell',
    'Bonuses for bankers',
    'Psalm 23',
    'Update your phone',
    'Extra cheese',
    'One more year',
    'Edit war on the wiki',
    'Thanks for all the fish',
  ])('is told by its words: %s', (text) => expect(saysMore(text)).toBe(false))

  it.each([
    'PS: see you',
    'P.S. see you',
    'PPS – see you',
    '@ben @cy p.s. see you',
    '🎁 BONUS: a map',
    'Bonus tweet: a map',
    'One more thing…',
    'Edit: eleven',
    'Nachtrag: elf',
    'Una cosa más, gracias',
    '追記：地図',
    'Thank you for reading',
    'If you found this thread useful, share it',
    "That's all, folks",
  ])('adds: %s', (text) => expect(saysMore(text)).toBe(true))
})
