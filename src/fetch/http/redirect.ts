// Where an answer says to go on; whether anybody goes there is the fetchers' and the crawl's business.
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const BEYOND_LATIN1 = /[^\0-\xff]/

/** Whether a status says that the page is elsewhere. */
export function isRedirect(status: number | null): boolean {
  return status !== null && REDIRECTS.has(status)
}

/** The Location of a redirect as it was meant, absolute or not; null when the answer is none. */
export function locationOf({ status, headers }: Pick<Capture, 'status' | 'headers'>): string | null {
  const location = headerOf(headers, 'location')
  if (location === null || !isRedirect(status)) return null
  // The server wrote Latin-1 or UTF-8, undici read Latin-1: RFC 3987 hosts and paths come out right only as UTF-8.
  return BEYOND_LATIN1.test(location) ? location : Buffer.from(location, 'latin1').toString('utf8')
}
