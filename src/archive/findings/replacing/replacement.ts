// What new findings replace: every thread and conversation that shares a post with them. Their rows are cleared; keys
// and homes are remembered, so that what keeps its id keeps its key, and what loses it gets an alias.
import type { Database } from 'better-sqlite3'
import { addTo } from '../../../grouping.ts'
import type { Unrolled } from '../../../model.ts'
import type { StoredPosts } from '../../facts/sightings/sighted-posts.ts'
import { clearFindings } from './clearing.ts'

/** What an unrolling was made from: everything, or a neighbourhood (see neighbourhood.ts). */
export type Scope = WholeScope | PartScope

/** `stored`: as below. */
type WholeScope = 'all' | { readonly all: true; readonly stored: StoredPosts }

interface PartScope {
  /** Ids of the posts in the findings whose threads are made anew. */
  readonly postIds: readonly string[]
  readonly extractionKeys: readonly number[]
  /** The posts that were unrolled, as they stand in this archive: nobody has to look their places up. */
  readonly stored?: StoredPosts
}

export function isWhole(scope: Scope): scope is WholeScope {
  return scope === 'all' || 'all' in scope
}

/** What was there before. */
interface Stale {
  readonly postKeys: readonly number[]
  readonly threadKeys: ReadonlyMap<string, number>
  readonly conversationKeys: ReadonlyMap<string, number>
  /**
   * Each old id of a thread or conversation with the places its posts were seen at: those outlive any merging of posts.
   */
  readonly homes: Homes
}

export type Homes = ReadonlyMap<string, readonly SourcePlace[]>

/** A stored sighting, or a line of an extraction's text. */
export interface SourcePlace {
  readonly sighting: number | null
  readonly extraction: number | null
  readonly line: number | null
}

interface Replacement {
  clear(unrolled: Unrolled, posts: ReplacedPosts, scope: Scope): Stale
  /** Removes authors whom nothing names any more. */
  sweep(stale: Stale): void
  /**
   * Throws a plain Error when a content that the old findings showed is in none of the new: nothing gets lost silently.
   */
  checkKept(stale: Stale): void
}

/** The posts that were unrolled. */
interface ReplacedPosts {
  readonly ids: ReadonlySet<string>
  /** Of those that the findings know already. */
  readonly keys: readonly number[]
  /** Of these, posts whose threads are made anew; others only take part in conversations. */
  readonly ownKeys: readonly number[]
}

interface Named {
  readonly id: string
  readonly key: number
}

/** Most pages are about posts that nobody saw before: then there is nothing to look for. */
const NOTHING_STALE: Stale = { postKeys: [], threadKeys: new Map(), conversationKeys: new Map(), homes: new Map() }

export function createReplacement(db: Database): Replacement {
  db.exec(TEMPORARY)
  const isHome = db.prepare<NewHomes, number>(IS_HOME).pluck()
  return {
    clear: (unrolled, posts, scope) => {
      const [threads, conversations] = [listIds(unrolled.threads), listIds(unrolled.conversations)]
      const isAllNew = posts.keys.length === 0 && isHome.get({ threads, conversations }) === undefined
      if (!isWhole(scope) && isAllNew) return NOTHING_STALE
      mark(db, { threads, conversations }, posts, scope)
      if (!isWhole(scope)) checkClosed(db, posts.ids)
      const stale = {
        postKeys: db.prepare<[], number>('SELECT key FROM stale_posts').pluck().all(),
        threadKeys: keysById(db, 'SELECT id, key FROM threads WHERE key IN (SELECT key FROM stale_threads)'),
        conversationKeys: keysById(
          db,
          'SELECT id, key FROM conversations WHERE key IN (SELECT key FROM stale_conversations)',
        ),
        homes: readHomes(db),
      }
      db.exec(clearFindings('stale'))
      return stale
    },
    sweep: (stale) => {
      if (stale !== NOTHING_STALE) db.exec(SWEEP_AUTHORS)
    },
    checkKept: (stale) => {
      if (stale === NOTHING_STALE) return
      const lost = Number(db.prepare(LOST).pluck().get())
      if (lost > 0) throw new Error(`${lost} posts would vanish from the findings; nothing was changed`)
    },
  }
}

