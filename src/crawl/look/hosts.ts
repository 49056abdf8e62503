// What each host asked of us, obeyed during a run and kept for the next: Retry-After, rate limits, pauses after
// failures.
import type { HostManners, HostMannersStore } from '../../archive/crawl/host-manners.ts'
import { backoffMs, isCircuitOpen } from '../../fetch/manners/backoff.ts'
import { pauseFor, readBudget } from '../../fetch/manners/budget.ts'
import type { Politeness } from '../../fetch/manners/politeness.ts'
import type { Capture } from '../../model.ts'

/** A run waits this long for a host; what wants longer is left for another run. */
export const PATIENCE_MS = 2 * 60_000
/**
 * Pauses in a row that a host may ask for in one run. One that asks without end would keep the run from its own, and
 * costs no attempt: after these it is left for another run, for as long.
 */
const MOST_PAUSES = 5
const LEFT_ALONE_MS = 2 * PATIENCE_MS
/** Between requests to an API that tells no limits. */
const API_PAUSE_MS = 1_000

export interface HostKeeper {
  /** ms until the host may be asked; 0: now. */
  waitMs(host: string): number
  /** True when it failed so often that it is left alone; false when it only asked for a pause. */
  isDown(host: string): boolean
  /** The pause that its rate limit leaves between requests, ms. */
  apiPauseMs(host: string): number
  /** True when only a browser gets anything out of it. */
  needsBrowser(host: string): boolean
  rememberBrowser(host: string): void
  /** Takes in what an answer says of limits; a good one ends a row of failures. */
  answered(host: string, answer: Capture): void
  /** Notes a failure; returns the time before which the host is not asked again, ISO. */
  failed(host: string, askedMs: number | null): string
}

interface HostKeeperOptions {
  readonly store: HostMannersStore
  readonly politeness: Politeness
  readonly now: () => Date
  readonly random: () => number
}

export function createHostKeeper({ store, politeness, now, random }: HostKeeperOptions): HostKeeper {
  const known = new Map<string, HostManners>()
  const pauses = new Map<string, number>()
  const of = (host: string): HostManners => known.get(host) ?? store.load(host)
  const keep = (host: string, changes: Partial<HostManners>): void => {
    const manners = { ...of(host), ...changes }
    known.set(host, manners)
    store.save(host, manners)
    const wait = waitOf(manners, now())
    if (wait > 0) politeness.holdOff(host, wait)
  }
  return {
    isDown: (host) => isCircuitOpen(of(host).failures),
    waitMs: (host) => waitOf(of(host), now()),
    apiPauseMs: (host) => apiPauseOf(of(host), now()),
    needsBrowser: (host) => of(host).browser,
    rememberBrowser: (host) => keep(host, { browser: true }),
    answered: (host, answer) => {
      pauses.delete(host)
      const budget = readBudget(answer)
      if (budget !== null) keep(host, { ...budget, failures: 0, notBefore: emptyUntil(budget) })
      else if (of(host).failures > 0) keep(host, { failures: 0, notBefore: null })
    },
    failed: (host, askedMs) => {
      // Whoever asks for a pause is there, and has not failed.
      const failures = of(host).failures + (askedMs === null ? 1 : 0)
      const asked = askedMs === null ? 0 : (pauses.get(host) ?? 0) + 1
      pauses.set(host, asked)
      const wait = Math.max(backoffMs(failures, random(), askedMs), asked < MOST_PAUSES ? 0 : LEFT_ALONE_MS)
      const notBefore = new Date(now().getTime() + wait).toISOString()
      keep(host, { failures, notBefore })
      return notBefore
    },
  }
}

/** ms until a host of such manners may be asked; 0: now. */
export function waitOf({ notBefore }: HostManners, now: Date): number {
  return notBefore === null ? 0 : Math.max(Date.parse(notBefore) - now.getTime(), 0)
}

function apiPauseOf({ remaining, resetAt }: HostManners, now: Date): number {
  if (remaining === null || resetAt === null || Date.parse(resetAt) <= now.getTime()) return API_PAUSE_MS
  return pauseFor({ remaining, resetAt }, now.getTime())
}

function emptyUntil(budget: { readonly remaining: number; readonly resetAt: string }): string | null {
  return budget.remaining === 0 ? budget.resetAt : null
}
