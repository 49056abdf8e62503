// The posts of the findings: who wrote them, what they answer, which sighting shows them best, and every other source. A post
// keeps its key as long as it keeps its id, so the full-text index is touched only where the words changed.
import type { Database } from 'better-sqlite3'
import { textFingerprint, wellFormed } from '../../fixity.ts'
import type { MergedPost, Post, ReplyEdge } from '../../model.ts'
import { differenceFrom, toJson } from '../difference.ts'
import type { StoredPosts } from '../facts/sighted-posts.ts'
import { createRowInserts } from '../row-inserts.ts'
import type { PutAuthor } from './authors.ts'
import type { ReasonBook } from './reasons.ts'
import { lineOf, type SealedPost } from './seals.ts'
import { createSourceStore, type FoundSources, type SourceStore } from './sources.ts'
import { createWordIndex, type WordChanges } from './words.ts'

/** Posts whose rows are kept in memory: they are put once and sealed with every finding they stand in. */
const KEPT_ROWS = 50_000

/** What the posts of one transaction have in common. */
export interface BatchContext {
  /** Ids of all posts that may be put, and of those that they replace. */
  readonly ids: readonly string[]
  readonly edges: readonly ReplyEdge[]
  /** What is known to be in the tables. */
  readonly stored: StoredPosts
  readonly putAuthor: PutAuthor
  readonly reasons: ReasonBook
}

export interface PostBatch {
  /** Keys of those of these posts that were there before. */
  keysOf(ids: ReadonlySet<string>): readonly number[]
  /** Adds or replaces a post and its sources, once. */
  put(post: MergedPost): SealedPost
  /** Writes what was put. To be called before a row refers to it. */
  flush(): void
  /** Removes what is stale and was not put; nothing may point to it any more. Throws a plain Error when an edge has no child. */
  finish(staleKeys: readonly number[]): void
}

interface KnownPost {
  readonly id: string
  readonly key: number
  readonly sighting: number | null
  readonly title: string | null
  readonly text: string | null
}

/** A post as its rows will have it. */
interface PostRow {
  /** In the order of `COLUMNS`. */
  readonly values: readonly unknown[]
  readonly words: Pick<KnownPost, 'sighting' | 'title' | 'text'>
  readonly reason: number | null
  readonly others: FoundSources['others']
}

export function createFindingPosts(db: Database): (context: BatchContext) => PostBatch {
  const sources = createSourceStore(db)
  const openWords = createWordIndex(db)
  const openWriter = createPostWriter(db, sources)
  const find = db.prepare<[string], KnownPost>(FIND)
  const deletePost = db.prepare('DELETE FROM posts WHERE key = ?')
  return (context) => {
    const known = new Map(find.all(JSON.stringify(context.ids)).map((post) => [post.id, post] as const))
    const edges = new Map(context.edges.map((edge) => [edge.child, edge] as const))
    const keys = new Map<string, number>()
    const recent = new Map<string, SealedPost>()
    const words = openWords()
    const writer = openWriter(words)
    let answers = 0
    const forgetRows = (): void => {
      for (const [id, { key }] of recent) keys.set(id, key)
      recent.clear()
    }
    const write = (row: PostRow, post: KnownPost | undefined): number => {
      if (row.reason !== null) answers++
      return writer.write(row, post)
    }
    return {
      keysOf: (ids) => [...known.values()].flatMap(({ id, key }) => (ids.has(id) ? key : [])),
      put: (post) => {
        const done = recent.get(post.id)
        if (done !== undefined) return done
        const row = describePost(post, sources.find(post, context.stored), edges.get(post.id), context)
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
        if (answers < edges.size) refuseEdge(context.edges, keys)
        const kept = new Set(keys.values())
        for (const key of staleKeys) {
          if (kept.has(key)) continue
          words.forget(key)
          sources.clear(key)
          deletePost.run(key)
        }
        words.learn(writer.fresh)
      },
    }
  }
}

/** Writes posts and their sources within one transaction. */
interface PostWriter {
  /** Gives the key. A new post may wait for others before it is in the table. */
  write(row: PostRow, known: KnownPost | undefined): number
  flush(): void
  /** Flushes the sources too. */
  end(): void
  /** Keys of posts whose words are not in the index yet. */
  readonly fresh: readonly number[]
}

function createPostWriter(db: Database, sources: SourceStore): (words: WordChanges) => PostWriter {
  const openRows = createRowInserts(db, 'posts', ['key', ...COLUMNS])
  const lastKey = db.prepare<[], number | null>('SELECT max(key) FROM posts').pluck()
  const update = db.prepare(UPDATE)
  return (words) => {
    const rows = openRows()
    const others = sources.open(rows.flush)
    const fresh: number[] = []
    let last = lastKey.get() ?? 0
    const replace = ({ values, words: next }: PostRow, post: KnownPost): void => {
      const isSame = post.sighting === next.sighting && post.title === next.title && post.text === next.text
      if (!isSame) words.forget(post.key)
      update.run(...values, post.key)
      if (!isSame) fresh.push(post.key)
      sources.clear(post.key)
    }
    return {
      fresh,
      write: (row, known) => {
        const key = known?.key ?? ++last
        if (known === undefined) {
          rows.add([key, ...row.values])
          fresh.push(key)
        } else replace(row, known)
        for (const other of row.others) others.add([key, ...other])
        return key
      },
      flush: rows.flush,
      end: () => {
        rows.flush()
        others.flush()
      },
    }
  }
}

/** What the best sighting says is not said again. What was stored once is well formed; what the engine cut may not be. */
function describePost(
  post: MergedPost,
  { best, others }: FoundSources,
  edge: ReplyEdge | undefined,
  { putAuthor, reasons }: BatchContext,
): PostRow {
  const seen: Partial<Post> = best?.post ?? {}
  const [sighting, author] = [best?.sightingKey ?? null, putAuthor(post.platform, post.author)]
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
    url, title, text, rest,
  ]
  const row = { values, words: { sighting, title, text }, reason, others }
  return best === null ? wellFormed(row) : row
}

/** JSON of the other members that differ; null when, as nearly always, they are the very values of the sighting. */
function describeRest(seen: Partial<Post>, post: MergedPost): string | null {
  if (isAsSeen(seen, post)) return null
  const rest: Partial<Post> = Object.fromEntries(REST.map((name) => [name, post[name]]))
  return toJson(wellFormed(differenceFrom(seen, rest)))
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

// biome-ignore format: the order of the values
const COLUMNS = [
  'id', 'platform', 'kind', 'author_key', 'created_at', 'conversation', 'parent_id', 'parent_reason', 'fingerprint', 'sighting_key',
  'url', 'title', 'text', 'detail',
]
const FIND = `
  SELECT id, key, sighting_key AS sighting, title, text FROM posts WHERE id IN (SELECT value FROM json_each(?))`
/** Values by position: names cost a look-up each. */
const UPDATE = `UPDATE posts SET (${COLUMNS.join(', ')}) = (${COLUMNS.map(() => '?').join(', ')}) WHERE key = ?`
