// A hash over each finding as it stands in its tables: the thread or discussion, its posts, their places, sources and
// reasons. Facts have hashes of their own; without these a flipped bit in a finding would be handed out as if it were
// one. Whoever stores a finding seals the values in hand; verifying reads them back.
import type { Database } from 'better-sqlite3'
import { sha256 } from '../../fixity.ts'
import type { Checked } from '../verify/checked.ts'
import { scopeParameters, type VerifyScope } from '../verify/scope.ts'

/** Findings checked at once: bounds memory and the length of a read transaction. */
const CHUNK = 250

export type SealKind = 'thread' | 'conversation' | 'unplaced'

/** The rows of a post as a seal reads them. */
export interface SealedPost {
  readonly key: number
  /** Its row in posts. */
  readonly line: string
  /** Its rows in other_sources, by position. */
  readonly sources: readonly string[]
  /** Key of the reason of what it answers. */
  readonly reason: number | null
}

/** A row as a seal reads it: JSON of its values in the order of its columns. */
export function lineOf(values: readonly unknown[]): string {
  return JSON.stringify(values)
}

/**
 * Seals rows that were stored just now: `lines` are those that the statements of `PARTS` would read, in their order.
 */
export function createSealStore(db: Database): (kind: SealKind, key: number, lines: readonly string[]) => void {
  const insert = db.prepare(INSERT)
  return (kind, key, lines) => void insert.run(kind, key, sha256(lines.join('')))
}

/** Seals what the tables hold now. */
export function createResealer(db: Database): (kind: SealKind, key: number) => void {
  const insert = db.prepare(INSERT)
  const readers = { thread: null, conversation: null, unplaced: null } as Record<SealKind, SealReader | null>
  return (kind, key) => {
    readers[kind] ??= createSealReader(db, kind)
    insert.run(kind, key, readers[kind]([key]).get(key))
  }
}

const INSERT = 'INSERT OR REPLACE INTO finding_seals VALUES (?, ?, ?)'

/** Lines of the posts of a finding in the order of their places, then of their sources. */
export function linesOfPosts(posts: readonly SealedPost[]): readonly string[] {
  return [...posts.map(({ line }) => line), ...posts.flatMap(({ sources }) => sources)]
}

/** Lines of the reasons that these rows name, each once. */
export function linesOfReasons(
  keys: Iterable<number | null>,
  reasons: { lineOf(key: number): string },
): readonly string[] {
  const distinct = [...new Set(keys)].filter((key) => key !== null)
  return distinct.sort((a, b) => a - b).map((key) => reasons.lineOf(key))
}

/** Every finding held against its seal. */
export function* verifySeals(db: Database, scope: VerifyScope): Generator<Checked> {
  const { part, of } = scopeParameters(scope)
  const known = db
    .prepare<[string, number], string>('SELECT sha256 FROM finding_seals WHERE kind = ? AND key = ?')
    .pluck()
  for (const kind of KINDS) {
    const read = createSealReader(db, kind)
    const select = `SELECT ${KEY_OF[kind]} FROM ${TABLE_OF[kind]} WHERE ${KEY_OF[kind]} % @of = @part
      UNION SELECT key FROM finding_seals WHERE kind = @kind AND key % @of = @part ORDER BY 1`
    const keys = db.prepare<Record<string, unknown>, number>(select).pluck().all({ part, of, kind })
    for (let at = 0; at < keys.length; at += CHUNK) {
      const chunk = keys.slice(at, at + CHUNK)
      const found = read(chunk)
      for (const key of chunk) {
        const isSame = found.get(key) !== undefined && found.get(key) === known.get(kind, key)
        const what = 'is not what its hash says; `unspool rebuild` makes all findings again'
        yield isSame ? { ok: 'other' } : { where: `${TABLE_OF[kind]} row ${key}`, what }
      }
    }
  }
}

