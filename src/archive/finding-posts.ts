// The posts of the findings: who wrote them, which sighting shows them best, every source, and the full-text index. A post
// keeps its key as long as it keeps its id, so the index is touched only where the words changed.
import type { Database } from 'better-sqlite3'
import { textFingerprint } from '../fixity.ts'
import type { Author, MergedPost, Provenance } from '../model.ts'
import { differenceFrom, toJson } from './difference.ts'
import type { StoredPost, StoredPosts } from './extraction-read.ts'
import { fromSightedRow, SELECT_SIGHTED, type SightedRow } from './post-rows.ts'
import { createExtractionFinder, createSightingFinder, type SightingFinder } from './sighting-finder.ts'

export interface FindingPosts {
  /** Adds or replaces these posts and their sources; tells the key of each id. `stored`: what is known to be in the tables. */
  put(posts: Iterable<MergedPost>, stored: StoredPosts): ReadonlyMap<string, number>
  /** Removes the posts with these keys. Nothing may point to them any more. */
  remove(keys: readonly number[]): void
  /** The key of an author, added when new; null for nobody. */
  putAuthor(platform: string, author: Author | null): number | null
}

interface PostColumns {
  readonly id: string
  readonly platform: string
  readonly kind: MergedPost['kind']
  readonly authorKey: number | null
  readonly createdAt: string | null
  readonly url: string | null
  readonly conversation: string | null
  readonly fingerprint: number | null
  readonly sightingKey: number | null
  readonly title: string | null
  readonly text: string | null
  readonly detail: string | null
}

type Words = Pick<PostColumns, 'sightingKey' | 'title' | 'text'>

export function createFindingPosts(db: Database): FindingPosts {
  const putAuthor = createAuthorStore(db)
  const findSighting = createSightingFinder(db)
  const findStored = createStoredFinder(db, findSighting)
  const putSources = createSourceStore(db, findSighting)
  const words = createWordIndex(db)
  const find = db.prepare<[string], Words & { key: number }>(
    'SELECT key, sighting_key AS sightingKey, title, text FROM posts WHERE id = ?',
  )
  const insert = createPostInsert(db)
  const update = db.prepare(UPDATE_POST)
  const deletePost = db.prepare('DELETE FROM posts WHERE key = ?')
  const putOne = (post: MergedPost, stored: StoredPosts): number => {
    const columns = describePost(post, findStored(post.provenance, stored), putAuthor)
    const known = find.get(post.id)
    if (known === undefined) {
      const key = insert(columns)
      words.learn(key)
      putSources.add(key, post, stored)
      return key
    }
    const isSame = hasSameWords(known, columns)
    if (!isSame) words.forget(known.key)
    update.run({ ...columns, key: known.key })
    if (!isSame) words.learn(known.key)
    putSources.clear(known.key)
    putSources.add(known.key, post, stored)
    return known.key
  }
  return {
    putAuthor,
    put: (posts, stored) => {
      const keys = new Map([...posts].map((post) => [post.id, putOne(post, stored)] as const))
      words.flush()
      return keys
    },
    remove: (keys) => {
      for (const key of keys) {
        words.forget(key)
        putSources.clear(key)
        deletePost.run(key)
      }
    },
  }
}

function hasSameWords(a: Words, b: Words): boolean {
  return a.sightingKey === b.sightingKey && a.title === b.title && a.text === b.text
}

/** The stored post that a provenance speaks of, or null when it is no stored sighting. */
function createStoredFinder(
  db: Database,
  findSighting: SightingFinder,
): (provenance: Provenance, stored: StoredPosts) => StoredPost | null {
  const sighted = db.prepare<[number], SightedRow>(`${SELECT_SIGHTED} WHERE s.key = ?`)
  return (provenance, stored) => {
    const known = stored.get(provenance)
    if (known !== undefined) return known
    const sightingKey = findSighting(provenance)
    const row = sightingKey === null ? undefined : sighted.get(sightingKey)
    return row === undefined ? null : { sightingKey: row.sightingKey, post: fromSightedRow(row) }
  }
}

