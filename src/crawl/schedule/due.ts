// When to look at a URL again, computed from earlier looks: no timer to lose, so a month off makes one look, not
// thirty. Pure.
import { sha256 } from '../../fixity.ts'
import type { Source } from '../sources/sources.ts'

/** A look that answered, newest first in lists. */
export interface Look {
  readonly at: string
  /** Of what was found: read, or else bytes. Null when the answer says nothing of what stands on the page. */
  readonly digest: string | null
}

/** Looks in a row without a change after which the interval doubles, and how far it may grow. */
const QUIET_LOOKS = 3
const MAX_STRETCH = 8
/** After two changes in a row the interval is halved. */
const LIVELY_SHARE = 0.5
/**
 * Looks are spread by these shares of the interval, so that sources of one interval do not come all at once. They come
 * early: a source of one hour that were due a little later would miss the run of each hour, and be looked at every two.
 */
const LEAST_JITTER = 0.02
const MOST_JITTER = 0.1
const HOUR_MS = 3_600_000
/** A page that was never had is tried again after this time, or its interval where that is shorter, ms. */
const UNKNOWN_MS = 6 * HOUR_MS
const LONGEST_TRY_MS = 24 * HOUR_MS
/** More than this many intervals without a look is a gap in the coverage. */
const GAP_INTERVALS = 2

/** The time of the next look at a source, ISO; `now` when there was none. */
export function nextSourceLook(source: Source, looks: readonly Look[], now: string): string {
  const [last] = looks
  if (last === undefined) return now
  return later(last.at, adaptInterval(source.everyMs, looks) * (1 - jitterOf(source.url)))
}

/** The interval that fits how often the page has changed lately, ms. */
export function adaptInterval(everyMs: number, looks: readonly Look[]): number {
  if (looks[0]?.digest === null) return everyMs
  const quiet = countQuiet(looks)
  if (quiet === 0 && looks.length > 2 && looks[1]?.digest !== looks[2]?.digest) return everyMs * LIVELY_SHARE
  return everyMs * Math.min(2 ** Math.floor(quiet / QUIET_LOOKS), MAX_STRETCH)
}

/** When an item is looked at again: each step of its `revisit` counts from the look before; the last step repeats. */
export function nextItemLook(source: Source, url: string, looks: readonly Look[]): string | null {
  const [last] = looks
  if (last === undefined) return null
  // A change starts the steps anew: where something happens more may follow.
  const step = source.revisitMs[Math.min(countQuiet(looks), source.revisitMs.length - 1)]
  return step === undefined ? null : later(last.at, step * (1 - jitterOf(url)))
}

/**
 * When a page that could not be had is tried again: a minute's trouble of a site must not cost a month. After as long
 * as the look is late by now, so that the pauses double; after an hour at least, and a day or its interval at most.
 * @param regular the look that its interval asks for
 * @param last the look before, ISO; null when the page was never had
 */
export function nextTry(regular: string, last: string | null, now: string): string {
  const interval = Date.parse(regular) - Date.parse(now)
  const late = last === null ? UNKNOWN_MS : Date.parse(now) - Date.parse(last) - interval
  return later(now, Math.min(interval, LONGEST_TRY_MS, Math.max(late, HOUR_MS)))
}

export interface CoverageGap {
  readonly from: string
  readonly to: string
  /** Looks that did not happen. */
  readonly missed: number
}

/** The time nobody looked although the source asks for it, or null. */
export function coverageGap(source: Source, looks: readonly Look[], now: string): CoverageGap | null {
  const [last] = looks
  if (last === undefined) return null
  const missed = Math.floor((Date.parse(now) - Date.parse(last.at)) / adaptInterval(source.everyMs, looks)) - 1
  return missed >= GAP_INTERVALS ? { from: last.at, to: now, missed } : null
}

/** Looks in a row, from the newest back, that found what the look before had found. */
function countQuiet(looks: readonly Look[]): number {
  const change = looks.findIndex((look, at) => look.digest !== looks[at + 1]?.digest)
  return Math.max(change, 0)
}

/** From LEAST_JITTER to MOST_JITTER, always the same for a URL. */
function jitterOf(url: string): number {
  const share = Number.parseInt(sha256(url).slice(0, 8), 16) / 0xffffffff
  return LEAST_JITTER + share * (MOST_JITTER - LEAST_JITTER)
}

function later(at: string, ms: number): string {
  return new Date(Date.parse(at) + Math.round(ms)).toISOString()
}
