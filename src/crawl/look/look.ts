// One look at one URL: permission, turn, request, and the safe keeping of what came, together with what the work list
// says of it. Reading comes after (see reading.ts). Whatever a site does ends in an outcome; only a broken archive
// throws.
import type { FrontierRow, VisitOutcome } from '../../archive/crawl/frontier.ts'
import { RefusedError, TransientFetchError, UnspoolError } from '../../errors.ts'
import type { Ask } from '../../fetch/fetcher.ts'
import { isRedirect, locationOf } from '../../fetch/http/redirect.ts'
import { explainStatus, NOT_MODIFIED } from '../../fetch/http/status.ts'
import { clockSkewOf } from '../../fetch/manners/clock-skew.ts'
import type { HostWishes } from '../../fetch/manners/politeness.ts'
import type { Capture } from '../../model.ts'
import { isLogin } from '../../url.ts'
import { hostOf } from '../addresses.ts'
import { isoNow, type KeptCapture, type Turn } from '../job.ts'
import { countKept } from '../report/tally.ts'
import { type Look, nextItemLook, nextSourceLook, nextTry } from '../schedule/due.ts'
import { earlierLooks, lastWhole, saysAsBefore } from '../schedule/past.ts'

/** Failed looks in a row after which a URL is left for a while (see `nextTry`). */
const MAX_ATTEMPTS = 4
/** APIs tell their limits in headers, and robots.txt speaks of pages (Mastodon, XRPC and X's paths). */
const API_PATH = /^\/(api\/v\d|xrpc\/|2\/tweets|v0\/item)/
/** Not asked for again each time that a page names them. */
const NOT_THERE: ReadonlySet<VisitOutcome> = new Set(['gone', 'absent', 'refused'])
/** Nothing stops a request that is under way but its own deadline: what was asked for is kept. */
const TO_ITS_END = new AbortController().signal

export interface Verdict {
  readonly outcome: VisitOutcome
  /** For people: why it was refused, failed or gone; null when all went well. */
  readonly reason: string | null
}

/** How a look ended, and what of it is safe. */
export interface Looked extends Verdict {
  readonly kept: readonly KeptCapture[]
}

type Way = 'http' | 'browser'

/** What the work list is told of the next look. */
interface Plan {
  readonly dueAt: string | null
  /** Whether this look failed and is tried again in the same round. */
  readonly again: boolean
  /** Failed looks in a row. */
  readonly attempts: number
}

/**
 * Looks at a row's URL by HTTP, or with a browser. Throws what the archive throws, and the signal's reason while
 * waiting.
 */
export async function lookAt(turn: Turn, way: Way): Promise<Looked> {
  const { job, row } = turn
  const redirects: Capture[] = []
  try {
    const permission = await askPermission(turn)
    const previous = lastWhole(job, row.url, way === 'http' ? 'http' : 'any')
    const request = () => fetchBy({ ...turn, ...permission, redirects, previous }, way)
    const captures = await job.politeness.run(row.host, permission.wishes, request, job.signal)
    return await conclude(turn, captures, judge(turn, captures, previous))
  } catch (error) {
    job.signal.throwIfAborted()
    if (error instanceof TransientFetchError) return fail(turn, redirects, error)
    if (!(error instanceof UnspoolError) || error.exit === 'storage' || error.exit === 'integrity') throw error
    return conclude(turn, redirects, { outcome: 'refused', reason: error.message })
  }
}

interface Permission {
  readonly wishes: HostWishes
  /** Whether a redirect may lead there on the same host. */
  readonly allows: (url: URL) => boolean
}

/** A turn that may ask now. */
interface Asking extends Turn, Permission {
  readonly previous: Capture | null
  /** Those met before a hop failed. */
  readonly redirects: Capture[]
}

/** Throws when robots.txt says no, or cannot be had. */
async function askPermission({ job, row }: Turn): Promise<Permission> {
  if (API_PATH.test(new URL(row.url).pathname))
    return { wishes: { crawlDelayMs: null, apiPauseMs: job.hosts.apiPauseMs(row.host) }, allows: () => true }
  const verdict = await job.robots.check(row.url, job.signal)
  const { allowed, crawlDelayMs, retryAfterMs, allows } = verdict
  if (allowed) return { wishes: { crawlDelayMs }, allows }
  if (verdict.temporary)
    throw new TransientFetchError(`robots.txt could not be asked: ${verdict.reason}`, { retryAfterMs })
  throw new RefusedError(verdict.evidence.length === 0 ? verdict.reason : `robots.txt forbids it: ${verdict.reason}`)
}

async function fetchBy({ job, row, source, previous, redirects, allows }: Asking, way: Way) {
  const ask: Ask = {
    previous,
    headersFor: (url) => job.secrets.headersFor(source, url),
    // Another host has its own robots.txt and its own turn.
    mayFollow: (url) => hostOf(url.href) === row.host && allows(url) && (isLogin(new URL(row.url)) || !isLogin(url)),
    onRedirect: (redirect) => void redirects.push(redirect),
    browsing: job.secrets.browsingFor(source),
  }
  const fetcher = way === 'browser' ? job.fetchers.browser : job.fetchers.http
  if (fetcher === null) throw new RefusedError(`${row.url} needs a browser, and none is to be used (--browser never)`)
  return fetcher.fetch(row.url, TO_ITS_END, ask)
}

