// One crawl, from what is due to the end of it: one look at a time to a host, several hosts at once. Killed at any
// moment, the next run goes on; stopped, it finishes what is in hand.
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FrontierRow } from '../archive/crawl/frontier.ts'
import { SOURCES_EVENT } from '../archive/crawl/look-history.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import { judgeClock } from '../fetch/manners/clock-skew.ts'
import { createPoliteness, type PolitenessOptions } from '../fetch/manners/politeness.ts'
import { createRobots } from '../fetch/manners/robots.ts'
import { digestOf } from '../fixity.ts'
import type { Unrolled } from '../model.ts'
import { type CrawlOptions, isoNow, type Job, type Stages } from './job.ts'
import { createHostKeeper, PATIENCE_MS, waitOf } from './look/hosts.ts'
import { judgeMoves } from './look/moves.ts'
import { createRobotsFetcher } from './look/permission.ts'
import { readLeftovers } from './look/reading.ts'
import { visit } from './look/visit.ts'
import { type CrawlTally, createTally, trueGaps } from './report/tally.ts'
import { enterPlan, planSources } from './schedule/plan.ts'
import type { Source } from './sources/sources.ts'

/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 16
/** Looks, or posts, after which what was read is unrolled, so that memory stays bounded and a kill costs little. */
const LOOKS_PER_UNROLLING = 200
const POSTS_PER_UNROLLING = 1500
/** Unrolling that takes less does not make those who are being asked look slow, ms. */
const QUICK_MS = 500
/**
 * Bytes that unrolling and indexing may write for each byte of payload that waits for it, the write-ahead log included.
 */
const GROWTH = 4

export type Ending = 'done' | 'nothing due' | 'stopped' | 'disk floor'

/** One finished look, for whoever watches. */
export interface Progress {
  readonly row: FrontierRow
  readonly outcome: string
  readonly posts: number
  readonly tally: CrawlTally
  /** Counts the rows that wait: not to be asked for at every look. */
  readonly waiting: () => number
}

export interface CrawlResult {
  readonly ending: Ending
  readonly run: string | null
  readonly tally: CrawlTally
  /** Of all unrollings of the run, the last; null when nothing was read. */
  readonly unrolled: Unrolled | null
  readonly waiting: number
  readonly nextDue: string | null
}

export interface CrawlSetup extends CrawlOptions, Stages {
  readonly writer: ArchiveWriter
  readonly reader: ArchiveReader
  readonly politeness: Omit<PolitenessOptions, 'clock'>
  readonly onLook: (progress: Progress) => void
  /** Runs what computes for long while nobody is asked anything: ended there, it leaves what the next run does. */
  readonly aside?: <T>(work: () => T) => T
}

/** Crawls what is due. The caller opens and closes archive and fetchers. Throws what the archive throws. */
export async function crawlDue(setup: CrawlSetup): Promise<CrawlResult> {
  const now = isoNow(setup)
  const tally = createTally(now)
  const names = setup.sources.map(({ name }) => name)
  const { frontier } = setup.writer
  const { aside = (work) => work() } = setup
  const idle = (ending: Ending, unrolled: Unrolled | null = null): CrawlResult => {
    return { ending, run: null, tally, unrolled, ...outlook(setup, names) }
  }
  // Not even a run is begun: its records need room too.
  if (setup.freeBytes() < setup.floorBytes) return idle('disk floor')
  const gaps = planRun(setup, now)
  const unread = setup.reader.unreadCaptures().length
  // A killed run may have left what it read without unrolling it.
  if (unread === 0 && !frontier.hosts(names, now).some((host) => mayAskSoon(setup, host)))
    return idle(
      'nothing due',
      aside(() => setup.unroll(setup.writer)),
    )
  // Crawling on into a damaged file would bury what can still be saved.
  setup.writer.checkStructure()
  tally.gaps.push(...gaps)
  const job = openJob(setup, tally)
  await readLeftovers(job)
  const ending = await drainFrontier(job, startCourse(setup, names))
  const unrolled = aside(() => setup.unroll(setup.writer))
  judgeMoves(tally, frontier.find)
  recordRemarks(job)
  return { ending, run: job.run, tally, unrolled, ...outlook(setup, names) }
}

