// What a container is: a file or folder that holds other captures. The interface, the limits and the words they share;
// each format has its own file. Members come one at a time, and their names are labels: nothing is ever written under
// them.
import { createHash } from 'node:crypto'
import type { Capture, Note } from '../../model.ts'
import { type CaptureOrNote, type KeptCaptures, makeCapture, type RawCapture } from '../fetcher.ts'
import { type ReadBytes, readUpTo } from '../up-to.ts'

/** Bytes kept of one member; more is cut off and the capture says so. */
export const MEMBER_LIMIT_BYTES = 64 * 1024 * 1024
/** Members looked at in one container: an account's export has thousands, a hostile one has no end. */
export const MAX_MEMBERS = 1_000_000
/** A hostile name may be 64 KB long. */
const MAX_LABEL = 1000
/** Bytes of the digest that tell two cut names apart. */
const LABEL_DIGEST = 8

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters would move a terminal's cursor
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g

/** As Betamax writes it, in UTC; `Date` would take it for a time of this machine's zone. */
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*$/

export type Bytes = AsyncIterable<Uint8Array>

/** What stands for the whole container while its members are read. */
export interface Opening {
  /** The path as given, or the label of the member that is itself a container. */
  readonly input: string
  readonly now: () => Date
  readonly signal: AbortSignal
  /** Where the payloads of revisits are sought; null: nowhere. */
  readonly kept: KeptCaptures | null
  readonly revisits: Revisits
  /** Told how many bytes of the disk were read. */
  readonly onBytes: (count: number) => void
}

/** One file in a container. */
export interface Member {
  /** As the container has it; tells what the member may be. */
  readonly name: string
  /** What people read: the capture's input. */
  readonly label: string
  /** Where the file itself lies on this disk, or null when it is inside another. */
  readonly path: string | null
  /** When it was last changed, if the container says. */
  readonly changedAt: Date | null
  readonly bytes: Bytes
}

/** `export.zip!/data/tweets.js`: safe to print, never used as a path. */
export function labelOf(input: string, name: string): string {
  const clean = name.replace(CONTROLS, '\uFFFD')
  if (clean.length <= MAX_LABEL) return `${input}!/${clean}`
  const digest = createHash('sha256').update(name).digest('hex').slice(0, LABEL_DIGEST)
  return `${input}!/${clean.slice(0, MAX_LABEL)}…${digest}`
}

export type MemberFacts = Pick<RawCapture, 'input' | 'capturedAt' | 'capturedAtBasis' | 'body' | 'truncated'>

/** A capture out of a container, of which nothing is known but what is given. */
export function captureMember(facts: MemberFacts & Partial<RawCapture>): Capture {
  return makeCapture({
    url: null,
    finalUrl: null,
    originalUrl: null,
    method: 'import',
    status: null,
    headers: [],
    redactedHeaders: [],
    mediaType: null,
    ...facts,
  })
}

/** What a record is called by others. */
export type RecordNames = NonNullable<Capture['importedFrom']>

/** What a revisit says of the record it refers to; tools tell one or two of these. */
export interface Reference extends RecordNames {
  readonly url: string | null
  /** UTC, ISO 8601. */
  readonly capturedAt: string | null
}

export type AnswerFacts = Omit<MemberFacts, 'body' | 'truncated'> &
  Pick<Capture, 'url' | 'finalUrl' | 'importedFrom'> &
  Partial<Pick<Capture, 'status' | 'headers' | 'redactedHeaders' | 'mediaType'>>

/** A revisit: an answer without its payload. */
export interface Revisit {
  readonly facts: AnswerFacts
  readonly to: Reference
}

export interface Revisits {
  /** Notes what other records may call this one. */
  note(capture: Capture): void
  /** The capture that a revisit stands for, or null: then it waits for `rest`. */
  take(revisit: Revisit, kept: KeptCaptures): Capture | null
  waiting(): number
  /** Those whose payload came after them, and a remark on each other. Empties the list. */
  rest(): Generator<CaptureOrNote>
}

/** A declared time that can be one, or now: an answer whose time nobody tells was given at some time until then. */
export function timeOf(
  told: Date | string | null | undefined,
  { now }: Opening,
  basis: 'declared' | 'file-mtime',
): Pick<Capture, 'capturedAt' | 'capturedAtBasis'> {
  const observed = now()
  const said = typeof told === 'string' && WITHOUT_ZONE.test(told) ? `${told}Z` : told
  const time = said === null || said === undefined ? Number.NaN : new Date(said).getTime()
  const isUsable = time > 0 && time <= observed.getTime()
  const latest = observed.toISOString()
  if (!isUsable) return { capturedAt: latest, capturedAtBasis: basis === 'declared' ? 'unknown' : 'observed' }
  return { capturedAt: new Date(time).toISOString(), capturedAtBasis: basis }
}

/** A member's bytes up to a limit, and no further. */
export function collect(bytes: Bytes, signal: AbortSignal, limit: number = MEMBER_LIMIT_BYTES): Promise<ReadBytes> {
  return readUpTo(bytes, limit, signal)
}

export function warn(code: string, message: string, input: string): Note {
  return { level: 'warning', code, message, input }
}

/** One line for all that was left alone; nothing when that is nothing. */
export function tellSkipped(count: number, kind: string, input: string): readonly Note[] {
  if (count === 0) return []
  const message = `Left alone, because posts do not stand in them: ${count} ${kind}.`
  return [{ level: 'info', code: 'skipped-members', message, input }]
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
