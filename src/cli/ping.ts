// Tells a watchdog (healthchecks.io and its like) that a run began and how it ended. The address is a secret, and a watchdog
// that cannot be reached is no reason to stop.
import type { Fetcher } from '../fetch/fetcher.ts'
import { type Io, remark } from './io.ts'

const PING_TIMEOUT_MS = 10_000
const LAST_SLASH = /\/$/

/** `sign` is `start` or an exit code, appended to the address as the watchdogs want it. */
export async function ping(http: Fetcher, url: string | null, sign: string, io: Io): Promise<void> {
  if (url === null) return
  try {
    await http.fetch(`${url.replace(LAST_SLASH, '')}/${sign}`, AbortSignal.timeout(PING_TIMEOUT_MS))
  } catch (error) {
    // The message of a network error would print the address.
    remark(io, `the watchdog of --ping could not be told (${error instanceof Error ? error.name : 'unknown fault'})`)
  }
}
