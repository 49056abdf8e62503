// Cookies of a cookies.txt for a tab, which sends them where they belong as any browser does.
import type { CDPSession, Protocol } from 'puppeteer-core'
import type { Cookie } from '../cookies.ts'

/**
 * `nowMs` is ms since the epoch: what has expired is left out. A cookie that the browser refuses is not sent, here or
 * there.
 */
export async function giveCookies(session: CDPSession, cookies: readonly Cookie[], nowMs: number): Promise<void> {
  const valid = cookies.filter(({ expiresAt }) => expiresAt === null || expiresAt > nowMs)
  await Promise.all(valid.map((cookie) => session.send('Network.setCookie', toParameters(cookie))))
}

/** With a domain, a cookie is for the hosts below it as well; with an address, for that host alone. */
function toParameters(cookie: Cookie): Protocol.Network.SetCookieRequest {
  const { name, value, path, secure, expiresAt, domain, subdomains } = cookie
  const where = subdomains ? { domain: `.${domain}` } : { url: `${secure ? 'https' : 'http'}://${domain}${path}` }
  const until = expiresAt === null ? {} : { expires: expiresAt / 1000 }
  return { name, value, path, secure, ...where, ...until }
}
