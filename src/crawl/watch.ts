// Keeps crawling by a clock, for those who have neither cron nor systemd. Each tick is a whole run; a tick that comes
// while a run goes on is left out.
import { Cron } from 'croner'
import { UsageError } from '../errors.ts'

/** Every five minutes: what is due is asked of the archive, so a tick with nothing to do costs nothing. */
export const DEFAULT_PATTERN = '*/5 * * * *'

/** Runs at once and then at each tick, until the signal; a run in hand comes to its end. `run` must not throw. */
export async function watch(pattern: string, run: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const ticks = schedule(pattern)
  let running: Promise<void> = run()
  await running
  ticks.schedule(() => {
    running = run()
    return running
  })
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  ticks.stop()
  await running
}

function schedule(pattern: string): Cron {
  const cron = readPattern(pattern)
  if (cron.nextRun() === null) throw new UsageError(`--watch ${pattern}: no day fits this pattern, so it never comes`)
  return cron
}

function readPattern(pattern: string): Cron {
  try {
    return new Cron(pattern, { protect: true, paused: false })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--watch ${pattern}: this is no cron pattern: ${why}`, { cause: error })
  }
}
