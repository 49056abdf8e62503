// One URL from looking to reading, by HTTP or with a browser, and how it counts.
import type { VisitOutcome } from '../../archive/crawl/frontier.ts'
import type { Turn } from '../job.ts'
import { countLook, countReplaced } from '../report/tally.ts'
import { type Looked, lookAt, nextLookAlone, nextTryOf, settleRead, type Verdict } from './look.ts'
import { type ReadLook, readLook, type ShownInstead } from './reading.ts'

interface Visit {
  readonly outcome: VisitOutcome
  readonly posts: number
}

/** Looks, reads, counts. Null when the run was stopped before the request began. Throws what the archive throws. */
export async function visit(turn: Turn): Promise<Visit | null> {
  const { job, row } = turn
  try {
    const { verdict, kept, read } = await lookAndRead(turn)
    const { outcome, reason } = judgeRead(turn, verdict, read)
    if (outcome === 'changed' && reason === null) noteReplaced(turn, kept)
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
async function lookAndRead(turn: Turn): Promise<{ verdict: Verdict; kept: Looked['kept']; read: ReadLook }> {
  const { job, row, source } = turn
  const mayBrowse = source.browser !== 'never' && job.fetchers.browser !== null
  const isBrowserFirst = mayBrowse && (source.browser === 'always' || job.hosts.needsBrowser(row.host))
  const looked = await lookAt(turn, isBrowserFirst ? 'browser' : 'http')
  const read = await readLook(turn, looked)
  if (isBrowserFirst || !mayBrowse || !read.isShell)
    return { verdict: settleRead(turn, looked), kept: looked.kept, read }
  const again = await lookAt(turn, 'browser')
  const filled = await readLook(turn, again)
  const settled = settleRead(turn, again)
  if (filled.posts > 0) job.hosts.rememberBrowser(row.host)
  // A page that was never seen before is new, whichever of the two looks came second.
  const verdict = looked.outcome === 'new' && settled.outcome === 'changed' ? looked : settled
  return { verdict, kept: again.kept, read: filled }
}

/** That a page is another now is part of what the archive says of its time. */
function noteReplaced({ job }: Turn, kept: Looked['kept']): void {
  const last = kept.at(-1)
  const replaced = last === undefined ? null : job.writer.noteReplaced(last.row.id, job.run)
  if (replaced !== null) countReplaced(job.tally, replaced)
}

/**
 * What a site shows in place of a page is not the page, and one in which nothing can be read has to say why: said so in
 * the work list too.
 */
function judgeRead(turn: Turn, verdict: Verdict, { instead, isEmptyFor }: ReadLook): Verdict {
  const { job, row } = turn
  const why = instead?.message ?? isEmptyFor
  if (why === null || verdict.reason !== null) return verdict
  const judged = { outcome: outcomeOf(turn, verdict, instead), reason: `${row.url}: ${why}` }
  job.writer.frontier.judge(row.key, judged, judged.outcome === 'failed' ? nextTryOf(turn) : nextLookAlone(turn))
  return judged
}

/** What never was there is not gone. */
function outcomeOf({ row }: Turn, { outcome }: Verdict, instead: ShownInstead | null): VisitOutcome {
  if (instead === null) return outcome
  const neverSeen = outcome === 'new' || row.outcome === 'absent'
  return instead.outcome === 'gone' && neverSeen ? 'absent' : instead.outcome
}