/** A run that could only wait would be an empty one at every tick, while a host is down. */
function mayAskSoon({ writer, now }: CrawlSetup, host: string): boolean {
  return waitOf(writer.hosts.load(host), now()) <= PATIENCE_MS
}

/** Of the plan only its gaps stay in memory while the run goes on: a list may have thousands of sources. */
function planRun({ sources, wanted, reader, writer, locate }: CrawlSetup, now: string): CrawlTally['gaps'] {
  const planned = planSources(sources, reader, locate, now).map((one) =>
    wanted.has(one.source.name) && one.dueAt > now ? { ...one, dueAt: now } : one,
  )
  enterPlan(writer.frontier, planned, now)
  return planned.flatMap(({ source, gap }) => (gap === null ? [] : [{ source: source.name, ...gap }]))
}

function outlook(setup: CrawlSetup, names: readonly string[]): Pick<CrawlResult, 'waiting' | 'nextDue'> {
  return { waiting: setup.writer.frontier.countWaiting(names), nextDue: nextLookAt(setup, names) }
}

/** What is due already may wait for its host: for a pause that it asked for, or one after failures. */
function nextLookAt({ writer, ...setup }: CrawlSetup, names: readonly string[]): string | null {
  const { frontier, hosts } = writer
  const now = isoNow(setup)
  const pauses = frontier.hosts(names, now).map((host) => hosts.load(host).notBefore ?? now)
  if (pauses.length === 0 || pauses.some((end) => end <= now)) return frontier.nextDue(names)
  const next = frontier.nextDue(names, now)
  return [...pauses, ...(next === null ? [] : [next])].sort()[0] ?? null
}

function openJob(setup: CrawlSetup, tally: CrawlTally): Job {
  const { writer, now, random, sources } = setup
  const politeness = createPoliteness({ ...setup.politeness, clock: CLOCK, concurrency: HOSTS_AT_ONCE })
  const hosts = createHostKeeper({ store: writer.hosts, politeness, now, random })
  const run = beginRun(writer, sources)
  const job = { ...setup, run, politeness, hosts, tally }
  return { ...job, robots: createRobots(createRobotsFetcher(job), () => now().getTime()) }
}

/** A list of thousands is kept once, in the first run that had it, and not in each run of ten years. */
function beginRun(writer: ArchiveWriter, listed: readonly Source[]): string {
  const sources = listed.map(({ name, url }) => ({ name, url }))
  const digest = digestOf(Buffer.from(JSON.stringify(sources)))
  const run = writer.beginRun({ command: 'crawl', options: { sources: sources.length, digest } })
  if (!writer.knowsSources(digest))
    writer.recordEvent(run, { type: SOURCES_EVENT, outcome: 'noted', detail: { digest, sources } })
  return run
}

/** Delays are measured by a clock that nobody sets back. */
const CLOCK = {
  now: () => performance.now(),
  sleep: async (ms: number, signal: AbortSignal) => {
    await sleep(ms, undefined, { signal })
  },
}

/** What the hosts of one run share. */
interface Course {
  readonly names: readonly string[]
  readonly sources: ReadonlyMap<string, Source>
  readonly onLook: CrawlSetup['onLook']
  /** Since the last unrolling. */
  looks: number
  posts: number
  /** Payload bytes of this run that are unrolled already. */
  unrolledBytes: number
  /** What the last unrolling took; nobody knows of the first. */
  unrollingMs: number
}

function startCourse({ sources, onLook }: CrawlSetup, names: readonly string[]): Course {
  const byName = new Map(sources.map((source) => [source.name, source]))
  return { names, sources: byName, onLook, looks: 0, posts: 0, unrolledBytes: 0, unrollingMs: Number.POSITIVE_INFINITY }
}

