// The way from a post back to the bytes: where it stands and why, which content it is, where that was seen, who read
// it, and which capture in which WARC record holds it. The bytes themselves come from the reader.
import type { Database } from 'better-sqlite3'
import { IntegrityError } from '../../errors.ts'
import type { Link } from '../../model.ts'
import { type CaptureFinder, type CaptureRow, placeOf } from '../facts/captures/capture-rows.ts'
import { createDictionaries } from '../facts/contents/dictionary.ts'
import { SELECT_CONTENTS, type StoredContentRow, toStoredContent } from '../facts/contents/stored-contents.ts'
import { findPost } from './post-finder.ts'

/** A place in a thread or discussion, with the reason for it. */
interface Home {
  readonly kind: 'thread' | 'conversation'
  readonly id: string
  /** In reading order; null for the root of a discussion. */
  readonly position: number | null
  /** To the post before it, or to its parent; null for the first. */
  readonly link: Link | null
}

interface TracedVersion {
  readonly postId: string
  /** Of the content, computed again and equal. */
  readonly sha256: string
  readonly editedAt: string | null
}

/** One sighting, with everything between it and the bytes. */
export interface TracedSource {
  /** Null for a post that was cut out of text lines: its content is the lines. */
  readonly version: TracedVersion | null
  readonly place: {
    readonly selector: string | null
    readonly path: string | null
    readonly line: number | null
    readonly endLine: number | null
  }
  readonly extraction: { readonly adapter: string; readonly version: number; readonly extractedAt: string }
  readonly capture: CaptureRow
  /** The record that holds the payload: the capture's own, or that of an earlier one with the same payload. */
  readonly record: CaptureRow['warc']
}

export interface Trace {
  readonly id: string
  readonly text: string
  readonly author: string | null
  readonly createdAt: string | null
  readonly url: string | null
  readonly homes: readonly Home[]
  /** The best first. */
  readonly sources: readonly TracedSource[]
}

type PostRow = Omit<Trace, 'homes' | 'sources'>

interface HomeRow extends Pick<Home, 'kind' | 'id' | 'position'> {
  readonly basis: Link['basis'] | null
  readonly p: number | null
  readonly evidence: string | null
}

interface SourceRow {
  readonly versionKey: number | null
  readonly captureId: string
  readonly adapter: string
  readonly version: number
  readonly extractedAt: string
  readonly selector: string | null
  readonly path: string | null
  readonly line: number | null
  readonly endLine: number | null
}

/** Null when no post is called so. Throws UsageError for an ambiguous beginning, IntegrityError for a damaged row. */
export function tracePost(db: Database, findCapture: CaptureFinder, id: string): Trace | null {
  const key = findPost(db, id)
  if (key === null) return null
  const post = db.prepare<[number], PostRow>(POST).get(key)!
  const homes = db.prepare<{ post: number }, HomeRow>(HOMES).all({ post: key })
  const sources = db.prepare<[number], SourceRow>(SOURCES).all(key)
  return { ...post, homes: homes.map(toHome), sources: sources.map((row) => toSource(db, findCapture, row)) }
}

function toHome({ kind, id, position, basis, p, evidence }: HomeRow): Home {
  const isFirst = basis === null || p === null
  const link = isFirst ? null : { basis, p, evidence: JSON.parse(evidence ?? '[]') as Link['evidence'] }
  return { kind, id, position, link }
}

function toSource(db: Database, findCapture: CaptureFinder, row: SourceRow): TracedSource {
  const { selector, path, line, endLine, adapter, version, extractedAt } = row
  const capture = findCapture(row.captureId)!
  const holder = capture.sameAs === null ? capture : findCapture(capture.sameAs)
  if (holder === null)
    throw new IntegrityError(`${placeOf(capture)} refers to a capture that is not there; run \`unspool verify\``)
  return {
    version: row.versionKey === null ? null : readVersion(db, row.versionKey),
    place: { selector, path, line, endLine },
    extraction: { adapter, version, extractedAt },
    capture,
    record: holder.warc,
  }
}

function readVersion(db: Database, key: number): TracedVersion {
  const row = db.prepare<[number], StoredContentRow>(`${SELECT_CONTENTS} WHERE v.key = ?`).raw().get(key)!
  const { postId, sha256, editedAt, isAsHashed } = toStoredContent(row, createDictionaries(db)())
  if (isAsHashed) return { postId, sha256, editedAt }
  throw new IntegrityError(`post_versions row ${key} (${postId}) is not what its hash says; run \`unspool verify\``)
}

const POST = `
  SELECT id, text, coalesce(author_handle, author_name) AS author, created_at AS createdAt, url
  FROM post_latest WHERE key = ?`

const HOMES = `
  SELECT 'thread' AS kind, t.id, tp.position, coalesce(w.basis, tp.basis) AS basis, coalesce(w.p, tp.p) AS p,
    coalesce(w.evidence, tp.evidence) AS evidence
  FROM thread_posts AS tp JOIN threads AS t ON t.key = tp.thread_key
  LEFT JOIN reasons AS w ON w.key = tp.reason_key WHERE tp.post_key = @post
  UNION ALL
  SELECT 'conversation', c.id, r.position + 1, w.basis, w.p, w.evidence
  FROM conversation_replies AS r JOIN conversations AS c ON c.key = r.conversation_key
  LEFT JOIN reasons AS w ON w.key = r.reason_key WHERE r.post_key = @post
  UNION ALL
  SELECT 'conversation', id, NULL, NULL, NULL, NULL FROM conversations WHERE root_key = @post`

const SOURCES = `
  SELECT s.version_key AS versionKey, c.id AS captureId, r.adapter, r.adapter_version AS version,
    e.extracted_at AS extractedAt, s.selector, coalesce(s.path, ps.provenance ->> 'path') AS path,
    coalesce(s.line, ps.line) AS line, coalesce(s.end_line, ps.provenance ->> 'endLine') AS endLine
  FROM post_sources AS ps
  LEFT JOIN sightings AS s ON s.key = ps.sighting_key
  JOIN extractions AS e ON e.key = ps.extraction_key
  JOIN readings AS r ON r.key = e.reading_key
  JOIN captures AS c ON c.key = e.capture_key
  WHERE ps.post_key = ? ORDER BY ps.position`
