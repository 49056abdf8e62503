// What all discussion sites have in common: posts that lack most of what a post can have, the place of a post in JSON or
// HTML, posts that the site withholds, links that are the whole post. No knowledge of any one site.
import type { Element } from 'domhandler'
import { pathOf } from '../markup/markup.ts'
import type { Author, Extraction, Note, Post, Provenance } from '../model.ts'
import { UNKNOWN_POST } from '../post.ts'
import { type Body, bodyFromHtml } from '../text/body.ts'
import { parseUrl } from '../url.ts'
import type { Adapter } from './adapter.ts'
import type { Page } from './page.ts'

/** URLs offered at most to complete one page: a large topic has thousands of posts elsewhere. */
export const MAX_NEXT = 50
const SPECIAL = /[&<>"]/g

export type Reader = Pick<Adapter, 'name' | 'version'>

/** The fields a site gives; all others are unknown. */
export type Given = Pick<Post, 'key' | 'kind' | 'platform' | 'text' | 'html' | 'provenance'> & Partial<Post>

/** A post of a discussion. `index` is set when all posts of the page are known (listPosts). */
export function makePost(given: Given): Post {
  return { ...UNKNOWN_POST, ...given }
}

/** The posts in page order, each key once: sites print a post again where another page begins. */
export function listPosts(posts: readonly Post[]): readonly Post[] {
  const seen = new Set<string>()
  const distinct = posts.filter(({ key }) => !seen.has(key) && seen.add(key))
  const known = (key: string | null) => (key !== null && seen.has(key) ? key : null)
  return distinct.map((post, index) => {
    const parent = post.parent === null ? null : { ...post.parent, key: known(post.parent.key) }
    return { ...post, index, parent: parent?.key === null && parent.ref === null ? null : parent }
  })
}

/** An extraction with what there is; nothing else. */
export function makeExtraction(given: Partial<Extraction>): Extraction {
  const declared = { title: null, site: null, replies: null }
  return { posts: [], scrapes: [], blocks: [], next: [], notes: [], declared, ...given }
}

export type Extra = Readonly<Record<string, unknown>>

/** The place of a post in lines of text, 1-based; null where it has none. */
export function placeInText(page: Page, reader: Reader, lines: LineRange, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), ...lines }
}

export type LineRange = Pick<Provenance, 'line' | 'endLine'>

/** The place of a post in JSON. */
export function placeInJson(page: Page, reader: Reader, path: string, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), path }
}

/** The place of a post in HTML; null: the page as a whole. */
export function placeInHtml(page: Page, reader: Reader, element: Element | null, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), selector: element === null ? null : pathOf(element) }
}

function placeOf(page: Page, { name, version }: Reader, extra: Extra | null): Provenance {
  const { input, digest, capturedAt } = page.capture
  const nowhere = { selector: null, path: null, line: null, endLine: null }
  return { input, capture: digest, capturedAt, adapter: name, adapterVersion: version, ...nowhere, extra }
}

/** Only the keys whose value is known; null when there are none. */
export function knownOf(entries: Extra): Extra | null {
  const known = Object.entries(entries).filter(([, value]) => value !== null && value !== undefined && value !== false)
  return known.length === 0 ? null : Object.fromEntries(known)
}

/** The body of a withheld post: not the words the site prints in its place, which nobody wrote. */
export const NO_BODY: Body = { text: '', html: null }

/** How many posts have no words, and why; the reason stands in `provenance.extra.withheld`. */
export function withheldNotes(page: Page, posts: readonly Post[]): Note[] {
  const reasons = new Map<string, string[]>()
  for (const { key, provenance } of posts) {
    const reason = provenance.extra?.['withheld']
    if (typeof reason !== 'string') continue
    const keys = reasons.get(reason)
    if (keys === undefined) reasons.set(reason, [key])
    else keys.push(key)
  }
  return [...reasons].map(([reason, keys]) => {
    const message = `Without words because ${reason} at the source: ${keys.length} (${listed(keys)}). Answers to them keep their places.`
    return noteOn(page, 'info', 'withheld', message)
  })
}

/** The first few, and how many more. */
function listed(keys: readonly string[]): string {
  const [shown, rest] = [keys.slice(0, 5).join(', '), keys.length - 5]
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

/** The link a post consists of, and what is written below it. */
export function bodyWithLink(link: string | null, html: string, base: URL | null): Body {
  const url = parseUrl(link)
  const shown = url === null ? '' : `<p><a href="${escapeHtml(url.href)}">${escapeHtml(url.href)}</a></p>`
  return bodyFromHtml(`${shown}${html}`, base)
}

export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Seconds since 1970 as a time, or null. */
export function timeOfSeconds(seconds: unknown): string | null {
  return typeof seconds === 'number' ? toIso(seconds * 1000) : null
}

/** A written time with or without an offset (then UTC), or null. */
export function timeOfText(text: string | null): string | null {
  if (text === null) return null
  const hasZone = HAS_ZONE.test(text)
  return toIso(new Date(hasZone || !HAS_CLOCK.test(text) ? text : `${text}Z`).getTime())
}

const HAS_CLOCK = /\d\d:\d\d/
const HAS_ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i

function toIso(milliseconds: number): string | null {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** An account with a handle that names it on its site. */
export function authorOf(handle: string | null, url: string | null, more: Partial<Author> = {}): Author | null {
  return handle === null ? null : { id: null, handle, name: null, url: parseUrl(url)?.href ?? null, ...more }
}

export function noteOn(page: Page, level: Note['level'], code: string, message: string): Note {
  return { level, code, message, input: page.capture.input }
}

/** `38 attachment, 2 draft` */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}

/** At most MAX_NEXT URLs, each once, and a note when there are more. */
export function limitNext(page: Page, urls: Iterable<string>): { next: readonly string[]; notes: readonly Note[] } {
  const all = [...new Set(urls)]
  const message = `${all.length} URLs would complete this page; the first ${MAX_NEXT} are named.`
  return {
    next: all.slice(0, MAX_NEXT),
    notes: all.length > MAX_NEXT ? [noteOn(page, 'info', 'next-cut', message)] : [],
  }
}
