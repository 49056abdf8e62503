// Threads and discussions → Markdown files. Front matter, then the words as a person would read them; what is missing
// or doubtful is said in one quiet line where it is. The same input gives the same bytes.
import type { Heading } from 'mdast'
import type { Branch, Conversation, MergedPost, Thread, ThreadPost, Unplaced, Unrolled } from '../../model.ts'
import { type Arrangement, arrangeReading, type Rest, wholeOf } from '../discussion.ts'
import { type Doubts, describeDoubts, describeGaps, nameAuthor, percent, sayTime } from '../remarks.ts'
import { toCode } from './code.ts'
import { printComments } from './comments.ts'
import {
  add,
  addQuietLines,
  createPage,
  type MarkdownPage,
  type PageOptions,
  printBlocks,
  printPage,
  toHeading,
  toQuietLine,
} from './page.ts'
import { type BodyOptions, blocksOfPost, blocksOfThreadPost } from './post-blocks.ts'
import { type HtmlReader, isRich } from './rich.ts'

/** Stands before the name of a post that is not here: an id, which is no words to read and escape. */
const REPLIES_TO = 'Replies to '

export interface MarkdownOptions extends PageOptions {
  /** Keep the author's numbering in the text. */
  readonly raw?: boolean
  /** Reads bodies that are more than plain text; null or absent prints their plain text. */
  readonly readHtml?: HtmlReader | null
  /** Keeps the footnotes of several sections apart. */
  readonly footnotePrefix?: string
}

/** A thread as one Markdown file. */
export function threadToMarkdown(thread: Thread, options: MarkdownOptions = {}): string {
  const settings = bodyOptions(options)
  const gaps = describeGaps(thread)
  const doubts = describeDoubts(thread)
  const page = createPage()
  addQuietLines(page, [...doubts.above, ...(gaps.get(0) ?? [])])
  for (const item of thread.posts) {
    addThreadPost(page, item, doubts, { ...settings, footnotePrefix: `${settings.footnotePrefix}p${item.position}-` })
    addQuietLines(page, gaps.get(item.position))
  }
  for (const branch of thread.branches) addBranch(page, branch, { thread, doubts }, settings)
  const posts = [...thread.posts, ...thread.branches.flatMap((branch) => branch.posts)].map(({ post }) => post)
  const facts = {
    ...thread,
    kind: 'thread',
    isSaidBelow: false,
    published: thread.posts[0]?.post.createdAt ?? null,
    count: posts.length,
    extra: {},
  }
  return printPage(page, posts, { ...facts, text: thread.posts[0]?.text ?? '' }, options)
}

/** An article and its discussion, or the replies under a root that was not seen, as one Markdown file. */
export function conversationToMarkdown(conversation: Conversation, options: MarkdownOptions = {}): string {
  const { root, replies, declaredReplies, statement } = conversation
  const settings = bodyOptions(options)
  const page = createPage()
  if (root !== null) add(page, blocksOfPost(root, settings))
  if (replies.length > 0) {
    // Of replies to what is not here the title says what they are.
    if (root !== null) page.blocks.push(toHeading(2, 'Comments'))
    addComments(page, { ...wholeOf(conversation), statement }, settings)
  }
  const posts = [...(root === null ? [] : [root]), ...replies.map(({ post }) => post)]
  const facts = {
    kind: root?.kind === 'article' && replies.length === 0 ? 'article' : 'discussion',
    id: conversation.id,
    title: root?.title ?? (root === null ? `${REPLIES_TO}${conversation.id}` : null),
    ...(root === null ? { heading: nameless(conversation.id) } : {}),
    text: root?.text ?? '',
    author: root?.author ?? null,
    url: root?.url ?? null,
    platform: posts[0]?.platform ?? null,
    published: root?.createdAt ?? null,
    completeness: conversation.completeness,
    statement,
    isSaidBelow: replies.length > 0,
    count: posts.length,
    extra: { site: conversation.site, replies: replies.length, declared_replies: declaredReplies },
  }
  return printPage(page, posts, facts, options)
}

/**
 * Everything that unrolling found, each post once. One finding alone is a file with front matter; several are sections
 * with headings, as front matter has a meaning only at a file's start. Unless `readHtml` is given, the reader of bodies
 * that are more than plain text is loaded here, and only when there is such a body: it costs a fifth of a short run.
 */
export async function markdownChunks(unrolled: Unrolled, options: MarkdownOptions = {}): Promise<Iterable<string>> {
  const readHtml = options.readHtml === undefined && hasRichBodies(unrolled) ? await loadHtmlReader() : options.readHtml
  return printSections(unrolled, { ...options, readHtml: readHtml ?? null })
}

async function loadHtmlReader(): Promise<HtmlReader> {
  return (await import('../../text/markdown.ts')).htmlToMdast
}

