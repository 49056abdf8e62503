// How one input becomes captures: a path is opened, a URL is fetched by its JSON twin where there is one, what only a
// script can fill is asked of the browser, and what completes a page is followed. What is done with a capture is the
// caller's.
import { locateUrl } from '../adapters/index.ts'
import { LOSS_NOTES, SCRIPT_SHELL, UnspoolError, UsageError } from '../errors.ts'
import { type CaptureOrNote, isNote, type KeptCaptures } from '../fetch/fetcher.ts'
import type { Fetchers } from '../fetch/fetchers.ts'
import { explainStatus } from '../fetch/http/status.ts'
import type { AdapterName, Capture, Extraction, Note, PageOrder, Unrolled } from '../model.ts'
import { urlOf } from '../url.ts'

/** One capture and what was read out of it. */
export interface Reading {
  readonly capture: Capture
  /** Who read it; null when nobody recognised it. */
  readonly adapter: AdapterName | null
  readonly extraction: Extraction
}

export interface ReadOptions {
  /** Whether the order of posts in the inputs means anything. */
  readonly order: PageOrder
  readonly fetchers: Fetchers
  readonly signal: AbortSignal
  /** What is kept already; absent where nothing is. */
  readonly kept?: KeptCaptures
}

const URL_INPUT = /^https?:\/\//i
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
/** Further URLs asked for one input; a crawl goes on where this stops. */
const MAX_FOLLOWED = 20

/** What is told beside the findings. Bodies are not kept: a folder may hold more of them than memory does. */
export interface InputReport {
  readonly remarks: Note[]
  /** Inputs in which posts were found. */
  readonly filled: Set<string>
  /** Inputs, as they were named, that gave no post but a remark on why. */
  readonly unread: string[]
  /** Inputs, as they were named, of which something could not be read; a remark names it. */
  readonly partRead: string[]
  /** Of all so far: pieces with words in them, captures that gave a remark in their place, and what was not read. */
  readonly seen: { full: number; refused: number; lost: number }
}

export function createInputReport(): InputReport {
  return { remarks: [], filled: new Set(), unread: [], partRead: [], seen: { full: 0, refused: 0, lost: 0 } }
}

/** An empty shell is no news once the same input has posts. */
export function noteFilled({ filled, seen }: InputReport, { capture, extraction }: Reading): void {
  const { posts, scrapes, blocks, notes } = extraction
  if (posts.length > 0) filled.add(capture.input)
  const full = posts.length + scrapes.length + blocks.length
  seen.full += full
  if (full === 0 && notes.some(({ level }) => level !== 'info')) seen.refused += 1
  // Of what was cut by who made it, all that there is was read.
  if (capture.method === 'file' && capture.truncated !== null) seen.lost += 1
}

/** Reads one input, and notes whether there was anything to read in it, and whether all of it was. */
export async function noteUnread(report: InputReport, input: string, read: () => Promise<void>) {
  const { seen, unread, partRead } = report
  const before = { ...seen }
  await read()
  if (seen.full === before.full && seen.refused > before.refused) unread.push(input)
  else if (seen.lost > before.lost) partRead.push(input)
}

/** Where captures go. */
export interface Sink {
  /** One that is read at once: what is asked for next depends on it. */
  take(capture: Capture): Reading
  /** One of many in a file, which may wait for others. */
  gather(capture: Capture): Promise<void>
}

/** Refuses what is mistyped, before anything is made, opened or asked for. @throws UsageError */
export async function checkInput(input: string, { file }: Fetchers): Promise<void> {
  checkWords(input)
  if (!URL_INPUT.test(input)) await file.check(input)
}

function checkWords(input: string): void {
  if (input.trim() === '')
    throw new UsageError('an input is empty; name a URL, a file, a folder, or - for standard input')
  if (URL_INPUT.test(input)) {
    if (urlOf(input) === null) throw new UsageError(`${input}: this is not a web address; check the spelling`)
  } else if (OTHER_SCHEME.test(input))
    throw new UsageError(`${input}: only http:// and https:// are fetched; a file is named by its path alone`)
}

