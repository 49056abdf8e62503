// The title of an article, without the site's name and without the line above it: what the head says and what the page
// shows are held against each other, since each alone is often dressed up.
import type { Document, Element } from 'domhandler'
import { bare } from '../../../bare.ts'
import { attr, closest, select, selectOne, textOf } from '../../../markup/markup.ts'
import { bareSite, isSiteName, type SiteName } from '../site-name.ts'

const SHOWN =
  'h1.entry-title, h2.entry-title, h1.post-title, h1[itemprop~="headline"], [itemprop~="headline"] h1, .entry-title, article h1, .post h1, h3.entry-header'
/** Old blogs head their entries with lesser ones, and call them so. */
const HEADINGS = ['h1', 'h2', 'h3[class*="title" i]', 'h4[class*="title" i]']
const OUTSIDE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, body > footer, body > .footer, #footer, .site-footer, nav, .widget:not(.Blog), .sidebar:not(body)'
/** Characters of a title, and headings looked at: no page has more. */
const MAX_TITLE = 500
const MAX_HEADINGS = 200
/** Characters of a title from which it may be told by the end of a heading. */
const MIN_TOLD = 15
/** Words of a part that may be a site's name. */
const MAX_SITE_WORDS = 5
const JOINT = /\s+[|–—·•»«:-]\s+|\s*[|»]\s*|\s+::\s+/u
const WORD = /\S+/g
const HOME = /^(?:\.?\/|https?:\/\/[^/?#]+\/?)$/i

interface SaidTitle {
  readonly site: string | null
  readonly host: string | null
  readonly headline: string | null
}

/** The title, or null when the page has none. */
export function titleOf(root: Document, { site, host, headline }: SaidTitle): string | null {
  const own = bareSite(site, host)
  const said = [
    contentOf(root, 'meta[property="og:title"]'),
    headline,
    contentOf(root, 'meta[name="twitter:title"]'),
    textOf(selectOne('head title, title', root)),
  ]
    .filter((title) => title !== null)
    .map((title) => title.slice(0, MAX_TITLE))
  const shown = shownTitle(root)
  const headings = [...(shown === null ? [] : [shown]), ...HEADINGS.flatMap((name) => headingsOf(root, name))]
  const banners = new Set(headingsOf(root, 'h1', isBanner).map(bare))
  const named = headings.filter((heading) => !isSiteName(heading, own) && !banners.has(bare(heading)))
  const parts = said.flatMap(partsOf).filter((part) => !isSiteName(part, own))
  const title = agreed(named, parts) ?? shown ?? said[0] ?? headingsOf(root, 'h1')[0] ?? null
  return title === null ? null : withoutSite(title, own)
}

/** The heading that the head names as well; of a heading with a line above the title, the title. */
function agreed(headings: readonly string[], parts: readonly string[]): string | null {
  const said = new Set(parts.map(bare))
  const same = longest(headings.filter((heading) => bare(heading) !== '' && said.has(bare(heading))))
  if (same !== null) return same
  const first = bare(headings[0] ?? '')
  return longest(parts.filter((part) => part.length >= MIN_TOLD && first.endsWith(bare(part))))
}

function longest(texts: readonly string[]): string | null {
  return texts.reduce<string | null>((best, text) => (best !== null && best.length >= text.length ? best : text), null)
}

function shownTitle(root: Document): string | null {
  for (const part of SHOWN.split(', ')) {
    const found = select(part, root).find(isInside)
    if (found !== undefined) return textOf(found)?.slice(0, MAX_TITLE) ?? null
  }
  return null
}

/** The site's name at the head of its pages leads home. */
function isBanner(heading: Element): boolean {
  return HOME.test(attr(closest(heading, 'a') ?? selectOne('a[href]', heading), 'href') ?? '')
}

function headingsOf(root: Document, name: string, isMeant: (heading: Element) => boolean = () => true): string[] {
  return select(name, root)
    .filter((heading) => isInside(heading) && isMeant(heading))
    .slice(0, MAX_HEADINGS)
    .map((heading) => (textOf(heading) ?? '').slice(0, MAX_TITLE))
}

function isInside(element: Element): boolean {
  return textOf(element) !== null && closest(element, OUTSIDE) === null
}

/** The title itself, what stands before each joint of it, and what stands behind; `Site: Title` has one, too. */
function partsOf(title: string): string[] {
  const pieces = title.split(JOINT)
  const ends = pieces.map((_, i) => endOf(title, pieces, i))
  const starts = pieces.map((piece, i) => (ends[i] ?? 0) - piece.length)
  const parts = [...ends.map((end) => title.slice(0, end)), ...starts.map((start) => title.slice(start)), ...pieces]
  const colon = title.indexOf(': ')
  if (colon !== -1) parts.push(title.slice(colon + 1))
  return [title, ...parts].map((part) => part.trim())
}

function endOf(title: string, pieces: readonly string[], last: number): number {
  let end = 0
  for (const piece of pieces.slice(0, last + 1)) end = title.indexOf(piece, end) + piece.length
  return end
}

/** `Title | Site` without the site, at either end. */
function withoutSite(title: string, site: SiteName): string {
  const pieces = title.split(JOINT)
  const [first, last] = [pieces[0] ?? '', pieces.at(-1) ?? '']
  if (pieces.length < 2) return title
  if (isSiteName(last, site) || (isBar(title) && isShort(last) && last.length < first.length))
    return title.slice(0, endOf(title, pieces, pieces.length - 2)).trim()
  return isSiteName(first, site) ? title.slice(title.indexOf(pieces[1] as string, first.length)).trim() : title
}

/** A bar stands before a site's name and seldom in a title. */
function isBar(title: string): boolean {
  return title.includes('|') || title.includes('»')
}

function isShort(text: string): boolean {
  return (text.match(WORD)?.length ?? 0) <= MAX_SITE_WORDS
}

function contentOf(root: Document, selector: string): string | null {
  return attr(selectOne(selector, root), 'content')
}
