// Puts the sources into the work list: what is due waits, what is not keeps its time. Computed anew from the archive at
// each run, so a changed interval counts at once and a lost work list is no loss.
import type { Frontier, FrontierRow, VisitOutcome } from '../../archive/crawl/frontier.ts'
import type { ArchiveReader } from '../../archive/reader.ts'
import { UsageError } from '../../errors.ts'
import { hostOf, pageUrl } from '../addresses.ts'
import type { Source } from '../sources/sources.ts'
import { type CoverageGap, coverageGap, nextSourceLook } from './due.ts'
import { earlierLooks } from './past.ts'

export interface Planned {
  readonly source: Source
  /** What is fetched for it. */
  readonly url: string
  readonly dueAt: string
  /** How the last look ended; null when there was none. */
  readonly last: VisitOutcome | null
  /** Time in which nobody looked although it was wanted; null when there is none or it is not due. */
  readonly gap: CoverageGap | null
}

/**
 * When each source is to be looked at. Changes nothing. `reader` is null when there is no archive yet. Throws
 * UsageError where two sources fetch one page: only one of them would count.
 */
export function planSources(
  sources: readonly Source[],
  reader: ArchiveReader | null,
  locate: (url: string) => string,
  now: string,
): readonly Planned[] {
  const first = new Map<string, Source>()
  return sources.map((source) => {
    const url = pageUrl(locate(source.url)) ?? source.url
    const other = first.get(url)
    if (other !== undefined)
      throw new UsageError(`the sources ${other.name} and ${source.name} are one page, ${url}; take one of them out`)
    first.set(url, source)
    const looks = reader === null ? [] : earlierLooks(reader, url, now)
    const known = reader?.findInFrontier(url) ?? null
    const dueAt = timeOf(known, now) ?? nextSourceLook(source, looks, now)
    return {
      source,
      url,
      dueAt,
      last: known?.outcome ?? null,
      gap: dueAt <= now ? coverageGap(source, looks, now) : null,
    }
  })
}

/** Without an answer there is nothing to compute from but the time that was set then, by a clock that went right. */
function timeOf(known: FrontierRow | null, now: string): string | null {
  const isUnanswered = known?.outcome === 'failed' || known?.outcome === 'refused'
  return isUnanswered && (known.visitedAt ?? '') <= now ? known.dueAt : null
}

/** Takes the plan into the work list, and lets all whose time has come wait. */
export function enterPlan(frontier: Frontier, planned: readonly Planned[], now: string): void {
  const names = planned.map(({ source }) => source.name)
  frontier.together(() => {
    frontier.bringBack(now)
    frontier.rename(newNames(frontier, planned))
    for (const one of planned) enterSource(frontier, one, now)
    const urls = planned.map(({ url }) => url)
    frontier.retire(names, urls, now)
    frontier.wake(names, now)
  })
}

/** New names of sources, by those of before. A page of another source that is one of its own now renames nothing. */
function newNames(frontier: Frontier, planned: readonly Planned[]): ReadonlyMap<string, string> {
  const names = planned.flatMap(({ source, url }) => {
    const known = frontier.find(url)
    return known?.kind === 'source' && known.source !== source.name ? [[known.source, source.name] as const] : []
  })
  return new Map(names)
}

function enterSource(frontier: Frontier, { source, url, dueAt }: Planned, now: string): void {
  const known = frontier.find(url)
  if (known !== null) {
    frontier.plan(known, source.name, dueAt)
    return
  }
  const place = { url, source: source.name, host: hostOf(url), kind: 'source', depth: 0 } as const
  frontier.add({ ...place, round: now, dueAt, waits: dueAt <= now, foundIn: null, foundAt: now })
}
