// What must be unrolled again when something new was read: the new extractions, and of the old ones every post that could
// be related (same author, conversation or words), with all posts of each thread and conversation these stand in.
import type { Database } from 'better-sqlite3'
import { textFingerprint } from '../../fixity.ts'
import type { Author, Extraction, PostRef, Scrape } from '../../model.ts'
import { createExtractionReader, type ExtractionReader, type NotedPosts } from '../facts/extraction-read.ts'
import type { FreshReadings } from './fresh-readings.ts'
import type { Scope } from './replacement.ts'

export interface Neighbourhood {
  /** To be unrolled together. */
  readonly extractions: readonly Extraction[]
  /** To be given to `storeFindings` with the outcome. */
  readonly scope: Scope
}

/** Text lines joined to find the post that begins with the first of them: a fingerprint looks no further. */
const LINES_JOINED = 6

/** Reads every extraction that no findings know yet, and its neighbours; none when nothing waits. What `kept` has is not read back. */
export function createNeighbourhoodReader(db: Database, kept?: FreshReadings): () => Neighbourhood {
  const reader = createExtractionReader(db)
  const pending = db.prepare<[], number>(PENDING).pluck()
  const findNear = createNearFinder(db)
  const closeOver = createCloser(db)
  const readOld = createOldReader(db, reader)
  const ids = db.prepare<[string], string>('SELECT id FROM posts WHERE key IN (SELECT value FROM json_each(?))').pluck()
  return () => {
    const stored: NotedPosts = new Map()
    const extractionKeys = pending.all()
    const fresh = extractionKeys.map((key) => {
      const known = kept?.find(key) ?? null
      return known === null ? reader.read(key, stored) : reader.readKept(key, known, stored)
    })
    const near = closeOver(findNear(fresh, extractionKeys))
    return {
      extractions: [...readOld(near, stored), ...fresh],
      scope: { postIds: ids.all(toList([...near])), extractionKeys, stored },
    }
  }
}

/** The newest extraction of every capture, in the order of the log: to be unrolled in place of all that was found. */
export function readEverything(db: Database): Neighbourhood {
  const reader = createExtractionReader(db)
  const stored: NotedPosts = new Map()
  const extractions = reader.latestKeys(null).map((key) => reader.read(key, stored))
  return { extractions, scope: { all: true, stored } }
}

type KeySet = ReadonlySet<number>

/** Keys of posts in the findings that share an author, a conversation, an id, words or a capture with these. */
function createNearFinder(db: Database): (fresh: readonly Extraction[], pending: readonly number[]) => KeySet {
  const select = db.prepare<Record<string, string>, number>(NEAR).pluck()
  const anything = db.prepare('SELECT 1 FROM posts LIMIT 1')
  return (fresh, pending) => {
    // A rebuild begins without findings: what all its posts would ask for is a thirtieth of its work.
    if (anything.get() === undefined) return new Set()
    const posts = fresh.flatMap((extraction) => extraction.posts)
    const scrapes = fresh.flatMap((extraction) => extraction.scrapes)
    const authors = [...posts, ...scrapes].map(({ author }) => author)
    const asked = {
      pending: toList(pending),
      empty: toList(pending.filter((_, at) => isEmpty(fresh[at]))),
      ids: toList(posts.flatMap(({ ref, parent }) => [idOf(ref), idOf(parent?.ref ?? null)])),
      handles: toList(authors.map((author) => author?.handle ?? null)),
      identities: toList(authors.map(identityOf)),
      conversations: toList(posts.map(({ conversation }) => conversation)),
      fingerprints: toList([...posts.map(({ text }) => textFingerprint(text)), ...scrapes.flatMap(fingerprintsOf)]),
    }
    return new Set(select.all(asked))
  }
}

function isEmpty(extraction: Extraction | undefined): boolean {
  return extraction !== undefined && extraction.posts.length + extraction.scrapes.length === 0
}

function idOf(ref: PostRef | null): string | null {
  return ref === null ? null : `${ref.platform}:${ref.id}`
}

function identityOf(author: Author | null): string | null {
  return author?.id ?? author?.name ?? null
}

/** Any line may begin a post: its words alone, and its words with those that follow. */
function fingerprintsOf({ lines }: Scrape): readonly (number | null)[] {
  const texts = lines.map(({ text }) => text)
  return texts.flatMap((text, index) => [
    textFingerprint(text),
    textFingerprint(texts.slice(index, index + LINES_JOINED).join('\n')),
  ])
}

function toList(values: readonly (string | number | null)[]): string {
  return JSON.stringify([...new Set(values.filter((value) => value !== null))])
}

/** Adds the companions of each post in its threads, conversations and text pages until nothing is added. */
function createCloser(db: Database): (start: KeySet) => KeySet {
  const companions = db.prepare<{ keys: string }, number>(COMPANIONS).pluck()
  return (start) => {
    const all = new Set(start)
    for (let edge = [...start]; edge.length > 0; ) {
      edge = companions.all({ keys: JSON.stringify(edge) }).filter((key) => !all.has(key))
      for (const key of edge) all.add(key)
    }
    return all
  }
}

