// Which files an export consists of: one Markdown file a finding, each with a name of its own. Pure; write.ts writes them.
import type { Conversation, Thread } from '../model.ts'
import { htmlToMdast } from '../text/markdown.ts'
import { createNamer, type Nameable } from './filename.ts'
import { conversationToMarkdown, type MarkdownOptions, threadToMarkdown } from './markdown.ts'

/** Exactly one of the two is not null. */
export interface ExportItem {
  readonly thread: Thread | null
  readonly conversation: Conversation | null
}

export interface PlannedFile {
  /** A bare file name, safe on every system. */
  readonly path: string
  readonly content: string
}

/** Files one at a time, in the order of `items`; the same items in the same order give the same bytes. */
export function* planExport(items: Iterable<ExportItem>, options: MarkdownOptions = {}): Generator<PlannedFile> {
  const name = createNamer()
  const settings = { readHtml: htmlToMdast, ...options }
  for (const { thread, conversation } of items) {
    if (thread !== null) yield { path: name(nameableThread(thread)), content: threadToMarkdown(thread, settings) }
    if (conversation !== null)
      yield { path: name(nameableConversation(conversation)), content: conversationToMarkdown(conversation, settings) }
  }
}

function nameableThread({ id, author, title, posts }: Thread): Nameable {
  return { id, author, title, text: posts[0]?.text ?? '', published: posts[0]?.post.createdAt ?? null }
}

function nameableConversation({ id, root }: Conversation): Nameable {
  const { author = null, title = null, text = '', createdAt = null } = root ?? {}
  return { id, author, title: title ?? (root === null ? 'replies' : null), text, published: createdAt }
}
