// The laws of unrolling, as properties over made pages. LAW_CASES raises the number of cases for `npm run torture`.

import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, PageOrder, Post, Thread, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import fc, { lawCases } from '../laws.ts'
import { declared, madePage, makePage, makePost } from './arbitrary.ts'

const runs = { numRuns: lawCases(200) }
const unrollPages = (pages: readonly Extraction[], order: PageOrder = 'none'): Unrolled =>
  unroll(pages, { order, digest: sha256 })
const unrollPosts = (posts: readonly Post[], order: PageOrder = 'none'): Unrolled =>
  unrollPages([makePage(posts)], order)

/** Threads by ids alone, in no order: what must not change when sources do. */
function shapeOf({ threads, unplaced, edges }: Unrolled): unknown {
  const lines = threads.map((thread) => ({
    posts: thread.posts.map((post) => [post.post.id, post.number, post.link?.p ?? null]),
    gaps: thread.gaps,
    branches: thread.branches.map((branch) => [branch.from, branch.posts.map((post) => post.post.id)]),
    completeness: thread.completeness,
    statement: thread.statement,
  }))
  const sorted = <T>(list: readonly T[]): readonly string[] => list.map((one) => JSON.stringify(one)).sort()
  return {
    lines: sorted(lines),
    unplaced: sorted(unplaced.map((one) => one.post.id)),
    edges: sorted(edges.map((e) => [e.child, e.parent])),
  }
}

function placesOf({ threads, unplaced }: Unrolled): readonly string[] {
  const inThreads = threads.flatMap((t) =>
    [...t.posts, ...t.branches.flatMap((branch) => branch.posts)].map((p) => p.post.id),
  )
  return [...inThreads, ...unplaced.map((one) => one.post.id)]
}

const mainLines = ({ threads }: Unrolled, author: string): readonly string[] =>
  threads
    .filter((thread) => thread.author?.handle === author)
    .map((t: Thread) => t.posts.map((p) => p.post.id).join(' '))
    .sort()

