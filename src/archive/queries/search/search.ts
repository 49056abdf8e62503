// Full-text search over the posts of the findings. Few matches are ranked; of very many those that were stored last
// come first, and so do posts that have to be looked at one by one. Every page says which it is, and none costs more
// the further back it lies.
import type { Database } from 'better-sqlite3'
import { UsageError } from '../../../errors.ts'
import { readAsked } from './asked.ts'
import { countMatches } from './candidates.ts'
import { type PostFilter, readFilter } from './filter.ts'
import {
  type Search as Asking,
  BEST,
  type Bounds,
  findRanked,
  findStored,
  type Ranked,
  type StoredPage,
} from './orders.ts'
import { type Sifted, siftPosts } from './sieve.ts'

export interface SearchLimits {
  /** Matches that are ranked: beyond, ranking costs seconds at a million posts. */
  readonly ranked: number
  /** In an archive of no more posts the words of a short beginning are laid together in no time. */
  readonly smallArchive: number
  /** What is looked at to see whether a short beginning is so common that a page fills. */
  readonly sample: Bounds
  /** Matches of the index that one page looks at. */
  readonly page: Bounds
  /** Posts that one page looks at where the index cannot help: a second's work. */
  readonly sifted: Bounds
}

const LIMITS: SearchLimits = {
  ranked: 10_000,
  smallArchive: 100_000,
  sample: { window: 400, looked: 400 },
  page: { window: 5000, looked: 10_000 },
  sifted: { window: 5000, looked: 100_000 },
}
/** Above the key of every post. */
const TOP = Number.MAX_SAFE_INTEGER
/** Of a page: `score/key` where hits are ranked, else `key`. */
const PAGE_KEY = /^(?:([\d.]+(?:e[+-]?\d+)?)\/)?(\d{1,15})$/

export interface SearchRequest extends PostFilter {
  /** All must occur; `"a phrase"` and `prefix*` work. */
  readonly words: string
  readonly limit: number
  /** `next` of the page before; absent or null for the first. */
  readonly after?: string | null
}

interface SearchHit {
  readonly post: string
  /** Id of the thread or conversation it stands in, or null. */
  readonly thread: string | null
  /** Handle, else name. */
  readonly author: string | null
  readonly createdAt: string | null
  readonly url: string | null
  /** Words around the match, matches in [brackets]. */
  readonly snippet: string
}

export interface SearchPage {
  readonly hits: readonly SearchHit[]
  /** `rank`: the best first. `stored`: what was stored last first. */
  readonly order: 'rank' | 'stored'
  /** Key of the page that follows, or null when there is none. Good as long as nothing is unrolled anew. */
  readonly next: string | null
  /** For people: why the hits are not ranked, how far was looked; null when there is nothing to say. */
  readonly remark: string | null
}

interface Search extends Asking {
  readonly limits: SearchLimits
}

type Found = Omit<SearchPage, 'hits'> & { readonly posts: readonly Sifted[] }

const NOTHING: SearchPage = { hits: [], order: 'rank', next: null, remark: null }
const TOO_MANY = 'too many posts match to rank them: those stored last come first'
const ONE_BY_ONE = 'posts were looked at one by one and are not ranked: those stored last come first'

/** `limits`: tests have smaller ones. */
export function searchPosts(db: Database, request: SearchRequest, limits: SearchLimits = LIMITS): SearchPage {
  const asked = readAsked(request.words)
  if (asked.match === '' && asked.within.length === 0) return NOTHING
  const search = { db, asked, filter: readFilter(db, request), limit: request.limit, limits }
  const after = request.after == null ? null : readKey(request.after)
  const { posts, ...page } = after === null ? findFirst(search) : findAfter(search, after)
  return { hits: readHits(db, posts), ...page }
}

