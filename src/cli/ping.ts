// Tells a watchdog (healthchecks.io and its like) that a run began and how it ended. The address is a secret, and a
// watchdog that cannot be reached is no reason to stop.
import { RefusedError } from '../errors.ts'
import type { Fetcher } from '../fetch/fetcher.ts'
import { type Io, remark } from './io.ts'

const PING_TIMEOUT_MS = 10_000
/** HTTP statuses from here on are errors (RFC 9110, 15). */
const FIRST_ERROR = 400
const LAST_SLASH = /\/$/

/** `sign` is `start` or an exit code, appended to the address as the watchdogs want it. */
export async function ping(http: Fetcher, url: string | null, sign: string, io: Io): Promise<void> {
  if (url === null) return
  try {
    const captures = await http.fetch(withSign(url, sign), AbortSignal.timeout(PING_TIMEOUT_MS))
    const status = captures.at(-1)?.status ?? 0
    if (status >= FIRST_ERROR) remark(io, `the watchdog of --ping answered ${status}: check its address`)
  } catch (error) {
    // The message of an error would print the address.
    remark(io, `the watchdog of --ping could not be told (${sayKind(error)})`)
  }
}

/** The path tells the end of a run; a watchdog may want more behind a question mark. */
function withSign(url: string, sign: string): string {
  const [place = '', ...query] = url.split('?')
  return [`${place.replace(LAST_SLASH, '')}/${sign}`, ...query].join('?')
}

function sayKind(error: unknown): string {
  if (error instanceof RefusedError)
    return 'its address is none to fetch from; --allow-private HOST allows a private one'
  return error instanceof Error ? error.name : 'unknown fault'
}
