// Sightings of one post in several sources: by id, by words, by nearly the same words, and whose they are.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import type { Extraction, Post, Unrolled } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { declared, makePage, makePost, type Sketch } from '../arbitrary.ts'

const unrollPages = (...pages: readonly Extraction[]): Unrolled => unroll(pages, { order: 'page', digest: sha256 })
const idsOf = ({ threads }: Unrolled): readonly string[] =>
  threads.map(({ posts }) => posts.map(({ post }) => post.id).join(' '))

const WORDS = [
  '1/ The ferry has run since 1874, and it has never once been early. Some notes on why.',
  '2/ The first boat had a paddle wheel on one side only, see harbour.example/boats/one-wheel',
  '3/ She went in circles, so the pier was built round. It still is; the tourists think it is art.',
]
const post = (n: number, sketch: Partial<Sketch> = {}): Post =>
  makePost({ text: WORDS[n] ?? '', id: String(100 + n), parent: n === 0 ? null : declared(String(99 + n)), ...sketch })
const bare = (text: string, author: string | null = null): Post => makePost({ text, author })
/** The same posts as another input shows them. */
const seenIn = (input: string, posts: readonly Post[]): Extraction =>
  makePage(posts.map((one) => ({ ...one, provenance: { ...one.provenance, input } })))
const full = makePage([post(0), post(1), post(2)])

describe('a text scrape of a thread that is known by id', () => {
  it('is that thread, seen twice, though links are cut, quotes are straight and signs are lost', () => {
    const scrape = seenIn('scrape', [
      bare(WORDS[0] ?? ''),
      bare('2/ The first boat had a paddle wheel on one side only, see harbour.example/boats/one…'),
      bare('3/ She went in circles, so the pier was built round. It still is; the tourists think it is art. 🎨'),
    ])
    const answer = unrollPages(full, scrape)
    expect(idsOf(answer)).toEqual(['x:100 x:101 x:102'])
    expect(answer.threads[0]?.posts.map(({ post: { sources } }) => sources.length)).toEqual([2, 2, 2])
  })

  it('carries it on under its account where the other sources end', () => {
    const scrape = makePage(WORDS.map((text) => bare(text)))
    const answer = unrollPages(makePage([post(0), post(1)]), scrape)
    expect(answer.threads).toMatchObject([{ author: { handle: 'ada' }, posts: [{}, {}, { number: 3 }] }])
    expect(answer.notes).toMatchObject([{ code: 'author-by-copies' }])
  })

  it('is its account as the page shows it that says most, in any order of the inputs', () => {
    const named = seenIn('named', [{ ...post(1), author: { id: '7', handle: 'ada', name: 'Ada', url: null } }])
    const pages = [makePage([post(1)]), named, seenIn('scrape', [bare(WORDS[1] ?? ''), bare(WORDS[2] ?? '')])]
    const orders = [pages, pages.toReversed(), [pages[1]!, pages[0]!, pages[2]!]]
    const authors = orders.map((order) => {
      const { threads } = unrollPages(...order)
      const all = threads.flatMap(({ posts }) => posts.map((one) => one.post))
      return all.find(({ text }) => text === WORDS[2])?.author
    })
    expect(new Set(authors.map((author) => JSON.stringify(author)))).toEqual(
      new Set(['{"id":"7","handle":"ada","name":"Ada","url":null}']),
    )
  })

  it('is in any order of the inputs', () => {
    const scrape = makePage(WORDS.map((text) => bare(text)))
    expect(idsOf(unrollPages(scrape, full))).toEqual(idsOf(unrollPages(full, scrape)))
  })

  it('joins by the name of the account where the handle is not shown', () => {
    const author = { id: null, handle: 'ada', name: 'Ada Quill', url: null }
    const named = makePage(full.posts.map((one) => ({ ...one, author })))
    const scrape = makePage(WORDS.map((text) => ({ ...bare(text), author: { ...author, handle: null } })))
    expect(idsOf(unrollPages(named, scrape))).toEqual(['x:100 x:101 x:102'])
    const other = makePage(scrape.posts.map((one) => ({ ...one, author: { ...author, handle: null, name: 'Bo' } })))
    expect(unrollPages(named, other).threads.length).toBe(2)
  })
})

