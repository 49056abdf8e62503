// Findings as CSV tables (RFC 4180, UTF-8): threads and conversations, their posts in reading order, gaps. Texts that a
// spreadsheet would run as a formula are quoted by an apostrophe.
import type { Author, Conversation, Gap, Link, MergedPost, Thread, ThreadPost, Unplaced } from '../../model.ts'
import type { ExportItem } from '../narrow.ts'
import type { PackagePart } from './part.ts'

export interface Findings {
  /** Threads and conversations, one at a time. */
  readonly findings: () => Iterable<ExportItem>
  readonly unplaced: () => Iterable<Unplaced>
}

type Cell = string | number | null
type Row = readonly Cell[]

/**
 * Spreadsheets run what begins so (OWASP, "CSV injection"). Apostrophes count, so that taking one away gives the text
 * back.
 */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n]/
const LINE_END = '\r\n'

const THREADS =
  'id,kind,platform,author_handle,author_name,title,url,published_at,completeness,statement,declared_total,posts'
const POSTS =
  'in_id,in_kind,branch,position,number,depth,parent_id,post_id,platform,author_handle,author_name,created_at,edited_at,url,text,basis,p,sources'
const GAPS = 'thread_id,after_position,before_position,count,class,p,reason'

/** threads.csv, posts.csv and gaps.csv. */
export function tableParts({ findings, unplaced }: Findings): readonly PackagePart[] {
  const table = (path: string, say: string, head: string, rows: () => Iterable<Row>): PackagePart => {
    const pieces = (): Iterable<string> => csvLines(head.split(','), rows())
    return { path, mediaType: 'text/csv', say, pieces }
  }
  return [
    table('threads.csv', 'one row a thread or conversation', THREADS, () => flatten(findings(), threadRows)),
    table('posts.csv', 'one row a post and place, in reading order', POSTS, () => postTable(findings(), unplaced())),
    table('gaps.csv', 'posts known of and not here', GAPS, () => flatten(findings(), gapRows)),
  ]
}

export function* csvLines(head: Row, rows: Iterable<Row>): Generator<string> {
  yield csvLine(head)
  for (const row of rows) yield csvLine(row)
}

function csvLine(row: Row): string {
  return row.map(csvCell).join(',') + LINE_END
}

/** Only texts are guarded: the numbers are ours. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = RUNS.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function* flatten(items: Iterable<ExportItem>, rowsOf: (item: ExportItem) => Iterable<Row>): Generator<Row> {
  for (const item of items) yield* rowsOf(item)
}

function* threadRows({ thread, conversation }: ExportItem): Generator<Row> {
  if (thread !== null) yield threadRow(thread)
  if (conversation !== null) yield conversationRow(conversation)
}

function threadRow(thread: Thread): Row {
  const { id, platform, author, title, url, posts, completeness, statement, declaredTotal, branches } = thread
  const count = branches.reduce((sum, branch) => sum + branch.posts.length, posts.length)
  const published = posts[0]?.post.createdAt ?? null
  const whole = [completeness, statement, declaredTotal, count]
  return [id, 'thread', platform, ...names(author), title, url, published, ...whole]
}

function conversationRow({ id, root, completeness, statement, declaredReplies, replies }: Conversation): Row {
  const told = [root?.title ?? null, root?.url ?? null, root?.createdAt ?? null]
  const whole = [completeness, statement, declaredReplies, replies.length]
  return [id, 'conversation', root?.platform ?? null, ...names(root?.author ?? null), ...told, ...whole]
}

function* gapRows({ thread }: ExportItem): Generator<Row> {
  for (const { after, before, count, p, reason, class: kind } of (thread?.gaps ?? []) as readonly Gap[])
    yield [thread?.id ?? null, after, before, count, kind, p, reason]
}

function* postTable(items: Iterable<ExportItem>, unplaced: Iterable<Unplaced>): Generator<Row> {
  for (const { thread, conversation } of items) {
    if (thread !== null) yield* threadPostRows(thread)
    if (conversation !== null) yield* replyRows(conversation)
  }
  for (const { post } of unplaced)
    yield postRow([null, 'unplaced', null, null, null, null, null], post, post.text, null)
}

function* threadPostRows({ id, posts, branches }: Thread): Generator<Row> {
  const lines: readonly (readonly ThreadPost[])[] = [posts, ...branches.map((branch) => branch.posts)]
  for (const [branch, line] of lines.entries())
    for (const { position, number, post, text, link } of line)
      yield postRow([id, 'thread', branch, position, number, null, null], post, text, link)
}

function* replyRows({ id, root, replies }: Conversation): Generator<Row> {
  if (root !== null) yield postRow([id, 'conversation', null, 0, null, null, null], root, root.text, null)
  const ids = new Map(replies.map(({ index, post }) => [index, post.id]))
  for (const { index, parent, depth, post, link } of replies) {
    const parentId = parent === null ? null : (ids.get(parent) ?? null)
    yield postRow([id, 'conversation', null, index + 1, null, depth, parentId], post, post.text, link)
  }
}

function postRow(place: Row, post: MergedPost, text: string, link: Link | null): Row {
  const { id, platform, author, createdAt, editedAt, url, sources } = post
  const about = [id, platform, ...names(author), createdAt, editedAt, url, text]
  return [...place, ...about, link?.basis ?? null, link?.p ?? null, sources.length]
}

function names(author: Author | null): Row {
  return [author?.handle ?? null, author?.name ?? null]
}