type SealReader = (keys: readonly number[]) => ReadonlyMap<number, string>

/** Hash by key, over what the tables hold. */
function createSealReader(db: Database, kind: SealKind): SealReader {
  const statements = PARTS[kind].map((sql) => db.prepare<[string], [number, ...unknown[]]>(sql).raw())
  return (keys) => {
    const list = JSON.stringify(keys)
    const lines = new Map<number, string>()
    for (const statement of statements)
      for (const [key, ...values] of statement.iterate(list)) lines.set(key, (lines.get(key) ?? '') + lineOf(values))
    return new Map([...lines].map(([key, text]) => [key, sha256(text)]))
  }
}

const KINDS: readonly SealKind[] = ['thread', 'conversation', 'unplaced']
const TABLE_OF = { thread: 'threads', conversation: 'conversations', unplaced: 'unplaced' } as const
const KEY_OF = { thread: 'key', conversation: 'key', unplaced: 'post_key' } as const

const GIVEN = 'IN (SELECT value FROM json_each(?))'

/** Statements whose rows are the key of a finding and then the columns of a row that belongs to it. */
const PARTS: Readonly<Record<SealKind, readonly string[]>> = {
  thread: [
    `SELECT key, * FROM threads WHERE key ${GIVEN}`,
    `SELECT thread_key, * FROM thread_posts WHERE thread_key ${GIVEN} ORDER BY thread_key, branch, position`,
    ...partsOfPosts('thread_posts', 'thread_key', 'branch, h.position'),
    `SELECT thread_key, * FROM thread_branches WHERE thread_key ${GIVEN} ORDER BY thread_key, branch`,
    `SELECT thread_key, * FROM gaps WHERE thread_key ${GIVEN} ORDER BY thread_key, ordinal`,
    partOfReasons('SELECT thread_key AS home, post_key, reason_key FROM thread_posts'),
  ],
  conversation: [
    `SELECT key, * FROM conversations WHERE key ${GIVEN}`,
    ...partsOfPosts('(SELECT key AS home_key, root_key AS post_key FROM conversations)', 'home_key', 'post_key'),
    `SELECT conversation_key, * FROM conversation_replies WHERE conversation_key ${GIVEN} ORDER BY conversation_key, position`,
    ...partsOfPosts('conversation_replies', 'conversation_key', 'position'),
    partOfReasons(`
      SELECT conversation_key AS home, post_key, reason_key FROM conversation_replies
      UNION ALL SELECT key, root_key, CAST(NULL AS INTEGER) FROM conversations`),
  ],
  unplaced: [
    `SELECT post_key, * FROM unplaced WHERE post_key ${GIVEN}`,
    ...partsOfPosts('unplaced', 'post_key', 'post_key'),
    partOfReasons('SELECT post_key AS home, post_key, CAST(NULL AS INTEGER) AS reason_key FROM unplaced'),
  ],
}

/** Posts in the order of their places, then their other sources. */
function partsOfPosts(table: string, home: string, order: string): readonly string[] {
  const from = (joined: string) =>
    `FROM ${table} AS h JOIN ${joined} WHERE h.${home} ${GIVEN} ORDER BY h.${home}, h.${order}`
  return [
    `SELECT h.${home}, p.* ${from('posts AS p ON p.key = h.post_key')}`,
    `SELECT h.${home}, o.* ${from('other_sources AS o ON o.post_key = h.post_key')}, o.position`,
  ]
}

/** `places`: the posts of findings and the reasons of their places. */
function partOfReasons(places: string): string {
  return `
    WITH given AS (SELECT * FROM (${places}) WHERE home ${GIVEN}),
      named AS (
        SELECT home, reason_key AS key FROM given
        UNION SELECT home, p.parent_reason FROM given JOIN posts AS p ON p.key = given.post_key)
    SELECT home, r.* FROM named JOIN reasons AS r USING (key) ORDER BY home, r.key`
}
