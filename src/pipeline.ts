// The one place where stages meet: fetch → capture → extract → unroll → store. No stage knows another; this file joins
// them and holds no knowledge of its own about any platform, format or table.
import { locateUrl, readPosts } from './adapters/index.ts'
import { readPage } from './adapters/page.ts'
import type { CaptureRow } from './archive/capture-rows.ts'
import type { ArchiveReader } from './archive/reader.ts'
import type { Recovery } from './archive/recovery.ts'
import type { ArchiveWriter, WriterOptions } from './archive/writer.ts'
import { UnspoolError } from './errors.ts'
import { isNote } from './fetch/fetcher.ts'
import type { Fetchers } from './fetch/fetchers.ts'
import { explainStatus } from './fetch/status.ts'
import { sha256 } from './fixity.ts'
import type { Capture, Extraction, Note, PageOrder, Unrolled } from './model.ts'
import { ENGINE_VERSION, unroll } from './unroll/unroll.ts'

/** One capture and what was read out of it. */
export interface Reading {
  readonly capture: Capture
  /** Who read it; null when nobody recognised it. */
  readonly adapter: { readonly name: string; readonly version: number } | null
  readonly extraction: Extraction
}

/** An input that could not be read, and why. */
export interface Failure {
  readonly input: string
  readonly error: UnspoolError
}

export interface UnrollResult {
  readonly unrolled: Unrolled
  readonly failures: readonly Failure[]
}

export interface AddReport {
  readonly unrolled: Unrolled
  readonly failures: readonly Failure[]
  readonly captures: number
  /** Captures whose bytes the archive held already: kept as WARC revisits. */
  readonly unchanged: number
  readonly newPosts: number
  /** Known posts seen with another content. */
  readonly newVersions: number
  readonly knownPosts: number
}

export interface RebuildReport {
  readonly captures: number
  readonly threads: number
  readonly conversations: number
  /** WARC files in which something could not be read. */
  readonly damaged: readonly string[]
  /** The stretches of these that could not be read. */
  readonly recoveries: readonly Recovery[]
}

const NOTHING: Unrolled = { threads: [], conversations: [], unplaced: [], edges: [], notes: [] }

/** Extracts one capture; `order` says whether the order of its posts means anything. Pure: same bytes, same reading. */
export function readCapture(capture: Capture, order: PageOrder = 'page'): Reading {
  if (isNoPage(capture)) return { capture, adapter: null, extraction: UNREAD }
  const page = readPage(capture)
  const { adapter, extraction } = readPosts(page)
  const notes = [...extraction.notes, ...truncationNotes(capture)]
  return {
    capture,
    adapter: adapter && { name: adapter.name, version: adapter.version },
    extraction: { ...extraction, notes, ...(order === 'none' ? { order } : {}) },
  }
}

const UNREAD: Extraction = {
  posts: [],
  scrapes: [],
  blocks: [],
  next: [],
  notes: [],
  declared: { title: null, site: null, replies: null },
}
/** A WARC keeps whatever a crawler was given. */
const NO_PAGE_TYPE = /^(?:image|font|audio|video)\/|^text\/css$|javascript$/
const ROBOTS = /^https?:\/\/[^/]+\/robots\.txt$/

/** Evidence that holds no posts: robots.txt, redirects, and what a site says instead of a page that is gone or not to be had. */
function isNoPage({ status, url, method, mediaType }: Capture): boolean {
  if (method === 'import' && NO_PAGE_TYPE.test(mediaType ?? '')) return true
  if (method === 'file' || status === null) return false
  const isAnswer = status < 300 || status === 304 || (status > 400 && status < 404)
  return !isAnswer || (url !== null && ROBOTS.test(url))
}

const TRUNCATIONS = {
  length: 'is longer than the limit and was cut',
  time: 'took too long and was cut',
  disconnect: 'ended before it was whole',
} as const

/** Posts may be missing for no fault of the page: say so beside them. */
function truncationNotes({ input, truncated, body }: Capture): Note[] {
  if (truncated === null) return []
  const message = `The answer ${TRUNCATIONS[truncated]} after ${body.length} bytes; what follows is not here.`
  return [{ level: 'warning', code: 'truncated', message, input }]
}

