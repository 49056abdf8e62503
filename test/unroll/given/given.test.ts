// The order of a page's own thread: that of its rows, but where ids, which rise with every answer, say another.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import type { Post, Thread } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../arbitrary.ts'

const BLOCK = { key: 'rows', kind: 'thread', title: null, url: null, author: null, declaredTotal: null } as const

function threadOf(posts: readonly Post[]): Thread | undefined {
  return unroll([makePage(posts, { blocks: [BLOCK] })], { order: 'page', digest: sha256 }).threads[0]
}

/** Rows of one thread: number, id, second. */
const rowsOf = (rows: readonly (readonly [number, string | null, number])[]): Post[] =>
  rows.map(([n, id, second]) =>
    makePost({
      text: `${n}/ the lantern of part ${n} was seen again`,
      author: 'ada',
      id,
      createdAt: new Date(1_600_000_000_000 + second * 1000).toISOString(),
      block: 'rows',
    }),
  )

const numbersOf = (thread: Thread | undefined) => thread?.posts.map(({ number }) => number)

describe('rows that are one thread', () => {
  it('follow their ids where a clock of whole seconds sorted them', () => {
    const thread = threadOf(
      rowsOf([
        [1, '7001', 0],
        [3, '7009', 1],
        [2, '7004', 1],
        [4, '7012', 2],
      ]),
    )
    expect(numbersOf(thread)).toEqual([1, 2, 3, 4])
    expect(thread?.statement).toMatch(/^posts 1–4;/)
    expect(thread?.posts[2]?.link).toMatchObject({ basis: 'layout', evidence: [{ kind: 'layout-by-id' }] })
  })

  it('stay as the page has them where one lacks an id, or the clock says that ids count something else', () => {
    const idless = rowsOf([
      [1, '7001', 0],
      [3, null, 1],
      [2, '7004', 1],
    ])
    const astray = rowsOf([
      [1, '9', 0],
      [2, '8', 60],
      [3, '7', 120],
    ])
    expect(numbersOf(threadOf(idless))).toEqual([1, 3, 2])
    expect(numbersOf(threadOf(astray))).toEqual([1, 2, 3])
  })
})
