// robots.txt for a crawl: asked in the host's turn, kept in the archive as the proof of permission, not asked again
// while the archive holds an answer that is fresh.
import type { CaptureRow } from '../../archive/facts/captures/capture-rows.ts'
import type { Fetcher } from '../../fetch/fetcher.ts'
import { NOT_MODIFIED } from '../../fetch/http/status.ts'
import { isBroken, ROBOTS_CACHE_MS } from '../../fetch/manners/robots.ts'
import { hostOf } from '../addresses.ts'
import type { Job } from '../job.ts'
import { lastWhole } from '../schedule/past.ts'
import { store } from './reading.ts'

const NO_WISHES = { crawlDelayMs: null }

/** A fetcher for robots.txt alone, to be given to `createRobots`. */
export function createRobotsFetcher(job: Omit<Job, 'robots'>): Fetcher {
  return {
    fetch: async (url, signal) => {
      const known = job.writer.looks(url, 1, 'http')[0]
      if (known !== undefined && isFresh(known, job.now())) return [job.reader.readCapture(known)]
      const ask = { previous: lastWhole(job, url, 'http'), headersFor: () => ({}), mayFollow: () => true }
      const request = () => job.fetchers.http.fetch(url, new AbortController().signal, ask)
      const captures = await job.politeness.run(hostOf(url), NO_WISHES, request, signal)
      const rows = await job.writer.appendLook(captures, job.run, () => undefined)
      for (const [at, capture] of captures.entries()) store(job, { row: rows[at]!, capture }, await job.read(capture))
      return captures.map((capture) => (capture.status === NOT_MODIFIED ? { ...capture, status: 200 } : capture))
    },
    close: async () => undefined,
  }
}

/** Only answers that are rules, or say that there are none. */
function isFresh(known: CaptureRow, now: Date): boolean {
  const { status, capturedAt } = known
  const isAnswer = status !== null && status < 500 && status !== 429 && status !== NOT_MODIFIED && !isBroken(known)
  const age = now.getTime() - Date.parse(capturedAt)
  return isAnswer && age >= 0 && age < ROBOTS_CACHE_MS
}
