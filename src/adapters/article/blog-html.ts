// An article's HTML as JSON answers, exports and feeds carry it: a body without a page around it. Footnotes are tied
// and plugin furniture is left out as on pages (blog-article.ts), so that both sightings of an article say the same.
import type { Element } from 'domhandler'
import { parseHtml, textOf } from '../../markup/markup.ts'
import type { Footnote, Quote } from '../../model.ts'
import { type Body, bodyFromHtml, bodyFromNodes } from '../../text/body.ts'
import { findEmbeds, withoutAsides } from '../embeds/embeds.ts'
import { findFootnotes } from '../footnotes/footnotes.ts'
import { isArticleFurniture } from './furniture/furniture.ts'

type IsWidget = (element: Element) => boolean

interface ArticleBody extends Body {
  readonly footnotes: readonly Footnote[]
  readonly quotes: readonly Quote[]
}

/** `isWidget` names what the blog's own software adds to its bodies. */
export function articleBody(html: string, base: URL | null, isWidget: IsWidget = () => false): ArticleBody {
  const { root, truncatedAt } = parseHtml(html)
  if (truncatedAt !== null) return { ...bodyFromHtml(html, base), footnotes: [], quotes: [] }
  const length = textOf(root)?.length ?? 0
  const { footnotes, taken } = findFootnotes(root, root, base)
  const isOut = (element: Element) => taken.has(element) || isWidget(element) || isArticleFurniture(element, length)
  const { quotes, asides, instead } = findEmbeds(root, base)
  const whole = bodyFromNodes(root.children, base, isOut, instead)
  if (asides.size === 0) return { ...whole, footnotes, quotes }
  const { text } = bodyFromNodes(root.children, base, isOut, withoutAsides(instead, asides))
  return { html: whole.html, text, footnotes, quotes }
}

/** A title or name that may be written with entities or tags, as plain text. */
export function plainTitle(html: string | null): string | null {
  return html === null ? null : textOf(parseHtml(html).root)
}