/** JSON. */
function listIds(homes: readonly { readonly id: string }[]): string {
  return JSON.stringify(homes.map(({ id }) => id))
}

/** JSON, ids of the new threads and discussions. A discussion is called as the thread is that opens it. */
interface NewHomes {
  readonly threads: string
  readonly conversations: string
}

function mark(db: Database, homes: NewHomes, posts: ReplacedPosts, scope: Scope): void {
  db.exec(
    `DELETE FROM stale_posts; DELETE FROM stale_sightings; DELETE FROM stale_threads; DELETE FROM stale_conversations;
     DELETE FROM stale_authors`,
  )
  if (isWhole(scope)) db.exec(MARK_ALL)
  else markPart(db, homes, posts)
  db.exec(MARK_AUTHORS)
}

function markPart(db: Database, homes: NewHomes, { keys, ownKeys }: ReplacedPosts): void {
  db.prepare('INSERT INTO stale_posts SELECT value FROM json_each(?)').run(JSON.stringify(ownKeys))
  db.exec(MARK_SIGHTINGS)
  db.prepare(MARK_THREADS).run(homes.threads)
  db.prepare(MARK_CONVERSATIONS).run({ homes: homes.conversations, keys: JSON.stringify(keys) })
}

/**
 * A thread that is cleared must be made again from all of its posts: anything else would lose some silently. A post
 * that only leaves a discussion is not lost where it stands in a thread that stays.
 */
function checkClosed(db: Database, unrolledIds: ReadonlySet<string>): void {
  const left = db.prepare<[], string>(POSTS_OF_STALE).pluck().all()
  const missing = left.find((id) => !unrolledIds.has(id))
  if (missing !== undefined)
    throw new Error(`findings of a part may not replace the whole: ${missing} was not unrolled`)
}

function keysById(db: Database, sql: string): ReadonlyMap<string, number> {
  return new Map(
    db
      .prepare<[], Named>(sql)
      .all()
      .map(({ id, key }) => [id, key]),
  )
}

function readHomes(db: Database): Homes {
  const homes = new Map<string, SourcePlace[]>()
  for (const { id, ...place } of db.prepare<[], SourcePlace & { id: string }>(HOMES).iterate()) addTo(homes, id, place)
  return homes
}

const TEMPORARY = `
  CREATE TEMP TABLE IF NOT EXISTS stale_posts (key INTEGER PRIMARY KEY);
  CREATE TEMP TABLE IF NOT EXISTS stale_sightings (key INTEGER, extraction_key INTEGER, PRIMARY KEY (key, extraction_key));
  CREATE TEMP TABLE IF NOT EXISTS stale_threads (key INTEGER PRIMARY KEY);
  CREATE TEMP TABLE IF NOT EXISTS stale_conversations (key INTEGER PRIMARY KEY);
  CREATE TEMP TABLE IF NOT EXISTS stale_authors (key INTEGER PRIMARY KEY);`

const IS_HOME = `
  SELECT 1 FROM json_each(@threads) WHERE value IN (SELECT id FROM threads)
  UNION ALL SELECT 1 FROM json_each(@conversations) WHERE value IN (SELECT id FROM conversations) LIMIT 1`

const MARK_ALL = `
  INSERT INTO stale_posts SELECT key FROM posts;
  INSERT INTO stale_threads SELECT key FROM threads;
  INSERT INTO stale_conversations SELECT key FROM conversations;
  DELETE FROM unroll_note_posts;
  DELETE FROM unroll_notes;`

const MARK_SIGHTINGS = `
  INSERT OR IGNORE INTO stale_sightings
  SELECT sighting_key, extraction_key FROM post_sources
  WHERE post_key IN (SELECT key FROM stale_posts) AND sighting_key IS NOT NULL`

