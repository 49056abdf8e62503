// What must be unrolled again when something new was read: the new extractions, and of the old ones every post that could
// be related (same author, conversation or words), with all posts of each thread and conversation these stand in.
import type { Database } from 'better-sqlite3'
import { textFingerprint } from '../fixity.ts'
import type { Extraction, Post } from '../model.ts'
import { createExtractionReader, type ExtractionReader } from './extraction-read.ts'
import type { Scope } from './replacement.ts'

export interface Neighbourhood {
  /** To be unrolled together. */
  readonly extractions: readonly Extraction[]
  /** To be given to `storeFindings` with the outcome. */
  readonly scope: Scope
}

/** Every extraction that no findings know yet, and its neighbours. Empty when nothing waits. */
export function readNeighbourhood(db: Database): Neighbourhood {
  const reader = createExtractionReader(db)
  const pending = db.prepare<[], number>(PENDING).pluck().all()
  const fresh = pending.map((key) => reader.read(key))
  const near = closeOver(
    db,
    findNear(
      db,
      fresh.flatMap(({ posts }) => posts),
    ),
  )
  const postIds = readIds(db, near)
  return {
    extractions: [...readOld(db, reader, near, new Set(pending)), ...fresh],
    scope: { postIds, extractionKeys: pending },
  }
}

/** Keys of posts in the findings that share an author, a conversation, an id or words with these. */
function findNear(db: Database, posts: readonly Post[]): ReadonlySet<number> {
  const select = db.prepare<Record<string, string>, number>(NEAR).pluck()
  return new Set(
    select.all({
      ids: toList(
        posts.flatMap(({ ref, parent }) => [ref, parent?.ref ?? null]).map((ref) => ref && `${ref.platform}:${ref.id}`),
      ),
      handles: toList(posts.map(({ author }) => author?.handle ?? null)),
      identities: toList(posts.map(({ author }) => author?.id ?? author?.name ?? null)),
      conversations: toList(posts.map(({ conversation }) => conversation)),
      fingerprints: toList(posts.map(({ text }) => textFingerprint(text))),
    }),
  )
}

function toList(values: readonly (string | number | null)[]): string {
  return JSON.stringify([...new Set(values.filter((value) => value !== null))])
}

/** Adds the companions of each post in its threads and conversations until nothing is added. */
function closeOver(db: Database, start: ReadonlySet<number>): ReadonlySet<number> {
  const companions = db.prepare<{ keys: string }, number>(COMPANIONS).pluck()
  const all = new Set(start)
  for (let edge = [...start]; edge.length > 0; ) {
    edge = companions.all({ keys: JSON.stringify(edge) }).filter((key) => !all.has(key))
    for (const key of edge) all.add(key)
  }
  return all
}

function readIds(db: Database, keys: ReadonlySet<number>): readonly string[] {
  const select = db
    .prepare<[string], string>('SELECT id FROM posts WHERE key IN (SELECT value FROM json_each(?))')
    .pluck()
  return select.all(JSON.stringify([...keys]))
}

/** The sightings of known posts, grouped back into the extractions they come from. */
function readOld(
  db: Database,
  reader: ExtractionReader,
  postKeys: ReadonlySet<number>,
  pending: ReadonlySet<number>,
): readonly Extraction[] {
  const wanted = new Map<number, Set<number>>()
  const select = db.prepare<[string], { extraction: number; sighting: number }>(SIGHTINGS)
  for (const { extraction, sighting } of select.all(JSON.stringify([...postKeys]))) {
    if (pending.has(extraction)) continue
    wanted.set(extraction, (wanted.get(extraction) ?? new Set()).add(sighting))
  }
  return [...wanted].map(([extraction, sightings]) => reader.readSome(extraction, sightings))
}

const PENDING = `
  SELECT key FROM latest_extractions WHERE key NOT IN (SELECT extraction_key FROM unrolled_extractions) ORDER BY key`

const NEAR = `
  SELECT key FROM posts WHERE id IN (SELECT value FROM json_each(@ids))
  UNION SELECT p.key FROM authors AS a JOIN posts AS p ON p.author_key = a.key
    WHERE a.handle IS NOT NULL AND a.handle COLLATE NOCASE IN (SELECT value FROM json_each(@handles))
  UNION SELECT p.key FROM authors AS a JOIN posts AS p ON p.author_key = a.key
    WHERE a.identity IN (SELECT value FROM json_each(@identities))
  UNION SELECT key FROM posts WHERE conversation IS NOT NULL AND conversation IN (SELECT value FROM json_each(@conversations))
  UNION SELECT key FROM posts WHERE fingerprint IS NOT NULL AND fingerprint IN (SELECT value FROM json_each(@fingerprints))`

const COMPANIONS = `
  WITH given AS (SELECT value AS key FROM json_each(@keys)),
    near_threads AS (SELECT DISTINCT thread_key AS key FROM thread_posts WHERE post_key IN (SELECT key FROM given)),
    near_conversations AS (
      SELECT conversation_key AS key FROM conversation_replies WHERE post_key IN (SELECT key FROM given)
      UNION SELECT key FROM conversations WHERE root_key IN (SELECT key FROM given))
  SELECT post_key FROM thread_posts WHERE thread_key IN (SELECT key FROM near_threads)
  UNION SELECT post_key FROM conversation_replies WHERE conversation_key IN (SELECT key FROM near_conversations)
  UNION SELECT root_key FROM conversations WHERE key IN (SELECT key FROM near_conversations) AND root_key IS NOT NULL`

const SIGHTINGS = `
  SELECT s.extraction_key AS extraction, s.key AS sighting FROM post_sources AS ps
  JOIN sightings AS s ON s.key = ps.sighting_key
  WHERE ps.post_key IN (SELECT value FROM json_each(?)) ORDER BY s.extraction_key, s.key`
