// What an API says of its rate limit, in any of the spellings in use: X-RateLimit-* (Mastodon: reset as an ISO time;
// Reddit: seconds from now; GitHub: Unix time), RateLimit-* (Bluesky: Unix time; the IETF draft: seconds),
// x-rate-limit-* (X).
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'

/** Longest window that is believed; the known ones last from one minute to a day. */
const LONGEST_WINDOW_MS = 24 * 60 * 60 * 1000
/** Smaller numbers are seconds from now, larger ones Unix time: 2001-09-09. */
const FIRST_UNIX_TIME = 1_000_000_000
const FAMILIES = ['x-ratelimit', 'ratelimit', 'x-rate-limit']
const NUMBER = /^\d+(?:\.\d+)?$/

interface Budget {
  /** Requests left. */
  readonly remaining: number
  /** When it begins anew, ISO. */
  readonly resetAt: string
}

/** The budget an answer tells, or null when it tells none that can be understood. */
export function readBudget(capture: Capture): Budget | null {
  for (const family of FAMILIES) {
    const remaining = headerOf(capture.headers, `${family}-remaining`)?.trim() ?? ''
    const resetAt = readReset(headerOf(capture.headers, `${family}-reset`)?.trim() ?? '', capture.capturedAt)
    if (NUMBER.test(remaining) && resetAt !== null) return { remaining: Math.floor(Number(remaining)), resetAt }
  }
  return null
}

/** The even pause that makes a budget last until it begins anew, ms. An empty one waits for the end. */
export function pauseFor({ remaining, resetAt }: Budget, nowMs: number): number {
  const left = Math.max(Date.parse(resetAt) - nowMs, 0)
  return remaining <= 0 ? left : left / remaining
}

function readReset(value: string, capturedAt: string): string | null {
  const now = Date.parse(capturedAt)
  const number = NUMBER.test(value) ? Number(value) : null
  const at = number === null ? Date.parse(value) : number < FIRST_UNIX_TIME ? now + number * 1000 : number * 1000
  if (Number.isNaN(at)) return null
  return new Date(Math.min(Math.max(at, now), now + LONGEST_WINDOW_MS)).toISOString()
}
