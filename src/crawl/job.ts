// What one crawl works with, handed in by whoever starts it: the archive, the fetchers, the reading of pages, a clock.
import type { FrontierRow } from '../archive/crawl/frontier.ts'
import type { CaptureRow } from '../archive/facts/captures/capture-rows.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import type { Browsing } from '../fetch/fetcher.ts'
import type { Fetchers } from '../fetch/fetchers.ts'
import type { Politeness } from '../fetch/manners/politeness.ts'
import type { Robots } from '../fetch/manners/robots.ts'
import type { AdapterName, Capture, Extraction, Unrolled } from '../model.ts'
import type { HostKeeper } from './look/hosts.ts'
import type { CrawlTally } from './report/tally.ts'
import type { Source } from './sources/sources.ts'

/** Who read a page and what was in it: pipeline/. */
export interface PageRead {
  readonly adapter: AdapterName | null
  readonly extraction: Extraction
}

/** The stages that a crawl drives and does not know. */
export interface Stages {
  readonly read: (capture: Capture) => Promise<PageRead>
  /** What to fetch for what a URL names: often the same, sometimes its JSON twin. */
  readonly locate: (url: string) => string
  /** Unrolls what no findings know yet, and stores it. */
  readonly unroll: (writer: ArchiveWriter) => Unrolled
}

/** What a source's owner lends to it. */
export interface Secrets {
  /** Request headers, cookies among them, for one hop. */
  headersFor(source: Source, url: URL): Readonly<Record<string, string>>
  /** Profile and cookies for a browser, which sends them itself. */
  browsingFor(source: Source): Browsing
}

export interface CrawlOptions {
  readonly sources: readonly Source[]
  /** Names of sources that are looked at even when they are not due. */
  readonly wanted: ReadonlySet<string>
  readonly secrets: Secrets
  readonly fetchers: Fetchers
  readonly now: () => Date
  /** From [0, 1): for pauses. */
  readonly random: () => number
  /** No new request is begun after it; the one under way comes to its end. */
  readonly signal: AbortSignal
  /** Free bytes of the archive's disk, and below how many nothing is fetched. */
  readonly freeBytes: () => number
  readonly floorBytes: number
}

/** Everything open, for the length of one run. */
export interface Job extends CrawlOptions, Stages {
  readonly writer: ArchiveWriter
  readonly reader: ArchiveReader
  readonly run: string
  readonly politeness: Politeness
  readonly robots: Robots
  readonly hosts: HostKeeper
  readonly tally: CrawlTally
}

/** A row of the work list whose turn it is, and the source that it is looked at for. */
export interface Turn {
  readonly job: Job
  readonly row: FrontierRow
  readonly source: Source
}

/** A capture that is safe in the archive. */
export interface KeptCapture {
  readonly capture: Capture
  readonly row: CaptureRow
}

export function isoNow(job: Pick<Job, 'now'>): string {
  return job.now().toISOString()
}
