// The one place where stages meet: fetch → capture → extract → unroll → store. No stage knows another; this file joins
// them and holds no knowledge of its own about any platform, format or table.
import { extractPage } from './adapters/index.ts'
import { readPage } from './adapters/page.ts'
import { UnspoolError } from './errors.ts'
import type { Fetcher } from './fetch/fetcher.ts'
import { sha256 } from './fixity.ts'
import type { Capture, Extraction, Note, PageOrder, Unrolled } from './model.ts'
import { segmentScrapes } from './unroll/segment.ts'
import { unroll } from './unroll/unroll.ts'

/** Opens whatever a person may name. Each fetcher loads its own machinery on first use. */
export interface Fetchers {
  readonly file: Fetcher
  readonly http: Fetcher
  /** Null when no browser is wanted. */
  readonly browser: Fetcher | null
}

/** One capture and what was read out of it. */
export interface Reading {
  readonly capture: Capture
  readonly extraction: Extraction
}

/** An input that could not be captured at all. */
export interface Failure {
  readonly input: string
  readonly error: UnspoolError
}

export interface UnrollResult {
  readonly unrolled: Unrolled
  readonly readings: readonly Reading[]
  readonly failures: readonly Failure[]
}

/** Extracts and cuts one capture. Pure: the same bytes give the same reading. */
export function readCapture(capture: Capture): Reading {
  return { capture, extraction: segmentScrapes(extractPage(readPage(capture))) }
}

/** Unrolls everything read together, as one set of posts. */
export function unrollExtractions(extractions: readonly Extraction[], order: PageOrder): Unrolled {
  return unroll(extractions, { order, digest: (text) => sha256(new TextEncoder().encode(text)) })
}

/** Captures, reads and unrolls inputs without touching any archive. */
export async function unrollOnce(
  inputs: readonly string[],
  options: { readonly order: PageOrder; readonly fetchers: Fetchers; readonly signal: AbortSignal },
): Promise<UnrollResult> {
  const readings: Reading[] = []
  const failures: Failure[] = []
  for (const input of inputs) {
    try {
      for await (const reading of readInput(input, options.fetchers, options.signal)) readings.push(reading)
    } catch (error) {
      failures.push({ input, error: asFailure(error) })
    }
  }
  const unrolled = unrollExtractions(readings.map((reading) => reading.extraction), options.order)
  return { unrolled, readings, failures }
}

/**
 * Captures one input and reads every capture it gave, each as soon as it exists (so that an archive can keep the bytes
 * before anything looks at them). A page that only its script can fill is asked of the browser too.
 */
export async function* readInput(
  input: string,
  fetchers: Fetchers,
  signal: AbortSignal,
  keep: (capture: Capture) => void = () => undefined,
): AsyncGenerator<Reading> {
  const captures = await captureInput(input, fetchers, signal)
  for (const capture of captures) keep(capture)
  const readings = captures.map(readCapture)
  yield* readings
  if (fetchers.browser === null || !readings.some(needsBrowser)) return
  for (const capture of await fetchers.browser.fetch(input, signal)) {
    keep(capture)
    yield readCapture(capture)
  }
}

const URL_INPUT = /^https?:\/\//i

function captureInput(input: string, fetchers: Fetchers, signal: AbortSignal): Promise<readonly Capture[]> {
  return (URL_INPUT.test(input) ? fetchers.http : fetchers.file).fetch(input, signal)
}

/** The adapters say so in a note: this file does not look at pages. */
function needsBrowser(reading: Reading): boolean {
  return reading.capture.method === 'http' && reading.extraction.notes.some((note: Note) => note.code === 'script-shell')
}

function asFailure(error: unknown): UnspoolError {
  if (error instanceof UnspoolError) return error
  throw error
}
