// The hash of a post's content: what the author wrote, without where and when we saw it. archive/README.md states its form,
// so that anybody can check a row without this program.
import { sha256 } from '../../fixity.ts'
import type { Author, Media, Post, Quote } from '../../model.ts'

/** What the author wrote, without where and when we saw it: two digests, two questions. */
export type PostContent = Omit<Post, 'key' | 'parent' | 'block' | 'index' | 'boundary' | 'provenance'>

/** Hex SHA-256 of a content. */
export function contentHash(content: PostContent): string {
  return sha256(contentForm(content))
}

/**
 * A line of JSON with every other value in its fixed place and the lengths of text and HTML in UTF-16 units, then the text, then
 * the HTML. Written natively and without escapes: JSON with sorted keys costs five times as much.
 */
export function contentForm(content: PostContent): string {
  const { text, html } = content
  return `${JSON.stringify(valuesOf(content))}\n${text}${html ?? ''}`
}

function valuesOf(content: PostContent): readonly unknown[] {
  return [
    refForm(content.ref),
    content.platform,
    content.kind,
    authorForm(content.author),
    content.isPostAuthor,
    content.title,
    content.text.length,
    content.html === null ? null : content.html.length,
    content.createdAt,
    content.editedAt,
    content.url,
    content.lang,
    content.conversation,
    content.media.length === 0 ? [] : content.media.map(mediaForm),
    content.quotes.length === 0 ? [] : content.quotes.map(quoteForm),
    content.footnotes.length === 0 ? [] : content.footnotes.map(({ label, text, html }) => [label, text, html]),
  ]
}

function mediaForm({ kind, url, alt, width, height, poster }: Media): readonly unknown[] {
  return [kind, url, alt, width, height, poster]
}

function quoteForm({ ref, author, text, url, createdAt }: Quote): readonly unknown[] {
  return [refForm(ref), authorForm(author), text, url, createdAt]
}
function refForm(ref: Post['ref']): readonly string[] | null {
  return ref === null ? null : [ref.platform, ref.id]
}

function authorForm(author: Author | null): readonly (string | null)[] | null {
  return author === null ? null : [author.id, author.handle, author.name, author.url]
}