/** Until nothing waits whose time comes soon. */
async function drainFrontier(job: Job, course: Course): Promise<Ending> {
  const busy = new Map<string, Promise<void>>()
  const failure = new AbortController()
  const signal = AbortSignal.any([job.signal, failure.signal])
  // Every host that waits for its turn listens; Node takes more than ten for a leak, and says so to people.
  setMaxListeners(2 * HOSTS_AT_ONCE, signal)
  const step = async (host: string) => {
    try {
      await crawlHost({ ...job, signal }, host, course)
    } catch (error) {
      // One broken archive ends all hosts; their looks in hand come to their end first.
      failure.abort(error)
    } finally {
      busy.delete(host)
    }
  }
  for (;;) {
    // One moment for both questions: what falls due between them would be neither ready nor waited for.
    const now = isoNow(job)
    const full = isDiskFull(job, course)
    if (!signal.aborted && !full && !isTimeToUnroll(course) && busy.size < HOSTS_AT_ONCE)
      for (const host of readyHosts(job, course.names, busy, now))
        if (busy.size < HOSTS_AT_ONCE) busy.set(host, step(host))
    if (busy.size > 0) await Promise.race(busy.values())
    else if (failure.signal.aborted) throw failure.signal.reason
    else if (isTimeToUnroll(course)) unrollNow(job, course)
    else if (full) return 'disk floor'
    else if (signal.aborted || !(await waitForNext(job, course.names, now))) break
  }
  return job.signal.aborted ? 'stopped' : 'done'
}

function isTimeToUnroll({ looks, posts }: Course): boolean {
  return looks >= LOOKS_PER_UNROLLING || posts >= POSTS_PER_UNROLLING
}

/**
 * Between requests: unrolling leaves no time to listen, and a host that waits would be taken for one that is down. What
 * is quick can be done while others are asked.
 */
function unrollNow(job: Job, course: Course): void {
  const start = CLOCK.now()
  job.unroll(job.writer)
  course.unrollingMs = CLOCK.now() - start
  course.looks = 0
  course.posts = 0
  course.unrolledBytes = job.tally.bytes
}

/** Room for what is fetched but not yet unrolled is taken already. */
function isDiskFull(job: Job, { unrolledBytes }: Course): boolean {
  return job.freeBytes() - GROWTH * (job.tally.bytes - unrolledBytes) < job.floorBytes
}

function readyHosts(job: Job, names: readonly string[], busy: ReadonlyMap<string, unknown>, now: string) {
  const hosts = job.writer.frontier.hosts(names, now).filter((host) => !busy.has(host))
  return hosts.filter((host) => {
    const isPatient = job.hosts.waitMs(host) <= PATIENCE_MS
    if (!isPatient && !job.hosts.isDown(host)) job.tally.heldOff.add(host)
    return isPatient
  })
}

/** Sleeps until a row that waited at `now` may be looked at; false when none comes soon. */
async function waitForNext(job: Job, names: readonly string[], now: string): Promise<boolean> {
  const next = job.writer.frontier.nextWaiting(names, now)
  const wait = next === null ? null : Date.parse(next) - Date.parse(now)
  if (wait === null || wait > PATIENCE_MS) return false
  await sleep(wait, undefined, { signal: job.signal }).catch(() => undefined)
  return !job.signal.aborted
}

async function crawlHost(job: Job, host: string, course: Course): Promise<void> {
  const mayGoOn = () => !job.signal.aborted && !isDiskFull(job, course) && !isTimeToUnroll(course)
  while (mayGoOn() && job.hosts.waitMs(host) <= PATIENCE_MS) {
    const row = job.writer.frontier.next(host, course.names, isoNow(job))
    const source = course.sources.get(row?.source ?? '')
    if (row === null || source === undefined) return
    const seen = await visit({ job, row, source })
    if (seen === null) return
    course.looks++
    course.posts += seen.posts
    if (isTimeToUnroll(course) && course.unrollingMs < QUICK_MS) unrollNow(job, course)
    course.onLook({ row, ...seen, tally: job.tally, waiting: () => job.writer.frontier.countWaiting(course.names) })
  }
}

/** That nobody looked for a while, or not at all, is part of what the archive says of its time. */
function recordRemarks({ writer, run, tally }: Job): void {
  for (const gap of trueGaps(tally))
    writer.recordEvent(run, { type: 'coverage gap', outcome: 'noted', detail: { ...gap } })
  for (const [limit, pages] of tally.leftOut)
    writer.recordEvent(run, { type: 'limit reached', outcome: 'noted', detail: { limit, pages } })
  const skewMs = judgeClock([...tally.clockSkews.values()])
  if (skewMs !== null) writer.recordEvent(run, { type: 'clock skew', outcome: 'noted', detail: { skewMs } })
}
