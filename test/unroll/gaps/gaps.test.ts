// What is said of holes in the numbers: lost, skipped, or open; how sure; and in which words.

import { describe, expect, it } from 'vitest'
import { findGaps, type ThreadContext } from '../../../src/unroll/gaps/gaps.ts'
import type { Numbered } from '../../../src/unroll/gaps/numbered.ts'
import { listStretches } from '../../../src/unroll/gaps/stretches.ts'
import { judgeThread } from '../../../src/unroll/threads/statement.ts'
import fc from '../../laws.ts'

const BARE: ThreadContext = { declaredTotal: null, isPreview: false, absentParent: null }

/** Posts with these numbers (null: none) and one total. */
function numbered(
  numbers: readonly (number | null)[],
  total: number | null = null,
  more: Partial<Numbered> = {},
): Numbered[] {
  return numbers.map((number, at) => ({
    number,
    total: number === null ? null : total,
    ends: false,
    linkP: at === 0 ? null : 1,
    isDeclared: false,
    text: `The lantern was seen again, for the time after time ${at}.`,
    time: null,
    ...more,
  }))
}

const gapsOf = (posts: readonly Numbered[], around: Partial<ThreadContext> = {}) =>
  findGaps(posts, { ...BARE, ...around })
const sayOf = (posts: readonly Numbered[], around: Partial<ThreadContext> = {}) =>
  judgeThread(posts, gapsOf(posts, around), { ...BARE, ...around }, 0)

