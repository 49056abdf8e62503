// Keeps crawling by a clock, for those who have neither cron nor systemd. Each tick is a whole run; a tick that comes
// while a run goes on is left out.
import { setTimeout as pause } from 'node:timers/promises'
import { Cron } from 'croner'
import { UsageError } from '../../errors.ts'

/** Every five minutes: what is due is asked of the archive, so a tick with nothing to do costs nothing. */
export const DEFAULT_PATTERN = '*/5 * * * *'
/** A clock may be set while we sleep, forward or back: it is asked again after this time, ms. */
const LONGEST_SLEEP_MS = 30_000

/** What the watch reads the time from; its own pauses are measured by a clock that nobody sets. */
export interface WatchClock {
  readonly now: () => Date
  readonly signal: AbortSignal
  /** Ends early at the signal. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/**
 * Runs at once and then at each tick, until the signal; a run in hand comes to its end. `run` must not throw. Throws
 * UsageError when the pattern is none, or never comes.
 */
export async function watch(pattern: string, run: () => Promise<void>, clock: WatchClock): Promise<void> {
  const ticks = readPattern(pattern)
  do await run()
  while (await comesNext(ticks, clock))
}

/** Sleeps until the next tick; false when the signal came first. */
async function comesNext(ticks: Cron, { now, signal, sleep = sleepFor }: WatchClock): Promise<boolean> {
  let [seen, due] = [now(), ticks.nextRun(now())]
  while (due !== null && seen < due) {
    await sleep(Math.min(due.getTime() - seen.getTime(), LONGEST_SLEEP_MS), signal)
    if (signal.aborted) return false
    // After a clock was set back, the tick of before may be a year away.
    const before = seen
    seen = now()
    if (seen < before) due = ticks.nextRun(seen)
  }
  return due !== null && !signal.aborted
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined)
}

/** In UTC: where summer ends, the hour that comes twice would pass without a tick. */
function readPattern(pattern: string): Cron {
  let cron: Cron
  try {
    cron = new Cron(pattern, { paused: true, utcOffset: 0 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--watch ${pattern}: this is no cron pattern: ${why}`, { cause: error })
  }
  if (cron.nextRun() === null) throw new UsageError(`--watch ${pattern}: no day fits this pattern, so it never comes`)
  return cron
}
