// Stores what an adapter read: the extraction, new post versions, and a sighting for every post. Facts only, added and never
// changed; the same content of a known post makes no new version.
import type { Database } from 'better-sqlite3'
import { contentDigest, wellFormed } from '../fixity.ts'
import type { Extraction, Post } from '../model.ts'
import { type AdapterName, type ExtractionColumns, extractionDigest, toExtractionColumns } from './extraction-rows.ts'
import type { FreshKeeper } from './fresh-readings.ts'
import {
  contentOf,
  type PostContent,
  type SightingColumns,
  type SourceColumns,
  toSightingColumns,
  toVersionColumns,
} from './post-rows.ts'

export interface ExtractionReport {
  /** Posts never seen before. */
  readonly newPosts: number
  /** Known posts whose content differs from every time the same adapter read them. */
  readonly newVersions: number
  /** Posts seen again as they were. */
  readonly knownPosts: number
  /** True when this very extraction was stored before: nothing was added. */
  readonly unchanged: boolean
}

export interface ExtractionStore {
  /** One transaction. Throws a plain Error when there is no such capture. */
  store(captureId: string, extraction: Extraction, adapter: AdapterName | null): ExtractionReport
}

/** Stands where no adapter recognised the capture. */
export const NO_ADAPTER: AdapterName = { name: 'none', version: 0 }
/** Hex digits of a content's hash that name a post which no platform names. */
const TEXT_ID_DIGITS = 24

type Sight = 'new' | 'changed' | 'known'

interface CaptureSource extends Omit<SourceColumns, 'adapter' | 'adapterVersion'> {
  readonly key: number
}

/** What is stored is kept in `fresh` too, when there is one. */
export function createExtractionStore(db: Database, now: () => Date, fresh?: FreshKeeper): ExtractionStore {
  const findCapture = db.prepare<[string], CaptureSource>(
    'SELECT key, input, digest, captured_at AS capturedAt FROM captures WHERE id = ?',
  )
  const findLatest = db
    .prepare<[number], string>('SELECT sha256 FROM extractions WHERE capture_key = ? ORDER BY key DESC LIMIT 1')
    .pluck()
  const addExtraction = createExtractionAdder(db, now)
  const addPost = createPostAdder(db)
  const store = db.transaction((captureId: string, given: Extraction, adapter: AdapterName): ExtractionReport => {
    const capture = findCapture.get(captureId)
    if (capture === undefined) throw new Error(`there is no capture ${captureId} to store an extraction of`)
    const extraction = wellFormed(given)
    const columns = toExtractionColumns(extraction, adapter)
    const source = { ...capture, adapter: adapter.name, adapterVersion: adapter.version }
    const posts = extraction.posts.map((post) => prepare(post, source))
    const digest = extractionDigest(columns, posts)
    if (findLatest.get(capture.key) === digest)
      return { newPosts: 0, newVersions: 0, knownPosts: posts.length, unchanged: true }
    const key = addExtraction(capture.key, columns, digest)
    fresh?.keep(Number(key), extraction)
    return countSights(posts.map((post) => addPost(post, key, adapter.name)))
  })
  return {
    store: (captureId, extraction, adapter) => store.immediate(captureId, extraction, adapter ?? NO_ADAPTER),
  }
}

/** A post as its rows will have it. */
interface PreparedPost extends SightingColumns {
  readonly content: PostContent
  /** Of the content. */
  readonly sha256: string
}

function prepare(post: Post, source: SourceColumns): PreparedPost {
  const content = contentOf(post)
  return { ...toSightingColumns(post, source), content, sha256: contentDigest(content) }
}

function countSights(sights: readonly Sight[]): ExtractionReport {
  const count = (kind: Sight): number => sights.filter((sight) => sight === kind).length
  return { newPosts: count('new'), newVersions: count('changed'), knownPosts: count('known'), unchanged: false }
}

type ExtractionAdder = (capture: number, columns: ExtractionColumns, digest: string) => number | bigint

function createExtractionAdder(db: Database, now: () => Date): ExtractionAdder {
  const insert = db.prepare(`
    INSERT INTO extractions
      (capture_key, adapter, adapter_version, extracted_at, declared, blocks, scrapes, next, notes, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return (captureKey, { adapter, version, declared, blocks, scrapes, next, notes }, digest) => {
    const parts = [declared, blocks, scrapes, next, notes]
    return insert.run(captureKey, adapter, version, now().toISOString(), ...parts, digest).lastInsertRowid
  }
}

/** Adds the version of a post when it is new, and its sighting always. */
function createPostAdder(db: Database): (post: PreparedPost, extraction: number | bigint, adapter: string) => Sight {
  const findVersions = db.prepare<[string], { key: number; sha256: string }>(
    'SELECT key, sha256 FROM post_versions WHERE post_id = ?',
  )
  const wasReadBy = db.prepare<[string, string], number>(READ_BY_ADAPTER).pluck()
  const insertVersion = createVersionInsert(db)
  const insertSighting = db.prepare(INSERT_SIGHTING)
  return (post, extractionKey, adapter) => {
    const { content, sha256, position, localKey, selector, path, line, endLine, block, parent, sightingDetail } = post
    const postId = postIdOf(content, sha256)
    const known = findVersions.all(postId)
    const same = known.find((version) => version.sha256 === sha256)
    const isChange = known.length > 0 && same === undefined && wasReadBy.get(postId, adapter) !== undefined
    const versionKey = same?.key ?? insertVersion(content, postId, sha256)
    const place = [position, localKey, selector, path, line, endLine, block, parent, sightingDetail]
    insertSighting.run(extractionKey, versionKey, ...place)
    if (known.length === 0) return 'new'
    return isChange ? 'changed' : 'known'
  }
}

/** Values by position: names cost a look-up each. */
function createVersionInsert(db: Database): (content: PostContent, postId: string, sha256: string) => number | bigint {
  const insert = db.prepare(INSERT_VERSION)
  return (content, postId, sha256) => {
    const row = toVersionColumns(content)
    const author = [row.authorId, row.authorHandle, row.authorName, row.authorUrl]
    const told = [row.title, row.text, row.html, row.createdAt, row.editedAt, row.url, row.lang, row.conversation]
    const name = [postId, row.platform, row.platformPostId, row.kind]
    return insert.run(...name, ...author, ...told, row.detail, sha256).lastInsertRowid
  }
}

/** `platform:id`, or a name made of the content. */
export function postIdOf({ ref }: PostContent, sha256: string): string {
  return ref === null ? `text:${sha256.slice(0, TEXT_ID_DIGITS)}` : `${ref.platform}:${ref.id}`
}

/** Two adapters may read one post a little differently; only the same one can tell that it changed. */
const READ_BY_ADAPTER = `
  SELECT 1 FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN extractions AS e ON e.key = s.extraction_key
  WHERE v.post_id = ? AND e.adapter = ? LIMIT 1`

const INSERT_VERSION = `
  INSERT INTO post_versions (post_id, platform, platform_post_id, kind, author_id, author_handle, author_name, author_url,
    title, text, html, created_at, edited_at, url, lang, conversation, detail, sha256)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const INSERT_SIGHTING = `
  INSERT INTO sightings (extraction_key, version_key, position, local_key, selector, path, line, end_line, block, parent,
    detail)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
