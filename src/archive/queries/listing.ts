// Lists of what was found, page by page. Paged by key and never by offset: the thousandth page costs what the first
// does.
import type { Database } from 'better-sqlite3'
import { UsageError } from '../../errors.ts'
import type { Completeness } from '../../model.ts'
import { findAuthors } from './search/filter.ts'

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
  /** Only what was begun by this handle, with or without @, or name. */
  readonly author?: string | null
  /** Only what is known to be incomplete. */
  readonly incomplete?: boolean
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
export function listFindings(db: Database, { limit, after, minPosts = 1, author, incomplete }: PageRequest): Listing {
  const key = after === null ? FIRST : parseKey(after)
  const authors = author == null ? null : JSON.stringify(findAuthors(db, author))
  const list = db.prepare<Record<string, unknown>, ListedFinding>(
    listSql(`${authors === null ? '' : OF_AUTHORS}${incomplete === true ? INCOMPLETE : ''}`),
  )
  const rows = list.all({ ...key, limit: limit + 1, minPosts, ...(authors === null ? {} : { authors }) })
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

/** Conditions on `f`, a thread or discussion, and `author_key`, of who began it. */
const OF_AUTHORS = ' AND author_key IN (SELECT value FROM json_each(@authors))'
const INCOMPLETE = " AND f.completeness = 'partial'"

/** Asked row by row: a view of joins on the right of LEFT JOIN is made whole first, all posts of the archive. */
const ofRoot = (value: string): string => `(SELECT ${value} FROM post_latest AS p WHERE p.key = f.root_key)`

const listSql = (conditions: string): string => `
  SELECT * FROM (
    SELECT * FROM (
      SELECT 'thread' AS kind, f.id, f.title,
        (SELECT o.text FROM thread_openings AS o WHERE o.thread_key = f.key) AS opening, coalesce(a.handle, a.name) AS author, f.platform, f.url,
        f.published_at AS publishedAt, f.completeness, f.statement,
        (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = f.key) AS posts
      FROM threads AS f LEFT JOIN authors AS a ON a.key = f.author_key
      WHERE (coalesce(f.published_at, ''), f.id, 'thread') < (@time, @id, @kind)
        AND (@minPosts < 2 OR (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = f.key) >= @minPosts)${conditions}
      ORDER BY coalesce(f.published_at, '') DESC, f.id DESC LIMIT @limit)
    UNION ALL
    SELECT * FROM (
      SELECT 'conversation', f.id, f.title,
        coalesce((SELECT o.text FROM thread_openings AS o WHERE o.post_key = f.root_key LIMIT 1), ${ofRoot('substr(p.text, 1, 100)')}),
        ${ofRoot('coalesce(p.author_handle, p.author_name)')},
        coalesce(root.platform, substr(f.id, 1, instr(f.id, ':') - 1)), ${ofRoot('p.url')}, f.published_at, f.completeness, f.statement,
        (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = f.key)
      FROM conversations AS f LEFT JOIN posts AS root ON root.key = f.root_key
      WHERE (coalesce(f.published_at, ''), f.id, 'conversation') < (@time, @id, @kind)
        AND (@minPosts < 2 OR root.kind = 'article' OR
          1 + (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = f.key) >= @minPosts)${conditions}
      ORDER BY coalesce(f.published_at, '') DESC, f.id DESC LIMIT @limit))
  ORDER BY coalesce(publishedAt, '') DESC, id DESC, kind DESC LIMIT @limit`