describe('the laws of unrolling', () => {
  it('gives the same threads for any permutation of unordered posts', () => {
    const shuffled = madePage.chain((posts) =>
      fc.tuple(fc.constant(posts), fc.shuffledSubarray([...posts], { minLength: posts.length })),
    )
    fc.assert(
      fc.property(shuffled, ([posts, other]) => {
        expect(shapeOf(unrollPosts(other))).toEqual(shapeOf(unrollPosts(posts)))
      }),
      runs,
    )
  })

  it('lets repetition change nothing but sources', () => {
    fc.assert(
      fc.property(madePage, fc.nat(), (posts, pick) => {
        const once = unrollPosts(posts)
        const again = unrollPosts([...posts, posts[pick % posts.length] as Post])
        expect(shapeOf(again)).toEqual(shapeOf(once))
        const twice = again.threads
          .flatMap((t) => t.posts)
          .concat()
          .filter((p) => p.post.sources.length > 1)
        expect(twice.length + again.unplaced.filter((one) => one.post.sources.length > 1).length).toBeGreaterThan(0)
      }),
      runs,
    )
  })

  it('places each post exactly once or lists it as unplaced', () => {
    fc.assert(
      fc.property(madePage, fc.constantFrom<PageOrder>('page', 'none'), (posts, order) => {
        const places = placesOf(unrollPosts(posts, order))
        expect(new Set(places).size).toBe(places.length)
        const named = new Set(posts.map((post) => (post.ref === null ? post.text : post.ref.id)))
        expect(places.length).toBe(named.size)
      }),
      runs,
    )
  })

  it('has no cycles, whatever parents are claimed', () => {
    const loops = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 })), { maxLength: 8 })
    fc.assert(
      fc.property(loops, (claims) => {
        const parents = new Map(claims)
        const posts = Array.from({ length: 8 }, (_, k) =>
          makePost({
            text: `post ${k}`,
            id: String(100 + k),
            parent: parents.has(k) ? declared(String(100 + (parents.get(k) ?? 0))) : null,
          }),
        )
        const { edges, threads } = unrollPosts(posts)
        const parentOf = new Map(edges.map((edge) => [edge.child, edge.parent]))
        expect(parentOf.size).toBe(edges.length)
        for (const start of parentOf.keys()) {
          let at: string | undefined = start
          for (let step = 0; at !== undefined; step++) {
            expect(step).toBeLessThan(9)
            at = parentOf.get(at)
          }
        }
        expect(placesOf({ threads, unplaced: [], edges: [], handovers: [], conversations: [], notes: [] }).length).toBe(
          8,
        )
      }),
      runs,
    )
  })

  it('lets what is declared beat what is inferred', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        const { threads } = unrollPosts(posts)
        const parents = new Map(
          posts.flatMap((post) =>
            post.parent === null ? [] : [[`x:${post.ref?.id}` as string, `x:${post.parent.ref?.id}`] as const],
          ),
        )
        for (const thread of threads)
          thread.posts.forEach((post, at) => {
            const parent = parents.get(post.post.id)
            if (parent === undefined) return
            expect(thread.posts[at - 1]?.post.id).toBe(parent)
            expect(post.link?.basis).toBe('declared')
          })
      }),
      runs,
    )
  })

  it('lets layout beat what is inferred', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        const own = posts.map((post) => ({ ...post, parent: null, author: posts[0]?.author ?? null, block: 'main' }))
        const block = {
          key: 'main',
          kind: 'thread',
          title: null,
          url: null,
          author: null,
          declaredTotal: null,
        } as const
        const { threads } = unrollPages([makePage(own, { blocks: [block] })], 'page')
        expect(threads.length).toBe(1)
        expect(threads[0]?.posts.slice(1).every((post) => post.link?.basis === 'layout')).toBe(true)
      }),
      runs,
    )
  })

  it('removes no post and no declared edge when a post is added', () => {
    fc.assert(
      fc.property(madePage, madePage, (posts, more) => {
        const added = { ...(more[0] as Post), text: `${more[0]?.text} indeed`, ref: null }
        const before = unrollPosts(posts)
        const after = unrollPosts([...posts, added])
        expect(new Set(placesOf(after))).toEqual(
          new Set([...placesOf(before), ...placesOf(after).filter((id) => !placesOf(before).includes(id))]),
        )
        const edges = new Set(after.edges.map((edge) => `${edge.child} ${edge.parent}`))
        for (const edge of before.edges) expect(edges).toContain(`${edge.child} ${edge.parent}`)
      }),
      runs,
    )
  })

  it("lets a stranger's reply change nothing in the author's threads", () => {
    fc.assert(
      fc.property(madePage, fc.nat(), (posts, pick) => {
        const target = posts[pick % posts.length] as Post
        const reply = makePost({
          text: '2/ a stranger says so',
          author: 'zoe',
          id: '9999999',
          parent: declared(target.ref?.id ?? '1'),
        })
        expect(mainLines(unrollPosts([...posts, reply]), 'ada')).toEqual(mainLines(unrollPosts(posts), 'ada'))
      }),
      runs,
    )
  })

  it('shows a cut as a gap, and never as a shorter complete thread', () => {
    const cut = fc.tuple(fc.integer({ min: 4, max: 12 }), fc.integer({ min: 1, max: 10 }), fc.boolean())
    fc.assert(
      fc.property(cut, ([length, at, hasIds]) => {
        const missing = 1 + (at % (length - 2))
        const posts = Array.from({ length }, (_, k) =>
          makePost({
            text: `${k + 1}/${length} The lantern of part ${k} was seen again`,
            id: hasIds ? String(700 + k) : null,
          }),
        )
        const { threads } = unrollPosts(posts.filter((_, k) => k !== missing))
        expect(threads.length).toBe(1)
        expect(threads[0]?.completeness).toBe('partial')
        expect(threads[0]?.gaps).toMatchObject([{ after: missing, before: missing + 1, count: 1, class: 'missing' }])
      }),
      runs,
    )
  })

  it('gives the same when the unrolled is unrolled again', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        const first = unrollPosts(posts)
        const again = unrollPosts([
          ...first.threads.flatMap((t) => [...t.posts, ...t.branches.flatMap((b) => b.posts)].map((p) => p.post)),
          ...first.unplaced.map((one) => one.post),
        ])
        expect(shapeOf(again)).toEqual(shapeOf(first))
      }),
      runs,
    )
  })

  it('makes the evidence of each link sum to its log-odds', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        for (const post of unrollPosts(posts).threads.flatMap((thread) => thread.posts)) {
          if (post.link === null || post.link.basis !== 'inferred') continue
          const sum = post.link.evidence.reduce((total, one) => total + one.weight, 0)
          expect(sum).toBeCloseTo(Math.log(post.link.p / (1 - post.link.p)), 2)
        }
      }),
      runs,
    )
  })
})
