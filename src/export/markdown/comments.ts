// A discussion's replies → Markdown. Each reply to the article is a `<details>` that GitHub folds; answers below it are
// nested lists, which Obsidian folds and pandoc keeps. Without `<details>` (pandoc to print) all of it still reads.
import type { BlockContent, FootnoteDefinition, Html, List, ListItem, PhrasingContent, RootContent } from 'mdast'
import type { ConversationReply, MergedPost } from '../../model.ts'
import type { Discussion } from '../discussion.ts'
import { nameAuthor, percent, sayTime } from '../remarks.ts'
import { type BodyOptions, blocksOfPost, toTail } from './post-blocks.ts'
import { cleanLine } from './prose.ts'
import { safeUrl } from './rich.ts'

/** List levels below a comment; deeper answers stay at the last level and name whom they answer. */
const DEEPEST_LEVEL = 6

/** Parents less probable than this are named as a guess. */
const SURE = 0.9

/**
 * What HTML, or Markdown inside HTML as pandoc and Obsidian read it, could take for markup; `_` within a word is none.
 */
const MARKUP = /[&<>`*[\]\\~$^]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|%(?=%)|(?<=%)%/gu
const ATTRIBUTE = /[&<>"]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const SPACES = /\s+/g

/** All replies, in the order given, as blocks and the footnotes to print at the file's end. */
export function printComments(
  { replies, places }: Discussion,
  options: BodyOptions,
): { blocks: RootContent[]; footnotes: FootnoteDefinition[] } {
  const footnotes: FootnoteDefinition[] = []
  const readBody: ReadBody = (reply) => {
    const read = blocksOfPost(reply.post, { ...options, footnotePrefix: `${options.footnotePrefix}c${reply.index}-` })
    footnotes.push(...read.footnotes)
    return [...read.blocks]
  }
  const blocks = nest(replies).flatMap((node) => toDetails(node, places, readBody))
  return { blocks, footnotes }
}

type ReadBody = (reply: ConversationReply) => BlockContent[]

interface Nested {
  readonly reply: ConversationReply
  readonly level: number
  /** The list it stands in: its parent's answers, or at the last level its parent's own list. */
  readonly siblings: Nested[]
  readonly answers: Nested[]
  /** Whom it answers, where the nesting does not show it. */
  readonly answered: MergedPost | null
}

function nest(replies: readonly ConversationReply[]): Nested[] {
  const top: Nested[] = []
  const placed = new Map<number, Nested>()
  for (const reply of replies) {
    const node = place(reply, reply.parent === null ? undefined : placed.get(reply.parent), top)
    node.siblings.push(node)
    placed.set(reply.index, node)
  }
  return top
}

function place(reply: ConversationReply, parent: Nested | undefined, top: Nested[]): Nested {
  if (parent === undefined) return { reply, level: 0, siblings: top, answers: [], answered: null }
  if (parent.level < DEEPEST_LEVEL)
    return { reply, level: parent.level + 1, siblings: parent.answers, answers: [], answered: null }
  return { reply, level: parent.level, siblings: parent.siblings, answers: [], answered: parent.reply.post }
}

function toDetails(node: Nested, places: Discussion['places'], readBody: ReadBody): RootContent[] {
  const summary = printSummary(node.reply, places.get(node.reply.index))
  const opening: Html = { type: 'html', value: `<details open>\n<summary>${summary}</summary>` }
  return [opening, ...readBody(node.reply), ...toAnswers(node, readBody), { type: 'html', value: '</details>' }]
}

function printSummary({ post, link }: ConversationReply, answered: string | undefined): string {
  const name = `<b>${escapeHtml(nameCommenter(post))}</b>`
  const url = safeUrl(post.url)
  const words = post.createdAt === null ? 'link' : sayTime(post.createdAt)
  const place =
    url === null ? escapeHtml(words) : `<a href="${url.replace(ATTRIBUTE, toEntity)}">${escapeHtml(words)}</a>`
  const isKnown = url !== null || post.createdAt !== null
  const remarks = [...(answered === undefined ? [] : [answered]), ...sayDoubt(link)]
  return [name, ...(isKnown ? [place] : []), ...remarks.map(escapeHtml)].join(' · ')
}

function nameCommenter(post: MergedPost): string {
  const name = nameAuthor(post.author) ?? 'Unknown author'
  return cleanLine(post.isPostAuthor ? `${name}, post author` : name)
}

function sayDoubt(link: ConversationReply['link']): string[] {
  if (link === null || link.p >= SURE) return []
  return [`place in the discussion inferred, ${percent(link.p)}`]
}

function toAnswers({ answers }: Nested, readBody: ReadBody): List[] {
  if (answers.length === 0) return []
  return [{ type: 'list', ordered: false, spread: true, children: answers.map((node) => toItem(node, readBody)) }]
}

function toItem(node: Nested, readBody: ReadBody): ListItem {
  const { post, link } = node.reply
  const head: PhrasingContent[] = [
    { type: 'strong', children: [{ type: 'text', value: nameCommenter(post) }] },
    ...toTail(post.url, post.createdAt),
    ...[...sayAnswered(node), ...sayDoubt(link)].map(
      (words): PhrasingContent => ({ type: 'text', value: ` · ${words}` }),
    ),
  ]
  const children = [
    { type: 'paragraph', children: head } as const,
    ...readBody(node.reply),
    ...toAnswers(node, readBody),
  ]
  return { type: 'listItem', spread: true, children }
}

function sayAnswered({ answered }: Nested): string[] {
  return answered === null ? [] : [`to ${cleanLine(nameAuthor(answered.author) ?? 'the post above')}`]
}

function escapeHtml(text: string): string {
  return text.replace(SPACES, ' ').replace(MARKUP, toEntity)
}

function toEntity(sign: string): string {
  return ENTITIES[sign] ?? `&#${sign.charCodeAt(0)};`
}
