// After a look: reads what came, stores it, and takes the URLs it leads to into the work list. Also reads what a crash
// kept from being read. What is stored is what a rebuild would read in the captures; everything here can be done again
// without harm.
import type { VisitOutcome } from '../../archive/crawl/frontier.ts'
import { NOT_FOUND, REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR } from '../../errors.ts'
import { locationOf } from '../../fetch/http/redirect.ts'
import { isPage } from '../../fetch/http/status.ts'
import type { Extraction, Note } from '../../model.ts'
import { isLogin, resolve, urlOf } from '../../url.ts'
import { hostOf, pageUrl } from '../addresses.ts'
import { isoNow, type Job, type KeptCapture, type PageRead, type Turn } from '../job.ts'
import { countLeftOut } from '../report/tally.ts'
import { nextItemLook } from '../schedule/due.ts'
import { earlierLooks } from '../schedule/past.ts'
import { type FoundLink, linksOf } from './follow.ts'
import type { Looked } from './look.ts'
import { noteMove, standsForSource } from './moves.ts'

/** What reading a look brought. */
export interface ReadLook {
  readonly posts: number
  /** The page is empty until its script runs. */
  readonly isShell: boolean
  /** What the site shows in place of the page, when there is nothing else; null: nothing. */
  readonly instead: ShownInstead | null
  /**
   * Why there is nothing in it at all: no posts, and no address to go on to; null: something is, or nobody says why.
   */
  readonly isEmptyFor: string | null
}

/** A wall, the site's word that there is no such page, or its trouble, whatever the status of the answer. */
export interface ShownInstead {
  readonly outcome: Extract<VisitOutcome, 'refused' | 'gone' | 'failed'>
  readonly message: string
}

/** Reads what came: that a page says what it said before is stored too, for its posts were seen again. */
export async function readLook(turn: Turn, looked: Looked): Promise<ReadLook> {
  let posts = 0
  let isShell = false
  let instead: ShownInstead | null = null
  let isEmptyFor: string | null = null
  for (const kept of looked.kept) {
    const extraction = await readKept(turn, kept)
    if (!isPage(kept.capture.status)) continue
    posts += extraction.posts.length + extraction.scrapes.length
    isShell = extraction.notes.some(({ code }) => code === SCRIPT_SHELL)
    instead = shownInstead(extraction.notes)
    isEmptyFor = leadsNowhere(extraction)
      ? (extraction.notes.find(({ level }) => level !== 'info')?.message ?? null)
      : null
  }
  const last = looked.kept.at(-1)
  if (last !== undefined && looked.reason === null) instead = followAway(turn, last) ?? instead
  return posts > 0 ? { posts, isShell, instead: null, isEmptyFor: null } : { posts, isShell, instead, isEmptyFor }
}

/** Trouble and walls before absence: what is in doubt is not gone. */
function shownInstead(notes: readonly Note[]): ShownInstead | null {
  const said = (outcome: ShownInstead['outcome'], isIt: (code: string) => boolean) => {
    const note = notes.find(({ code }) => isIt(code))
    return note === undefined ? null : { outcome, message: note.message }
  }
  return (
    said('refused', (code) => REFUSAL_NOTES.has(code)) ??
    said('failed', (code) => code === SITE_ERROR) ??
    said('gone', (code) => code === NOT_FOUND)
  )
}

function leadsNowhere({ next, blocks, declared }: Extraction): boolean {
  return next.length + blocks.length + (declared.lists?.length ?? 0) === 0
}

/**
 * A redirect to another host, or to what robots.txt has to be asked for: whatever is there takes the place of this
 * page, in a turn of its own. Returns what is said of a redirect that is not followed.
 */
function followAway(turn: Turn, kept: KeptCapture): ShownInstead | null {
  const { row, source } = turn
  const target = resolve(locationOf(kept.capture), urlOf(kept.capture.finalUrl))
  const url = target === null ? null : pageUrl(target)
  if (isLogin(urlOf(url)) && !isLogin(urlOf(row.url)))
    return { outcome: 'refused', message: `the site leads on to a log-in, ${url}` }
  if (url === null) return null
  const isList = row.kind !== 'item' && source.follow.includes('items')
  const isUncounted = standsForSource(turn.job.tally, row) && noteMove(turn.job.tally, row, url)
  follow(turn, { url, kind: isList ? 'more' : 'part', isMove: true, isUncounted }, kept)
  return null
}

/** Reads what an earlier run stored and did not come to read. */
export async function readLeftovers(job: Job): Promise<void> {
  const sources = new Map(job.sources.map((source) => [source.name, source]))
  for (const stored of job.reader.unreadCaptures()) {
    const row = stored.url === null ? null : job.writer.frontier.find(stored.url)
    const source = row === null ? undefined : sources.get(row.source)
    const kept = { row: stored, capture: job.reader.readCapture(stored) }
    if (row !== null && source !== undefined) await readKept({ job, row, source }, kept)
    else store(job, kept, await job.read(kept.capture))
  }
}

async function readKept(turn: Turn, kept: KeptCapture): Promise<Extraction> {
  const { job, row, source } = turn
  const read = await job.read(kept.capture)
  const links = isPage(kept.capture.status) ? linksOf(row, source, read.extraction, job.locate) : []
  store(job, kept, read, () => {
    for (const link of links) follow(turn, link, kept)
  })
  return read.extraction
}

/**
 * What was read, with what follows from it: a kill leaves a page that is unread and has led nowhere, or one that is not
 * read again.
 */
export function store(
  job: Pick<Job, 'writer' | 'tally'>,
  kept: KeptCapture,
  { extraction, adapter }: PageRead,
  beside?: () => void,
): void {
  const { newPosts, newVersions } = job.writer.storeExtraction(kept.row.id, extraction, adapter, beside)
  job.tally.posts.new += newPosts
  job.tally.posts.changed += newVersions
}

interface Step extends FoundLink {
  readonly isMove?: boolean
  /** True where the source's limits say nothing of it. */
  readonly isUncounted?: boolean
}

function follow(turn: Turn, { url, kind, isMove = false, isUncounted = false }: Step, kept: KeptCapture): void {
  const { job, row, source } = turn
  const depth = row.depth + (isUncounted ? 0 : 1)
  const limit = isUncounted ? null : limitReached(turn, depth)
  if (limit !== null) {
    countLeftOut(job.tally, { url, source: source.name, why: limit })
    return
  }
  const now = isoNow(job)
  // An item the archive has from before the work list had it (after a rebuild) keeps its times.
  const dueAt = kind === 'item' ? (nextItemLook(source, url, earlierLooks(job.writer, url, now)) ?? now) : now
  const links = { source: source.name, host: hostOf(url), round: row.round, foundIn: kept.row.id, foundAt: now }
  job.writer.frontier.add({ url, kind, depth, dueAt, waits: dueAt <= now, isMove, ...links })
}

function limitReached({ job, row, source }: Turn, depth: number): string | null {
  if (depth > source.maxDepth) return `max_depth is ${source.maxDepth}`
  const pages = job.writer.frontier.countInRound(source.name, row.round)
  return pages + 1 >= source.maxPages ? `max_pages is ${source.maxPages}` : null
}