/** Columns of a post: what its best sighting says is not said again. */
function describePost(merged: MergedPost, seen: StoredPost | null, putAuthor: FindingPosts['putAuthor']): PostColumns {
  const {
    text: _text,
    id: _id,
    sources: _sources,
    ...rest
  } = differenceFrom<MergedPost>(seen?.post ?? {}, merged) ?? {}
  const { platform, author } = merged
  return {
    id: merged.id,
    platform,
    kind: merged.kind,
    authorKey: putAuthor(platform, author),
    createdAt: merged.createdAt,
    url: merged.url,
    conversation: merged.conversation,
    fingerprint: textFingerprint(merged.text),
    sightingKey: seen?.sightingKey ?? null,
    title: seen?.post.title === merged.title ? null : merged.title,
    text: seen?.post.text === merged.text ? null : merged.text,
    detail: Object.keys(rest).length === 0 ? null : toJson(rest),
  }
}

function createAuthorStore(db: Database): FindingPosts['putAuthor'] {
  const put = db
    .prepare<unknown[], number>(`
      INSERT INTO authors (platform, identity, id, handle, name, url) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (identity, platform) DO UPDATE SET handle = coalesce(excluded.handle, handle),
        name = coalesce(excluded.name, name), url = coalesce(excluded.url, url)
      RETURNING key`)
    .pluck()
  const known = new Map<string, number>()
  return (platform, author) => {
    const identity = author?.id ?? author?.handle?.toLowerCase() ?? author?.name ?? null
    if (author === null || identity === null) return null
    const cacheKey = JSON.stringify([platform, author])
    const key = known.get(cacheKey) ?? put.get(platform, identity, author.id, author.handle, author.name, author.url)
    known.set(cacheKey, Number(key))
    return Number(key)
  }
}

interface SourceStore {
  clear(postKey: number): void
  add(postKey: number, post: MergedPost, stored: StoredPosts): void
}

function createSourceStore(db: Database, findSighting: SightingFinder): SourceStore {
  const findExtraction = createExtractionFinder(db)
  const clear = db.prepare('DELETE FROM post_sources WHERE post_key = ?')
  const insert = db.prepare('INSERT INTO post_sources VALUES (?, ?, ?, ?, ?, ?)')
  return {
    clear: (postKey) => void clear.run(postKey),
    add: (postKey, post, stored) => {
      for (const [position, source] of post.sources.entries()) {
        const sighting = stored.get(source)?.sightingKey ?? findSighting(source)
        if (sighting !== null) insert.run(postKey, position, sighting, null, null, null)
        else insert.run(postKey, position, null, findExtraction(source), source.line, JSON.stringify(source))
      }
    },
  }
}

/** FTS5 with external content: words must be taken out before the post changes, and come in many at once (row by row costs double). */
function createWordIndex(db: Database): { forget(key: number): void; learn(key: number): void; flush(): void } {
  const forget = db.prepare(
    "INSERT INTO posts_fts (posts_fts, rowid, title, text) SELECT 'delete', key, title, text FROM post_latest WHERE key = ?",
  )
  const learn = db.prepare(`
    INSERT INTO posts_fts (rowid, title, text)
    SELECT key, title, text FROM post_latest WHERE key IN (SELECT value FROM json_each(?))`)
  let fresh: number[] = []
  return {
    forget: (key) => void forget.run(key),
    learn: (key) => void fresh.push(key),
    flush: () => {
      if (fresh.length > 0) learn.run(JSON.stringify(fresh))
      fresh = []
    },
  }
}

/** Values by position: names cost a look-up each. */
function createPostInsert(db: Database): (post: PostColumns) => number {
  const insert = db.prepare(`
    INSERT INTO posts (id, platform, kind, author_key, created_at, url, conversation, fingerprint, sighting_key, title,
      text, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return ({ id, platform, kind, authorKey, createdAt, url, conversation, fingerprint, sightingKey, ...post }) => {
    const facts = [id, platform, kind, authorKey, createdAt, url, conversation, fingerprint, sightingKey]
    return Number(insert.run(...facts, post.title, post.text, post.detail).lastInsertRowid)
  }
}

const UPDATE_POST = `
  UPDATE posts SET platform = @platform, kind = @kind, author_key = @authorKey, created_at = @createdAt, url = @url,
    conversation = @conversation, fingerprint = @fingerprint, sighting_key = @sightingKey, title = @title, text = @text,
    detail = @detail
  WHERE key = @key`
