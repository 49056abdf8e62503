// A hash over each finding as it stands in its tables: the thread or discussion, its posts, their places, sources and reasons.
// Facts have hashes of their own; without these a flipped bit in a finding would be handed out as if it were one.
import type { Database } from 'better-sqlite3'
import { sha256 } from '../fixity.ts'
import type { Checked } from './verify.ts'
import { scopeParameters, type VerifyScope } from './verify-scope.ts'

/** Findings sealed or checked at once: bounds memory and the length of a read transaction. */
const CHUNK = 1000

type Kind = 'thread' | 'conversation' | 'unplaced'

/** Seals what is stored of these now; to be called at the end of the transaction that stored it. */
export interface SealStore {
  put(kind: Kind, keys: readonly number[]): void
  /** Takes off the seals of findings that are not there any more. */
  drop(): void
}

export function createSealStore(db: Database): SealStore {
  const insert = db.prepare('INSERT OR REPLACE INTO finding_seals VALUES (?, ?, ?)')
  const drops = KINDS.map((kind) => db.prepare(dropOf(kind)))
  return {
    put: (kind, keys) => {
      for (const chunk of chunksOf(keys))
        for (const [key, hash] of sealsOf(db, kind, chunk)) insert.run(kind, key, hash)
    },
    drop: () => {
      for (const statement of drops) statement.run()
    },
  }
}

/** Every finding held against its seal. */
export function* verifySeals(db: Database, scope: VerifyScope): Generator<Checked> {
  const { part, of } = scopeParameters(scope)
  const known = db
    .prepare<[string, string], string>('SELECT sha256 FROM finding_seals WHERE kind = ? AND key = ?')
    .pluck()
  for (const kind of KINDS) {
    const select = `SELECT ${KEY_OF[kind]} FROM ${TABLE_OF[kind]} WHERE ${KEY_OF[kind]} % @of = @part
      UNION SELECT key FROM finding_seals WHERE kind = @kind AND key % @of = @part ORDER BY 1`
    const keys = db.prepare<Record<string, unknown>, number>(select).pluck().all({ part, of, kind })
    for (const chunk of chunksOf(keys)) {
      const found = sealsOf(db, kind, chunk)
      for (const key of chunk) {
        const isSame = found.get(key) !== undefined && found.get(key) === known.get(kind, String(key))
        const what = 'is not what its hash says; `unspool rebuild` makes all findings again'
        yield isSame ? { ok: 'other' } : { where: `${TABLE_OF[kind]} row ${key}`, what }
      }
    }
  }
}

/** Hash by key: each row of each part folded in, in a fixed order. */
function sealsOf(db: Database, kind: Kind, keys: readonly number[]): ReadonlyMap<number, string> {
  const list = JSON.stringify(keys)
  const seals = new Map<number, string>()
  for (const sql of PARTS[kind])
    for (const row of db.prepare<[string], unknown[]>(sql).raw().iterate(list)) {
      const key = Number(row[0])
      seals.set(key, sha256((seals.get(key) ?? '') + JSON.stringify(row)))
    }
  return seals
}

function* chunksOf(keys: readonly number[]): Generator<readonly number[]> {
  for (let at = 0; at < keys.length; at += CHUNK) yield keys.slice(at, at + CHUNK)
}

const KINDS: readonly Kind[] = ['thread', 'conversation', 'unplaced']
const TABLE_OF = { thread: 'threads', conversation: 'conversations', unplaced: 'unplaced' } as const
const KEY_OF = { thread: 'key', conversation: 'key', unplaced: 'post_key' } as const

function dropOf(kind: Kind): string {
  return `DELETE FROM finding_seals WHERE kind = '${kind}' AND key NOT IN (SELECT ${KEY_OF[kind]} FROM ${TABLE_OF[kind]})`
}

const GIVEN = 'IN (SELECT value FROM json_each(?))'
/** A post as the findings have it, with what it answers. */
const POST = `
  p.key, p.id, p.platform, p.kind, p.author_key, p.created_at, p.url, p.conversation, p.fingerprint, p.sighting_key, p.title,
  p.text, p.detail, a.parent_id, a.basis, a.p, a.evidence`
const SOURCE = 'ps.post_key, ps.position, ps.sighting_key, ps.extraction_key, ps.line, ps.provenance'

const PARTS: Readonly<Record<Kind, readonly string[]>> = {
  thread: [
    `SELECT * FROM threads WHERE key ${GIVEN} ORDER BY key`,
    `SELECT tp.*, ${POST} FROM thread_posts AS tp JOIN posts AS p ON p.key = tp.post_key
     LEFT JOIN replies AS a ON a.child_id = p.id WHERE tp.thread_key ${GIVEN} ORDER BY 1, 2, 3`,
    `SELECT tp.thread_key, ${SOURCE} FROM thread_posts AS tp JOIN post_sources AS ps ON ps.post_key = tp.post_key
     WHERE tp.thread_key ${GIVEN} ORDER BY tp.thread_key, tp.branch, tp.position, ps.position`,
    `SELECT * FROM thread_branches WHERE thread_key ${GIVEN} ORDER BY 1, 2`,
    `SELECT * FROM gaps WHERE thread_key ${GIVEN} ORDER BY 1, 2`,
  ],
  conversation: [
    `SELECT c.*, ${POST} FROM conversations AS c LEFT JOIN posts AS p ON p.key = c.root_key
     LEFT JOIN replies AS a ON a.child_id = p.id WHERE c.key ${GIVEN} ORDER BY 1`,
    `SELECT c.key, ${SOURCE} FROM conversations AS c JOIN post_sources AS ps ON ps.post_key = c.root_key
     WHERE c.key ${GIVEN} ORDER BY 1, ps.position`,
    `SELECT r.*, ${POST} FROM conversation_replies AS r JOIN posts AS p ON p.key = r.post_key
     LEFT JOIN replies AS a ON a.child_id = p.id WHERE r.conversation_key ${GIVEN} ORDER BY 1, 2`,
    `SELECT r.conversation_key, ${SOURCE} FROM conversation_replies AS r JOIN post_sources AS ps ON ps.post_key = r.post_key
     WHERE r.conversation_key ${GIVEN} ORDER BY r.conversation_key, r.position, ps.position`,
  ],
  unplaced: [
    `SELECT u.*, ${POST} FROM unplaced AS u JOIN posts AS p ON p.key = u.post_key
     LEFT JOIN replies AS a ON a.child_id = p.id WHERE u.post_key ${GIVEN} ORDER BY 1`,
    `SELECT ${SOURCE} FROM post_sources AS ps JOIN unplaced AS u ON u.post_key = ps.post_key
     WHERE ps.post_key ${GIVEN} ORDER BY 1, 2`,
  ],
}
