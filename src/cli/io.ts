// What a command may touch of the outside: two streams, the environment, a clock and a stop signal.
import type { Writable } from 'node:stream'
import { EXIT_CODES, REFUSAL_NOTES, SITE_ERROR, UnspoolError } from '../errors.ts'
import { createFetchers, type Fetchers, type FetchersOptions } from '../fetch/fetchers.ts'
import type { PolitenessOptions } from '../fetch/manners/politeness.ts'
import type { Note } from '../model.ts'
import { harmless } from './harmless.ts'

export interface Io {
  /** Results. */
  readonly stdout: Writable & { readonly isTTY?: boolean }
  /** Progress and remarks. */
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  readonly signal: AbortSignal
  /**
   * Whether Ctrl-C asks (`signal`) or ends the process there and then, as it does at first. What computes for long
   * hears nothing, and an archive is whole whenever a process ends: only who has something to finish asks to be asked.
   */
  readonly heed?: (isHeeded: boolean) => void
  /** What may be reached beyond the public internet; the demo and tests point host names at a loopback site. */
  readonly reach?: FetchersOptions['reach']
  /** Pauses of a crawl, and their dice; tests and benchmarks on loopback shorten them. */
  readonly manners?: Omit<PolitenessOptions, 'clock'> & { readonly random?: () => number }
  /** Deadlines and sizes of a request; tests shorten them. */
  readonly limits?: FetchersOptions['limits']
}

/** A command's work ends in one of the exit codes of errors.ts. */
export type Done = (code: number) => void

/**
 * For commands that are asked: what computes for long without a pause, so that whoever stops it is heard there and
 * then.
 */
export function workUnasked<T>(io: Io, work: () => T): T {
  io.heed?.(false)
  try {
    return work()
  } finally {
    io.heed?.(true)
  }
}

/** Remarks of one kind that are printed one by one: an archive of pages has one a page. */
const MOST_OF_A_KIND = 20

/** Fetchers for the inputs of one command; whoever asks closes them. */
export function openFetchers(io: Io, options: FetchChoices): Fetchers {
  const { now, stdin, env } = io
  const reach = { route: null, ...io.reach, allowPrivate: options.allowPrivate }
  const browsing = { profile: options.profile ?? null, media: options.media, cookies: [] }
  const contact = env['UNSPOOL_CONTACT'] ?? null
  const limits = io.limits ?? {}
  return createFetchers({ browser: options.browser, browsing, now, stdin, contact, reach, limits })
}

/** What the options of a fetching command say (see options.ts). */
export interface FetchChoices {
  readonly browser: FetchersOptions['browser']
  /** Folder of the browser's profile. */
  readonly profile?: string
  readonly media: boolean
  readonly allowPrivate: readonly string[]
}

/** Writes one result line or block to stdout. */
export function print(io: Pick<Io, 'stdout'>, text: string): void {
  io.stdout.write(`${harmless(text.endsWith('\n') ? text.slice(0, -1) : text)}\n`)
}

/**
 * Writes pieces in order, waiting when the reader is slower than we are, so that memory stays bounded. A file or a
 * program gets them as they are, a terminal without signs that act there.
 */
export async function printAll(io: Io, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const { stdout } = io
  for (const piece of pieces)
    if (!stdout.write(stdout.isTTY === true ? harmless(textOf(piece)) : piece)) await drained(stdout)
}

function textOf(piece: string | Uint8Array): string {
  return typeof piece === 'string' ? piece : Buffer.from(piece).toString()
}

/** Also when nobody reads any more: whoever waited for that would never end. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      for (const event of ['drain', 'error', 'close']) stream.off(event, goOn)
      resolve()
    }
    for (const event of ['drain', 'error', 'close']) stream.on(event, goOn)
  })
}

/** Writes one remark to stderr. */
export function remark(io: Pick<Io, 'stderr'>, text: string): void {
  io.stderr.write(`unspool: ${harmless(text)}\n`)
}

/** Notes worth a person's attention, each once and not too many of a kind; all of them, and `info`, when asked. */
export function remarkNotes(io: Io, notes: readonly Note[], verbose: boolean): void {
  const told = new Set<string>()
  const counts = new Map<string, number>()
  for (const { level, code, input, message } of notes) {
    const line = `${input === null ? '' : `${input}: `}${message}`
    if ((level === 'info' && !verbose) || told.has(line)) continue
    told.add(line)
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (verbose || count <= MOST_OF_A_KIND) remark(io, line)
  }
  for (const [code, count] of counts)
    if (!verbose && count > MOST_OF_A_KIND)
      remark(io, `and ${count - MOST_OF_A_KIND} more of the kind "${code}"; --verbose prints all`)
}

const WEB = /^https?:/i

/** Why nothing was found: what a site showed in place of what was asked of it. */
export function exitOfNothing(notes: readonly Note[]): 'refused' | 'transient' | 'notUnderstood' {
  const told = notes.filter(({ input }) => input !== null && WEB.test(input))
  if (told.some(({ code }) => REFUSAL_NOTES.has(code))) return 'refused'
  return told.some(({ code }) => code === SITE_ERROR) ? 'transient' : 'notUnderstood'
}

/** Prints an error the way a person can act on, and tells the exit code. Only faults of ours show a stack. */
export function reportError(io: Pick<Io, 'stderr'>, error: unknown): number {
  if (error instanceof UnspoolError) {
    remark(io, error.message)
    return EXIT_CODES[error.exit].code
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  remark(io, `a fault of the program, not of your input; please report it:\n${what}`)
  return EXIT_CODES.internal.code
}
