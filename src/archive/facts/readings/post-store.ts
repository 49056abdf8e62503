// Stores the posts of a reading: the versions that are new, a sighting of every post, and the names of who wrote them.
import type { Database } from 'better-sqlite3'
import { createRowInsert } from '../../database/row-inserts.ts'
import { CONTENT_COLUMNS, toContentRow } from '../contents/content-rows.ts'
import { createDictionaryWriter, type DictionaryWriter } from '../contents/dictionary.ts'
import { createNameBook } from '../sightings/names-seen.ts'
import type { PreparedPost } from './prepared-reading.ts'

export interface ExtractionReport {
  /** Posts never seen before. */
  readonly newPosts: number
  /** Known posts whose content differs from every time the same adapter read them. */
  readonly newVersions: number
  /** Posts seen again as they were. */
  readonly knownPosts: number
}

export interface PostStore {
  begin(): void
  /** Takes down who wrote these posts, as a capture of this time shows it. */
  noteNames(posts: readonly PreparedPost[], capturedAt: string): void
  /** Adds the versions that are new, and a sighting of every post, which may wait for others. */
  add(posts: readonly PreparedPost[], readingKey: number, adapter: string): ExtractionReport
  flush(): void
}

export function createPostStore(db: Database): PostStore {
  const findKnown = createVersionFinder(db)
  const wasReadBy = db.prepare<[string, string], number>(READ_BY_ADAPTER).pluck()
  const dictionary = createDictionaryWriter(db)
  const names = createNameBook(db, dictionary)
  const addVersion = createVersionAdder(db, dictionary)
  const sightings = createRowInsert(db, 'sightings', SIGHTING_COLUMNS)
  const known: Versions = new Map()
  const wasReadBefore = (postId: string, adapter: string): boolean => {
    sightings.flush()
    return wasReadBy.get(postId, adapter) !== undefined
  }
  return {
    begin: () => {
      known.clear()
      for (const one of [dictionary, names, sightings]) one.begin()
    },
    noteNames: (posts, capturedAt) => {
      for (const { post } of posts) names.note(post, capturedAt)
    },
    add: (posts, readingKey, adapter) => {
      findKnown(posts, known)
      const count = { newPosts: 0, newVersions: 0, knownPosts: 0 }
      for (const post of posts) {
        const contents = known.get(post.postId)
        const version = contents?.get(post.sha256)
        if (contents === undefined) count.newPosts++
        else if (version === undefined && wasReadBefore(post.postId, adapter)) count.newVersions++
        else count.knownPosts++
        const key = version ?? addVersion(post)
        if (version === undefined) noteVersion(known, post.postId, post.sha256, key)
        sightings.add(describeSighting(post, readingKey, key, dictionary))
      }
      return count
    },
    flush: () => {
      sightings.flush()
      names.flush()
    },
  }
}

type Versions = Map<string, Map<string, number>>

function noteVersion(known: Versions, postId: string, sha256: string, key: number): void {
  const contents = known.get(postId)
  if (contents === undefined) known.set(postId, new Map<string, number>().set(sha256, key))
  else contents.set(sha256, key)
}

/** Adds the keys of the versions of these posts to what is known, by post and hash. One statement for a page. */
function createVersionFinder(db: Database): (posts: readonly PreparedPost[], known: Versions) => void {
  const select = db
    .prepare<[string], readonly [postId: string, sha256: string, key: number]>(`
      SELECT v.post_id, lower(hex(v.sha256)), v.key FROM json_each(?) AS asked
      CROSS JOIN post_versions AS v ON v.post_id = asked.value`)
    .raw()
  return (posts, known) => {
    for (const [postId, sha256, key] of select.iterate(JSON.stringify(posts.map((post) => post.postId))))
      noteVersion(known, postId, sha256, key)
  }
}

/**
 * Gives the key. A row a statement: where a table has triggers, SQLite lays several rows of one aside first, each with
 * its texts.
 */
function createVersionAdder(db: Database, dictionary: DictionaryWriter): (post: PreparedPost) => number {
  const places = CONTENT_COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(
    `INSERT INTO post_versions (${CONTENT_COLUMNS.join(', ')}, sha256) VALUES (${places}, unhex(?))`,
  )
  return ({ post, postId, sha256 }) =>
    Number(insert.run(...toContentRow(post, postId, dictionary), sha256).lastInsertRowid)
}

const SIGHTING_COLUMNS = [
  ...['reading_key', 'version_key', 'position', 'local_key', 'selector', 'path', 'line', 'end_line', 'block'],
  ...['parent_step', 'parent_id', 'parent_reason_key', 'detail'],
]

/** Values of these columns. */
function describeSighting(
  { sighting, reason }: PreparedPost,
  readingKey: number,
  versionKey: number,
  dictionary: DictionaryWriter,
): readonly unknown[] {
  const reasonKey = reason === null ? null : dictionary.reason(reason)
  const [, position, localKey, selector, path, line, endLine, block, step, parentId, , , , detail] = sighting
  // biome-ignore format: the order of the columns, line by line
  return [
    readingKey, versionKey, position, localKey, selector, path, line, endLine, block,
    step, parentId, reasonKey, detail,
  ]
}

/** Two adapters may read one post a little differently; only the same one can tell that it changed. */
const READ_BY_ADAPTER = `
  SELECT 1 FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN readings AS r ON r.key = s.reading_key
  WHERE v.post_id = ? AND r.adapter = ? LIMIT 1`
