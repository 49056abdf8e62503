// The posts of the findings: who wrote them, what they answer, which sighting shows them best, and every other source.
// A post keeps its key as long as it keeps its id, so the full-text index is touched only where the words changed.
import type { Database } from 'better-sqlite3'
import { textFingerprint, wellFormed } from '../../../fixity.ts'
import type { MergedPost, Post, ReplyEdge } from '../../../model.ts'
import { differenceFrom, toJsonColumn } from '../../difference.ts'
import type { StoredPosts } from '../../facts/sightings/sighted-posts.ts'
import type { ReasonBook } from '../reasons.ts'
import { lineOf, type SealedPost } from '../seals.ts'
import type { PutAuthor } from './authors.ts'
import { createPostFinder, createPostWriter, type KnownRow, type PostRow } from './post-rows.ts'
import { createSourceStore, type FoundSources } from './sources.ts'
import type { WordChanges } from './words.ts'

/** Posts whose rows are kept in memory: they are put once and sealed with every finding they stand in. */
const KEPT_ROWS = 50_000

/** What all posts refer to. */
interface PostContext {
  readonly words: WordChanges
  readonly putAuthor: PutAuthor
  readonly reasons: ReasonBook
}

/** What the posts of one transaction have in common. */
interface BatchContext {
  /** Ids of all posts that may be put, and of those that they replace. */
  readonly ids: readonly string[]
  readonly edges: readonly ReplyEdge[]
  /** What is known to be in the tables. */
  readonly stored: StoredPosts
}

export interface PostBatch {
  /** First in each transaction. */
  begin(context: BatchContext): void
  /** Keys of those of these posts that were there before. */
  keysOf(ids: ReadonlySet<string>): readonly number[]
  /** Adds or replaces a post and its sources, once. */
  put(post: MergedPost): SealedPost
  /** Writes what was put. To be called before a row refers to it. */
  flush(): void
  /**
   * Removes what is stale and was not put; nothing may point to it any more. Throws a plain Error when an edge has no
   * child.
   */
  finish(staleKeys: readonly number[]): void
}

export function createFindingPosts(db: Database, context: PostContext): PostBatch {
  const sources = createSourceStore(db)
  const writer = createPostWriter(db, sources, context.words)
  const find = createPostFinder(db)
  const deletePost = db.prepare('DELETE FROM posts WHERE key = ?')
  const [keys, recent] = [new Map<string, number>(), new Map<string, SealedPost>()]
  let batch: BatchContext = NO_POSTS
  let known = find([])
  let edges: ReadonlyMap<string, ReplyEdge> = new Map()
  let answers = 0
  const forgetRows = (): void => {
    for (const [id, { key }] of recent) keys.set(id, key)
    recent.clear()
  }
  const write = (row: PostRow, post: KnownRow | undefined): number => {
    if (row.reason !== null) answers++
    return writer.write(row, post)
  }
  const begin = (given: BatchContext): void => {
    writer.begin()
    for (const map of [keys, recent]) map.clear()
    ;[batch, known, answers] = [given, find(given.ids), 0]
    edges = new Map(given.edges.map((edge) => [edge.child, edge] as const))
  }
  return {
    begin,
    keysOf: (ids) => [...known].flatMap(([id, [key]]) => (ids.has(id) ? key : [])),
    put: (post) => {
      const done = recent.get(post.id)
      if (done !== undefined) return done
      const row = describePost(post, sources.find(post, batch.stored), edges.get(post.id), context)
      const key = keys.get(post.id) ?? write(row, known.get(post.id))
      const sealed = sealPost(key, row)
      if (recent.size >= KEPT_ROWS) forgetRows()
      recent.set(post.id, sealed)
      return sealed
    },
    flush: writer.flush,
    finish: (staleKeys) => {
      writer.end()
      forgetRows()
      if (answers < edges.size) refuseEdge(batch.edges, keys)
      const kept = new Set(keys.values())
      for (const key of staleKeys) {
        if (kept.has(key)) continue
        context.words.forget(key)
        sources.clear(key)
        deletePost.run(key)
      }
      writer.learn()
      // It may have been the whole archive: nothing of it stays in memory.
      begin(NO_POSTS)
    },
  }
}

