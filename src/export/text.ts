// Threads and discussions → plain text, for `--format text`: to be read, searched or piped. No markup of any kind.
import type {
  Author,
  Conversation,
  ConversationReply,
  Footnote,
  MergedPost,
  Thread,
  ThreadPost,
  Unrolled,
} from '../model.ts'
import { arrangeReading, type Discussion, type Rest, wholeOf } from './discussion.ts'
import { bracketReferences } from './markdown/footnotes.ts'
import { cleanLine, cleanText } from './markdown/prose.ts'
import {
  type Doubts,
  describeAbsence,
  describeDoubts,
  describeGaps,
  nameAuthor,
  nameMedia,
  percent,
  sayTime,
} from './remarks.ts'

/** Comments deeper than this are printed at this depth. */
const DEEPEST_INDENT = 12
const INDENT = '  '
const RULE = '-'.repeat(60)
const LINE_START = /^(?=.)/gm

interface TextOptions {
  /** Keep the author's numbering. */
  readonly raw?: boolean
}

/** All findings, one after the other, a rule between them; each post once. */
export function* textChunks(
  { threads, conversations, unplaced }: Unrolled,
  options: TextOptions = {},
): Generator<string> {
  const { rests, whole } = arrangeReading(threads, conversations)
  let before = ''
  const next = (text: string) => {
    const chunk = `${before}${text}`
    before = `\n${RULE}\n\n`
    return chunk
  }
  for (const thread of threads) {
    yield next(threadToText(thread, options))
    const left = rests.get(thread) ?? []
    if (left.length > 0) yield next(restsToText(left))
  }
  for (const conversation of whole) yield next(conversationToText(conversation))
  for (const { post, homes } of unplaced) {
    const where = homes.map(({ thread, p }) => `${thread} (${percent(p)})`).join(' or ') || 'none found'
    yield next(join([`[a post without a thread; possible homes: ${where}]`, ...bodyOf(post, post.text)]))
  }
}

/** One thread: a head of three lines at most, then its posts with a blank line between. */
function threadToText(thread: Thread, { raw = false }: TextOptions = {}): string {
  const gaps = describeGaps(thread)
  const doubts = describeDoubts(thread)
  const parts = [
    printHead({ ...thread, published: thread.posts[0]?.post.createdAt ?? null }),
    ...inBrackets(doubts.above),
    ...inBrackets(gaps.get(0)),
  ]
  for (const item of thread.posts) parts.push(...partsOf(item, doubts, raw), ...inBrackets(gaps.get(item.position)))
  for (const { from, posts } of thread.branches) {
    parts.push(`[side branch from ${from}]`, ...posts.flatMap((item) => partsOf(item, doubts, raw)))
  }
  return join(parts)
}

/** An article, its footnotes, and its comments indented under what they answer. */
function conversationToText(conversation: Conversation): string {
  const { id, root, statement } = conversation
  const head = printHead({
    title: root === null ? `Replies to ${id}` : root.title,
    author: root?.author ?? null,
    published: root?.createdAt ?? null,
    url: root?.url ?? null,
    statement,
  })
  return join([head, ...(root === null ? [] : bodyOf(root, root.text)), ...printReplies(wholeOf(conversation))])
}

function restsToText(rests: readonly Rest[]): string {
  const parts = rests.flatMap((rest, index) => [
    `${index === 0 ? 'Replies\n' : ''}[${rest.statement}]`,
    ...printReplies(rest),
  ])
  return join(parts)
}

interface Head {
  readonly title: string | null
  readonly author: Author | null
  readonly published: string | null
  readonly url: string | null
  readonly statement: string
}

function printHead({ title, author, published, url, statement }: Head): string {
  const by = [nameAuthor(author), published === null ? null : sayTime(published)]
    .filter((fact) => fact !== null)
    .join(', ')
  return [title, by, url, `[${statement}]`]
    .map((line) => cleanLine(line ?? ''))
    .filter((line) => line !== '')
    .join('\n')
}

function partsOf(item: ThreadPost, doubts: Doubts, raw: boolean): string[] {
  const doubt = doubts.at(item)
  return [...(doubt === null ? [] : [`[${doubt}]`]), ...bodyOf(item.post, raw ? item.post.text : item.text)]
}

function inBrackets(lines: readonly string[] = []): string[] {
  return lines.map((words) => `[${words}]`)
}

function bodyOf(post: MergedPost, text: string): string[] {
  const { media, quotes, footnotes } = post
  const absence = describeAbsence(post)
  const quoted = quotes.map(({ author, text: words, url }) =>
    [
      `> ${cleanLine(nameAuthor(author) ?? 'Quoted post')}${url === null ? '' : ` ${url}`}`,
      ...(words === null ? [] : [words.replace(/^/gm, '> ')]),
    ].join('\n'),
  )
  const pictures = media.map(
    (one) => `[${nameMedia(one)}${one.alt === null ? '' : `: ${cleanLine(one.alt)}`}] ${one.url}`,
  )
  const words = bracketReferences(text.trim(), footnotes)
  const own = absence === null ? [words] : [`[${absence}]`, ...(words === '' ? [] : [words])]
  return [...own, ...pictures, ...quoted, ...footnotes.map(printFootnote)]
}

function printFootnote({ label, text }: Footnote): string {
  return `[${label}] ${text}`
}

function printReplies({ replies, places }: Discussion): string[] {
  return replies.map((reply) => printReply(reply, places.get(reply.index) ?? null))
}

function printReply({ post, depth }: ConversationReply, answered: string | null): string {
  const who = cleanLine(nameAuthor(post.author) ?? 'Unknown author')
  const facts = [
    post.isPostAuthor ? `${who} (post author)` : who,
    post.createdAt === null ? null : sayTime(post.createdAt),
    answered,
  ]
  const head = facts.filter((fact) => fact !== null).join(', ')
  return join([`* ${head}`, ...bodyOf(post, post.text)])
    .trim()
    .replace(LINE_START, INDENT.repeat(Math.min(depth, DEEPEST_INDENT)))
}

function join(parts: readonly string[]): string {
  return `${cleanText(parts.filter((part) => part !== '').join('\n\n'))}\n`
}