const MARK_THREADS = `
  INSERT OR IGNORE INTO stale_threads
  SELECT thread_key FROM thread_posts WHERE post_key IN (SELECT key FROM stale_posts)
  UNION SELECT key FROM threads WHERE id IN (SELECT value FROM json_each(?))`

const MARK_CONVERSATIONS = `
  INSERT OR IGNORE INTO stale_conversations
  SELECT conversation_key FROM conversation_replies WHERE post_key IN (SELECT value FROM json_each(@keys))
  UNION SELECT key FROM conversations WHERE root_key IN (SELECT value FROM json_each(@keys))
  UNION SELECT key FROM conversations WHERE id IN (SELECT value FROM json_each(@homes))`

const MARK_AUTHORS = `
  INSERT OR IGNORE INTO stale_authors
  SELECT author_key FROM posts WHERE key IN (SELECT key FROM stale_posts) AND author_key IS NOT NULL
  UNION SELECT author_key FROM threads WHERE key IN (SELECT key FROM stale_threads) AND author_key IS NOT NULL`

const SWEEP_AUTHORS = `
  DELETE FROM authors WHERE key IN (SELECT key FROM stale_authors)
    AND NOT EXISTS (SELECT 1 FROM posts WHERE author_key = authors.key)
    AND NOT EXISTS (SELECT 1 FROM threads WHERE author_key = authors.key)`

const STAYS_NOWHERE = `NOT EXISTS (
    SELECT 1 FROM thread_posts AS tp WHERE tp.post_key = p.key AND tp.thread_key NOT IN (SELECT key FROM stale_threads))`

const POSTS_OF_STALE = `
  SELECT p.id FROM thread_posts AS tp JOIN posts AS p ON p.key = tp.post_key
  WHERE tp.thread_key IN (SELECT key FROM stale_threads)
  UNION SELECT p.id FROM conversation_replies AS r JOIN posts AS p ON p.key = r.post_key
  WHERE r.conversation_key IN (SELECT key FROM stale_conversations) AND ${STAYS_NOWHERE}
  UNION SELECT p.id FROM conversations AS c JOIN posts AS p ON p.key = c.root_key
  WHERE c.key IN (SELECT key FROM stale_conversations) AND ${STAYS_NOWHERE}`

const HOMES = `
  SELECT t.id, ps.sighting_key AS sighting, ps.extraction_key AS extraction, ps.line
  FROM threads AS t JOIN thread_posts AS tp ON tp.thread_key = t.key JOIN post_sources AS ps ON ps.post_key = tp.post_key
  WHERE t.key IN (SELECT key FROM stale_threads)
  UNION ALL
  SELECT c.id, ps.sighting_key, ps.extraction_key, ps.line
  FROM conversations AS c JOIN conversation_replies AS r ON r.conversation_key = c.key
  JOIN post_sources AS ps ON ps.post_key = r.post_key WHERE c.key IN (SELECT key FROM stale_conversations)
  UNION ALL
  SELECT c.id, ps.sighting_key, ps.extraction_key, ps.line
  FROM conversations AS c JOIN post_sources AS ps ON ps.post_key = c.root_key
  WHERE c.key IN (SELECT key FROM stale_conversations)`

/**
 * CROSS JOIN: SQLite knows no sizes and would begin with all sightings there are. Each content is asked for once,
 * however often it was seen: of ten thousand sightings each would be compared with each.
 */
const LOST = `
  SELECT count(*) FROM (
    SELECT DISTINCT s.version_key FROM stale_sightings AS old CROSS JOIN sightings AS s ON s.key = old.key
    CROSS JOIN latest_extractions AS e ON e.key = old.extraction_key) AS shown
  WHERE NOT EXISTS (
    SELECT 1 FROM sightings AS same CROSS JOIN post_sources AS ps ON ps.sighting_key = same.key
    WHERE same.version_key = shown.version_key)`