describe('a hole in the numbers', () => {
  it('is a lost post, surer under a total that is met than under none', () => {
    const [met, none] = [gapsOf(numbered([1, 2, 4, 5], 5)), gapsOf(numbered([1, 2, 4, 5]))]
    expect(met).toMatchObject([{ class: 'missing', after: 2, before: 3, count: 1 }])
    expect(none).toMatchObject([{ class: 'missing' }])
    expect(met[0]?.p).toBeGreaterThan(none[0]?.p ?? 1)
  })

  it('is surer in a long thread: an author skips once, losses go by the post', () => {
    const long = gapsOf(numbered([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]))
    expect(long[0]?.p).toBeGreaterThan(gapsOf(numbered([1, 3, 4]))[0]?.p ?? 1)
  })

  it('is surer where the pause is as long as two', () => {
    const at = (seconds: readonly number[]) =>
      numbered([1, 2, 3, 5, 6]).map((post, k) => ({ ...post, time: new Date((seconds[k] ?? 0) * 1000).toISOString() }))
    const [paused, even] = [gapsOf(at([0, 60, 120, 260, 320])), gapsOf(at([0, 60, 120, 180, 240]))]
    expect(paused[0]?.p).toBeGreaterThan(even[0]?.p ?? 1)
  })

  it('is a skipped number where the numbers run past their total by as much', () => {
    expect(gapsOf(numbered([1, 2, 4], 3))).toMatchObject([{ class: 'skipped', after: 2, before: 3, count: 1 }])
    expect(gapsOf(numbered([1, 2, 3, 6, 7], 6))).toMatchObject([{ class: 'missing', count: 1 }])
  })

  it('is a skipped number where the platform declares that one answers the other', () => {
    const [gap] = gapsOf(numbered([1, 2, 4], null, { isDeclared: true }))
    expect(gap).toMatchObject({ class: 'skipped', p: 0.99 })
  })

  it('is as the page counts', () => {
    expect(gapsOf(numbered([1, 2, 4]), { declaredTotal: 3 })).toMatchObject([{ class: 'skipped' }])
    expect(gapsOf(numbered([1, 2, 4]), { declaredTotal: 4 })).toMatchObject([{ class: 'missing', p: 0.99 }])
    expect(gapsOf(numbered([1, 2, 4]), { declaredTotal: 6 })).toMatchObject([
      { class: 'missing', count: 1 },
      { class: 'tail', count: 2 },
    ])
  })

  it('is no gap while the links around it are less likely than not', () => {
    const posts = numbered([1, 2, 4]).map((post, at) => ({ ...post, linkP: at === 2 ? 0.3 : post.linkP }))
    expect(gapsOf(posts)).toEqual([])
    expect(sayOf(posts).completeness).toBe('unknown')
  })

  it('has one gap, and its place is said to be open, where unnumbered posts stand in it', () => {
    const gaps = gapsOf(numbered([1, 2, null, 5, 6], 6))
    expect(gaps).toMatchObject([{ class: 'missing', count: 1 }])
    expect(gaps[0]?.reason).toContain('its place is open')
  })

  it('has two gaps where two posts are lost around an unnumbered one: most ways to lose them lose one on either side', () => {
    const posts = numbered([1, 2, 3, 4, null, 8, 9, 10], 10)
    expect(gapsOf(posts)).toMatchObject([
      { class: 'missing', after: 4, before: 5, count: 1 },
      { class: 'missing', after: 5, before: 6, count: 1 },
    ])
    expect(gapsOf(posts).map(({ reason }) => reason)).toEqual(Array(2).fill(expect.stringContaining('(67% here)')))
    expect(sayOf(posts).statement).toMatch(/; 2 of 5–7 missing; the promised total is reached$/)
  })

  it('has no more gaps than posts are lost in it', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 30 })), { minLength: 2, maxLength: 20 }), (numbers) => {
        const posts = numbered(numbers)
        const lost = gapsOf(posts).filter((gap) => gap.class === 'missing')
        for (const { from, to, lacking } of listStretches(posts).list) {
          const own = lost.filter(({ before }) => (before ?? 0) - 1 > from && (before ?? 0) - 1 <= to)
          expect(own.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBeLessThanOrEqual(lacking)
          for (const { count } of own) expect(count).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('is a beginning that is not here where that is likelier than the loss of a later post', () => {
    const posts = numbered([null, null, 4, 5])
    const leaning = posts.map((post, at) =>
      at === 0 ? { ...post, text: 'But it went out again, as it had before.' } : post,
    )
    expect(gapsOf(posts)).toMatchObject([{ class: 'missing' }])
    expect(gapsOf(leaning)).toMatchObject([{ class: 'head', after: null, before: 1, count: 1 }])
  })
})

describe('what lacks at the ends', () => {
  it('is nothing behind an END, whatever the total, and what a total promises where none is seen', () => {
    const posts = numbered([1, 2, 3], 5)
    const ended = posts.map((post, at) => ({ ...post, ends: at === 2 }))
    expect(gapsOf(posts)).toMatchObject([{ class: 'tail', count: 2 }])
    expect(gapsOf(ended)).toEqual([])
    expect(gapsOf(ended, { declaredTotal: 9 })).toEqual([])
    expect(sayOf(ended)).toMatchObject({ completeness: 'complete', statement: 'posts 1–3 of 5; END seen' })
  })

  it('is the beginning in another thread, where a count goes on from far above what it is declared to answer', () => {
    const posts = numbered([null, 21, 22], null, { isDeclared: true })
    expect(gapsOf(posts)).toMatchObject([{ class: 'head', after: null, before: 1, count: 20, p: 0.9 }])
    expect(gapsOf(numbered([null, 4, 5], null, { isDeclared: true }))).toMatchObject([{ class: 'skipped', count: 2 }])
    const inferred = gapsOf(numbered([null, 21, 22]))
    expect(inferred.map(({ reason }) => reason).join()).not.toContain('declared')
    const answers = gapsOf(posts, { absentParent: 'x:1' })
    expect(answers.filter(({ class: kind }) => kind === 'head')).toMatchObject([{ count: null, p: 0.99 }])
  })

  it('is told by the lowest and the highest number where ids put the posts in another order than numbers', () => {
    const jumbled = numbered([3, 1, 2, 5, 4], 5)
    expect(gapsOf(jumbled)).toEqual([])
    expect(sayOf(jumbled).statement).toMatch(/; the promised total is reached$/)
    expect(gapsOf(numbered([4, 2, 3], 6))).toMatchObject([
      { class: 'head', count: 1 },
      { class: 'tail', count: 2 },
    ])
    const again = numbered([1, 2, 3, 1, 2], 3)
    expect(gapsOf(again)).toMatchObject([{ class: 'tail', count: 1 }])
  })
})

describe('the statement', () => {
  it('names further pages that were not read of all that is not complete, and of nothing else', () => {
    const say = (posts: readonly Numbered[], unread: number) =>
      judgeThread(posts, gapsOf(posts), BARE, unread).statement
    expect(say(numbered([1, 2, 3], 5), 2)).toBe('posts 1–3 of 5; the last 2 missing; further pages not read: 2')
    expect(say(numbered([1, 2, 3]), 1)).toBe('posts 1–3; nothing says where it ends; further pages not read: 1')
    expect(say(numbered([1, 2, 3], 3), 2)).toBe('posts 1–3 of 3; the promised total is reached')
    expect(say(numbered([1, 2, 3], 5), 0)).not.toContain('pages')
  })

  it('calls nothing complete of whose numbers one is neither here, nor said to be lost, nor skipped', () => {
    const open = judgeThread(numbered([1, 2, 4], 4), [], BARE, 0)
    expect(open).toMatchObject({
      completeness: 'unknown',
      statement: 'posts 1–2, 4 of 4; the promised total is reached',
    })
    const skipped = { after: 2, before: 3, count: 1, class: 'skipped', p: 0.9, reason: '' } as const
    expect(judgeThread(numbered([1, 2, 4], 4), [skipped], BARE, 0).completeness).toBe('complete')
  })

  it('calls complete what has all its numbers in another order: it is the order that is not sure', () => {
    const jumbled = numbered([1, 3, 2, 4], 4, { linkP: 0.6 })
    expect(sayOf(jumbled).completeness).toBe('complete')
    expect(sayOf(numbered([1, 2, 3, 4], 4, { linkP: 0.6 })).completeness).toBe('unknown')
  })

  it('is as sure as its gaps', () => {
    expect(sayOf(numbered([1, 2, 4, 5], 5)).statement).toBe(
      'posts 1–2, 4–5 of 5; 3 missing; the promised total is reached',
    )
    const short = sayOf(numbered([1, 3, 4])).statement
    expect(short).toMatch(/^posts 1, 3–4; 2 (?:probably|perhaps) missing$/)
  })

  it('names all numbers among which one is missing', () => {
    expect(sayOf(numbered([1, 2, null, 5, 6], 6)).statement).toMatch(/one of 3–4 (?:probably |perhaps )?missing/)
    expect(sayOf(numbered([1, 2, null, 6, 7], 7)).statement).toMatch(/ 2 of 3–5 (?:probably |perhaps )?missing/)
  })

  it('does not place posts by numbers that fewer of them bear than stand between', () => {
    const parts = numbered([1, null, null, 2, null, null, null, 3])
    expect(sayOf(parts).statement).toMatch(/^8 posts, 3 of them numbered, 1–3;/)
  })

  it('calls nothing complete over a hole, and a whole numbering with a skip complete', () => {
    expect(sayOf(numbered([1, 2, 4, 5], 5)).completeness).toBe('partial')
    expect(sayOf(numbered([1, 2, 4], null, { isDeclared: true, ends: true }))).toMatchObject({
      completeness: 'complete',
      statement: 'posts 1–2, 4; a number skipped by the author; END seen',
    })
  })

  it('calls nothing complete that may be two threads, and nothing else for the doubt of an opening post', () => {
    const doubted = (at: number) =>
      numbered([1, 2, 3, 4], 4).map((post, k) => ({ ...post, linkP: k === 0 ? null : k === at ? 0.6 : 0.99 }))
    expect(sayOf(doubted(2))).toMatchObject({
      completeness: 'unknown',
      statement: 'posts 1–4 of 4; the promised total is reached; not sure to be one thread (p 0.60)',
    })
    const opened = numbered([null, 1, 2, 3], 3).map((post, k) => ({ ...post, linkP: k === 1 ? 0.6 : 0.99 }))
    expect(sayOf(opened).completeness).toBe('complete')
    const long = numbered(
      [...Array(200).keys()].map((k) => k + 1),
      200,
      { linkP: 0.99 },
    )
    expect(sayOf(long).completeness).toBe('complete')
  })

  it('calls nothing complete whose hole a post without a number may fill by chance, and tells its probability', () => {
    const filled = (linkP: number, isInferred: boolean) =>
      numbered([1, 2, null, 4], 4).map((post, k) => ({ ...post, isInferred, linkP: k >= 2 ? linkP : 0.99 }))
    expect(sayOf(filled(0.93, true))).toMatchObject({
      completeness: 'unknown',
      statement:
        'posts 1–4 of 4; 3 by its place alone (p 0.93); the promised total is reached; not sure to be one thread (p 0.93)',
    })
    expect(sayOf(filled(0.999, true))).toMatchObject({
      completeness: 'complete',
      statement: 'posts 1–4 of 4; 3 by its place alone (p > 0.99); the promised total is reached',
    })
    expect(sayOf(filled(0.99, false)).statement).toBe('posts 1–4 of 4; the promised total is reached')
    const opened = numbered([null, 2, 3], 3).map((post, k) => ({
      ...post,
      isInferred: k > 0,
      linkP: k === 0 ? null : 0.9,
    }))
    expect(sayOf(opened).statement).toMatch(/; 1 by its place alone \(p 0.90\); /)
  })

  it('names the links between numbers of a complete thread that are less than sure', () => {
    const joined = (isInferred: boolean, ...less: readonly number[]) =>
      numbered([1, 2, 3, 4, 5, 6], 6).map((post, k) => ({
        ...post,
        isInferred,
        linkP: less.includes(k) ? 0.97 : 0.995,
      }))
    expect(sayOf(joined(true, 2))).toMatchObject({
      completeness: 'complete',
      statement: 'posts 1–6 of 6; the promised total is reached; the link to 3 less sure (p 0.97)',
    })
    expect(sayOf(joined(true, 1, 2, 5)).statement).toMatch(/; the links to 2–3, 6 less sure \(p 0.97\)$/)
    expect(sayOf(joined(true)).statement).toBe('posts 1–6 of 6; the promised total is reached')
    expect(sayOf(joined(false, 2)).statement).toBe('posts 1–6 of 6; the promised total is reached')
  })

  it('takes two doubtful links beside one post for one doubt, wherever others stand', () => {
    const shaky = [1, 0.97, 0.9, 0.9, 1].map((linkP, k) => ({ ...numbered([k + 1], 5)[0]!, linkP }))
    expect(sayOf(shaky).completeness).toBe('complete')
    const shakier = [1, 0.9, 0.99, 0.9, 0.99, 0.9].map((linkP, k) => ({ ...numbered([k + 1], 6)[0]!, linkP }))
    expect(sayOf(shakier).statement).toMatch(/not sure to be one thread \(p 0.73\)/)
  })

  it('doubts what a total promises that stands in the last post alone, one above the others', () => {
    const slip = numbered([1, 2, 3, 4], 4).map((post, k) => (k === 3 ? { ...post, total: 5 } : post))
    expect(sayOf(slip)).toMatchObject({
      completeness: 'unknown',
      statement: 'posts 1–4 of 5; the last 1 perhaps missing; the total changed from 4 to 5',
    })
    expect(sayOf(numbered([1, 2, 3, 4], 5)).completeness).toBe('partial')
  })
})

it('says of a chain as deep as hostile trees are what it says of a short one', () => {
  const pairs = (size: number) =>
    numbered(
      Array.from({ length: size }, (_, at) => 1 + (at % 2)),
      2,
    )
  expect(sayOf(pairs(300_000)).statement).toMatch(/^300000 posts, 300000 of them numbered, 1–2/)
  const skipping = (size: number) =>
    numbered(
      Array.from({ length: size }, (_, at) => 2 * at + 1),
      null,
      { isDeclared: true },
    )
  expect(sayOf(skipping(150_000)).statement).toMatch(/149999 numbers skipped by the author/)
})

describe('a total that is mended on the way', () => {
  const withTotals = (totals: readonly number[]) =>
    totals.map((total, at) => ({ ...(numbered([at + 1])[0] as Numbered), total, linkP: at === 0 ? null : 1 }))

  it.each([
    ['shrinks', [6, 6, 6, 4], 'posts 1–4 of 4; the total changed from 6 to 4; the promised total is reached'],
    ['grows', [3, 3, 3, 5, 5], 'posts 1–5 of 5; the total changed from 3 to 5; the promised total is reached'],
  ])('is the last one where it %s', (_, totals, statement) => {
    expect(sayOf(withTotals(totals))).toMatchObject({
      statement,
      declaredTotal: totals.at(-1),
      completeness: 'complete',
    })
  })
})

describe('a thread whose first number is too high for its place', () => {
  it.each([
    [[1, 2, 3], 'complete'],
    [[null, 2, 3], 'complete'],
    [[2, 3], 'unknown'],
    [[null, 3], 'unknown'],
  ] as const)('is not complete, whoever found no gap in it: %j is %s', (numbers, completeness) => {
    expect(judgeThread(numbered(numbers, 3), [], BARE, 0)).toMatchObject({ completeness })
  })
})
