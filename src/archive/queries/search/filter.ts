// What else a found post must be: of an author, a site, a time. Said as SQL about a row p of posts.
import type { Database } from 'better-sqlite3'
import { ownersOf } from '../../facts/sightings/names-seen.ts'

/** Posts of authors who wrote no more than these are looked at one by one. */
const FEW_POSTS = 1000

export interface PostFilter {
  /** Handle, with or without @, or name. */
  readonly author?: string | null
  /** A platform's name, or the host of the post's address. */
  readonly site?: string | null
  /** Time of posting, UTC, ISO 8601 with milliseconds: not before. Posts without a time are out. */
  readonly since?: string | null
  /** Not after. */
  readonly until?: string | null
}

export interface ReadFilter {
  /** Conditions, each with AND before it; may be empty. */
  readonly sql: string
  /** Values of the names in it. */
  readonly values: Readonly<Record<string, string | null>>
  /** Keys of all posts of the author, the greatest first; null when none was asked for or he wrote very many. */
  readonly posts: readonly number[] | null
}

const AT_SIGN = /^@/
const OF_SITE = `(p.platform = @site OR EXISTS (
  SELECT 1 FROM (SELECT substr(l.url, instr(l.url, '//') + 2) || '/' AS rest FROM post_latest AS l WHERE l.key = p.key)
  WHERE substr(rest, 1, instr(rest, '/') - 1) IN (@site, 'www.' || @site)))`

export function readFilter(db: Database, { author, site, since, until }: PostFilter): ReadFilter {
  const authors = author == null ? null : findAuthors(db, author)
  const conditions = [
    authors === null ? '' : ' AND p.author_key IN (SELECT value FROM json_each(@authors))',
    since == null ? '' : ' AND p.created_at >= @since',
    until == null ? '' : ' AND p.created_at <= @until',
    site == null ? '' : ` AND ${OF_SITE}`,
  ]
  const values = { site: site?.toLowerCase() ?? null, since: since ?? null, until: until ?? null }
  return {
    sql: conditions.join(''),
    values: { ...values, authors: JSON.stringify(authors) },
    posts: authors === null ? null : findFewPosts(db, authors),
  }
}

/**
 * Keys of authors by any handle they had, with or without @, or name. Only the names of people who are known by a
 * handle are found without an index.
 */
export function findAuthors(db: Database, author: string): readonly number[] {
  const known = db.prepare<Record<string, string>, number>(BY_HANDLE).pluck()
  const found = known.all({ handle: author.replace(AT_SIGN, ''), author })
  return found.length > 0
    ? found
    : db.prepare<[string], number>('SELECT key FROM authors WHERE name = ? COLLATE NOCASE').pluck().all(author)
}

const BY_HANDLE = `
  SELECT key FROM authors WHERE handle = @handle COLLATE NOCASE
  UNION SELECT key FROM authors WHERE identity = @author
  UNION ${ownersOf('(SELECT @handle AS handle) AS h', 'h.handle')}`

export function listHandles(db: Database, author: string): readonly string[] {
  return db
    .prepare<[string], string>(HANDLES)
    .pluck()
    .all(JSON.stringify(findAuthors(db, author)))
}

const HANDLES = `
  SELECT DISTINCT b.handle FROM json_each(?) AS k CROSS JOIN authors AS a ON a.key = k.value
  CROSS JOIN names_seen AS n ON n.identity = a.identity AND n.platform = a.platform
  CROSS JOIN bylines AS b ON b.key = n.byline_key WHERE b.handle IS NOT NULL`

function findFewPosts(db: Database, authors: readonly number[]): readonly number[] | null {
  const keys = db
    .prepare<[string, number], number>(
      'SELECT key FROM posts WHERE author_key IN (SELECT value FROM json_each(?)) LIMIT ?',
    )
    .pluck()
    .all(JSON.stringify(authors), FEW_POSTS + 1)
  return keys.length > FEW_POSTS ? null : keys.sort((a, b) => b - a)
}
