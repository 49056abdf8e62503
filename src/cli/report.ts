// Findings in a person's words: one summary line, one line a thread or discussion.
import type { SetAside } from '../archive/copies/set-aside.ts'
import type { Conversation, Link, Thread, Unrolled } from '../model.ts'
import { plural } from '../wording.ts'

/** Characters of a title that fit a line beside the rest. */
const TITLE_WIDTH = 48
/** Stands where a date would. */
export const NO_DATE = ' '.repeat('2024-06-30'.length)
/** Below this a link is worth a second look. */
const SURE = 0.9

/** `7 threads (1 of a single post), 35 posts; 1 complete, 6 partial; 9 gaps; 33 links inferred, 2 of them below 0.9` */
export function summarise(unrolled: Pick<Unrolled, 'threads' | 'conversations' | 'unplaced'>): string {
  const { threads, conversations, unplaced } = unrolled
  const posts = threads.reduce((sum, thread) => sum + thread.posts.length, 0)
  const links = threads.flatMap((thread) => thread.posts.flatMap((post) => post.link ?? []))
  const parts: string[] = []
  if (threads.length > 0 || conversations.length === 0)
    parts.push(`${plural(threads.length, 'thread')}${singlesOf(threads)}, ${plural(posts, 'post')}`)
  if (threads.length > 0) parts.push(completenessOf(threads), gapsOf(threads), inferredOf(links))
  if (conversations.length > 0) parts.push(discussionsOf(conversations))
  if (unplaced.length > 0) parts.push(`${plural(unplaced.length, 'post')} unplaced`)
  return parts.join('; ')
}

/** Whether unrolling found nothing at all. */
export function isEmpty({ threads, conversations, unplaced }: Unrolled): boolean {
  return threads.length + conversations.length + unplaced.length === 0
}

/** One line: mark, title, author, statement. */
export function lineOfThread(thread: Thread): string {
  const { handle = null, name = null } = thread.author ?? {}
  const who = handle === null ? name : `@${handle}`
  return `${markOf(thread.completeness)} ${shorten(titleOf(thread))}${who ? `  ${who}` : ''}  ${thread.statement}`
}

export function lineOfConversation(conversation: Conversation): string {
  const title = conversation.root?.title ?? conversation.root?.text ?? conversation.id
  return `${markOf(conversation.completeness)} ${shorten(title)}  ${conversation.statement}`
}

function titleOf(thread: Thread): string {
  return thread.title ?? thread.posts[0]?.text ?? thread.id
}

/** One line of text, cut to the width of a title. */
export function shorten(text: string, width = TITLE_WIDTH): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= width
    ? line
    : `${characters
        .slice(0, width - 1)
        .join('')
        .trimEnd()}…`
}

/** An export of an account is mostly these. */
function singlesOf(threads: readonly Thread[]): string {
  const singles = threads.filter(({ posts }) => posts.length === 1).length
  return singles === 0 || threads.length === 1 ? '' : ` (${singles} of a single post)`
}

/** Says at a glance how whole something is. */
const MARKS = { complete: '●', partial: '◐', unknown: '○' } as const

export function markOf(completeness: keyof typeof MARKS): string {
  return MARKS[completeness]
}

function completenessOf(threads: readonly Thread[]): string {
  const shares = (['complete', 'partial', 'unknown'] as const).map((state) => {
    const n = threads.filter((thread) => thread.completeness === state).length
    return n === 0 ? [] : [state === 'unknown' ? `${n} of unknown completeness` : `${n} ${state}`]
  })
  return shares.flat().join(', ')
}

function gapsOf(threads: readonly Thread[]): string {
  return plural(
    threads.reduce((sum, thread) => sum + thread.gaps.length, 0),
    'gap',
  )
}

function inferredOf(links: readonly Link[]): string {
  const inferred = links.filter((link) => link.basis === 'inferred')
  const unsure = inferred.filter((link) => link.p < SURE).length
  return `${plural(inferred.length, 'link')} inferred${unsure === 0 ? '' : `, ${unsure} of them below ${SURE}`}`
}

function discussionsOf(conversations: readonly Conversation[]): string {
  const replies = conversations.reduce((sum, conversation) => sum + conversation.replies.length, 0)
  return `${plural(conversations.length, 'discussion')} with ${plural(replies, 'reply', 'replies')}`
}

/** A line where the old database was kept, because it knows more than the new one. */
export function toldSetAside(setAside: SetAside | null): readonly string[] {
  if (setAside === null) return []
  const { kept, captures } = setAside
  const what =
    captures === null ? 'what can still be read of the old database' : `what it says of ${plural(captures, 'capture')}`
  const why = captures === null ? 'it is damaged too' : 'no WARC file holds their bytes any more'
  return [`the old archive.sqlite is kept as ${kept} for ${what}: ${why}`]
}
