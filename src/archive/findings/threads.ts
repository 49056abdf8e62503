// Stores threads of the findings, each with its posts' places, branches and gaps, and its seal.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Link, Thread, ThreadPost } from '../../model.ts'
import type { RowInsert } from '../row-inserts.ts'
import type { PutAuthor } from './authors.ts'
import type { PostBatch } from './posts.ts'
import type { ReasonBook } from './reasons.ts'
import { createSealStore, lineOf, linesOfPosts, linesOfReasons, type SealedPost } from './seals.ts'

/** In this order, whoever made the author: equal findings are equal rows. */
const AUTHOR_FIELDS = ['id', 'handle', 'name', 'url']

/** SQLite counts a surrogate pair as one, and stops at NUL. */
const COUNTED_OTHERWISE = /[\0\ud800-\udfff]/

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

export const PLACE_COLUMNS = [
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
  return (thread, knownKey, context) => {
    const values = describeThread(thread, context)
    const key = Number(insert.run(knownKey, ...values).lastInsertRowid)
    const lines = linesOf(thread)
    const posts = lines.flatMap((line) => line.map(({ post }) => context.posts.put(post)))
    const places = placePosts(key, lines, posts, context.reasons)
    const branches = thread.branches.map(({ from }, at) => wellFormed([key, at + 1, from]))
    const gaps = thread.gaps.map((gap, ordinal) =>
      wellFormed([key, ordinal, gap.after, gap.before, gap.count, gap.class, gap.p, gap.reason]),
    )
    for (const place of places) context.places.add(place)
    for (const branch of branches) insertBranch.run(branch)
    for (const gap of gaps) insertGap.run(gap)
    seal('thread', key, [
      lineOf([key, ...values]),
      ...places.map(lineOf),
      ...linesOfPosts(posts),
      ...branches.map(lineOf),
      ...gaps.map(lineOf),
      ...linesOfReasons([...places.map(reasonOf), ...posts.map(({ reason }) => reason)], context.reasons),
    ])
  }
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

/** Rows of thread_posts; `posts` are those of the lines one after another. */
function placePosts(
  key: number,
  lines: readonly (readonly ThreadPost[])[],
  posts: readonly SealedPost[],
  reasons: ReasonBook,
): readonly (readonly unknown[])[] {
  let at = 0
  return lines.flatMap((line, branch) =>
    line.map((item) => {
      const { position, number, link, strips } = item
      const common = link !== null && isCommon(link) ? reasons.keyOf(link) : null
      const own = common === null ? link : null
      const because = own === null ? null : JSON.stringify(wellFormed(own.evidence))
      const cut = strips.length === 0 ? null : JSON.stringify(strips)
      const text = isPlainCut(item) ? null : wellFormed(item.text)
      const post = posts[at++]?.key
      return [key, branch, position, number, post, common, own?.basis ?? null, own?.p ?? null, because, cut, text]
    }),
  )
}

function reasonOf(place: readonly unknown[]): number | null {
  return place[5] as number | null
}

/** A reason of one sentence is a page's, and said of many; what the model weighs is different each time. */
function isCommon({ evidence }: Link): boolean {
  return evidence.length < 2
}

/** Whether SQL can make the text from the post's: one strip at most, and one place counts the same in UTF-16 and in characters. */
function isPlainCut({ post, strips, text }: ThreadPost): boolean {
  const [strip] = strips
  if (strip === undefined) return post.text === text
  const isOneCut = strips.length === 1 && text === post.text.slice(0, strip[0]) + post.text.slice(strip[1])
  return isOneCut && !COUNTED_OTHERWISE.test(post.text.slice(0, strip[1]))
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
