// What a clock that ran ahead left in the work list: looks, rounds and pauses of a time to come, for which every later
// run would wait. They become times of just now; how long each wanted to wait from its look on stays.
import type { Database } from 'better-sqlite3'

/** Does nothing while no run began after `now` (ISO): only then is there a reason to go through the list. */
export function createBringBack(db: Database): (now: string) => void {
  const lastRun = db.prepare<[], string | null>('SELECT max(started_at) FROM runs').pluck()
  return (now) => {
    const ahead = lastRun.get() ?? now
    if (ahead <= now) return
    // A round begins after all that was before it.
    const times = { now, before: new Date(Date.parse(now) - 1).toISOString() }
    db.prepare<Times>(ROWS).run(times)
    db.prepare<Times & { readonly ahead: string }>(HOSTS).run({ ...times, ahead })
  }
}

interface Times {
  readonly now: string
  readonly before: string
}

/** What was put on the list or looked at in a time to come. */
const ROWS = `
  UPDATE frontier SET
    due_at = CASE WHEN visited_at > @now THEN ${after('@before', 'due_at', 'visited_at')}
      WHEN due_at > @now THEN @before ELSE due_at END,
    round = min(round, @before), found_at = min(found_at, @before),
    visited_at = iif(visited_at > @now, @before, visited_at)
  WHERE visited_at > @now OR found_at > @now OR round > @now`

/** A pause that ends after the last run began is one that it was asked for. */
const HOSTS = `
  UPDATE host_manners SET
    not_before = iif(not_before > @ahead, ${after('@before', 'not_before', '@ahead')}, not_before),
    reset_at = iif(reset_at > @ahead, ${after('@before', 'reset_at', '@ahead')}, reset_at)
  WHERE not_before > @ahead OR reset_at > @ahead`

/** SQL of the time that is as long after `start` as `end` is after `from`; null where there is no end. */
function after(start: string, end: string, from: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%fZ', julianday(${start}) + max(0, julianday(${end}) - julianday(${from})))`
}
