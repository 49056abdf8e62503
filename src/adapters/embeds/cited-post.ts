// A post that a page shows as somebody else's, whatever told it: as a quote for programs, and for readers as a block
// quotation that names its author and links its source.
import { type ChildNode, Element, Text } from 'domhandler'
import type { Author, PostRef, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'

/** What is known of it. */
export interface CitedPost {
  readonly ref: PostRef | null
  readonly author: Author | null
  readonly url: string | null
  readonly createdAt: string | null
  /** Of an article. */
  readonly title: string | null
  readonly words: readonly ChildNode[]
  /** What stands below the words: pictures, a card, the post that it quotes itself. */
  readonly below: readonly ChildNode[]
}

const DAY = 10

/** The words of a post that has neither a title nor words are not known. */
export function quoteOf({ ref, author, url, createdAt, title, words }: CitedPost): Quote {
  const text = [title ?? '', bodyFromNodes(words, null).text].filter((part) => part !== '').join('\n\n')
  return { ref, author, text: text === '' ? null : text, url, createdAt }
}

export function blockquoteOf(post: CitedPost): Element {
  const title = post.title === null ? [] : [paragraph([linkTo(post.url, post.title)])]
  return new Element('blockquote', {}, [...title, paragraph(post.words), ...post.below, signature(post)])
}

/** `— Ann Lee (@annlee), 2026-01-02`, the day a link to the post. */
function signature({ author, url, createdAt }: CitedPost): Element {
  const handle = author?.handle == null ? '' : `@${author.handle}`
  const name = author?.name == null ? handle : `${author.name}${handle === '' ? '' : ` (${handle})`}`
  const day = createdAt?.slice(0, DAY) ?? null
  const source = url === null && day === null ? [] : [linkTo(url, day ?? url ?? '')]
  return paragraph([new Text(name === '' ? '— ' : `— ${name}${source.length === 0 ? '' : ', '}`), ...source])
}

export function paragraph(nodes: readonly ChildNode[]): Element {
  return new Element('p', {}, [...nodes])
}

/** Its words alone where there is no address. */
export function linkTo(url: string | null, shown: string): ChildNode {
  return url === null ? new Text(shown) : new Element('a', { href: url }, [new Text(shown)])
}

/** Plain words, their lines kept. */
export function linesOf(text: string): ChildNode[] {
  return text.split('\n').flatMap((line, i) => [...(i === 0 ? [] : [new Element('br', {})]), new Text(line)])
}

export function picture(src: string, alt: string | null): Element {
  return paragraph([new Element('img', { src, ...(alt === null ? {} : { alt }) })])
}
