// What an HTTP status means for what we do next. The answer itself is a capture whatever its status: 404 is evidence.
import { NotUnderstoodError, RefusedError, TransientFetchError, type UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'
import { isRedirect, locationOf } from './redirect.ts'

/** "As before" (RFC 9110, 15.4.5): the page is what an earlier capture has. */
export const NOT_MODIFIED = 304

/** Longest pause a server can ask of us. */
const RETRY_AFTER_LIMIT_MS = 24 * 60 * 60 * 1000

const TRANSIENT = new Set([408, 425, 429])
/**
 * From here on it is the server that failed, whatever its reason: those in front of it have numbers of their own
 * (520–530).
 */
const FIRST_SERVER_ERROR = 500
const FIRST_STRANGE = 600
const GONE = new Set([404, 410])
/** The page is there, and not for us. */
const WITHHELD: Readonly<Record<number, string>> = {
  401: 'the site shows this page only after a login (--profile, or cookies in the sources file)',
  402: 'the site shows this page only to those who pay',
  403: 'the site does not show this page without a login, or not to programs; save it in a browser and give the file',
  407: 'a proxy on the way asks for a login',
  451: 'the site may not show this page, for legal reasons; a web archive may have it',
}
/** Sent twice, a header's values stand in one list. */
const SECONDS = /^\d+(?:\s*,\s*\d+)*$/

const HAS_LETTERS = /[a-z]{3}|T/i

/** Whether an answer brings a page, or says that it is as before. */
export function isPage(status: number | null): boolean {
  return status !== null && (status === NOT_MODIFIED || (status >= 200 && status < 300))
}

/** The error a person should see for a page that is no page, or null when the status is a success. */
export function explainStatus(capture: Capture): UnspoolError | null {
  const { status } = capture
  const where = `${capture.finalUrl ?? capture.input} answered ${status}`
  if (isRedirect(status) && locationOf(capture) === null)
    return new TransientFetchError(`${where}, "go elsewhere", and does not say where; try again later`)
  if (status === null || status < 400) return null
  if (TRANSIENT.has(status) || (status >= FIRST_SERVER_ERROR && status < FIRST_STRANGE))
    return explainTransient(where, retryAfterMs(capture))
  if (GONE.has(status))
    return new NotUnderstoodError(`${where}: there is no such page; a web archive may still have it`)
  const why = WITHHELD[status]
  if (why !== undefined) return new RefusedError(`${where}: ${why}`)
  return new RefusedError(`${where}: the site does not answer such a request; see whether a browser shows the page`)
}

/**
 * The pause the server asks for, in ms from the moment of the capture; null when it asks for none. Both forms of RFC
 * 9110, 10.2.3; a date is measured against the server's own clock when it sends one.
 */
export function retryAfterMs(capture: Capture): number | null {
  const value = headerOf(capture.headers, 'retry-after')?.trim() ?? ''
  if (SECONDS.test(value)) return clamp(Math.max(...value.split(',').map(Number)) * 1000)
  // V8 takes "-5" and "1.5" for days; a date has letters.
  const until = HAS_LETTERS.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(until)) return null
  const serverNow = Date.parse(headerOf(capture.headers, 'date') ?? '')
  return clamp(until - (Number.isNaN(serverNow) ? Date.parse(capture.capturedAt) : serverNow))
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, 0), RETRY_AFTER_LIMIT_MS)
}

function explainTransient(where: string, pause: number | null): TransientFetchError {
  const when = pause === null ? 'later' : `in ${Math.ceil(pause / 1000)} s`
  return new TransientFetchError(`${where}: the site is busy or failing; try again ${when}`, { retryAfterMs: pause })
}
