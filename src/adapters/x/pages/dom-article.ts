// A long article as X's script draws it (Draft.js blocks, 2024–2026): its words stand in the place of a post's, and
// posts it shows stand among them. Code keeps its lines, and line ends in the words are line ends.
import { type ChildNode, type Document, Element, isTag, isText, Text } from 'domhandler'
import { attr, closest, rawTextOf, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Author } from '../../../model.ts'
import { resolve } from '../../../url.ts'
import { authorOf, linkOnX } from '../names.ts'

/** The words of an article, on the page of its post or alone. */
export const ARTICLE_VIEW = '[data-testid="twitterArticleRichTextView"]'
/** A post shown among the words. */
export const SHOWN_POST = '[data-testid="simpleTweet"]'

export interface LongArticle {
  readonly title: string | null
  /** As the words' own metadata tells, or null. */
  readonly author: Author | null
  readonly nodes: readonly ChildNode[]
  /** Posts of others among the words. */
  readonly shown: readonly Element[]
}

const TITLE = '[data-testid="twitter-article-title"]'
const CODE_BLOCK = 'markdown-code-block'
const LEFT_OUT = new Set(['simpleTweet', 'twitter-article-title'])
const BOLD = /font-weight:\s*(?:bold|[6-9]00)/
const ITALIC = /font-style:\s*italic/
const LINE_END = /\r?\n/
const MAX_NESTING = 64
const BASE = new URL('https://x.com/')

/** The article that the block holds, or null for a post as any other. */
export function articleIn(block: Element | Document): LongArticle | null {
  const view = select(ARTICLE_VIEW, block).find((one) => closest(one, SHOWN_POST) === null)
  if (view === undefined) return null
  return {
    title: textOf(selectOne(TITLE, block)),
    author: authorIn(view),
    nodes: copied(view.children, false),
    shown: select(SHOWN_POST, view),
  }
}

function authorIn(view: Element): Author | null {
  const named = (key: string) => attr(selectOne(`[itemprop="author"] [itemprop="${key}"]`, view), 'content')
  return authorOf(null, named('additionalName'), named('name'))
}

/** New nodes without what is not the author's; the given ones are not changed. */
function copied(nodes: readonly ChildNode[], isWords: boolean, nesting = 0): ChildNode[] {
  return nodes.flatMap((node) => {
    if (isText(node)) return isWords ? linesOf(node.data) : [new Text(node.data)]
    if (!isTag(node) || isFurniture(node)) return []
    if (nesting >= MAX_NESTING) return [new Text(rawTextOf(node))]
    return [copyOf(node, isWords || attr(node, 'data-text') === 'true', nesting + 1)]
  })
}

function isFurniture(element: Element): boolean {
  const isShown = LEFT_OUT.has(attr(element, 'data-testid') ?? '')
  return isShown || element.name === 'button' || attr(element, 'itemprop') === 'author'
}

function copyOf(element: Element, isWords: boolean, nesting: number): Element {
  if (attr(element, 'role') === 'separator') return new Element('hr', {})
  // Above the code stands its language, in a box with a button.
  const code = attr(element, 'data-testid') === CODE_BLOCK ? selectOne('pre', element) : null
  const inside = copied(code === null ? element.children : [code], isWords, nesting)
  if (element.name === 'a') return new Element('a', { href: linkOnX(attr(element, 'href')) ?? '' }, inside)
  if (element.name === 'img') return new Element('img', pictureOf(element))
  if (element.name !== 'span') return new Element(element.name, codeClass(element), inside)
  return new Element(weightOf(attr(element, 'style') ?? ''), {}, inside)
}

function pictureOf(image: Element): Record<string, string> {
  return { src: resolve(attr(image, 'src'), BASE) ?? '', alt: attr(image, 'alt') ?? '' }
}

function codeClass(element: Element): Record<string, string> {
  const name = element.name === 'code' ? attr(element, 'class') : null
  return name === null ? {} : { class: name }
}

function weightOf(style: string): string {
  if (BOLD.test(style)) return 'strong'
  return ITALIC.test(style) ? 'em' : 'span'
}

function linesOf(text: string): ChildNode[] {
  return text
    .split(LINE_END)
    .flatMap((line, i) => (i === 0 ? [new Text(line)] : [new Element('br', {}), new Text(line)]))
}
