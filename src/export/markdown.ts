// Threads and discussions → Markdown files. Front matter, then the words as a person would read them; what is missing
// or doubtful is said in one quiet line where it is. The same input gives the same bytes.
import type { FootnoteDefinition, Heading, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import type { Author, Branch, Conversation, MergedPost, Thread, ThreadPost, Unplaced, Unrolled } from '../model.ts'
import { VERSION } from '../version.ts'
import { printComments } from './comments.ts'
import { arrangeReading, type Reading, type Rest, wholeOf } from './discussion.ts'
import { type FrontMatterValue, printFrontMatter } from './front-matter.ts'
import { type BodyOptions, blocksOfPost, blocksOfThreadPost, toTail } from './post-blocks.ts'
import { cleanText, toInline } from './prose.ts'
import { type Doubts, describeDoubts, describeGaps, nameAuthor, percent, sayTime } from './remarks.ts'
import { type HtmlReader, isRich, toCode, toLink } from './rich.ts'
import { printMarkdown } from './syntax.ts'
import { shortTitle } from './title.ts'

const SPACES = /\s+/g
/** Stands before the name of a post that is not here: an id, which is no words to read and escape. */
const REPLIES_TO = 'Replies to '

export interface MarkdownOptions {
  /** Keep the author's numbering in the text. */
  readonly raw?: boolean
  /** Reads bodies that are more than plain text; null or absent prints their plain text. */
  readonly readHtml?: HtmlReader | null
  /** False prints a section with a heading and a byline instead, to stand among others. */
  readonly frontMatter?: boolean
  readonly version?: string
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
  if (replies.length > 0) addComments(page, 'Comments', { ...wholeOf(conversation), statement }, settings)
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
 * Everything that unrolling found, each post once. One finding alone is a file with front matter; several are sections with headings,
 * as front matter has a meaning only at a file's start. Unless `readHtml` is given, the reader of bodies that are more
 * than plain text is loaded here, and only when there is such a body: it costs a fifth of a short run.
 */
export async function markdownChunks(unrolled: Unrolled, options: MarkdownOptions = {}): Promise<Iterable<string>> {
  const readHtml = options.readHtml === undefined && hasRichBodies(unrolled) ? await loadHtmlReader() : options.readHtml
  return printSections(unrolled, { ...options, readHtml: readHtml ?? null })
}

async function loadHtmlReader(): Promise<HtmlReader> {
  return (await import('../text/markdown.ts')).htmlToMdast
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

function* listPrints({ threads, unplaced }: Unrolled, { rests, whole }: Reading): Generator<Print> {
  for (const thread of threads) {
    yield (options) => threadToMarkdown(thread, options)
    for (const rest of rests.get(thread) ?? []) yield (options) => printRest(rest, options)
  }
  for (const conversation of whole) yield (options) => conversationToMarkdown(conversation, options)
  if (unplaced.length > 0) yield (options) => printUnplaced(unplaced, options)
}

function bodyOptions({ raw = false, readHtml = null, footnotePrefix = '' }: MarkdownOptions): BodyOptions {
  return { raw, readHtml, footnotePrefix, headingsFrom: 2, pictures: true }
}

/** Blocks in reading order, and the footnotes that close the file. */
interface Page {
  readonly blocks: RootContent[]
  readonly footnotes: FootnoteDefinition[]
}

function createPage(): Page {
  return { blocks: [], footnotes: [] }
}

function add(
  page: Page,
  { blocks, footnotes }: { blocks: readonly RootContent[]; footnotes: readonly FootnoteDefinition[] },
): void {
  for (const block of blocks) page.blocks.push(block)
  for (const footnote of footnotes) page.footnotes.push(footnote)
}

function addThreadPost(page: Page, item: ThreadPost, doubts: Doubts, options: BodyOptions): void {
  const doubt = doubts.at(item)
  addQuietLines(page, doubt === null ? [] : [doubt])
  add(page, blocksOfThreadPost(item, options))
}

function addQuietLines(page: Page, lines: readonly string[] = []): void {
  for (const words of lines) page.blocks.push(toQuietLine(words))
}

interface Whole {
  readonly thread: Thread
  readonly doubts: Doubts
}

function addBranch(page: Page, branch: Branch, { thread, doubts }: Whole, options: BodyOptions): void {
  const from = thread.posts.find(({ post }) => post.id === branch.from)?.position
  page.blocks.push(toHeading(2, from === undefined ? 'Side branch' : `Side branch from post ${from}`))
  const prefix = `${options.footnotePrefix}b${thread.branches.indexOf(branch) + 1}-`
  for (const item of branch.posts)
    addThreadPost(page, item, doubts, { ...options, footnotePrefix: `${prefix}${item.position}-` })
}

function addComments(page: Page, heading: string, discussion: Rest, options: BodyOptions): void {
  page.blocks.push(toHeading(2, heading), toQuietLine(discussion.statement, ''))
  add(page, printComments(discussion, { ...options, headingsFrom: null, pictures: false }))
}

/** The replies to a thread, to stand after it. */
function printRest(rest: Rest, options: MarkdownOptions): string {
  const page = createPage()
  addComments(page, 'Replies', rest, bodyOptions(options))
  return printMarkdown({ type: 'root', children: [...page.blocks, ...page.footnotes] })
}

interface Facts {
  readonly id: string
  readonly kind: string
  readonly title: string | null
  /** Where it is more than the title's words. */
  readonly heading?: Heading
  /** For a title when there is none. */
  readonly text: string
  readonly author: Author | null
  readonly url: string | null
  readonly platform: string | null
  readonly published: string | null
  readonly completeness: string
  readonly statement: string
  /** Whether the page says the statement itself. */
  readonly isSaidBelow: boolean
  readonly count: number
  readonly extra: Readonly<Record<string, FrontMatterValue>>
}

function printPage(page: Page, posts: readonly MergedPost[], facts: Facts, options: MarkdownOptions): string {
  const { frontMatter = true, version = VERSION } = options
  const title = facts.title ?? (frontMatter ? null : shortTitle(facts.text))
  const heading = title === null ? [] : [facts.heading ?? toHeading(1, title)]
  const head = frontMatter ? heading : [...heading, ...toByline(facts)]
  const root: Root = { type: 'root', children: [...head, ...page.blocks, ...page.footnotes] }
  const body = printMarkdown(root)
  return frontMatter ? `${printFrontMatter(toFrontMatter(facts, posts, version))}\n${body}` : body
}

function toFrontMatter(facts: Facts, posts: readonly MergedPost[], version: string): Record<string, FrontMatterValue> {
  const sources = posts.flatMap((post) => post.sources)
  return {
    title: facts.title ?? shortTitle(facts.text),
    author: facts.author?.name ?? null,
    handle: facts.author?.handle ?? null,
    url: facts.url,
    published: facts.published,
    archived: sources.reduce<string | null>((first, { capturedAt }) => earlier(first, capturedAt), null),
    platform: facts.platform,
    kind: facts.kind,
    posts: facts.count,
    ...facts.extra,
    completeness: facts.completeness,
    statement: facts.statement,
    sources: [...new Set(sources.map(({ input }) => input))],
    captures: [...new Set(sources.flatMap(({ capture }) => capture ?? []))],
    id: facts.id,
    unspool: version,
  }
}

/** The first capture: it stays the same when the page is looked at again. */
function earlier(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right
  return right < left ? right : left
}

/** A discussion says below its own heading how much of it is here; of a root that is not, nothing else is known. */
function toByline({ author, published, url, statement, isSaidBelow }: Facts): Paragraph[] {
  if (isSaidBelow && author === null && published === null && url === null) return []
  const name = cleanText(nameAuthor(author) ?? 'Unknown author')
  const link = toLink(author?.url ?? null, [{ type: 'text', value: name }])
  const children: PhrasingContent[] = [
    link ?? { type: 'text', value: name },
    ...toTail(url, published),
    ...(isSaidBelow ? [] : [{ type: 'text', value: ` · ${statement}` } as const]),
  ]
  return [{ type: 'paragraph', children: [{ type: 'emphasis', children }] }]
}

function printUnplaced(unplaced: readonly Unplaced[], options: MarkdownOptions): string {
  const page = createPage()
  page.blocks.push(toHeading(1, 'Posts without a thread'))
  for (const [index, { post, homes }] of unplaced.entries()) {
    page.blocks.push(toQuietLine(sayUnplaced(post, homes)))
    const settings = bodyOptions(options)
    add(page, blocksOfPost(post, { ...settings, footnotePrefix: `${settings.footnotePrefix}u${index + 1}-` }))
  }
  return printMarkdown({ type: 'root', children: [...page.blocks, ...page.footnotes] })
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

function toHeading(depth: 1 | 2, words: string, more: readonly PhrasingContent[] = []): Heading {
  const text = cleanText(words).replace(SPACES, ' ')
  return {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: more.length === 0 ? text.trim() : text }, ...more],
  }
}

function toQuietLine(words: string, sign = '⋯ '): Paragraph {
  return { type: 'paragraph', children: [{ type: 'emphasis', children: toInline(`${sign}${cleanText(words)}`) }] }
}
