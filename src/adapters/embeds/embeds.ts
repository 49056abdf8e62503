// What a page shows of other pages by embed codes and placeholders: posts of other people as quotes, pictures, films
// and cards that only a script would have drawn. Frames and players, which name their address themselves, are read with
// all other HTML (text/embeds.ts).
import { type ChildNode, type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { walk } from '../../markup/markup.ts'
import type { Post, Provenance, Quote } from '../../model.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { readEmbedCode } from './codes.ts'
import type { Embedded, EmbedReader } from './embedded.ts'
import { readPlaceholder } from './substack.ts'

const READERS: readonly EmbedReader[] = [readEmbedCode, readPlaceholder]

export interface Embeds {
  readonly quotes: readonly Quote[]
  /** Elements whose words are not the article's own: kept in its HTML where they stand and out of its text. */
  readonly asides: ReadonlySet<Element>
  /** What is read in their place. */
  readonly instead: ReadonlyMap<Element, readonly ChildNode[]>
}

/** Embeds inside of others are what these show. */
export function findEmbeds(body: ParentNode, base: URL | null): Embeds {
  const found = embedsIn(body, base)
  return {
    quotes: found.flatMap(({ embed: { quote } }) => quote ?? []),
    asides: new Set(found.filter(({ embed }) => embed.isAside).map(({ element }) => element)),
    instead: standIns(found),
  }
}

/** The same for who cuts an article out of its page first: what that cut has to find there. */
export function drawnEmbeds(root: ParentNode, base: URL | null): Embeds['instead'] {
  const isLost = ({ embed: { quote, isAside } }: Found) => quote !== null || !isAside
  return standIns(embedsIn(root, base).filter(isLost))
}

/** What is read in their place where only the article's own words are wanted. */
export function withoutAsides(instead: Embeds['instead'], asides: Embeds['asides']): Embeds['instead'] {
  return new Map([...instead, ...[...asides].map((element) => [element, []] as const)])
}

/** Embedded posts that are all a page holds, each a post of its own. */
export function embedsAsPosts(root: Document, page: Page, reader: Reader): readonly Post[] {
  const posts = embedsIn(root, page.url).flatMap(({ element, embed: { quote } }) =>
    quote === null || quote.text === null ? [] : [asPost(quote, quote.text, placeInHtml(page, reader, element, null))],
  )
  return listPosts(posts)
}

function asPost({ ref, author, url, createdAt }: Quote, text: string, provenance: Provenance): Post {
  const platform = ref?.platform ?? provenance.adapter
  return makePost({
    key: ref?.id ?? url ?? text,
    ref,
    kind: 'post',
    platform,
    author,
    text,
    html: null,
    url,
    createdAt,
    provenance,
  })
}

function standIns(found: readonly Found[]): Embeds['instead'] {
  return new Map(found.flatMap(({ element, embed: { shown } }) => (shown === null ? [] : [[element, shown]])))
}

interface Found {
  readonly element: Element
  readonly embed: Embedded
}

function embedsIn(body: ParentNode, base: URL | null): readonly Found[] {
  const found: Found[] = []
  const isFound = (element: Element) => found.at(-1)?.element === element
  for (const node of walk(body, isFound)) {
    if (!isTag(node)) continue
    const embed = readEmbed(node, base)
    if (embed !== null) found.push({ element: node, embed })
  }
  return found
}

function readEmbed(element: Element, base: URL | null): Embedded | null {
  for (const read of READERS) {
    const embed = read(element, base)
    if (embed !== null) return embed
  }
  return null
}