/** What the answer means. `previous` is the last whole answer of the same URL, if there was one. */
function judge(turn: Turn, captures: readonly Capture[], previous: Capture | null): Verdict | TransientFetchError {
  const answer = captures.at(-1)
  const error = answer === undefined ? null : explainStatus(answer)
  if (answer === undefined) return { outcome: 'unchanged', reason: null }
  if (error instanceof TransientFetchError) return error
  if (error instanceof RefusedError) return { outcome: 'refused', reason: error.message }
  if (error !== null) return { outcome: previous === null ? 'absent' : 'gone', reason: error.message }
  const fault = faultOf(answer, previous)
  if (fault !== null) return new TransientFetchError(`${answer.finalUrl ?? answer.input}: ${fault}; try again later`)
  if (isRedirect(answer.status)) return { outcome: outcomeOfMove(turn, answer), reason: null }
  const outcome = previous === null ? 'new' : previous.digest === answer.digest ? 'unchanged' : 'changed'
  return { outcome, reason: null }
}

/** A page that is elsewhere is as before when it is where the look before was sent. */
function outcomeOfMove({ job, row }: Turn, answer: Capture): VisitOutcome {
  const [before] = job.writer.looks(row.url, 1, 'any')
  if (before === undefined) return 'new'
  return locationOf(before) === locationOf(answer) ? 'unchanged' : 'changed'
}

/** What is wrong with an answer whose status is a good one: it is kept, and no look at the page. */
function faultOf(answer: Capture, previous: Capture | null): string | null {
  if (answer.truncated === 'disconnect' && answer.method === 'http')
    return `the answer broke off after ${answer.body.length} bytes`
  if (answer.status === NOT_MODIFIED && previous?.finalUrl !== answer.finalUrl)
    return 'the site answered 304, "as before", to somebody who has nothing from before'
  return null
}

function conclude(turn: Turn, captures: readonly Capture[], verdict: Verdict | TransientFetchError): Promise<Looked> {
  if (verdict instanceof TransientFetchError) return fail(turn, captures, verdict)
  const { job, row } = turn
  const answer = captures.at(-1)
  if (answer !== undefined) job.hosts.answered(row.host, answer)
  const skew = answer === undefined ? null : clockSkewOf(answer)
  if (skew !== null) job.tally.clockSkews.set(row.host, skew)
  const isGone = NOT_THERE.has(verdict.outcome)
  const dueAt = nextLook(isGone ? { ...turn, row: asItem(row) } : turn, answer ?? null)
  return commit(turn, captures, verdict, { dueAt, again: false, attempts: 0 })
}

/** A part that is gone is not asked for each time its parent is. */
function asItem(row: FrontierRow): FrontierRow {
  return row.kind === 'source' ? row : { ...row, kind: 'item' }
}

/** A host that asks for a pause has not failed: that costs no attempt. */
function fail(turn: Turn, captures: readonly Capture[], error: TransientFetchError): Promise<Looked> {
  const { job, row } = turn
  const notBefore = job.hosts.failed(row.host, error.retryAfterMs)
  const attempts = error.retryAfterMs === null ? row.attempts + 1 : row.attempts
  const again = attempts < MAX_ATTEMPTS
  if (error.retryAfterMs !== null) job.tally.heldOff.add(row.host)
  const now = isoNow(job)
  const last = again ? null : (earlierLooks(job.writer, row.url, now)[0]?.at ?? null)
  const plan = { again, attempts, dueAt: again ? notBefore : (nextTryOf(turn, last) ?? notBefore) }
  return commit(turn, captures, { outcome: 'failed', reason: error.message }, plan)
}

/** The one moment in which captures and work list change, together. */
async function commit({ job, row }: Turn, captures: readonly Capture[], verdict: Verdict, plan: Plan): Promise<Looked> {
  const complete = () => job.writer.frontier.complete(row.key, { ...verdict, ...plan, visitedAt: isoNow(job) })
  if (captures.length === 0) complete()
  const rows = captures.length === 0 ? [] : await job.writer.appendLook(captures, job.run, complete)
  const kept = rows.map((stored, at) => ({ row: stored, capture: captures[at]! }))
  countKept(job.tally, rows)
  return { ...verdict, kept }
}

/** When a page that its parent leads to is looked at if the parent leads there no more, for it was not to be had. */
export function nextLookAlone(turn: Turn): string | null {
  return nextLook({ ...turn, row: asItem(turn.row) }, null)
}

/** When a page is tried again in whose place the site showed its own trouble, or null for a part. */
export function nextTryOf(turn: Turn, last: string | null = null): string | null {
  const regular = nextLook(turn, null)
  return regular === null ? null : nextTry(regular, last, isoNow(turn.job))
}

/** A part is looked at with its parent; a source and its items have times of their own. `answer`: not stored yet. */
function nextLook(turn: Turn, answer: Capture | null): string | null {
  const now = isoNow(turn.job)
  if (answer !== null) return dueAfter(turn, earlierLooks(turn.job.writer, turn.row.url, now, answer), now)
  const earlier = earlierLooks(turn.job.writer, turn.row.url, now)
  return dueAfter(turn, [{ at: now, digest: earlier[0]?.digest ?? null }, ...earlier], now)
}

function dueAfter({ row, source }: Turn, looks: readonly Look[], now: string): string | null {
  if (row.kind === 'part' || row.kind === 'more') return null
  return row.kind === 'item' ? nextItemLook(source, row.url, looks) : nextSourceLook(source, looks, now)
}

/**
 * After its page was read: many give other bytes at each look and say the same, for scripts and numbers of visitors.
 */
export function settleRead(turn: Turn, looked: Looked): Looked {
  const { writer } = turn.job
  const last = looked.kept.at(-1)
  if (looked.outcome !== 'changed' || last === undefined || !saysAsBefore(writer, turn.row.url, last.row)) return looked
  const now = isoNow(turn.job)
  writer.frontier.settle(turn.row.key, dueAfter(turn, earlierLooks(writer, turn.row.url, now), now))
  return { ...looked, outcome: 'unchanged' }
}
