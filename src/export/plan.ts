// Which files an export consists of: one Markdown file a finding, each with a name of its own. Pure; write.ts writes
// them.
import type { Conversation, Thread } from '../model.ts'
import { htmlToMdast } from '../text/markdown.ts'
import { createNamer, type Nameable } from './filename.ts'
import { conversationToMarkdown, type MarkdownOptions, threadToMarkdown } from './markdown/markdown.ts'
import { ANYTHING, type ExportItem, isWanted, type Wish } from './narrow.ts'

export interface PlannedFile {
  /** A bare file name, safe on every system. */
  readonly path: string
  readonly content: string
}

/**
 * Files one at a time, in the order of `items`; the same items in the same order give the same bytes. What is not
 * wanted is named all the same: a file has one name, whatever is written beside it.
 */
export function* planExport(
  items: Iterable<ExportItem>,
  wish: Wish = ANYTHING,
  options: MarkdownOptions = {},
): Generator<PlannedFile> {
  const name = createNamer()
  const settings = { readHtml: htmlToMdast, ...options }
  for (const item of items) {
    const { thread, conversation } = item
    const path = thread === null ? name(nameableConversation(conversation!)) : name(nameableThread(thread))
    if (!isWanted(item, wish)) continue
    const content =
      thread === null ? conversationToMarkdown(conversation!, settings) : threadToMarkdown(thread, settings)
    yield { path, content }
  }
}

function nameableThread({ id, author, title, posts }: Thread): Nameable {
  return { id, author, title, text: posts[0]?.text ?? '', published: posts[0]?.post.createdAt ?? null }
}

function nameableConversation({ id, root }: Conversation): Nameable {
  const { author = null, title = null, text = '', createdAt = null } = root ?? {}
  return { id, author, title: title ?? (root === null ? 'replies' : null), text, published: createdAt }
}