type OldReader = (posts: KeySet, stored: NotedPosts) => readonly Extraction[]

/** Where known posts come from, grouped back into the extractions that count. A page of text lines comes back whole. */
function createOldReader(db: Database, reader: ExtractionReader): OldReader {
  const select = db.prepare<[string], { extraction: number; sighting: number | null }>(SOURCES)
  return (posts, stored) => {
    const wanted = new Map<number, { sightingKeys: Set<number>; scrapes: boolean }>()
    for (const { extraction, sighting } of select.all(toList([...posts]))) {
      const parts = wanted.get(extraction) ?? { sightingKeys: new Set(), scrapes: false }
      if (sighting === null) parts.scrapes = true
      else parts.sightingKeys.add(sighting)
      wanted.set(extraction, parts)
    }
    return [...wanted].map(([extraction, parts]) => reader.readSome(extraction, parts, stored))
  }
}

/** Sorted after it is found: in the order of the table all of its long rows would be read. */
const PENDING = `
  SELECT key FROM latest_extractions WHERE key NOT IN (SELECT extraction_key FROM unrolled_extractions) ORDER BY +key`

/** A further page without posts is related to nothing but the page that named it. */
const NEAR = `
  WITH superseded AS (
    SELECT old.key FROM json_each(@pending) AS fresh JOIN extractions AS e ON e.key = fresh.value
    JOIN extractions AS old ON old.capture_key = e.capture_key AND old.key < e.key),
  empty AS (
    SELECT c.final_url FROM json_each(@empty) AS fresh JOIN extractions AS e ON e.key = fresh.value
    JOIN captures AS c ON c.key = e.capture_key WHERE c.final_url IS NOT NULL),
  whole AS (
    SELECT DISTINCT e.key FROM extractions AS e, json_each(e.next) AS further
    WHERE EXISTS (SELECT 1 FROM empty) AND e.next <> '[]' AND further.value IN (SELECT final_url FROM empty))
  SELECT key FROM posts WHERE id IN (SELECT value FROM json_each(@ids))
  UNION SELECT p.key FROM authors AS a JOIN posts AS p ON p.author_key = a.key
    WHERE a.handle IS NOT NULL AND a.handle COLLATE NOCASE IN (SELECT value FROM json_each(@handles))
  UNION SELECT p.key FROM authors AS a JOIN posts AS p ON p.author_key = a.key
    WHERE a.identity IN (SELECT value FROM json_each(@identities))
  UNION SELECT key FROM posts WHERE conversation IS NOT NULL AND conversation IN (SELECT value FROM json_each(@conversations))
  UNION SELECT key FROM posts WHERE fingerprint IS NOT NULL AND fingerprint IN (SELECT value FROM json_each(@fingerprints))
  UNION SELECT ps.post_key FROM whole JOIN sightings AS s ON s.extraction_key = whole.key
    JOIN post_sources AS ps ON ps.sighting_key = s.key
  UNION SELECT post_key FROM other_sources WHERE extraction_key IN (SELECT key FROM superseded)
  UNION SELECT ps.post_key FROM superseded JOIN sightings AS s ON s.extraction_key = superseded.key
    JOIN post_sources AS ps ON ps.sighting_key = s.key`

const COMPANIONS = `
  WITH given AS (SELECT value AS key FROM json_each(@keys)),
    near_threads AS (SELECT DISTINCT thread_key AS key FROM thread_posts WHERE post_key IN (SELECT key FROM given)),
    near_conversations AS (
      SELECT conversation_key AS key FROM conversation_replies WHERE post_key IN (SELECT key FROM given)
      UNION SELECT key FROM conversations WHERE root_key IN (SELECT key FROM given)),
    near_pages AS (
      SELECT DISTINCT extraction_key AS key FROM other_sources
      WHERE post_key IN (SELECT key FROM given) AND extraction_key IS NOT NULL)
  SELECT post_key FROM thread_posts WHERE thread_key IN (SELECT key FROM near_threads)
  UNION SELECT post_key FROM conversation_replies WHERE conversation_key IN (SELECT key FROM near_conversations)
  UNION SELECT root_key FROM conversations WHERE key IN (SELECT key FROM near_conversations) AND root_key IS NOT NULL
  UNION SELECT post_key FROM other_sources WHERE extraction_key IN (SELECT key FROM near_pages)`

/** Only extractions that count and are not new: a newer reading of the same capture stands for the older one. */
const SOURCES = `
  SELECT e.key AS extraction, ps.sighting_key AS sighting FROM post_sources AS ps
  LEFT JOIN sightings AS s ON s.key = ps.sighting_key
  JOIN unrolled_extractions AS known ON known.extraction_key = coalesce(s.extraction_key, ps.extraction_key)
  JOIN latest_extractions AS e ON e.key = known.extraction_key
  WHERE ps.post_key IN (SELECT value FROM json_each(?)) ORDER BY e.key, ps.sighting_key`
