// The one place where stages meet: fetch → capture → extract → unroll → store. No stage knows another; this file joins
// them and holds no knowledge of its own about any platform, format or table.

import { readPage } from '../adapters/page/page.ts'
import { readPosts } from '../adapters/reading.ts'
import type { CaptureRow } from '../archive/facts/captures/capture-rows.ts'
import type { Neighbourhood } from '../archive/neighbourhood/neighbourhood.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import { BLOCKED, REFUSAL_NOTES, SCRIPT_SHELL, TooLargeError, UnspoolError } from '../errors.ts'
import { unpack } from '../fetch/http/packed.ts'
import { sha256 } from '../fixity.ts'
import type { Capture, Extraction, Note, PageOrder, Unrolled } from '../model.ts'
import { asRead } from '../unroll/neighbourhoods.ts'
import { ENGINE_VERSION, type UnrollOptions, unroll, unrollEach } from '../unroll/unroll.ts'
import {
  createInputReport,
  type InputReport,
  noteFilled,
  noteUnread,
  type Reading,
  type ReadOptions,
  readInput,
  withRemarks,
} from './inputs.ts'
import { createRoom } from './room.ts'
import { createAnswered } from './unread.ts'

/** An input that could not be read, and why. */
export interface Failure {
  readonly input: string
  readonly error: UnspoolError
}

/** What the inputs did not give. */
export interface Shortfall {
  readonly failures: readonly Failure[]
  /** Inputs that were opened and hold nothing that can be read; a remark says why. */
  readonly unread: readonly string[]
  /** Inputs of which something is damaged, packed or too long, and could not be read; a remark names it. */
  readonly partRead: readonly string[]
}

interface UnrollResult extends Shortfall {
  readonly unrolled: Unrolled
}

export const NOTHING: Unrolled = { threads: [], conversations: [], unplaced: [], edges: [], handovers: [], notes: [] }

/** Extracts one capture; `order` says whether the order of its posts means anything. Pure: same bytes, same reading. */
export function readCapture(capture: Capture, order: PageOrder = 'page'): Reading {
  if (isNoPage(capture)) return { capture, adapter: null, extraction: UNREAD }
  const { capture: unpacked, fault } = unpack(capture)
  const { adapter, extraction } = readPosts(readPage(unpacked))
  if (isRefusal(capture) && adapter?.generic !== false)
    return { capture, adapter: null, extraction: { ...UNREAD, notes: extraction.notes.filter(isOfRefusal) } }
  return {
    capture,
    adapter: adapter && { name: adapter.name, version: adapter.version },
    extraction: asCaptured(fault === null ? extraction : withFault(extraction, fault, capture), capture, order),
  }
}

function withFault(extraction: Extraction, fault: string, { input }: Capture): Extraction {
  const note: Note = { level: 'warning', code: 'packed', message: `The answer is packed (gzip) and ${fault}.`, input }
  return { ...extraction, notes: [...extraction.notes, note] }
}

/** With what the capture says of the page, and the person of its order. */
export function asCaptured(extraction: Extraction, capture: Capture, order: PageOrder): Extraction {
  const { truncated } = capture
  // What the reader says of an end before the end is said better by who knows how it came about.
  const read = truncated === null ? extraction.notes : extraction.notes.filter(({ code }) => code !== 'cut')
  return { ...extraction, notes: [...read, ...truncationNotes(capture)], ...(order === 'none' ? { order } : {}) }
}

/** Of what is no page, and of what was read before. */
export const UNREAD: Extraction = {
  posts: [],
  scrapes: [],
  blocks: [],
  next: [],
  notes: [],
  declared: { title: null, site: null, replies: null },
}
/** A WARC keeps whatever a crawler was given, and a browser the pictures it was asked for. */
const NO_PAGE_TYPE = /^(?:image|font|audio|video)\/|^text\/css$|javascript$/
/**
 * Logs, screenshots and texts that recorders make themselves: wget (`metadata://`), Browsertrix (`urn:pageinfo:` …).
 */
const RECORDERS_OWN = /!\/(?:metadata:\/\/|urn:(?!x-unspool:))/
/** What sites say to programs, at addresses of a common name. */
const FOR_PROGRAMS =
  /^https?:\/\/[^/]+\/(?:(?:robots|humans|ads|app-ads|security|llms(?:-full)?)\.txt|\.well-known\/[^?]*)(?:\?|$)/

/**
 * Evidence that holds no posts: robots.txt and its kin, redirects, and what a site says instead of a page that is gone
 * or not to be had.
 */
function isNoPage(capture: Capture): boolean {
  const { input, status, url, method, mediaType } = capture
  if ((method === 'import' || method === 'browser') && NO_PAGE_TYPE.test(mediaType ?? '')) return true
  if (method === 'import' && url === null && RECORDERS_OWN.test(input)) return true
  if (method === 'file' || status === null) return false
  const isAnswer = status < 300 || status === 304 || isRefusal(capture)
  return !isAnswer || (url !== null && FOR_PROGRAMS.test(url))
}

/**
 * Some sites show a part beside a refusal; only who knows the platform can tell its words from those of the refusal.
 */
function isRefusal({ status, method }: Capture): boolean {
  return method !== 'file' && status !== null && status > 400 && status < 404
}

/** What the page says of why; that it refuses its status says, and that no article is on it goes without saying. */
function isOfRefusal({ code }: Note): boolean {
  return (REFUSAL_NOTES.has(code) && code !== BLOCKED) || code === SCRIPT_SHELL
}

const TRUNCATIONS = {
  length: 'is longer than the limit and was cut',
  time: 'took too long and was cut',
  disconnect: 'ended before it was whole',
} as const

