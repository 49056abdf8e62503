// How adapters make a post: from the fields a site gives, all others unknown; its body, author and times in the forms
// that sites write them in. No knowledge of any one site.
import type { Author, Post } from '../../model.ts'
import { UNKNOWN_POST } from '../../post.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { isoOf, isoOfSeconds } from '../values/clock.ts'

const SPECIAL = /[&<>"]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const ISO_DAY = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/
/** Zones that every `Date` knows, and what some write behind them: `GMT+0200 (EET)`. */
const ZONE = /\d:\d\d.{0,40}?(?:Z|UTC|GMT|[ECMP][SD]T|[+-]\d\d:?(?:\d\d)?)(?:\s\([^()]{0,80}\))?$/i
/** As databases write it: `10:00:00+02`. */
const SHORT_OFFSET = /(?<=:\d\d[\d.:]*)[+-]\d\d$/
/** Without a year a time is a guess: `Date` takes `5` for May 2001. */
const YEAR = /\d{4}/
const SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/

/** The fields a site gives; all others are unknown. */
type Given = Pick<Post, 'key' | 'kind' | 'platform' | 'text' | 'html' | 'provenance'> & Partial<Post>

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

/** The body of a withheld post: not the words the site prints in its place, which nobody wrote. */
export const NO_BODY: Body = { text: '', html: null }

/** The link a post consists of, and what is written below it. */
export function bodyWithLink(link: string | null, html: string, base: URL | null): Body {
  const url = parseUrl(link)
  const shown = url === null ? '' : `<p><a href="${escapeHtml(url.href)}">${escapeHtml(url.href)}</a></p>`
  return bodyFromHtml(`${shown}${html}`, base)
}

export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (sign) => ENTITIES[sign] ?? sign)
}

/** Seconds since 1970 as a time, or null; databases and dumps write them as text. */
export function timeOfSeconds(seconds: unknown): string | null {
  const told = typeof seconds === 'string' && SECONDS.test(seconds) ? Number(seconds) : seconds
  return typeof told === 'number' ? isoOfSeconds(told) : null
}

/** A written time with or without an offset (then UTC, on machines of any zone), or null. */
export function timeOfText(text: string | null): string | null {
  const written = text?.trim() ?? ''
  const [, year, month, day] = ISO_DAY.exec(written) ?? []
  if (!YEAR.test(written) || (day !== undefined && !isOfCalendar(Number(year), Number(month), Number(day)))) return null
  const zone = ZONE.test(written) ? '' : day === undefined ? ' UTC' : 'Z'
  return isoOf(new Date(`${written.replace(SHORT_OFFSET, '$&:00')}${zone}`).getTime())
}

/** `Date` takes 31 February for 2 March. */
function isOfCalendar(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

/** An account with a handle that names it on its site. */
export function authorOf(handle: string | null, url: string | null, more: Partial<Author> = {}): Author | null {
  const name = handle?.trim() ?? ''
  return name === '' ? null : { id: null, handle: name, name: null, url: parseUrl(url)?.href ?? null, ...more }
}
