// Cookies of a logged-in person, from a Netscape cookies.txt as browsers' extensions, curl and wget write it. They go
// to the hosts they are for and nowhere else; nothing here stores or prints them.
import { UsageError } from '../errors.ts'

export interface Cookie {
  /** Without a leading dot. */
  readonly domain: string
  readonly subdomains: boolean
  readonly path: string
  readonly secure: boolean
  /** ms since the epoch; null: until the browser closes. */
  readonly expiresAt: number | null
  readonly name: string
  readonly value: string
}

const FIELDS = 7
/** curl marks cookies that scripts may not see this way; every other # begins a comment. */
const HTTP_ONLY = '#HttpOnly_'
const LINE_END = /\r?\n/
const LEADING_DOT = /^\./
const HEADER_UNSAFE = /[\r\n\0;]/

/** Reads a cookies.txt. Throws UsageError that names `path` and the line; never shows a value. */
export function parseCookies(text: string, path: string): readonly Cookie[] {
  return text.split(LINE_END).flatMap((line, at) => {
    const given = line.startsWith(HTTP_ONLY) ? line.slice(HTTP_ONLY.length) : line
    if (given.trim() === '' || given.startsWith('#')) return []
    const fields = given.split('\t')
    if (fields.length !== FIELDS || fields.some((field) => HEADER_UNSAFE.test(field)))
      throw new UsageError(
        `${path}:${at + 1}: this is no line of a Netscape cookies.txt: it has ${fields.length} fields between tabs, not ${FIELDS}`,
      )
    return [toCookie(fields)]
  })
}

/** The Cookie header for a URL, or null when none of the cookies is for it. `nowMs` is ms since the epoch. */
export function cookieHeader(cookies: readonly Cookie[], url: URL, nowMs: number): string | null {
  const fitting = cookies.filter(
    (cookie) => isFor(cookie, url) && (cookie.expiresAt ?? Number.POSITIVE_INFINITY) > nowMs,
  )
  return fitting.length === 0 ? null : fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** What becomes of the cookies for a URL: all of them ended, the last then (ms since the epoch). */
export type CookieState = 'none' | 'good' | { readonly endedAt: number }

export function stateOfCookies(cookies: readonly Cookie[], url: URL, nowMs: number): CookieState {
  const ends = cookies.flatMap((cookie) => (isFor(cookie, url) ? [cookie.expiresAt ?? Number.POSITIVE_INFINITY] : []))
  const endedAt = ends.reduce((last, end) => Math.max(last, end), 0)
  if (ends.length === 0) return 'none'
  return endedAt > nowMs ? 'good' : { endedAt }
}

function toCookie([domain = '', subdomains, path = '', secure, expires, name = '', value = '']: string[]): Cookie {
  const seconds = Number(expires)
  return {
    domain: domain.replace(LEADING_DOT, '').toLowerCase(),
    subdomains: subdomains === 'TRUE' || domain.startsWith('.'),
    path,
    secure: secure === 'TRUE',
    expiresAt: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    name,
    value,
  }
}

/** RFC 6265, 5.1.3 and 5.1.4. */
function isFor(cookie: Cookie, url: URL): boolean {
  const host = url.hostname
  const isHost = host === cookie.domain || (cookie.subdomains && host.endsWith(`.${cookie.domain}`))
  const folder = cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`
  const isPath = url.pathname === cookie.path || url.pathname.startsWith(folder)
  return isHost && isPath && (!cookie.secure || url.protocol === 'https:')
}