/** Captures one input and hands on every capture as it comes. */
export async function readInput(input: string, options: ReadOptions, told: InputReport, sink: Sink): Promise<void> {
  checkWords(input)
  if (URL_INPUT.test(input)) return readWeb(input, options, told.remarks, sink.take)
  await gatherAll(options.fetchers.file.open(input, options.signal, options.kept ?? null), told, sink)
}

/** What some of the inputs could only give once all were read. */
export function readRest({ fetchers }: ReadOptions, told: InputReport, sink: Sink): Promise<void> {
  return gatherAll(fetchers.file.rest(), told, sink)
}

async function gatherAll(founds: AsyncIterable<CaptureOrNote>, told: InputReport, sink: Sink): Promise<void> {
  for await (const found of founds)
    if (isNote(found)) {
      told.remarks.push(found)
      if (LOSS_NOTES.has(found.code)) told.seen.lost += 1
    } else await sink.gather(found)
}

/** One URL, by its JSON twin where there is one, and what completes it. */
async function readWeb(
  input: string,
  options: ReadOptions,
  remarks: Note[],
  take: (capture: Capture) => Reading,
): Promise<void> {
  const first = await readUrl(fetchUrlOf(input), options, take)
  const last = first.refusal === null || fetchUrlOf(input) === input ? first : await readUrl(input, options, take)
  if (last.refusal !== null) throw last.refusal
  remarks.push(...(await followNext(last.next, input, options, take)))
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
  return { next: readings.flatMap(({ extraction }) => completionsOf(extraction)), refusal: null }
}

/** Preview cards lead to other threads: they complete nothing of this one. A crawl may go there. */
function completionsOf({ next, blocks }: Extraction): readonly string[] {
  const cards = new Set(blocks.flatMap(({ kind, url }) => (kind === 'card' ? [url] : [])))
  return next.filter((url) => !cards.has(url))
}

/**
 * Goes on to the parents, contexts and further pages that complete a page, on its own host, up to a limit; says what
 * failed.
 */
async function followNext(
  first: readonly string[],
  input: string,
  options: ReadOptions,
  take: (capture: Capture) => Reading,
): Promise<readonly Note[]> {
  const seen = new Set([input, fetchUrlOf(input)])
  const queue = [...first]
  const remarks: Note[] = []
  const isOwn = (url: string): boolean => hostOf(url) === hostOf(fetchUrlOf(input))
  for (let url = queue.shift(); url !== undefined && seen.size <= MAX_FOLLOWED; url = queue.shift()) {
    if (seen.has(url) || !isOwn(url)) continue
    options.signal.throwIfAborted()
    seen.add(url)
    const { next, refusal } = await attempt(() => readUrl(url as string, options, take))
    queue.push(...next)
    if (refusal !== null) remarks.push(notFollowed(input, refusal))
  }
  return remarks
}

/** What was asked for is here: a further page that fails is a remark, not a failure. */
async function attempt(read: () => Promise<UrlRead>): Promise<UrlRead> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UnspoolError) return { next: [], refusal: error }
    throw error
  }
}

function notFollowed(input: string, refusal: UnspoolError): Note {
  return {
    level: 'warning',
    code: 'not-followed',
    message: `A page that would complete this is not here: ${refusal.message}`,
    input,
  }
}

function hostOf(url: string): string | null {
  return urlOf(url)?.host ?? null
}

/** The adapters say so in a note: this file does not look at pages. */
function isScriptShell(notes: readonly Note[]): boolean {
  return notes.some(({ code }) => code === SCRIPT_SHELL)
}

/**
 * An empty shell is no news once a browser has filled it: then the same input has posts. Of several looks at one input
 * the last tells.
 */
export function withRemarks(
  unrolled: Unrolled,
  { filled, remarks }: Pick<InputReport, 'filled' | 'remarks'>,
): Unrolled {
  const shells = new Map(unrolled.notes.flatMap((note) => (note.code === SCRIPT_SHELL ? [[note.input, note]] : [])))
  const notes = unrolled.notes.filter(
    (note) => note.code !== SCRIPT_SHELL || (shells.get(note.input) === note && !filled.has(note.input ?? '')),
  )
  return { ...unrolled, notes: [...notes, ...remarks] }
}

/** What to fetch for what a URL names: its JSON twin where the platform has one, else the URL itself. */
export function fetchUrlOf(url: string): string {
  return locateUrl(url)?.fetch ?? url
}
