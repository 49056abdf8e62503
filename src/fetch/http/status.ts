// What an HTTP status means for what we do next. The answer itself is a capture whatever its status: 404 is evidence.
import { NotUnderstoodError, RefusedError, TransientFetchError, type UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'

/** Longest pause a server can ask of us. */
const RETRY_AFTER_LIMIT_MS = 24 * 60 * 60 * 1000

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504])
const REFUSED = new Set([401, 402, 403, 407, 451])
const SECONDS = /^\d{1,10}$/

/** The error a person should see for a page that is no page, or null when the status is a success. */
export function explainStatus(capture: Capture): UnspoolError | null {
  const { status } = capture
  if (status === null || status < 400) return null
  const where = `${capture.finalUrl ?? capture.input} answered ${status}`
  if (TRANSIENT.has(status)) return explainTransient(where, retryAfterMs(capture))
  if (REFUSED.has(status)) return new RefusedError(`${where}: the site does not show this page without a login`)
  return new NotUnderstoodError(`${where}: there is no such page; a web archive may still have it`)
}

/**
 * The pause the server asks for, in ms from the moment of the capture; null when it asks for none. Both forms of RFC 9110,
 * 10.2.3; a date is measured against the server's own clock when it sends one.
 */
export function retryAfterMs(capture: Capture): number | null {
  const value = headerOf(capture.headers, 'retry-after')?.trim() ?? ''
  if (SECONDS.test(value)) return clamp(Number(value) * 1000)
  const until = Date.parse(value)
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