describe("a thread's id", () => {
  const later = [post(1), post(2)]

  it('stays when later posts arrive', () => {
    const [early, grown] = [unrollPages(makePage([post(0), post(1)])), unrollPages(full)]
    expect(grown.threads.map(({ id }) => id)).toEqual(early.threads.map(({ id }) => id))
    expect(grown.threads[0]?.aliases).toEqual([])
  })

  it('becomes an alias when an earlier first post turns up', () => {
    const [old] = unrollPages(seenIn('late', later)).threads
    const [thread] = unrollPages(seenIn('late', later), seenIn('early', [post(0)])).threads
    expect([old?.id, thread?.id, thread?.aliases]).toEqual(['x:101', 'x:100', ['x:101']])
  })

  it('becomes an alias when its words turn out to have an id', () => {
    const scrape = seenIn(
      'scrape',
      WORDS.map((text) => bare(text)),
    )
    const [old] = unrollPages(scrape).threads
    const [thread] = unrollPages(scrape, full).threads
    expect([thread?.id, thread?.aliases]).toEqual(['x:100', [old?.id]])
  })
})

describe('what is no copy', () => {
  const NEAR = 'Day 40 of the long count: the ledger of the ferry shows eleven barrels and one goose'

  it('is the same text under another number', () => {
    const answer = unrollPages(
      makePage([makePost({ text: NEAR, id: '7' })]),
      makePage([bare(NEAR.replace('40', '41'))]),
    )
    expect(answer.threads.length + answer.unplaced.length).toBe(2)
  })

  it('is a near text on the same page, or a short one, or one by another account', () => {
    const twin = `${NEAR} again`
    const page = unrollPages(makePage([bare(NEAR, 'ada'), bare(twin, 'ada')]), makePage([bare('Quite.', 'bo')]))
    expect(postsIn(page)).toBe(3)
    expect(postsIn(unrollPages(makePage([bare(NEAR, 'ada')]), makePage([bare(twin, 'bo')])))).toBe(2)
    expect(postsIn(unrollPages(makePage([bare('So it goes', 'ada')]), makePage([bare('So it goes!', 'ada')])))).toBe(2)
  })

  it('is a second post of one page for one post of another', () => {
    const twins = makePage([bare(`${NEAR} 🦆`), bare(`${NEAR} now`)])
    expect(postsIn(unrollPages(makePage([makePost({ text: NEAR, id: '7' })]), twins))).toBe(2)
  })
})

describe('the same words at two times', () => {
  const said = (createdAt: string | null, id: string | null = null): Post => ({
    ...makePost({ text: 'Good morning, harbour!', author: 'ada', id }),
    createdAt,
  })
  const timesIn = (...pages: readonly Extraction[]) => {
    const { threads, unplaced } = unrollPages(...pages)
    const posts = [
      ...threads.flatMap((thread) => thread.posts.map(({ post }) => post)),
      ...unplaced.map(({ post }) => post),
    ]
    return posts.map(({ createdAt, sources }) => `${createdAt} ${sources.length}`).sort()
  }
  const [first, second, third] = [2, 3, 4].map((day) => `2026-01-0${day}T07:00:00.000Z`) as [string, string, string]

  it('are as many posts, once a page shows both, in any order of pages and posts', () => {
    const [page, other] = [makePage([said(first), said(second)]), seenIn('other', [said(second), said(third)])]
    expect(timesIn(page)).toEqual([`${first} 1`, `${second} 1`])
    for (const pages of [
      [page, other],
      [other, page],
      [makePage(page.posts.toReversed()), other],
    ])
      expect(timesIn(...pages)).toEqual([`${first} 1`, `${second} 2`, `${third} 1`])
    expect(timesIn(page, seenIn('mirror', page.posts))).toEqual([`${first} 2`, `${second} 2`])
  })

  it('are one post where each page has its own clock, or none', () => {
    const pages = [
      makePage([said(first)]),
      seenIn('other', [said('2026-01-02T07:00:21.000Z')]),
      seenIn('bare', [said(null)]),
    ]
    expect(timesIn(...pages)).toHaveLength(1)
    expect(timesIn(makePage([said(first), said(null)]))).toEqual([`${first} 2`])
  })

  it('are the named posts of these times where a platform names some', () => {
    const named = makePage([said(first, '7'), said(second, '9')])
    expect(timesIn(named, seenIn('late', [said(second)]))).toEqual([`${first} 1`, `${second} 2`])
    expect(timesIn(named, seenIn('scrape', [said(first), said(second), said(third)]))).toEqual([
      `${first} 2`,
      `${second} 2`,
      `${third} 1`,
    ])
  })
})

function postsIn({ threads, unplaced }: Unrolled): number {
  return threads.reduce((sum, { posts }) => sum + posts.length, unplaced.length)
}

