// Lists of what was found, page by page. Paged by key and never by offset: the thousandth page costs what the first does.
import type { Database } from 'better-sqlite3'
import { UsageError } from '../../errors.ts'
import type { Completeness } from '../../model.ts'

/** Keys read at once by iterators. */
const PAGE_ROWS = 500
/** Between time and id in the key of a page. */
const SEPARATOR = '/'
/** Greater than every time. */
const FIRST = { time: '~', kind: '', id: '' }

export interface PageRequest {
  readonly limit: number
  /** `next` of the page before, or null for the first. */
  readonly after: string | null
  /** Threads and discussions of fewer posts, the first one counted, are left out; articles stay. Absent: 1. */
  readonly minPosts?: number
}

export interface ListedFinding {
  readonly kind: 'thread' | 'conversation'
  readonly id: string
  readonly title: string | null
  /** First words of the first post, for threads that have no title; null when its post was not seen. */
  readonly opening: string | null
  /** Handle, else name, of the author. */
  readonly author: string | null
  readonly platform: string
  readonly url: string | null
  readonly publishedAt: string | null
  readonly completeness: Completeness
  readonly statement: string
  /** Posts of a thread, replies of a conversation. */
  readonly posts: number
}

export interface FindingCounts {
  readonly threads: number
  readonly conversations: number
}

export interface Listing {
  readonly rows: readonly ListedFinding[]
  /** Key of the page that follows, or null when this is the last. */
  readonly next: string | null
}

/** Threads and conversations, newest first; those without a time come last. */
export function listFindings(db: Database, { limit, after, minPosts = 1 }: PageRequest): Listing {
  const key = after === null ? FIRST : parseKey(after)
  const rows = db.prepare<Record<string, unknown>, ListedFinding>(LIST).all({ ...key, limit: limit + 1, minPosts })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}

export function countFindings(db: Database): FindingCounts {
  return db
    .prepare<[], FindingCounts>(
      'SELECT (SELECT count(*) FROM threads) AS threads, (SELECT count(*) FROM conversations) AS conversations',
    )
    .get()!
}

/** Keys of a table's rows in the order of their ids, in short reads. */
export function* pageKeys(db: Database, table: 'threads' | 'conversations'): Generator<number> {
  const page = db.prepare<[string, number], { key: number; id: string }>(
    `SELECT key, id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`,
  )
  for (let after = ''; ; ) {
    const rows = page.all(after, PAGE_ROWS)
    for (const { key } of rows) yield key
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** A thread and the conversation under it may share time and id, so the kind is part of the key. */
function keyOf({ publishedAt, kind, id }: ListedFinding): string {
  return [publishedAt ?? '', kind, id].join(SEPARATOR)
}

function parseKey(text: string): typeof FIRST {
  const [time, kind, ...id] = text.split(SEPARATOR)
  if (time === undefined || kind === undefined || id.length === 0)
    throw new UsageError(`${JSON.stringify(text)} is not a key that \`unspool list\` printed`)
  return { time, kind, id: id.join(SEPARATOR) }
}

const LIST = `
  SELECT * FROM (
    SELECT * FROM (
      SELECT 'thread' AS kind, t.id, t.title,
        (SELECT o.text FROM thread_openings AS o WHERE o.thread_key = t.key) AS opening, coalesce(a.handle, a.name) AS author, t.platform, t.url,
        t.published_at AS publishedAt, t.completeness, t.statement,
        (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = t.key) AS posts
      FROM threads AS t LEFT JOIN authors AS a ON a.key = t.author_key
      WHERE (coalesce(t.published_at, ''), t.id, 'thread') < (@time, @id, @kind)
        AND (@minPosts < 2 OR (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = t.key) >= @minPosts)
      ORDER BY coalesce(t.published_at, '') DESC, t.id DESC LIMIT @limit)
    UNION ALL
    SELECT * FROM (
      SELECT 'conversation', c.id, c.title,
        coalesce((SELECT o.text FROM thread_openings AS o WHERE o.post_key = c.root_key LIMIT 1), substr(p.text, 1, 100)),
        coalesce(p.author_handle, p.author_name),
        coalesce(p.platform, substr(c.id, 1, instr(c.id, ':') - 1)), p.url, c.published_at, c.completeness, c.statement,
        (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = c.key)
      FROM conversations AS c LEFT JOIN post_latest AS p ON p.key = c.root_key
      WHERE (coalesce(c.published_at, ''), c.id, 'conversation') < (@time, @id, @kind)
        AND (@minPosts < 2 OR p.kind = 'article' OR
          1 + (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = c.key) >= @minPosts)
      ORDER BY coalesce(c.published_at, '') DESC, c.id DESC LIMIT @limit))
  ORDER BY coalesce(publishedAt, '') DESC, id DESC, kind DESC LIMIT @limit`
