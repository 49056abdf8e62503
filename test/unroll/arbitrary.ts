// Makes pages of posts for property tests: threads of a few authors with numbers, ids, times and parents, each perhaps
// missing; texts are of no real person.

import type { Extraction, Parent, Post } from '../../src/model.ts'
import fc from '../laws.ts'

const WORDS = [
  'harbour',
  'signal',
  'meadow',
  'copper',
  'ladder',
  'window',
  'orchard',
  'lantern',
  'gravel',
  'violin',
  'market',
  'feather',
]
const FORMS: readonly ((n: number, total: number, text: string) => string)[] = [
  (n, m, text) => `${n}/${m} ${text}`,
  (n, m, text) => `${text} ${n}/${m}`,
  (n, _, text) => `${n}/ ${text}`,
  (n, _, text) => `${n}) ${text}`,
  (n, m, text) => `${text} (${n}/${m})`,
]

export interface MadeThread {
  readonly author: string
  readonly length: number
  readonly form: number
  readonly numbered: boolean
  readonly hasIds: boolean
  readonly hasTimes: boolean
  readonly declares: boolean
  readonly topic: number
}

interface Shape {
  readonly authors: readonly string[]
  readonly mostPosts: number
  readonly mostThreads: number
}

function madeThreads({ authors, mostPosts }: Shape): fc.Arbitrary<MadeThread> {
  return fc.record({
    author: fc.constantFrom(...authors),
    length: fc.integer({ min: 1, max: mostPosts }),
    form: fc.integer({ min: 0, max: FORMS.length - 1 }),
    numbered: fc.boolean(),
    hasIds: fc.boolean(),
    hasTimes: fc.boolean(),
    declares: fc.boolean(),
    topic: fc.integer({ min: 0, max: WORDS.length - 1 }),
  })
}

function madePages(shape: Shape): fc.Arbitrary<readonly Post[]> {
  return fc
    .array(madeThreads(shape), { minLength: 1, maxLength: shape.mostThreads })
    .map((threads) => threads.flatMap((thread, at) => postsOf(thread, at)))
}

/** Posts of a few threads, in the order they were written. */
export const madePage = madePages({ authors: ['ada', 'ben'], mostPosts: 6, mostThreads: 4 })

/**
 * Fewer posts, by more people: for laws of who belongs with whom, where what is drawn inside a thread tells nothing.
 */
export const smallPage = madePages({ authors: ['ada', 'ben', 'cy'], mostPosts: 3, mostThreads: 3 })

export function postsOf(thread: MadeThread, at: number): readonly Post[] {
  return Array.from({ length: thread.length }, (_, k) => {
    const words = [0, 1, 2, 3].map((step) => WORDS[(thread.topic + at * 5 + k * 3 + step * 7) % WORDS.length])
    const bare = `The ${words.join(' ')} of part ${at}.${k} was seen again`
    const text = thread.numbered ? (FORMS[thread.form]?.(k + 1, thread.length, bare) ?? bare) : bare
    const id = String(5_000_000 + at * 1000 + k * 10)
    const parent = thread.declares && thread.hasIds && k > 0 ? declared(String(Number(id) - 10)) : null
    return makePost({
      text,
      author: thread.author,
      id: thread.hasIds ? id : null,
      createdAt: thread.hasTimes ? new Date(1_600_000_000_000 + at * 86_400_000 + k * 60_000).toISOString() : null,
      parent,
    })
  })
}

export function declared(id: string): Parent {
  return { ref: { platform: 'x', id }, key: null, basis: 'declared', p: 1, say: `replies to ${id}` }
}

export interface Sketch {
  readonly text: string
  readonly author?: string | null
  readonly id?: string | null
  readonly createdAt?: string | null
  readonly parent?: Parent | null
  readonly block?: string | null
  readonly kind?: Post['kind']
}

export function makePost({
  text,
  author = 'ada',
  id = null,
  createdAt = null,
  parent = null,
  block = null,
  kind = 'post',
}: Sketch): Post {
  return {
    key: '',
    ref: id === null ? null : { platform: 'x', id },
    kind,
    platform: 'x',
    author: author === null ? null : { id: null, handle: author, name: null, url: null },
    isPostAuthor: false,
    title: null,
    text,
    html: null,
    createdAt,
    editedAt: null,
    url: null,
    lang: null,
    parent,
    conversation: null,
    media: [],
    quotes: [],
    footnotes: [],
    block,
    index: 0,
    boundary: null,
    provenance: {
      input: 'page',
      capture: null,
      capturedAt: null,
      adapter: 'made',
      adapterVersion: 1,
      selector: null,
      path: null,
      line: null,
      endLine: null,
      extra: null,
    },
  }
}

/**
 * A page of these posts in this order. Each post's line is its place; its key is its text and id, so that copies
 * differ.
 */
export function makePage(posts: readonly Post[], extra: Partial<Extraction> = {}): Extraction {
  return {
    posts: posts.map((post, index) => ({
      ...post,
      key: String(index),
      index,
      provenance: { ...post.provenance, line: index + 1 },
    })),
    scrapes: [],
    blocks: [],
    next: [],
    notes: [],
    declared: { title: null, site: null, replies: null },
    ...extra,
  }
}

/** A statement without what it says of links that are less sure: how sure they are changes with each fit. */
export function withoutLessSure(statement: string): string {
  return statement.replace(/; the links? to [^;]+ less sure \(p [^)]+\)/, '')
}
