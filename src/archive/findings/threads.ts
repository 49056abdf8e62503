// Stores threads of the findings, each with its posts' places, branches and gaps, and its seal.
import type { Database, Statement } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Link, Thread, ThreadPost } from '../../model.ts'
import type { RowInsert } from '../database/row-inserts.ts'
import type { PutAuthor } from './posts/authors.ts'
import type { PostBatch } from './posts/posts.ts'
import type { ReasonBook } from './reasons.ts'
import { createSealStore, lineOf, linesOfReasons } from './seals.ts'

/** In this order, whoever made the author: equal findings are equal rows. */
const AUTHOR_FIELDS = ['id', 'handle', 'name', 'url']

/**
 * SQLite counts a surrogate pair as one, and stops at NUL. Two questions: V8 answers the first at once for most texts.
 */
const WIDE = /[\ud800-\udfff]/
const NUL = '\0'

/** What the findings of one transaction have in common. */
export interface FindingContext {
  readonly posts: PostBatch
  readonly putAuthor: PutAuthor
  readonly reasons: ReasonBook
  readonly engineVersion: string
  /** Rows of thread_posts. */
  readonly places: RowInsert
  /** Rows of conversation_replies. */
  readonly replies: RowInsert
}

export const THREAD_POST_COLUMNS = [
  ...[
    'thread_key',
    'branch',
    'position',
    'number',
    'post_key',
    'reason_key',
    'basis',
    'p',
    'evidence',
    'strips',
    'text',
  ],
]

/** `key`: the one it had before, or null. */
export function createThreadStore(db: Database): (thread: Thread, key: number | null, context: FindingContext) => void {
  const insert = db.prepare('INSERT INTO threads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertBranch = db.prepare('INSERT INTO thread_branches VALUES (?, ?, ?)')
  const insertGap = db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const seal = createSealStore(db)
  const addBranches = (key: number, { branches }: Thread): string =>
    addRows(
      insertBranch,
      branches.map(({ from }, at) => [key, at + 1, from]),
    )
  const addGaps = (key: number, { gaps }: Thread): string =>
    addRows(
      insertGap,
      gaps.map((gap, ordinal) => [key, ordinal, gap.after, gap.before, gap.count, gap.class, gap.p, gap.reason]),
    )
  return (thread, knownKey, context) => {
    const values = describeThread(thread, context)
    const key = Number(insert.run(knownKey, ...values).lastInsertRowid)
    const { places, posts, sources, reasons } = placePosts(key, linesOf(thread), context)
    const parts = [lineOf([key, ...values]), places, posts, sources, addBranches(key, thread), addGaps(key, thread)]
    seal('thread', key, [...parts, ...linesOfReasons(reasons, context.reasons)])
  }
}

/** Gives what a seal reads of them. */
function addRows(insert: Statement, rows: readonly (readonly unknown[])[]): string {
  return rows
    .map((row) => {
      const mended = wellFormed(row)
      insert.run(mended)
      return lineOf(mended)
    })
    .join('')
}

/** Columns of threads, the key left out. */
function describeThread(thread: Thread, { putAuthor, engineVersion }: FindingContext): readonly unknown[] {
  const { id, platform, author, title, url, posts, completeness, statement, declaredTotal } = thread
  const shown = author && JSON.stringify(wellFormed(author), AUTHOR_FIELDS)
  const about = [id, platform, putAuthor(platform, author), shown, title, url, posts[0]?.post.createdAt ?? null]
  return wellFormed([...about, completeness, statement, declaredTotal, engineVersion])
}

/** The main line and the branches, in the order of their numbers. */
export function linesOf(thread: Thread): readonly (readonly ThreadPost[])[] {
  return [thread.posts, ...thread.branches.map((branch) => branch.posts)]
}

/** What a seal reads of the posts of a thread: rows of thread_posts, of posts and of other_sources. */
interface PlacedPosts {
  readonly places: string
  readonly posts: string
  readonly sources: string
  /** Keys of the reasons that these name. */
  readonly reasons: ReadonlySet<number | null>
}

/** One loop and texts: of lists of lists V8 makes code that it throws away again and again. */
function placePosts(
  key: number,
  lines: readonly (readonly ThreadPost[])[],
  { posts: batch, places: rows, reasons: book }: FindingContext,
): PlacedPosts {
  let [places, posts, sources] = ['', '', '']
  const reasons = new Set<number | null>()
  for (const [branch, line] of lines.entries())
    for (const item of line) {
      const post = batch.put(item.post)
      const place = describePlace(item, [key, branch], post.key, book)
      rows.add(place)
      places += lineOf(place)
      posts += post.line
      if (post.sources.length > 0) sources += post.sources.join('')
      reasons.add(reasonOf(place)).add(post.reason)
    }
  return { places, posts, sources, reasons }
}

/** A row of thread_posts. */
function describePlace(
  item: ThreadPost,
  [thread, branch]: readonly [thread: number, branch: number],
  post: number,
  reasons: ReasonBook,
): readonly unknown[] {
  const { position, number, link, strips } = item
  const common = link !== null && isCommon(link) ? reasons.keyOf(link) : null
  const own = common === null ? link : null
  const because = own === null ? null : JSON.stringify(wellFormed(own.evidence))
  const cut = strips.length === 0 ? null : JSON.stringify(strips)
  const text = isPlainCut(item) ? null : wellFormed(item.text)
  return [thread, branch, position, number, post, common, own?.basis ?? null, own?.p ?? null, because, cut, text]
}

function reasonOf(place: readonly unknown[]): number | null {
  return place[5] as number | null
}

/** A reason of one sentence is a page's, and said of many; what the model weighs is different each time. */
function isCommon({ evidence }: Link): boolean {
  return evidence.length < 2
}

/**
 * Whether SQL can make the text from the post's: one strip at most, and one place counts the same in UTF-16 and in
 * characters.
 */
function isPlainCut({ post, strips, text }: ThreadPost): boolean {
  const [strip] = strips
  if (strip === undefined) return post.text === text
  const isOneCut = strips.length === 1 && text === post.text.slice(0, strip[0]) + post.text.slice(strip[1])
  if (!isOneCut) return false
  const counted = post.text.slice(0, strip[1])
  return !WIDE.test(counted) && !counted.includes(NUL)
}

/** A post's text without the stripped characters. */
export function cutStrips(text: string, strips: ThreadPost['strips']): string {
  let end = 0
  const kept = strips.map(([start, next]) => {
    const piece = text.slice(end, start)
    end = next
    return piece
  })
  return kept.join('') + text.slice(end)
}