/** What to fetch for what a URL names: its JSON twin where the platform has one, else the URL itself. */
export function fetchUrlOf(url: string): string {
  return locateUrl(url)?.fetch ?? url
}

/** Unrolls everything read together, as one set of posts. */
export function unrollTogether(extractions: readonly Extraction[]): Unrolled {
  return unroll(extractions, { order: 'page', digest: sha256 })
}

export interface ReadOptions {
  /** Whether the order of posts in the inputs means anything. */
  readonly order: PageOrder
  readonly fetchers: Fetchers
  readonly signal: AbortSignal
}

/** Captures, reads and unrolls inputs without touching any archive. */
export async function unrollOnce(inputs: readonly string[], options: ReadOptions): Promise<UnrollResult> {
  const extractions: Extraction[] = []
  const told = createTold()
  const failures = await eachInput(inputs, options.signal, (input) =>
    readInput(input, options, told, (capture) => {
      const reading = readCapture(capture, options.order)
      extractions.push(reading.extraction)
      return reading
    }),
  )
  return { unrolled: withRemarks(unrollTogether(extractions), told), failures }
}

/** Captures inputs into an archive, and unrolls what is new with everything it touches. */
export async function addInputs(
  inputs: readonly string[],
  options: WriterOptions & ReadOptions & { readonly dir: string },
): Promise<AddReport> {
  const { openArchiveWriter } = await import('./archive/writer.ts')
  const { openArchiveReader } = await import('./archive/reader.ts')
  const writer = openArchiveWriter(options.dir, options)
  try {
    const run = writer.beginRun({ command: 'add', options: { inputs, order: options.order } })
    const tally = { captures: 0, unchanged: 0, newPosts: 0, newVersions: 0, knownPosts: 0 }
    const told = createTold()
    const failures = await eachInput(inputs, options.signal, (input) =>
      readInput(input, options, told, (capture) => {
        const row = writer.appendCapture(capture, run)
        return storeReading(writer, row, readCapture(capture, options.order), tally)
      }),
    )
    const reader = openArchiveReader(options.dir)
    const unrolled = withRemarks(storePending(writer, reader), told)
    reader.close()
    writer.endRun(run, failures.length === 0 ? 'success' : 'partial')
    return { ...tally, unrolled, failures }
  } finally {
    writer.close()
  }
}

/** Makes the database again from the WARC files, with the adapters and engine of this version. */
export async function rebuildArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal },
): Promise<RebuildReport> {
  const { rebuildDatabase } = await import('./archive/rebuild.ts')
  let unrolled = NOTHING
  const report = await rebuildDatabase(dir, options, (writer, reader) => {
    for (const row of reader.captures()) {
      options.signal.throwIfAborted()
      const order = reader.runOptions(row.runId)['order'] === 'none' ? 'none' : 'page'
      const { adapter, extraction } = readCapture(reader.readCapture(row), order)
      writer.storeExtraction(row.id, extraction, adapter)
    }
    unrolled = storePending(writer, reader)
  })
  const damaged = report.damaged.map(({ file }) => file)
  return {
    captures: report.captures,
    threads: unrolled.threads.length,
    conversations: unrolled.conversations.length,
    damaged,
    recoveries: report.damaged,
  }
}

/** Evidence comes first: `row` proves that the capture is on disk before anything looks at it. */
function storeReading(
  writer: ArchiveWriter,
  row: CaptureRow,
  reading: Reading,
  tally: Record<string, number>,
): Reading {
  const { newPosts, newVersions, knownPosts } = writer.storeExtraction(row.id, reading.extraction, reading.adapter)
  const counts = { captures: 1, unchanged: Number(row.sameAs !== null), newPosts, newVersions, knownPosts }
  for (const [name, count] of Object.entries(counts)) tally[name] = (tally[name] ?? 0) + count
  return reading
}

/** Unrolls what no findings know yet, together with everything it touches. */
export function storePending(writer: ArchiveWriter, reader: ArchiveReader): Unrolled {
  const { extractions, scope } = reader.readNeighbourhood()
  if (extractions.length === 0) return NOTHING
  const unrolled = unrollTogether(extractions)
  writer.storeFindings(unrolled, String(ENGINE_VERSION), scope)
  return unrolled
}

