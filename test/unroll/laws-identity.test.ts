// The laws of unrolling that are about who is who: sources, authors, ids, texts and hostile ones. LAW_CASES raises the
// number of cases for `npm run torture`.

import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, PageOrder, Post, Scrape, Thread, ThreadPost, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import fc, { lawCases } from '../laws.ts'
import { declared, madePage, makePage, makePost } from './arbitrary.ts'

const runs = { numRuns: lawCases(200) }
const unrollPages = (pages: readonly Extraction[], order: PageOrder = 'none'): Unrolled =>
  unroll(pages, { order, digest: sha256 })

/** The posts of an input as pages of it, each named. */
function seenIn(input: string, posts: readonly Post[]): Extraction {
  return makePage(posts.map((post) => ({ ...post, provenance: { ...post.provenance, input } })))
}

const everyPost = ({ posts, branches }: Thread): readonly ThreadPost[] => [
  ...posts,
  ...branches.flatMap((branch) => branch.posts),
]

/** Threads by the ids of their posts, numbers and gaps, in no order. */
function linesOf({ threads }: Unrolled, author: string | null = null): readonly string[] {
  return threads
    .filter((thread) => author === null || thread.author?.handle === author)
    .map((thread) =>
      JSON.stringify([everyPost(thread).map(({ post, number }) => [post.id, number]), thread.gaps, thread.statement]),
    )
    .sort()
}

/** Posts with ids, dealt out over pages that are shown in two orders. */
const dealt = fc.tuple(madePage, fc.infiniteStream(fc.nat(3)), fc.boolean()).map(([posts, deal, turns]) => {
  const named = posts.filter(({ ref }) => ref !== null)
  const pages: Post[][] = [[], [], [], []]
  for (const post of named) pages[deal.next().value as number]?.push(post)
  const given = pages.map((page, n) => seenIn(`page ${n}`, page))
  return { given, turned: turns ? given.toReversed() : [...given.slice(1), ...given.slice(0, 1)] }
})

/** Posts of one account, each declared to answer some earlier one or nobody. */
const answering = fc
  .array(fc.option(fc.nat(), { nil: null, freq: 3 }), { minLength: 2, maxLength: 12 })
  .map((targets) =>
    targets.map((target, k) =>
      makePost({
        text: `The lantern was seen by ${'abcdefghijkl'[k]}`,
        id: String(100 + k),
        parent: k === 0 || target === null ? null : declared(String(100 + (target % k))),
      }),
    ),
  )

describe('sources', () => {
  it('may come in any order when their posts have ids', () => {
    fc.assert(
      fc.property(dealt, ({ given, turned }) => {
        expect(linesOf(unrollPages(turned))).toEqual(linesOf(unrollPages(given)))
      }),
      runs,
    )
  })

  it('add nothing but a source when one is the copy of another', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        const once = unrollPages([seenIn('page', posts)])
        const twice = unrollPages([seenIn('page', posts), seenIn('mirror', posts)])
        expect(linesOf(twice)).toEqual(linesOf(once))
        for (const { post } of twice.threads.flatMap(everyPost)) expect(post.sources.length).toBeGreaterThan(1)
      }),
      runs,
    )
  })
})

describe('authors', () => {
  it("keep their threads whatever another author's post says", () => {
    const stray = fc.record({
      text: fc.constantFrom('2/4 So it goes', '/END', 'So it goes', '1/ A 🧵', '3/'),
      id: fc.option(fc.constantFrom('5000005', '1', '9999999'), { nil: null }),
      block: fc.constant(null),
    })
    fc.assert(
      fc.property(madePage, stray, fc.constantFrom<PageOrder>('page', 'none'), (posts, sketch, order) => {
        const added = [...posts, makePost({ ...sketch, author: 'zoe' })]
        for (const author of ['ada', 'ben'])
          expect(linesOf(unrollPages([makePage(added)], order), author)).toEqual(
            linesOf(unrollPages([makePage(posts)], order), author),
          )
      }),
      runs,
    )
  })

  it('never share a thread', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        for (const thread of unrollPages([makePage(posts)], 'page').threads)
          expect(new Set(everyPost(thread).map(({ post }) => post.author?.handle)).size).toBe(1)
      }),
      runs,
    )
  })
})

