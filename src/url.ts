// What a URL names: canonical form, host by label, absolute form, and the original behind a web archive's copy.
// No network and no throwing: what is no URL is null.

/** Query keys that follow readers around and never choose the page. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gbraid|wbraid|srsltid|dclid|msclkid|mc_cid|mc_eid|igshid|igsh|ref_src|ref_url|twclid|ttclid|yclid|_openstat|_hsenc|_hsmi|mkt_tok|oly_anon_id|oly_enc_id|vero_id|_ga|_gl)$/i
/** Where servers write down who is reading, for whoever takes no cookies: another one at each visit. */
const SESSION = /^(phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)$/i
/** Of boards; elsewhere such short names choose pages. */
const BOARD_SESSION = /^(s|sid)=[\da-f]{32}$/i
const SESSION_IN_PATH = /;jsessionid=[^/?#;]*/gi
/** Client-side routes and comment anchors name something; all other fragments are places in a page. */
const MEANINGFUL_FRAGMENT = /^#(!|\/|(li-)?comment-?\d+$|c\d+$)/
/** `s` and `t` on a post's URL say who shared it (2019–2026). */
const X_HOSTS = ['x.com', 'twitter.com']
const SHARING_KEYS = ['s', 't']
const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])
/** By the end of a path, as the common frameworks and the large sites have it (2026). */
const LOGIN_PATH =
  /\/(?:log-?_?in|sign-?_?in|sign-?_?on|sso|(?:wp-)?login\.\w{2,5}|sessions?\/new|servicelogin|oauth2?|authorize|anmelden|connexion)\/?$/i
const WAYBACK_PATH = /^\/web\/(\d{1,14})(?:[a-z]{2}_)?\/(.+)$/
const ARCHIVE_TODAY_HOSTS = ['today', 'ph', 'is', 'li', 'vn', 'md', 'fo'].map((end) => `archive.${end}`)
const ARCHIVE_TODAY_PATH = /^\/(?:(\d{14}|\d{4}\.\d\d\.\d\d-\d{6})|newest|oldest|o\/\w+)\/(.+)$/
/**
 * Such an address is the same on every page (WHATWG URL, special authority); a base would be parsed once more for each.
 */
const ABSOLUTE = /^https?:\/\//i
const HAS_SCHEME = /^https?:\/?\/?/i
const NOT_DIGIT = /\D/g
const STAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

/**
 * A copy in a web archive: of what, when taken (ISO with ms, or null when the URL does not tell), and what stands
 * before an original's address there.
 */
export interface ArchivedCopy {
  readonly original: string
  readonly capturedAt: string | null
  readonly prefix: string
}

/**
 * The URL of whatever scheme, or null. URL.canParse is not asked: Node 20's lies about text that holds Latin-1 as soon
 * as it is called often enough to be compiled (measured with 20.20.2), and what it let through would throw.
 */
export function urlOf(text: string | null, base: URL | null = null): URL | null {
  if (text === null) return null
  try {
    return base === null || ABSOLUTE.test(text) ? new URL(text) : new URL(text, base)
  } catch {
    return null
  }
}

/** The URL, or null. Only absolute http(s) URLs name pages. */
export function parseUrl(text: string | null): URL | null {
  const url = urlOf(text === null ? null : text.trim())
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null
}

/** One spelling for one page: no default port, place fragment, credentials, trackers or session; host in lower case. */
export function canonicalUrl(text: string): string | null {
  const url = parseUrl(text)
  if (url === null) return null
  url.username = ''
  url.password = ''
  if (!MEANINGFUL_FRAGMENT.test(url.hash)) url.hash = ''
  for (const [key, value] of [...url.searchParams])
    if (isTracking(url, key) || SESSION.test(key) || BOARD_SESSION.test(`${key}=${value}`)) url.searchParams.delete(key)
  if (url.pathname.includes(';')) url.pathname = url.pathname.replace(SESSION_IN_PATH, '')
  return url.href
}

/** The text without its percent signs; as it is where a stray one was meant as written. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The page, whatever place in it a URL names. */
export function withoutFragment(href: string): string {
  return href.split('#', 1)[0] ?? href
}

/** Whether the host is `domain` or below it, by whole labels: `notx.com` is not `x.com`. */
export function hostIs(url: URL, domain: string): boolean {
  const host = url.hostname.endsWith('.') ? url.hostname.slice(0, -1) : url.hostname
  return host === domain || host.endsWith(`.${domain}`)
}

/** Whether an address is the one where people log in: what a site shows there instead of a page is not the page. */
export function isLogin(url: URL | null): boolean {
  return url !== null && LOGIN_PATH.test(url.pathname)
}

/** The absolute http(s) or mailto form of a link, or null: `javascript:` and `data:` in any spelling have none. */
export function resolve(href: string | null, base: URL | null): string | null {
  if (href === null || href.trim() === '') return null
  const url = urlOf(href.trim(), base)
  return url !== null && LINK_PROTOCOLS.has(url.protocol) ? url.href : null
}

/** What a Wayback Machine or archive.today URL is a copy of, or null when it is no such URL. */
export function archivedCopy(text: string): ArchivedCopy | null {
  const url = parseUrl(text)
  if (url === null) return null
  const rest = `${url.pathname}${url.search}${url.hash}`
  if (hostIs(url, 'web.archive.org')) return copyOf(url.origin, WAYBACK_PATH.exec(rest))
  return isArchiveToday(url) ? copyOf(url.origin, ARCHIVE_TODAY_PATH.exec(rest)) : null
}

/** Whether the host is archive.today's, whose short addresses (`archive.ph/AbCdE`) do not tell what they are of. */
export function isArchiveToday(url: URL): boolean {
  return ARCHIVE_TODAY_HOSTS.some((host) => hostIs(url, host))
}

function isTracking(url: URL, key: string): boolean {
  return TRACKING.test(key) || (SHARING_KEYS.includes(key) && X_HOSTS.some((host) => hostIs(url, host)))
}

function copyOf(archive: string, match: RegExpExecArray | null): ArchivedCopy | null {
  const target = match?.[2]
  if (match === null || target === undefined) return null
  // Some tools run the two slashes of the inner URL into one, or leave the scheme out (Wayback then means http).
  const original = parseUrl(HAS_SCHEME.test(target) ? target.replace(HAS_SCHEME, schemeOf(target)) : `http://${target}`)
  const prefix = `${archive}${match[0].slice(0, -target.length)}`
  return original === null ? null : { original: original.href, capturedAt: stampTime(match[1] ?? ''), prefix }
}

function schemeOf(target: string): string {
  return target.toLowerCase().startsWith('https') ? 'https://' : 'http://'
}

/** Only a whole 14-digit stamp is a moment; a shorter one asks for the nearest copy. */
function stampTime(stamp: string): string | null {
  const parts = STAMP.exec(stamp.replace(NOT_DIGIT, ''))
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