/** Whether any body holds more than its plain text. */
function hasRichBodies({ threads, conversations, unplaced }: Unrolled): boolean {
  const isRichPost = ({ post }: { readonly post: MergedPost }) => isRich(post.html)
  return (
    threads.some(
      ({ posts, branches }) => posts.some(isRichPost) || branches.some((side) => side.posts.some(isRichPost)),
    ) ||
    conversations.some(({ root, replies }) => isRich(root?.html ?? null) || replies.some(isRichPost)) ||
    unplaced.some(isRichPost)
  )
}

function* printSections(unrolled: Unrolled, options: MarkdownOptions): Generator<string> {
  const { threads, conversations, unplaced } = unrolled
  const reading = arrangeReading(threads, conversations)
  const findings = threads.length + reading.rests.size + reading.whole.length
  const isAlone = findings === 1 && unplaced.length === 0
  let section = 0
  for (const print of listPrints(unrolled, reading)) {
    section++
    const printed = print(isAlone ? options : { ...options, frontMatter: false, footnotePrefix: `s${section}-` })
    yield section === 1 ? printed : `\n${printed}`
  }
}

type Print = (options: MarkdownOptions) => string

function* listPrints({ threads, unplaced }: Unrolled, { rests, whole }: Arrangement): Generator<Print> {
  for (const thread of threads) {
    yield (options) => threadToMarkdown(thread, options)
    const left = rests.get(thread) ?? []
    if (left.length > 0) yield (options) => printRests(left, options)
  }
  for (const conversation of whole) yield (options) => conversationToMarkdown(conversation, options)
  if (unplaced.length > 0) yield (options) => printUnplaced(unplaced, options)
}

function bodyOptions({ raw = false, readHtml = null, footnotePrefix = '' }: MarkdownOptions): BodyOptions {
  return { raw, readHtml, footnotePrefix, headingsFrom: 2, pictures: true }
}

function addThreadPost(page: MarkdownPage, item: ThreadPost, doubts: Doubts, options: BodyOptions): void {
  const doubt = doubts.at(item)
  addQuietLines(page, doubt === null ? [] : [doubt])
  add(page, blocksOfThreadPost(item, options))
}

interface Whole {
  readonly thread: Thread
  readonly doubts: Doubts
}

function addBranch(page: MarkdownPage, branch: Branch, { thread, doubts }: Whole, options: BodyOptions): void {
  const from = thread.posts.find(({ post }) => post.id === branch.from)?.position
  page.blocks.push(toHeading(2, from === undefined ? 'Side branch' : `Side branch from post ${from}`))
  const prefix = `${options.footnotePrefix}b${thread.branches.indexOf(branch) + 1}-`
  for (const item of branch.posts)
    addThreadPost(page, item, doubts, { ...options, footnotePrefix: `${prefix}${item.position}-` })
}

function addComments(page: MarkdownPage, discussion: Rest, options: BodyOptions): void {
  page.blocks.push(toQuietLine(discussion.statement, ''))
  add(page, printComments(discussion, { ...options, headingsFrom: null, pictures: false }))
}

/** The replies to a thread, to stand after it: under one heading, however many discussions its posts began. */
function printRests(rests: readonly Rest[], options: MarkdownOptions): string {
  const page = createPage()
  const settings = bodyOptions(options)
  page.blocks.push(toHeading(2, 'Replies'))
  for (const [index, rest] of rests.entries()) {
    const footnotePrefix = rests.length === 1 ? settings.footnotePrefix : `${settings.footnotePrefix}d${index + 1}-`
    addComments(page, rest, { ...settings, footnotePrefix })
  }
  return printBlocks(page)
}

function printUnplaced(unplaced: readonly Unplaced[], options: MarkdownOptions): string {
  const page = createPage()
  page.blocks.push(toHeading(1, 'Posts without a thread'))
  for (const [index, { post, homes }] of unplaced.entries()) {
    page.blocks.push(toQuietLine(sayUnplaced(post, homes)))
    const settings = bodyOptions(options)
    add(page, blocksOfPost(post, { ...settings, footnotePrefix: `${settings.footnotePrefix}u${index + 1}-` }))
  }
  return printBlocks(page)
}

function sayUnplaced({ author, createdAt }: MergedPost, homes: Unplaced['homes']): string {
  const who = [nameAuthor(author), createdAt === null ? null : sayTime(createdAt)].filter((fact) => fact !== null)
  const where = homes.map(({ thread, p }) => `${thread} (${percent(p)})`).join(' or ')
  return [...who, where === '' ? 'no thread fits' : `may belong to ${where}`].join(', ')
}

/** A hostile id is escaped like words: not every program that shows Markdown leaves tags in code alone. */
function nameless(id: string): Heading {
  return id.includes('<') ? toHeading(1, `${REPLIES_TO}${id}`) : toHeading(1, REPLIES_TO, toCode(id))
}