describe('ids', () => {
  it('of threads stay when later posts arrive', () => {
    fc.assert(
      fc.property(answering, fc.nat(), (posts, pick) => {
        const early = unrollPages([makePage(posts.slice(0, 1 + (pick % posts.length)))])
        const ids = new Set(unrollPages([makePage(posts)]).threads.map(({ id }) => id))
        for (const { id } of early.threads) expect(ids).toContain(id)
      }),
      runs,
    )
  })

  it('of threads become aliases when an earlier first post turns up', () => {
    fc.assert(
      fc.property(answering, fc.nat(), (posts, pick) => {
        const at = 1 + (pick % (posts.length - 1))
        const late = seenIn('late', posts.slice(at))
        const all = unrollPages([late, seenIn('early', posts.slice(0, at))]).threads
        for (const { id, posts: old } of unrollPages([late]).threads) {
          const home = all.find((thread) => thread.posts.some(({ post }) => post.id === old[0]?.post.id))
          if (home !== undefined) expect([home.id, ...home.aliases]).toContain(id)
        }
      }),
      runs,
    )
  })

  it('that answer themselves in a circle are refused, and each refusal is told', () => {
    const claims = fc.array(fc.option(fc.nat(7), { nil: null }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(claims, (parents) => {
        const posts = parents.map((parent, k) =>
          makePost({ text: `post ${k}`, id: `${10 + k}`, parent: parent === null ? null : declared(`${10 + parent}`) }),
        )
        const { edges, notes } = unrollPages([makePage(posts)])
        const told = notes.filter(({ code }) => code === 'reply-loop').length
        expect(edges.length + told).toBe(parents.filter((parent) => parent !== null).length)
      }),
      runs,
    )
  })
})

describe('texts', () => {
  it('lose accepted markers alone, and are kept raw', () => {
    fc.assert(
      fc.property(madePage, (posts) => {
        const raw = new Set(posts.map(({ text }) => text))
        for (const { post, text, strips, number } of unrollPages([makePage(posts)]).threads.flatMap(everyPost)) {
          expect(raw).toContain(post.text)
          expect(cut(post.text, strips)).toBe(text)
          const taken = strips.map(([from, to]) => post.text.slice(from, to)).join('')
          if (number === null) expect(taken).toBe('')
          else expect(taken).toMatch(/^\s*\(?\d+[/)]?(?:\/?\d+)?\)?\s*$/)
        }
      }),
      runs,
    )
  })

  it('may be anything', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('1', '/', '9'.repeat(400), '\n', '(', '🧵', '\ud800', '٣', 'END', ' '),
        maxLength: 30,
      }),
    )
    const some = fc.array(fc.tuple(hostile, fc.option(hostile, { nil: null })), { maxLength: 8 })
    fc.assert(
      fc.property(some, fc.constantFrom<PageOrder>('page', 'none'), (rows, order) => {
        const posts = rows.map(([text, id]) => makePost({ text, id, parent: id === null ? null : declared(`${id}0`) }))
        const scrape = scrapeOf(rows.flatMap(([text]) => text.split('\n')))
        const { threads, unplaced } = unrollPages([makePage(posts), makePage([], { scrapes: [scrape] })], order)
        expect(threads.length + unplaced.length).toBeGreaterThanOrEqual(Math.min(1, rows.length))
        for (const { post, text, strips } of threads.flatMap(everyPost)) expect(cut(post.text, strips)).toBe(text)
      }),
      runs,
    )
  })
})

describe('links', () => {
  it('weigh what their evidence sums to, whatever they are founded on', () => {
    const block = { key: 'b', kind: 'thread', title: null, url: null, author: null, declaredTotal: null } as const
    fc.assert(
      fc.property(madePage, fc.boolean(), (posts, laid) => {
        const page = laid
          ? makePage(
              posts.map((post) => ({ ...post, block: 'b' })),
              { blocks: [block] },
            )
          : makePage(posts)
        for (const { link } of unrollPages([page], 'page').threads.flatMap(everyPost)) {
          if (link === null) continue
          const sum = link.evidence.reduce((total, { weight }) => total + weight, 0)
          if (link.basis === 'declared') expect([link.p, sum]).toEqual([1, 16])
          else expect(sum).toBeCloseTo(Math.log(link.p / (1 - link.p)), 2)
        }
      }),
      runs,
    )
  })
})

function cut(text: string, strips: ThreadPost['strips']): string {
  return strips.toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text)
}

function scrapeOf(lines: readonly string[]): Scrape {
  const { provenance } = makePost({ text: '' })
  return {
    author: null,
    lines: lines.map((text, at) => ({ text, line: at + 1, block: null, cutBefore: false })),
    provenance,
  }
}
