// The hash of a post's content: what the author wrote, without where and when we saw it. archive/README.md states its
// form, so that anybody can check a row without this program.
import { sha256 } from '../../../fixity.ts'
import type { Author, Footnote, Media, Post, Quote } from '../../../model.ts'

/** Before what several texts tell, that nothing may pass for what is not there. */
const [KNOWN, UNKNOWN] = ['+', '-']

/** What the author wrote, without where and when we saw it: two digests, two questions. */
export type PostContent = Omit<Post, 'key' | 'parent' | 'block' | 'index' | 'boundary' | 'provenance'>

/** Hex SHA-256 of a content. */
export function contentHash(content: PostContent): string {
  return sha256(contentForm(content))
}

/**
 * Each value in its fixed place: a text as its length in UTF-16 units, a colon and itself, `-` where it is unknown. Put
 * together natively and without escapes: JSON costs three times as much, with sorted keys five times that.
 */
export function contentForm(content: PostContent): string {
  const { ref, author, media, quotes, footnotes } = content
  return (
    refForm(ref) +
    say(content.platform) +
    say(content.kind) +
    authorForm(author) +
    say(content.isPostAuthor ? 'true' : 'false') +
    say(content.title) +
    say(content.text) +
    say(content.html) +
    say(content.createdAt) +
    say(content.editedAt) +
    say(content.url) +
    say(content.lang) +
    say(content.conversation) +
    listForm(media, mediaForm) +
    listForm(quotes, quoteForm) +
    listForm(footnotes, footnoteForm)
  )
}

function say(value: string | null): string {
  return value === null ? UNKNOWN : `${value.length}:${value}`
}

function sayNumber(value: number | null): string {
  return value === null ? UNKNOWN : say(String(value))
}

function listForm<T>(list: readonly T[], form: (one: T) => string): string {
  let told = sayNumber(list.length)
  for (const one of list) told += form(one)
  return told
}

function mediaForm({ kind, url, alt, width, height, poster }: Media): string {
  return say(kind) + say(url) + say(alt) + sayNumber(width) + sayNumber(height) + say(poster)
}

function quoteForm({ ref, author, text, url, createdAt }: Quote): string {
  return refForm(ref) + authorForm(author) + say(text) + say(url) + say(createdAt)
}

function footnoteForm({ label, text, html }: Footnote): string {
  return say(label) + say(text) + say(html)
}

function refForm(ref: Post['ref']): string {
  return ref === null ? UNKNOWN : KNOWN + say(ref.platform) + say(ref.id)
}

function authorForm(author: Author | null): string {
  return author === null ? UNKNOWN : KNOWN + say(author.id) + say(author.handle) + say(author.name) + say(author.url)
}
