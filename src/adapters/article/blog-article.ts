// The article of a blog page as a Post, the same for every blog adapter: body without furniture, footnotes tied, facts
// from the page's head. Which element is the body, each adapter knows itself.
import { type ChildNode, type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { closest, select, textOf, walk } from '../../markup/markup.ts'
import type { Note, Post, PostRef, Provenance } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { findEmbeds, withoutAsides } from '../embeds/embeds.ts'
import { noteOn } from '../extraction/extraction.ts'
import { makePost } from '../extraction/post.ts'
import { findFootnotes } from '../footnotes/footnotes.ts'
import type { Page } from '../page/page.ts'
import { languageOf } from '../values/language.ts'
import { isArticleFurniture } from './furniture/furniture.ts'
import { findLead } from './furniture/lead.ts'
import { isCaption, trimBody } from './furniture/trim.ts'
import type { PageFacts } from './metadata/metadata.ts'

/** Key of the article in its extraction; comments name it as their parent. */
export const ARTICLE_KEY = 'article'
/** Characters below which an element is a teaser, not a body. */
const MIN_BODY = 140

export interface ArticleParts {
  readonly page: Page
  readonly platform: string
  readonly ref: PostRef | null
  readonly facts: PageFacts
  /** The element that holds the words, or the root of a body that a library cut out of the page. */
  readonly body: ParentNode
  /** Elements inside of it that are known to be none of it: its comments. */
  readonly apart?: ReadonlySet<Element>
  readonly provenance: Provenance
}

/**
 * The name of an article that nothing but its address names: it stays the same when the article is edited, and when its
 * site moves from http to https.
 */
export function addressRef(url: URL | null): PostRef | null {
  return url === null ? null : { platform: 'article', id: url.href.slice(`${url.protocol}//`.length) }
}

export function articlePost({ page, platform, ref, facts, body, apart, provenance }: ArticleParts): Post {
  const base = facts.url ?? page.url
  const length = textOf(body)?.length ?? 0
  const { footnotes, taken } = findFootnotes(body, page.html().root, base)
  const { quotes, asides, instead } = findEmbeds(body, base)
  const trimmed = trimBody(body, { title: facts.title, author: facts.author?.name ?? null })
  const lead = findLead(page.html().root, body, facts.title)
  const nodes = [...lead, ...body.children]
  const isOut = (element: Element) =>
    taken.has(element) ||
    trimmed.has(element) ||
    apart?.has(element) === true ||
    (!lead.includes(element) && isArticleFurniture(element, length))
  // Captions belong to their pictures, and embedded posts to whom they quote; both have their place in the HTML only.
  const isAside = (element: Element) => isCaption(element) || asides.has(element)
  const isOutOfText = (element: Element) => isOut(element) || isCaption(element)
  const whole = bodyFromNodes(nodes, base, isOut, instead)
  const textAlone = () => bodyFromNodes(nodes, base, isOutOfText, withoutAsides(instead, asides)).text
  return makePost({
    key: ARTICLE_KEY,
    ref,
    kind: 'article',
    platform,
    author: facts.author,
    title: facts.title,
    ...whole,
    text: nodes.some((node) => holds(node, isAside)) ? textAlone() : whole.text,
    createdAt: facts.published?.iso ?? null,
    editedAt: facts.modified?.iso ?? null,
    url: facts.url?.href ?? null,
    lang: languageOf(facts.lang),
    conversation: ref?.id ?? null,
    quotes,
    footnotes,
    provenance,
  })
}

function holds(node: ChildNode, test: (element: Element) => boolean): boolean {
  if (!isTag(node)) return false
  return test(node) || [...walk(node)].some((inside) => isTag(inside) && test(inside))
}

/** The body element: of the first kind of place that holds enough words, the fullest. */
export function findBody(root: Document, places: readonly string[], outside: string): Element | null {
  let best: Element | null = null
  for (const place of places) {
    const found = select(place, root).filter((element) => closest(element, outside) === null)
    best = fullest(best === null ? found : [best, ...found])
    if (best !== null && lengthOf(best) >= MIN_BODY) return best
  }
  return best
}

/** A time without an offset was taken as UTC: said once for the page. */
export function zoneNotes(page: Page, times: readonly ({ readonly hasZone: boolean } | null)[]): Note[] {
  const vague = times.filter((time) => time !== null && !time.hasZone).length
  const message = `${vague} printed time(s) have no time zone and were taken as UTC.`
  return vague === 0 ? [] : [noteOn(page, 'info', 'zone-unknown', message)]
}

function fullest(elements: readonly Element[]): Element | null {
  return elements.reduce<Element | null>(
    (best, next) => (best === null || lengthOf(next) > lengthOf(best) ? next : best),
    null,
  )
}

function lengthOf(element: Element): number {
  return textOf(element)?.length ?? 0
}
