// What is given wins over what is written, and the thread says that they differ.

import { describe, expect, it } from 'vitest'
import type { PageOrder, Post, Unrolled } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import fc, { lawCases } from '../../laws.ts'
import { declared, makePage, makePost, withoutLessSure } from '../arbitrary.ts'

/** As many as the longest page has posts: a line that came twice would speak for a thread. */
const LINES = [
  'The mill stands on a dam.',
  'Twice a day the pond fills.',
  'The wheel turns.',
  'Flour runs.',
  'Bread.',
  'Sacks are tied.',
  'Carts wait outside.',
  'Mice listen.',
]
const START_MS = Date.UTC(2026, 4, 6, 9)
const MINUTE_MS = 60_000

type Given = 'answers' | 'ids' | 'times' | 'nothing'

/** Posts in the order of these marks, as far as `given` orders them. */
function write(marks: readonly string[], given: Given): readonly Post[] {
  return marks.map((mark, at) =>
    makePost({
      text: `${mark} ${LINES[at % LINES.length]}`,
      id: given === 'ids' || given === 'answers' ? String(500 + at) : null,
      parent: given === 'answers' && at > 0 ? declared(String(499 + at)) : null,
      createdAt: given === 'times' ? new Date(START_MS + at * MINUTE_MS).toISOString() : null,
    }),
  )
}

const unrollPosts = (posts: readonly Post[], order: PageOrder = 'none'): Unrolled =>
  unroll([makePage(posts)], { order, digest: (text) => text })

const read = (marks: readonly string[], given: Given, order?: PageOrder) => {
  const { threads, notes } = unrollPosts(write(marks, given), order)
  const lines = threads.map(({ posts }) => posts.map(({ number }) => number))
  const statements = threads.map(({ statement }) => withoutLessSure(statement))
  return { lines, statements, codes: notes.map(({ code }) => code) }
}

describe('two counts in one thread', () => {
  const whole = (...counts: (readonly (readonly [number: number, total: number | null])[])[]) => {
    const marks = counts.flat().map(([number, total]) => (total === null ? `${number}/` : `${number}/${total}`))
    return unrollPosts(write(marks, 'answers')).threads.map(({ completeness }) => completeness)
  }

  it('are complete only where the total that is reached is of what stands before it', () => {
    expect(
      whole(
        [
          [1, null],
          [3, null],
        ],
        [
          [2, 4],
          [3, 4],
          [4, 4],
        ],
      ),
    ).toEqual(['unknown'])
    expect(
      whole(
        [
          [1, 5],
          [2, 5],
        ],
        [
          [1, null],
          [2, null],
          [3, null],
        ],
      ),
    ).not.toEqual(['complete'])
    expect(
      whole([
        [1, null],
        [2, null],
        [3, null],
        [4, 4],
      ]),
    ).toEqual(['complete'])
    expect(
      whole(
        [[1, 2]],
        [
          [1, null],
          [2, null],
        ],
        [[2, 2]],
        [
          [1, null],
          [2, null],
        ],
      ),
    ).not.toEqual(['partial'])
  })
})

describe('numbers against what is given', () => {
  it.each<Given>(['answers', 'ids'])('stand as the %s say, and that is said', (given) => {
    expect(read(['1/4', '3/4', '2/4', '4/4'], given)).toEqual({
      lines: [[1, 3, 2, 4]],
      statements: ['posts 1–4 of 4; 3 stands before 2; the promised total is reached'],
      codes: ['numbers-against-order'],
    })
  })

  it('order a page, whose order is not the author’s', () => {
    expect(read(['1/4', '3/4', '2/4', '4/4'], 'nothing', 'page').lines).toEqual([[1, 2, 3, 4]])
  })

  it('are a slip where one stands twice, the next nowhere, and as many posts are here as promised', () => {
    for (const given of ['answers', 'ids', 'nothing'] as const)
      expect(read(['1/5', '2/5', '3/5', '3/5', '5/5'], given, 'page').statements).toEqual([
        'posts 1–5 of 5; 3 stands twice; the promised total is reached',
      ])
    expect(read(['1/6', '2/6', '3/6', '3/6', '5/6'], 'nothing', 'page').statements[0]).toContain('4 missing')
  })

  it('speak in the evidence of the link they are against', () => {
    const [thread] = unrollPosts(write(['1/3', '3/3', '2/3'], 'answers')).threads
    expect(thread?.posts[2]?.link?.evidence.at(-1)).toEqual({
      kind: 'number-against',
      say: 'its number says otherwise: 2 after 3',
      weight: 0,
    })
  })

  it('never contradict answers and ids silently', () => {
    const jumbled = fc.shuffledSubarray(['1/5', '2/5', '3/5', '4/5', '5/5'], { minLength: 2 })
    fc.assert(
      fc.property(jumbled, fc.constantFrom<Given>('answers', 'ids', 'times'), (marks, given) => {
        const { threads, notes } = unrollPosts(write(marks, given))
        const said = notes.filter(({ code }) => code.endsWith('-against-order')).map(({ message }) => message)
        for (const { id, posts } of threads)
          posts.slice(1).forEach(({ post, number, link }, at) => {
            const before = posts[at]
            const isLower = number !== null && before?.number != null && number <= before.number
            expect(link?.evidence.some(({ kind }) => kind === 'number-against')).toBe(isLower)
            const isOlder = (post.ref?.id ?? '') < (before?.post.ref?.id ?? '')
            if (isLower || isOlder) expect(said.some((message) => message.includes(id))).toBe(true)
            if (post.parent !== null) expect(post.parent.ref?.id).toBe(before?.post.ref?.id)
          })
      }),
      { numRuns: lawCases(200) },
    )
  })
})

describe('a thread under two totals', () => {
  const CARRIED = ['1/3', '2/3', '3/3', '4/5', '5/5']

  it.each<Given>(['answers', 'ids', 'times', 'nothing'])('is one, with %s given, and says so', (given) => {
    for (const order of ['page', 'none'] as const)
      expect(read(CARRIED, given, order)).toEqual({
        lines: [[1, 2, 3, 4, 5]],
        statements: ['posts 1–5 of 5; the total changed from 3 to 5; the promised total is reached'],
        codes: [],
      })
  })

  it('is two where the second has a beginning of its own, or ids say that it was first', () => {
    expect(read([...CARRIED, '1/5', '2/5', '3/5'], 'nothing').lines).toEqual(expect.arrayContaining([[1, 2, 3]]))
    expect(read(['4/5', '5/5', '1/3', '2/3', '3/3'], 'ids').lines).toEqual([
      [4, 5],
      [1, 2, 3],
    ])
  })

  it('stays apart where two could be carried on', () => {
    const twice = [...CARRIED.slice(0, 3), ...CARRIED.slice(0, 3).map((mark) => `${mark} Elsewhere.`), '4/5', '5/5']
    expect(read(twice, 'nothing', 'page').lines.map((line) => line.length)).toEqual([3, 3, 2])
  })
})
