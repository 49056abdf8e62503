// What an HTTP status means for what we do next. The answer itself is a capture whatever its status: 404 is evidence.
import { NotUnderstoodError, RefusedError, TransientFetchError, type UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'

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
const WANTS_LOGIN = new Set([401, 402, 403, 407, 451])
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
  if (status === null || status < 400) return null
  const where = `${capture.finalUrl ?? capture.input} answered ${status}`
  if (TRANSIENT.has(status) || (status >= FIRST_SERVER_ERROR && status < FIRST_STRANGE))
    return explainTransient(where, retryAfterMs(capture))
  if (GONE.has(status))
    return new NotUnderstoodError(`${where}: there is no such page; a web archive may still have it`)
  if (WANTS_LOGIN.has(status)) return new RefusedError(`${where}: the site does not show this page without a login`)
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
