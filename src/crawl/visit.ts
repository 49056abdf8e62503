// One URL from looking to reading, by HTTP or with a browser, and how it counts.
import type { VisitOutcome } from '../archive/crawl/frontier.ts'
import type { Turn } from './job.ts'
import { lookAt, settleRead, type Verdict } from './look.ts'
import { type ReadLook, readLook } from './reading.ts'
import { countLook } from './tally.ts'

interface Visit {
  readonly outcome: VisitOutcome
  readonly posts: number
}

/** Looks, reads, counts. Null when the run was stopped before the request began. Throws what the archive throws. */
export async function visit(turn: Turn): Promise<Visit | null> {
  const { job, row } = turn
  try {
    const { verdict, read } = await lookAndRead(turn)
    const { outcome, reason } = judgeRead(turn, verdict, read)
    countLook(job.tally, row, outcome, reason)
    return { outcome, posts: read.posts }
  } catch (error) {
    if (job.signal.aborted) return null
    throw error
  }
}

/**
 * By HTTP first unless the host is known to need a browser; a page that only its script can fill goes to the browser
 * too.
 */
async function lookAndRead(turn: Turn): Promise<{ verdict: Verdict; read: ReadLook }> {
  const { job, row, source } = turn
  const mayBrowse = source.browser !== 'never' && job.fetchers.browser !== null
  const isBrowserFirst = mayBrowse && (source.browser === 'always' || job.hosts.needsBrowser(row.host))
  const looked = await lookAt(turn, isBrowserFirst ? 'browser' : 'http')
  const read = await readLook(turn, looked)
  if (isBrowserFirst || !mayBrowse || !read.isShell) return { verdict: settleRead(turn, looked), read }
  const again = await lookAt(turn, 'browser')
  const filled = await readLook(turn, again)
  const settled = settleRead(turn, again)
  if (filled.posts > 0) job.hosts.rememberBrowser(row.host)
  // A page that was never seen before is new, whichever of the two looks came second.
  return { verdict: looked.outcome === 'new' && settled.outcome === 'changed' ? looked : settled, read: filled }
}

/** A log-in page is not the page, and one in which nothing can be read has to say why: said so in the work list too. */
function judgeRead({ job, row }: Turn, verdict: Verdict, { wall, isEmptyFor }: ReadLook): Verdict {
  const why = wall ?? isEmptyFor
  if (why === null || verdict.reason !== null) return verdict
  const judged = { outcome: wall === null ? verdict.outcome : ('refused' as const), reason: `${row.url}: ${why}` }
  job.writer.frontier.judge(row.key, judged.outcome, judged.reason)
  return judged
}