/** Runs one step an input; an input that fails is told and does not stop the others. */
async function eachInput(
  inputs: readonly string[],
  signal: AbortSignal,
  step: (input: string) => Promise<void>,
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const input of inputs) {
    signal.throwIfAborted()
    try {
      await step(input)
    } catch (error) {
      if (!(error instanceof UnspoolError)) throw error
      failures.push({ input, error })
    }
  }
  return failures
}

export { listPlatforms } from './adapters/platforms.ts'

const URL_INPUT = /^https?:\/\//i
/** Further URLs asked for one input; a crawl goes on where this stops. */
const MAX_FOLLOWED = 20
/** The note of an adapter on a page that only its script can fill. */
const SCRIPT_SHELL = 'script-shell'

/** What is told beside the findings. Bodies are not kept: a folder may hold more of them than memory does. */
interface Told {
  readonly remarks: Note[]
  /** Inputs in which posts were found. */
  readonly filled: Set<string>
}

function createTold(): Told {
  return { remarks: [], filled: new Set() }
}

/** Captures one input and hands on every capture as it comes. */
async function readInput(
  input: string,
  options: ReadOptions,
  told: Told,
  taken: (capture: Capture) => Reading,
): Promise<void> {
  const take = (capture: Capture): Reading => {
    const reading = taken(capture)
    if (reading.extraction.posts.length > 0) told.filled.add(capture.input)
    return reading
  }
  if (URL_INPUT.test(input)) return readWeb(input, options, take)
  for await (const found of options.fetchers.file.open(input, options.signal))
    if (isNote(found)) told.remarks.push(found)
    else take(found)
}

/** One URL, by its JSON twin where there is one, and what completes it. */
async function readWeb(input: string, options: ReadOptions, take: (capture: Capture) => Reading): Promise<void> {
  const first = await readUrl(fetchUrlOf(input), options, take)
  const last = first.refusal === null || fetchUrlOf(input) === input ? first : await readUrl(input, options, take)
  if (last.refusal !== null) throw last.refusal
  await followNext(last.next, input, options, take)
}

interface UrlRead {
  readonly next: readonly string[]
  readonly refusal: UnspoolError | null
}

/** One URL; what only a script can fill is asked of the browser too. */
async function readUrl(
  url: string,
  { fetchers, signal }: ReadOptions,
  take: (capture: Capture) => Reading,
): Promise<UrlRead> {
  const readings = (await fetchers.http.fetch(url, signal)).map(take)
  const last = readings.at(-1)
  if (last === undefined) return { next: [], refusal: null }
  const refusal = explainStatus(last.capture)
  if (refusal !== null) return { next: [], refusal }
  if (fetchers.browser !== null && isScriptShell(last.extraction.notes))
    readings.push(...(await fetchers.browser.fetch(url, signal)).map(take))
  return { next: readings.flatMap(({ extraction }) => extraction.next), refusal: null }
}

/** Goes on to the parents, contexts and further pages that complete a page, on its own host, up to a limit. */
async function followNext(
  first: readonly string[],
  input: string,
  options: ReadOptions,
  take: (capture: Capture) => Reading,
): Promise<void> {
  const seen = new Set([input, fetchUrlOf(input)])
  const queue = [...first]
  const isOwn = (url: string): boolean => hostOf(url) === hostOf(fetchUrlOf(input))
  const refusals: UnspoolError[] = []
  for (let url = queue.shift(); url !== undefined && seen.size <= MAX_FOLLOWED; url = queue.shift()) {
    if (seen.has(url) || !isOwn(url)) continue
    options.signal.throwIfAborted()
    seen.add(url)
    const { next, refusal } = await readUrl(url, options, take)
    queue.push(...next)
    if (refusal !== null) refusals.push(refusal)
  }
  if (refusals[0] !== undefined) throw refusals[0]
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}

/** The adapters say so in a note: this file does not look at pages. */
function isScriptShell(notes: readonly Note[]): boolean {
  return notes.some(({ code }) => code === SCRIPT_SHELL)
}

/** An empty shell is no news once a browser has filled it: then the same input has posts. */
function withRemarks(unrolled: Unrolled, { filled, remarks }: Told): Unrolled {
  const notes = unrolled.notes.filter(
    ({ code, input }) => code !== SCRIPT_SHELL || input === null || !filled.has(input),
  )
  return { ...unrolled, notes: [...notes, ...remarks] }
}
