// What an adapter read, made ready to be stored: texts as UTF-8 can hold them, hashes of what will be stored, columns.
import { mayBeIllFormed, sha256, wellFormed } from '../../../fixity.ts'
import type { Extraction, Post } from '../../../model.ts'
import { contentForm } from '../contents/content-hash.ts'
import { postIdOf } from '../contents/content-rows.ts'
import type { Reason } from '../contents/dictionary.ts'
import {
  createParentFinder,
  type ParentColumns,
  type SourceColumns,
  toSightingDetail,
} from '../sightings/sighting-rows.ts'
import { type HashedSighting, type ReadingColumns, readingForm, toReadingColumns } from './reading-rows.ts'

export interface PreparedReading {
  /** What will be stored, with its texts mended. */
  readonly extraction: Extraction
  readonly columns: ReadingColumns
  readonly posts: readonly PreparedPost[]
  /** Hex, over all of it. */
  readonly sha256: string
}

export interface PreparedPost {
  readonly post: Post
  readonly postId: string
  /** Hex, of the content. */
  readonly sha256: string
  readonly sighting: HashedSighting
  /** Of its parent; null where the sighting says nothing of one. */
  readonly reason: Reason | null
}

/** Texts that UTF-8 cannot hold are mended first: what is stored is then what is hashed. */
export function prepareReading(extraction: Extraction, source: SourceColumns): PreparedReading {
  return prepare(extraction, source) ?? prepare(wellFormed(extraction), source, true)!
}

/**
 * Null when something may have to be mended: what is hashed shows it, so sound texts are looked through natively and
 * once.
 */
function prepare(extraction: Extraction, source: SourceColumns, isMended = false): PreparedReading | null {
  const posts: PreparedPost[] = []
  const findParent = createParentFinder(extraction.posts)
  for (const [at, post] of extraction.posts.entries()) {
    const form = contentForm(post)
    if (!isMended && !form.isWellFormed()) return null
    posts.push(preparePost(post, sha256(form), findParent(post, at), source))
  }
  const columns = toReadingColumns(extraction, { name: source.adapter, version: source.adapterVersion })
  const sightings = posts.map(({ sighting }) => sighting)
  const form = readingForm(columns, sightings)
  return !isMended && mayBeIllFormed(form) ? null : { extraction, columns, posts, sha256: sha256(form) }
}

function preparePost(post: Post, hash: string, parent: ParentColumns, source: SourceColumns): PreparedPost {
  const { selector, path, line, endLine } = post.provenance
  const { step, id, reason, whole } = parent
  const detail = toSightingDetail(post, whole, source)
  // biome-ignore format: the order of the columns, line by line
  const sighting: HashedSighting = [
    hash, post.index, post.key, selector, path, line, endLine, post.block, step, id,
    reason?.basis ?? null, reason?.p ?? null, reason?.say ?? null, detail,
  ]
  return { post, postId: postIdOf(post.ref, hash), sha256: hash, sighting, reason }
}