describe('a post whose words were changed', () => {
  const seenAt = (capturedAt: string, text: string, more: Partial<Post> = {}): Extraction => {
    const one = { ...makePost({ text, id: '100' }), ...more }
    return makePage([{ ...one, provenance: { ...one.provenance, capturedAt, capture: sha256(text + capturedAt) } }])
  }
  const shown = (...pages: readonly Extraction[]): Set<string | undefined> => {
    const orders = [pages, [...pages].reverse(), [...pages.slice(1), ...pages.slice(0, 1)]]
    return new Set(orders.map((order) => unrollPages(...order).threads[0]?.posts[0]?.post.text))
  }
  const [first, second, third] = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => `${day}T00:00:00.000Z`) as [
    string,
    string,
    string,
  ]

  it('is shown as its page showed it last, also when that is shorter', () => {
    expect(shown(seenAt(first, 'The ferry is never, ever late.'), seenAt(second, 'The ferry is late.'))).toEqual(
      new Set(['The ferry is late.']),
    )
  })

  it('is shown as it was when the change was taken back', () => {
    const pages = [seenAt(first, 'Early.'), seenAt(second, 'Never early.'), seenAt(third, 'Early.')]
    expect(shown(...pages)).toEqual(new Set(['Early.']))
  })

  it('keeps its words when a later page has only their beginning', () => {
    const pages = [
      seenAt(first, 'Never early.'),
      seenAt(second, 'Never early, and often late.'),
      seenAt(third, 'Never'),
    ]
    expect(shown(...pages)).toEqual(new Set(['Never early, and often late.']))
  })

  it('keeps its words when a later page cuts them with an ellipsis', () => {
    const pages = [seenAt(first, 'Never early, and often late.'), seenAt(second, 'Never early …')]
    expect(shown(...pages)).toEqual(new Set(['Never early, and often late.']))
  })

  const seenFrom = (input: string, url: string, capturedAt: string, text: string): Extraction => {
    const page = seenAt(capturedAt, text, { url })
    return { ...page, posts: page.posts.map((one) => ({ ...one, provenance: { ...one.provenance, input } })) }
  }

  it.each([
    ['its page has moved', 'http://b.example/100', 'http://b.example/100'],
    ['its page comes in another file', '2024.warc.gz!/http://a.example/100', 'http://a.example/100'],
    ['it is a comment', 'http://b.example/100', 'http://b.example/100#comment-1'],
  ])('is shown as its own page showed it last, though %s', (_, input, url) => {
    const old = seenFrom('2019.warc.gz!/http://a.example/100', url.replace('b.', 'a.'), first, 'Never, ever late.')
    expect(shown(old, seenFrom(input, url, second, 'Late.'))).toEqual(new Set(['Late.']))
  })

  it('keeps the words of its own page when a list shows others later', () => {
    const own = seenFrom('http://a.example/100', 'http://a.example/100', first, 'Never, ever late.')
    const listed = seenFrom('http://a.example/', 'http://a.example/100', second, 'Late?')
    expect(shown(own, listed)).toEqual(new Set(['Never, ever late.']))
  })

  it('is shown as the platform says it was edited last, whichever page says so', () => {
    const edited = seenAt(first, 'Late.', { editedAt: second })
    const [copy] = seenIn('elsewhere', seenAt(third, 'Never early, says the old copy.').posts).posts
    expect(shown(edited, makePage(copy === undefined ? [] : [copy]))).toEqual(new Set(['Late.']))
  })

  it('is not shown as HTML that says what it said before', () => {
    const [old, now] = [
      seenAt(first, 'Never, ever late.', { html: '<p>Never, <b>ever</b> late.</p>' }),
      seenAt(second, 'Late.'),
    ]
    const html = [old, now].map(
      (_, k) => unrollPages(...(k === 0 ? [old, now] : [now, old])).threads[0]?.posts[0]?.post.html,
    )
    expect(html).toEqual([null, null])
  })

  it('takes the HTML of a page with the same words where its own has none', () => {
    const html = '<p>See <a href="https://harbour.example/">the harbour</a>.</p>'
    const [copy] = seenIn('elsewhere', seenAt(first, 'See the harbour.', { html, createdAt: null }).posts).posts
    const dated = seenAt(second, 'See  the harbour.', { createdAt: first, editedAt: null })
    const answer = unrollPages(dated, makePage(copy === undefined ? [] : [copy]))
    expect(answer.threads[0]?.posts[0]?.post).toMatchObject({ text: 'See  the harbour.', html })
  })
})

// Work that grows with the square of the copies would not end in time here.
describe('of one post, tens of thousands in one file', () => {
  const MANY = 60_000
  it('that are the same to the letter are one post', () => {
    const one = bare(WORDS[0] ?? '')
    expect(unrollPages(makePage(Array.from({ length: MANY }, () => one))).threads).toMatchObject([{ posts: [{}] }])
  })

  it('with other words each time are one post', () => {
    const many = Array.from({ length: MANY }, (_, n) => post(0, { text: `Some notes on why, for the ${n}th time.` }))
    expect(idsOf(unrollPages(makePage(many)))).toEqual(['x:100'])
  })
})
