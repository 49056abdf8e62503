// What Nitter wrote instead of X's own addresses, and back again: pictures and films through its proxy, and links to X,
// YouTube and Reddit through front ends (Nitter's settings of 2019–2026).
import { percentDecoded, resolve } from '../../url.ts'
import { isXHost, statusInPath, statusUrl } from '../x/names.ts'

const PICTURES = 'https://pbs.twimg.com/'
/** `/pic/<path>` and `/pic/orig/<path>`, the path percent-encoded; `/pic/enc/<hex>` is encrypted to base64 or hex. */
const PICTURE_PATH = /^\/pic\/(?:orig\/)?(?!enc\/)(.+)$/
const FILM_PATH = /^\/video\/[0-9A-F]+\/(.+)$/i
const ENCODED_PICTURE = /^\/pic\/(?:orig\/)?enc\/([\w=-]+)$/
const SMALL = /(?::(?:small|thumb|medium|large|orig)|[?&]name=\w+)(?:&format=webp)?$/
const ABSOLUTE = /^https?:\/\//
const X_FILE_HOST = /^[\w.-]+\.(?:twimg|twitter|x)\.com\//
/** Instances link to each other's pages when people pasted such links. */
const NITTER_HOST = /^(?:nitter\.|xcancel\.com$)/
const FRONT_ENDS: readonly (readonly [host: RegExp, original: string])[] = [
  [/^(?:www\.)?(?:piped\.video|invidio\.us|(?:\w+\.)?invidious\.\w+|yewtu\.be)$/, 'www.youtube.com'],
  [/^(?:www\.)?(?:teddit\.net|libreddit\.\w+|redlib\.\w+)$/, 'www.reddit.com'],
]

/** The address X uses for a proxied file; other addresses stay, made absolute. */
export function originalFile(href: string | null, base: URL | null): string | null {
  const url = absolute(href, base)
  if (url === null) return null
  const film = FILM_PATH.exec(url.pathname)?.[1]
  if (film !== undefined) return resolve(percentDecoded(film), null)
  const hidden = ENCODED_PICTURE.exec(url.pathname)?.[1]
  if (hidden !== undefined) return picture(fromBase64(hidden))
  const path = PICTURE_PATH.exec(url.pathname + url.search)?.[1]
  return path === undefined ? url.href : picture(percentDecoded(path))
}

/** The address a link had before Nitter rewrote it. */
export function originalLink(href: string | null, base: URL | null): string | null {
  const url = absolute(href, base)
  if (url === null) return resolve(href, base)
  const isOwn = base === null ? href?.startsWith('/') === true : url.host === base.host
  if (isOwn || NITTER_HOST.test(url.hostname)) return onX(url)
  const frontEnd = FRONT_ENDS.find(([host]) => host.test(url.hostname))
  if (frontEnd !== undefined) return withHost(url, frontEnd[1])
  return statusInPath(url.pathname) !== null && isXHost(url) ? onX(url) : url.href
}

/** Without a page address, relative links are still Nitter's own. */
function absolute(href: string | null, base: URL | null): URL | null {
  const url = resolve(href, base ?? new URL('http://nitter.invalid/'))
  return url === null ? null : new URL(url)
}

function onX(url: URL): string {
  const status = statusInPath(url.pathname)
  if (status !== null) return statusUrl(status.handle, status.id)
  const query = url.pathname === '/search' ? url.searchParams.get('q') : null
  if (query?.startsWith('#')) return `https://x.com/hashtag/${encodeURIComponent(query.slice(1))}`
  return `https://x.com${url.pathname}${url.search}`
}

function withHost(url: URL, host: string): string {
  const original = new URL(url.href)
  original.protocol = 'https:'
  original.port = ''
  original.hostname = host
  return original.href
}

/** The proxy's path is X's path, or its whole address without the scheme. */
function picture(path: string | null): string | null {
  if (path === null) return null
  const plain = path.replace(SMALL, '')
  if (ABSOLUTE.test(plain)) return resolve(plain, null)
  return X_FILE_HOST.test(plain) ? resolve(`https://${plain}`, null) : resolve(plain, new URL(PICTURES))
}

function fromBase64(text: string): string | null {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}