const NO_POSTS: BatchContext = { ids: [], edges: [], stored: new Map() }

/**
 * What the best sighting says is not said again. What was stored once is well formed; what the engine cut may not be.
 */
function describePost(
  post: MergedPost,
  { best, others }: FoundSources,
  edge: ReplyEdge | undefined,
  { putAuthor, reasons }: PostContext,
): PostRow {
  const seen: Partial<Post> = best?.post ?? {}
  const [sighting, extraction] = [best?.sightingKey ?? null, best?.extractionKey ?? null]
  const author = putAuthor(post.platform, post.author)
  const reason = edge === undefined ? null : reasons.keyOf(edge)
  const url = seen.url === post.url ? null : post.url
  const title = seen.title === post.title ? null : post.title
  const text = seen.text === post.text ? null : post.text
  const { id, platform, kind, createdAt, conversation } = post
  const parent = edge?.parent ?? null
  const fingerprint = textFingerprint(post.text)
  const rest = describeRest(seen, post)
  // biome-ignore format: the order of the columns, line by line
  const values = [
    id, platform, kind, author, createdAt, conversation, parent, reason, fingerprint, sighting,
    extraction, url, title, text, rest,
  ]
  const words = { title: title ?? seen.title ?? null, text: text ?? post.text }
  const row = { values, words, reason, others }
  return best === null ? wellFormed(row) : row
}

/** JSON of the other members that differ; null when, as nearly always, they are the very values of the sighting. */
function describeRest(seen: Partial<Post>, post: MergedPost): string | null {
  if (isAsSeen(seen, post)) return null
  const rest: Partial<Post> = Object.fromEntries(REST.map((name) => [name, post[name]]))
  return toJsonColumn(wellFormed(differenceFrom(seen, rest)))
}

/** Member by member: a loop over names costs three times as much. */
function isAsSeen(a: Partial<Post>, b: Post): boolean {
  return (
    a.provenance === b.provenance &&
    a.key === b.key &&
    a.ref === b.ref &&
    a.kind === b.kind &&
    a.platform === b.platform &&
    a.author === b.author &&
    a.isPostAuthor === b.isPostAuthor &&
    a.title === b.title &&
    a.html === b.html &&
    a.createdAt === b.createdAt &&
    a.editedAt === b.editedAt &&
    a.url === b.url &&
    a.lang === b.lang &&
    a.parent === b.parent &&
    a.conversation === b.conversation &&
    a.media === b.media &&
    a.quotes === b.quotes &&
    a.footnotes === b.footnotes &&
    a.block === b.block &&
    a.index === b.index &&
    a.boundary === b.boundary
  )
}

/** All members but the text, which has a column of its own. */
const REST = Object.keys({
  ...{ key: 1, ref: 1, kind: 1, platform: 1, author: 1, isPostAuthor: 1, title: 1, html: 1, createdAt: 1, editedAt: 1 },
  ...{ url: 1, lang: 1, parent: 1, conversation: 1, media: 1, quotes: 1, footnotes: 1, block: 1, index: 1 },
  ...{ boundary: 1, provenance: 1 },
} satisfies Record<Exclude<keyof Post, 'text'>, 1>) as readonly Exclude<keyof Post, 'text'>[]

function sealPost(key: number, { values, others, reason }: PostRow): SealedPost {
  const sources = others.length === 0 ? NO_LINES : others.map((other) => lineOf([key, ...other]))
  return { key, line: lineOf([key, ...values]), sources, reason }
}

const NO_LINES: readonly string[] = []

function refuseEdge(edges: readonly ReplyEdge[], keys: ReadonlyMap<string, number>): void {
  const lost = edges.find(({ child }) => !keys.has(child))
  throw new Error(`${lost?.child} answers ${lost?.parent}, but is no post of these findings`)
}