function findFirst(search: Search): Found {
  const { db, asked, limits } = search
  const way = chooseWay(search)
  const isRanked = way === 'index' && countMatches(db, asked.match, limits.ranked + 1) <= limits.ranked
  return isRanked ? findBest(search, BEST) : findInOrder(search, way, TOP)
}

function findAfter(search: Search, { rank, key }: { readonly rank: number | null; readonly key: number }): Found {
  return rank === null ? findInOrder(search, chooseWay(search), key) : findBest(search, { rank, key })
}

/**
 * `index`: the full-text index gives all that match. `broad`, `sift`: it gives more, or nothing, and posts are looked
 * at one by one.
 */
type Way = 'index' | 'broad' | 'sift'

/**
 * Where a short beginning stands for thousands of words, the index would merge all their lists before it gave one post.
 * If it is as common as that, a few hundred posts fill a page; if they do not, the index has little to merge.
 */
function chooseWay({ db, asked, filter, limit, limits }: Search): Way {
  if (asked.within.length > 0) return 'sift'
  if (!asked.hasShortBeginning || countPosts(db) <= limits.smallArchive) return 'index'
  const sample = findStored({ db, asked, filter: { ...filter, sql: '' }, limit }, asked.sure, TOP, limits.sample)
  if (sample.isFull) return 'broad'
  return sample.below === null ? 'sift' : 'index'
}

function findInOrder(search: Search, way: Way, below: number): Found {
  const { asked, filter, limits } = search
  if (filter.posts !== null) return toFound(findStored(search, '', below, limits.page), ONE_BY_ONE)
  const match = way === 'index' ? asked.match : asked.sure
  return way === 'sift'
    ? toFound(findStored(search, match, below, limits.sifted), ONE_BY_ONE)
    : toFound(findStored(search, match, below, limits.page), TOO_MANY)
}

function toFound({ posts, below, isFull, looked }: StoredPage, why: string): Found {
  const remark = isFull || below === null ? why : `${why}; this page has looked at ${looked}, the next looks on`
  return { posts, order: 'stored', next: below === null ? null : String(below), remark }
}

function findBest(search: Search, after: Ranked): Found {
  const ranked = findRanked(search, after)
  const page = ranked.slice(0, search.limit)
  const last = ranked.length > search.limit ? page.at(-1) : undefined
  const posts = siftPosts(
    search.db,
    page.map(({ key }) => key),
    search.asked,
  )
  return { posts, order: 'rank', next: last === undefined ? null : `${-last.rank}/${last.key}`, remark: null }
}

function readKey(text: string): { readonly rank: number | null; readonly key: number } {
  const [, rank, key] = PAGE_KEY.exec(text) ?? []
  if (key === undefined) throw new UsageError(`${JSON.stringify(text)} is not a key that \`unspool search\` printed`)
  return { rank: rank === undefined ? null : -Number(rank), key: Number(key) }
}

/** No more than all there ever were. */
function countPosts(db: Database): number {
  return Number(db.prepare('SELECT max(key) FROM posts').pluck().get())
}

function readHits(db: Database, posts: readonly Sifted[]): readonly SearchHit[] {
  return db.prepare<[string], SearchHit>(HITS).all(JSON.stringify(posts))
}

const HITS = `
  SELECT p.id AS post, coalesce(
      (SELECT t.id FROM thread_posts AS tp JOIN threads AS t ON t.key = tp.thread_key WHERE tp.post_key = p.key LIMIT 1),
      (SELECT c.id FROM conversation_replies AS r JOIN conversations AS c ON c.key = r.conversation_key
        WHERE r.post_key = p.key LIMIT 1),
      (SELECT c.id FROM conversations AS c WHERE c.root_key = p.key LIMIT 1)) AS thread,
    coalesce(p.author_handle, p.author_name) AS author, p.created_at AS createdAt, p.url, h.value ->> 'snippet' AS snippet
  FROM json_each(?) AS h CROSS JOIN post_latest AS p ON p.key = h.value ->> 'key'
  ORDER BY h.key`