/** A browser's page is cut where it was not unfolded to its end. */
const BROWSER_CUTS = {
  length: 'was not scrolled and unfolded to its end: it has more than the limits allow',
  time: 'was not scrolled and unfolded to its end in the time it is given',
  disconnect: 'broke before it was unfolded to its end',
} as const

/** Posts may be missing for no fault of the page: say so beside them. */
function truncationNotes({ input, truncated, body, method }: Capture): Note[] {
  if (truncated === null) return []
  const message =
    method === 'browser'
      ? `The page ${BROWSER_CUTS[truncated]}; the rest is not here.`
      : `The ${method === 'file' ? 'file' : 'answer'} ${TRUNCATIONS[truncated]} after ${body.length} bytes; what follows is not here.`
  return [{ level: 'warning', code: 'truncated', message, input }]
}

/** Unrolls everything read together, as one set of posts. */
export function unrollTogether(extractions: readonly Extraction[], ahead: Ahead = {}): Unrolled {
  return unroll(extractions, { order: 'page', digest: sha256, ...ahead })
}

/** What of unrolling is done already. */
type Ahead = Pick<UnrollOptions, 'markersOf'>

/** Captures, reads and unrolls inputs without touching any archive. @throws TooLargeError when memory is too small */
export async function unrollOnce(inputs: readonly string[], options: ReadOptions): Promise<UnrollResult> {
  const { extractions, told, failures } = await readAll(inputs, options)
  return { unrolled: withRemarks(unrollTogether(extractions), told), failures, ...shortOf(told) }
}

/** The same, neighbourhood by neighbourhood: no more is held of what is found than the part being looked at. */
export async function unrollInParts(
  inputs: readonly string[],
  options: ReadOptions,
): Promise<Shortfall & { readonly parts: Iterable<Unrolled> }> {
  const { extractions, told, failures } = await readAll(inputs, options)
  return {
    parts: withRemarksOnce(unrollEach(extractions.map(asRead), { order: 'page', digest: sha256 }), told),
    failures,
    ...shortOf(told),
  }
}

function shortOf({ unread, partRead }: InputReport): Omit<Shortfall, 'failures'> {
  return { unread, partRead }
}

/** Remarks beside the findings are told with the first part. */
function* withRemarksOnce(parts: Iterable<Unrolled>, told: InputReport): Generator<Unrolled> {
  let rest = told
  for (const part of parts) {
    yield withRemarks(part, rest)
    rest = { ...told, remarks: [] }
  }
}

async function readAll(inputs: readonly string[], options: ReadOptions) {
  const extractions: Extraction[] = []
  const answered = createAnswered()
  const told = createInputReport()
  const room = createRoom()
  const take = (capture: Capture): Reading => {
    const reading = readCapture(capture, options.order)
    room.hold(reading)
    extractions.push(reading.extraction)
    answered.add(capture, reading.extraction)
    noteFilled(told, reading)
    return reading
  }
  const sink = { take, gather: async (capture: Capture) => void take(capture) }
  const failures = await eachInput(inputs, options.signal, (input) =>
    noteUnread(told, input, () => readInput(input, options, told, sink)),
  )
  return { extractions: extractions.map(answered.mark), told, failures }
}

/** Reads a stored capture; one whose bytes were removed on request gives what was kept of its reading. */
export function readAgain(reader: ArchiveReader, row: CaptureRow): Pick<Reading, 'adapter' | 'extraction'> {
  if (row.redacted !== null) return reader.readKept(row)
  const order = reader.runOptions(row.runId)['order'] === 'none' ? 'none' : 'page'
  return readCapture(reader.readCapture(row), order)
}

/** Unrolls what no findings know yet and is no mere repetition, together with everything it touches. */
export function storeNews(writer: ArchiveWriter, ahead?: Ahead): Unrolled {
  writer.storeRepeats()
  return storePending(writer, ahead)
}

/** Unrolls what no findings know yet, together with everything it touches. */
export function storePending(writer: ArchiveWriter, ahead?: Ahead): Unrolled {
  return storePart(writer, Number.POSITIVE_INFINITY, ahead) ?? NOTHING
}

/**
 * The same of so many of the posts that wait; null when none does. More is unrolled than was read first, where only
 * unrolling tells.
 */
function storePart(writer: ArchiveWriter, mostPosts: number, ahead?: Ahead): Unrolled | null {
  return storeGrown(writer, writer.readNeighbourhood(mostPosts), ahead)
}

/** The same, where what another version of the engine unrolled waits too. */
export function renewPart(writer: ArchiveWriter, mostPosts: number): Unrolled | null {
  return storeGrown(writer, writer.readNeighbourhood(mostPosts, String(ENGINE_VERSION)))
}

function storeGrown(writer: ArchiveWriter, first: Neighbourhood, ahead?: Ahead): Unrolled | null {
  let near = first
  if (near.extractions.length === 0) return null
  for (;;) {
    const grown = writer.growNeighbourhood(unrollTogether(near.extractions, ahead))
    if (grown.isClosed) {
      writer.storeFindings(grown.unrolled, String(ENGINE_VERSION), near.scope)
      return grown.unrolled
    }
    near = grown.near
  }
}

/**
 * Runs one step an input; an input that fails is told and does not stop the others.
 * @throws TooLargeError: what follows would not fit either
 */
export async function eachInput(
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
      if (!(error instanceof UnspoolError) || error instanceof TooLargeError) throw error
      failures.push({ input, error })
    }
  }
  return failures
}

export { listPlatforms } from '../adapters/platforms.ts'
export { fetchUrlOf } from './inputs.ts'
