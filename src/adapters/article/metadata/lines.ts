// The pieces of text around the title of a page, where names and dates are printed, in whatever elements. What they
// say, others read.
import { type Document, type Element, isTag, isText } from 'domhandler'
import { bare } from '../../../bare.ts'
import { attr, select, selectOne, shortTextOf, walk } from '../../../markup/markup.ts'

/** Pieces looked at behind and before the title. */
const AFTER = 250
const BEFORE = 40
/** Characters of a piece; a paragraph may begin with place and date, and is cut here. */
const MAX_LINE = 140
/** Characters of a heading that may be the title. */
const MAX_TITLE = 1_000
const OUTSIDE =
  'script, style, noscript, template, svg, select, textarea, .comments-area, .commentlist, .comment-list, .comment, #comments, #respond, aside, body > footer, body > .footer, #footer, .site-footer, nav, .widget:not(.Blog), .sidebar:not(body), form, [class*="related"]:not(body), [class*="recommend"]:not(body), [class*="kommentar"]:not(body), [class*="comment-"]:not(body), .fb-post, .fb-xfbml-parse-ignore, .twitter-tweet, .instagram-media, .rich-snippet-hidden'
const HEADINGS = /^h[1-3]$/
/** A word that announces the next piece. */
const ANNOUNCES = /:$|^(?:(?:posted|written|submitted|published) by|by|von|par|por|di|da|door|av|af|am|on|le|el)$/i
const SPACES = /[\s\u00a0]+/g
const NOT_BLANK = /\S/

export interface Lines {
  /** In page order. */
  readonly after: readonly string[]
  /** Nearest to the title first. */
  readonly before: readonly string[]
}

/** The pieces behind the title and before it; of a page without a title, all are behind. */
export function linesNear(root: Document, title: string | null): Lines {
  const lines: string[] = []
  const place = { wanted: bare(title ?? ''), at: -1, isNamed: false }
  const body = selectOne('body', root) ?? root
  const outside = new Set(select(OUTSIDE, body))
  for (const node of walk(body, (element) => outside.has(element) && element.name !== 'header')) {
    // Nothing behind changes these any more; the last piece may still be joined by the next.
    if (place.isNamed && lines.length > place.at + AFTER) break
    if (isText(node) && NOT_BLANK.test(node.data)) addLine(lines, node.data)
    else if (isTag(node) && isTitle(node, place)) place.at = lines.length + 1
  }
  const at = Math.max(place.at, 0)
  return { after: lines.slice(at, at + AFTER), before: lines.slice(Math.max(at - BEFORE, 0), at).reverse() }
}

function addLine(lines: string[], data: string): void {
  const text = data.slice(0, MAX_LINE).replace(SPACES, ' ').trim()
  const before = lines.at(-1)
  if (before !== undefined && before.length < MAX_LINE && ANNOUNCES.test(before))
    lines[lines.length - 1] = `${before} ${text}`
  else lines.push(text)
}

interface Place {
  readonly wanted: string
  at: number
  /** Whether `at` is the title itself and not only the first heading of the page. */
  isNamed: boolean
}

function isTitle(element: Element, place: Place): boolean {
  if (place.isNamed || (!HEADINGS.test(element.name) && attr(element, 'role') !== 'heading')) return false
  const text = shortTextOf(element, MAX_TITLE)
  place.isNamed = text !== null && bare(text) === place.wanted
  return place.isNamed || (place.at < 0 && element.name === 'h1')
}
