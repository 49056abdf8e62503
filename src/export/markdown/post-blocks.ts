// One post → Markdown blocks: its words, its pictures, the posts it quotes, its footnotes. No thread, no front matter.
import type { BlockContent, Blockquote, FootnoteDefinition, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Media, MergedPost, Quote, ThreadPost } from '../../model.ts'
import { describeAbsence, isStill, nameAuthor, nameMedia, sayTime } from '../remarks.ts'
import { isBlank, trimEdges } from './blanks.ts'
import { linkRaisedLabels, type NamedFootnote, nameFootnotes, tieFootnotes } from './footnotes.ts'
import { cleanLine, toInline, toParagraphs } from './prose.ts'
import { cleanBlocks, type HtmlReader, isRich, type RichOptions, safeUrl, toLink, toPicture, toPlace } from './rich.ts'
import { stripNodes } from './strip.ts'

export interface BodyOptions extends RichOptions {
  /** Null prints from plain text only. */
  readonly readHtml: HtmlReader | null
  /** Keep the author's numbering. */
  readonly raw: boolean
  /** Sets this post's footnotes apart from those of other posts in the file. */
  readonly footnotePrefix: string
}

interface PostBlocks {
  readonly blocks: readonly BlockContent[]
  /** To stand at the end of the file. */
  readonly footnotes: readonly FootnoteDefinition[]
}

/** A post of a thread, without the marker unless `raw`. */
export function blocksOfThreadPost({ post, text, strips }: ThreadPost, options: BodyOptions): PostBlocks {
  return options.raw ? blocksOf(post, post.text, [], options) : blocksOf(post, text, strips, options)
}

/** A post as it is: an article, a comment. */
export function blocksOfPost(post: MergedPost, options: BodyOptions): PostBlocks {
  return blocksOf(post, post.text, [], options)
}

function blocksOf(post: MergedPost, text: string, strips: ThreadPost['strips'], options: BodyOptions): PostBlocks {
  const named = nameFootnotes(post.footnotes, options.footnotePrefix)
  const body = readBody(post, strips, named, options) ?? toParagraphs(text)
  const untied = tieFootnotes(body, named)
  const shown = new Set(body.flatMap(findPictures))
  const media = post.media
    .filter(({ url }) => !shown.has(safeUrl(url) ?? url))
    .flatMap((item) => toMedia(item, options))
  const quotes = post.quotes.filter((quote) => !standsInBody(quote, post)).map(toQuote)
  const blocks = [...listAbsence(post), ...body.filter(isVisible), ...media, ...quotes, ...listUntied(untied)]
  return { blocks, footnotes: named.map(toDefinition) }
}

/** A place without words, or words that stand nowhere else any more: say so, that nobody is misled. */
function listAbsence(post: MergedPost): BlockContent[] {
  const said = describeAbsence(post)
  if (said === null) return []
  return [
    {
      type: 'paragraph',
      children: [{ type: 'emphasis', children: [{ type: 'text', value: cleanLine(`(${said})`) }] }],
    },
  ]
}

/** Forums and articles quote inside the body, where the words need it; it is not shown again below. */
function standsInBody(quote: Quote, { html, text }: MergedPost): boolean {
  if (quote.text === null || html?.includes('<blockquote>') !== true) return false
  return text.includes(quote.text) || (quote.url !== null && leadsTo(html, quote.url))
}

/** Whatever else the link says of how a reader comes. */
function leadsTo(html: string, url: string): boolean {
  const written = html.replaceAll('&#x26;', '&')
  return [`href="${url}"`, `href="${url}?`].some((link) => written.includes(link))
}

/** The body from its HTML; null when plain text says as much, or when the markers cannot be found in it. */
function readBody(
  { html, text }: MergedPost,
  strips: ThreadPost['strips'],
  footnotes: readonly NamedFootnote[],
  { readHtml, ...options }: BodyOptions,
): BlockContent[] | null {
  if (readHtml === null || !isRich(html)) return null
  const nodes = structuredClone(readHtml(linkRaisedLabels(html, footnotes))) as RootContent[]
  if (strips.length > 0 && !stripNodes(nodes, text, strips)) return null
  return cleanBlocks(nodes, options).map(trimEdges)
}

/** A body that lost its words with its marker is an empty paragraph. */
function isVisible(block: BlockContent): boolean {
  return block.type !== 'paragraph' || !isBlank(block)
}

function findPictures(node: RootContent): string[] {
  if (node.type === 'image' || node.type === 'link') return [node.url]
  return 'children' in node ? (node.children as RootContent[]).flatMap(findPictures) : []
}

function toMedia(medium: Media, { pictures }: BodyOptions): Paragraph[] {
  const { kind, url } = medium
  const words = cleanLine(medium.alt ?? '')
  const name = nameMedia(medium)
  const label = words === '' ? name : `${name}: ${words}`
  const picture =
    pictures && (kind === 'image' || isStill(medium)) ? toPicture(url, kind === 'image' ? words : label) : null
  const link = picture ?? toLink(url, [{ type: 'text', value: label }])
  return [{ type: 'paragraph', children: link === null ? [{ type: 'text', value: label }, ...toPlace(url)] : [link] }]
}

function toQuote({ author, text, url, createdAt }: Quote): Blockquote {
  const name = cleanLine(nameAuthor(author) ?? 'Quoted post')
  const facts = [
    { type: 'strong', children: [{ type: 'text', value: name }] } satisfies PhrasingContent,
    ...toTail(url, createdAt),
  ]
  const body = text === null ? [] : toParagraphs(text)
  return { type: 'blockquote', children: [{ type: 'paragraph', children: facts }, ...body] }
}

/** ` · 2026-01-02 03:04 · link`, as much as there is; the date is the link when there is one. */
export function toTail(url: string | null, createdAt: string | null): PhrasingContent[] {
  const words = createdAt === null ? 'link' : sayTime(createdAt)
  const link = toLink(url, [{ type: 'text', value: words }])
  if (link === null && createdAt === null) return []
  return [{ type: 'text', value: ' · ' }, link ?? { type: 'text', value: words }]
}

/** A definition that nothing refers to is not shown by GitHub, so the reference is put here. */
function listUntied(footnotes: readonly NamedFootnote[]): Paragraph[] {
  if (footnotes.length === 0) return []
  const references = footnotes.flatMap(({ identifier }): PhrasingContent[] => [
    { type: 'text', value: ' ' },
    { type: 'footnoteReference', identifier },
  ])
  return [
    { type: 'paragraph', children: [{ type: 'text', value: 'Footnotes without a place in the text:' }, ...references] },
  ]
}

function toDefinition({ identifier, text }: NamedFootnote): FootnoteDefinition {
  const paragraphs = toParagraphs(text)
  return { type: 'footnoteDefinition', identifier, children: paragraphs.length > 0 ? paragraphs : [toEmpty()] }
}

function toEmpty(): Paragraph {
  return { type: 'paragraph', children: toInline('(empty)') }
}
