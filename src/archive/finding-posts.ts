// The posts of the findings: who wrote them, which sighting shows them best, every source, and the full-text index. A post
// keeps its key as long as it keeps its id, so the index is touched only where the words changed.
import type { Database } from 'better-sqlite3'
import { textFingerprint } from '../fixity.ts'
import type { Author, MergedPost } from '../model.ts'
import { differenceFrom, toJson } from './difference.ts'
import { fromSightedRow, SELECT_SIGHTED, type SightedRow } from './post-rows.ts'
import { createExtractionFinder, createSightingFinder, type SightingFinder } from './sighting-finder.ts'

export interface FindingPosts {
  /** Adds or replaces these posts and their sources; tells the key of each id. */
  put(posts: Iterable<MergedPost>): ReadonlyMap<string, number>
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
  const describe = createPostDescriber(db, putAuthor, findSighting)
  const putSources = createSourceStore(db, findSighting)
  const words = createWordIndex(db)
  const find = db.prepare<[string], Words & { key: number }>(
    'SELECT key, sighting_key AS sightingKey, title, text FROM posts WHERE id = ?',
  )
  const insert = db.prepare(INSERT_POST)
  const update = db.prepare(UPDATE_POST)
  const deletePost = db.prepare('DELETE FROM posts WHERE key = ?')
  const putOne = (post: MergedPost): number => {
    const columns = describe(post)
    const known = find.get(post.id)
    if (known !== undefined && !hasSameWords(known, columns)) words.forget(known.key)
    const key = known?.key ?? Number(insert.run(columns).lastInsertRowid)
    if (known !== undefined) update.run({ ...columns, key })
    if (known === undefined || !hasSameWords(known, columns)) words.learn(key)
    putSources(key, post)
    return key
  }
  return {
    putAuthor,
    put: (posts) => {
      const keys = new Map([...posts].map((post) => [post.id, putOne(post)] as const))
      words.flush()
      return keys
    },
    remove: (keys) => {
      for (const key of keys) {
        words.forget(key)
        putSources(key, null)
        deletePost.run(key)
      }
    },
  }
}

function hasSameWords(a: Words, b: Words): boolean {
  return a.sightingKey === b.sightingKey && a.title === b.title && a.text === b.text
}

/** Columns of a post: what its best sighting says is not said again. */
function createPostDescriber(
  db: Database,
  putAuthor: FindingPosts['putAuthor'],
  findSighting: SightingFinder,
): (post: MergedPost) => PostColumns {
  const sighted = db.prepare<[number], SightedRow>(`${SELECT_SIGHTED} WHERE s.key = ?`)
  return (merged) => {
    const { id, sources: _sources, ...post } = merged
    const sightingKey = findSighting(post.provenance)
    const row = sightingKey === null ? undefined : sighted.get(sightingKey)
    const seen = row === undefined ? null : fromSightedRow(row)
    const { text: _text, ...rest } = differenceFrom(seen ?? {}, post) ?? {}
    const { platform, kind, createdAt, url, conversation, author } = post
    return {
      ...{ id, platform, kind, createdAt, url, conversation },
      authorKey: putAuthor(platform, author),
      fingerprint: textFingerprint(post.text),
      sightingKey: seen === null ? null : sightingKey,
      title: seen?.title === post.title ? null : post.title,
      text: seen?.text === post.text ? null : post.text,
      detail: Object.keys(rest).length === 0 ? null : toJson(rest),
    }
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

/** Writes the sources of a post in place of those before; null only removes them. */
function createSourceStore(
  db: Database,
  findSighting: SightingFinder,
): (postKey: number, post: MergedPost | null) => void {
  const findExtraction = createExtractionFinder(db)
  const clear = db.prepare('DELETE FROM post_sources WHERE post_key = ?')
  const insert = db.prepare('INSERT INTO post_sources VALUES (?, ?, ?, ?, ?, ?)')
  return (postKey, post) => {
    clear.run(postKey)
    for (const [position, source] of post?.sources.entries() ?? []) {
      const sighting = findSighting(source)
      if (sighting !== null) insert.run(postKey, position, sighting, null, null, null)
      else insert.run(postKey, position, null, findExtraction(source), source.line, JSON.stringify(source))
    }
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

const INSERT_POST = `
  INSERT INTO posts (id, platform, kind, author_key, created_at, url, conversation, fingerprint, sighting_key, title, text,
    detail)
  VALUES (@id, @platform, @kind, @authorKey, @createdAt, @url, @conversation, @fingerprint, @sightingKey, @title, @text,
    @detail)`

const UPDATE_POST = `
  UPDATE posts SET platform = @platform, kind = @kind, author_key = @authorKey, created_at = @createdAt, url = @url,
    conversation = @conversation, fingerprint = @fingerprint, sighting_key = @sightingKey, title = @title, text = @text,
    detail = @detail
  WHERE key = @key`
