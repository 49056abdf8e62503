// Brings inputs into an archive. What files and containers hold is kept in groups, so that the disk is asked once for
// many, and read once it is safe; of large imports a part is unrolled at a time, so that no more than one part waits in
// memory.
import type { CaptureRow } from '../archive/facts/captures/capture-rows.ts'
import type { SameCapture } from '../archive/facts/captures/kept.ts'
import { sayReplaced } from '../archive/queries/replaced.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter, WriterOptions } from '../archive/writer.ts'
import type { KeptCaptures } from '../fetch/fetcher.ts'
import type { Capture, Note, PageOrder, Unrolled } from '../model.ts'
import {
  checkInput,
  createInputReport,
  type InputReport,
  noteFilled,
  noteUnread,
  type Reading,
  type ReadOptions,
  readInput,
  readRest,
  type Sink,
  withRemarks,
} from './inputs.ts'
import {
  eachInput,
  NOTHING,
  readAgain,
  readCapture,
  type Shortfall,
  storeNews,
  storePending,
  UNREAD,
} from './pipeline.ts'

export interface AddReport extends Shortfall {
  /** All that was found, of one part; the remarks alone when there were several: then the archive tells. */
  readonly unrolled: Unrolled
  /** How many times what had come was unrolled before the end. */
  readonly parts: number
  readonly captures: number
  /** Captures whose bytes the archive held already: kept as WARC revisits. */
  readonly unchanged: number
  /** Captures among these that were here already, from the same place and time: not kept twice. */
  readonly known: number
  readonly newPosts: number
  /** Known posts seen with another content. */
  readonly newVersions: number
  readonly knownPosts: number
  /** Captures that hold pasted texts: how many posts these are only unrolling tells. */
  readonly texts: number
}

export type AddTally = Omit<AddReport, 'unrolled' | 'parts' | keyof Shortfall>

export interface AddOptions extends WriterOptions, ReadOptions {
  readonly dir: string
  /** Runs what computes for long without a pause. */
  readonly aside?: <T>(work: () => T) => T
  /** Told after each group and each part; `bytesRead` as `Opener` counts them. */
  readonly onProgress?: (tally: AddTally, bytesRead: number) => void
  /** Posts after which what has come is unrolled; fewer in tests. */
  readonly partPosts?: number
}

/** Captures, and bytes of them, that wait for the disk together. */
const GROUP_CAPTURES = 64
const GROUP_BYTES = 8 * 1024 * 1024
/** Posts, captures, and bytes of these, after which what has come is unrolled: a page may be one long article. */
const PART_POSTS = 5_000
const PART_CAPTURES = 1_000
const PART_BYTES = 16 * 1024 * 1024

/** Remarks of parts that wait to be told; the archive has all of them. */
const MOST_REMARKS = 10_000

const NOTHING_KEPT: AddTally = {
  captures: 0,
  unchanged: 0,
  known: 0,
  newPosts: 0,
  newVersions: 0,
  knownPosts: 0,
  texts: 0,
}

/**
 * Captures inputs into an archive, and unrolls what is new with everything it touches. Of mistyped inputs alone no
 * archive is made.
 */
export async function addInputs(inputs: readonly string[], options: AddOptions): Promise<AddReport> {
  const mistyped = await eachInput(inputs, options.signal, (input) => checkInput(input, options.fetchers))
  if (mistyped.length === inputs.length)
    return { ...NOTHING_KEPT, unrolled: NOTHING, parts: 0, failures: mistyped, unread: [], partRead: [] }
  return keepInputs(inputs, options)
}

async function keepInputs(inputs: readonly string[], options: AddOptions): Promise<AddReport> {
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const writer = openArchiveWriter(options.dir, options)
  const reader = openArchiveReader(options.dir)
  try {
    const run = writer.beginRun({ command: 'add', options: { inputs, order: options.order } })
    const told = createInputReport()
    readLeftovers(writer, reader)
    const intake = createIntake({ ...options, writer, reader, run, told })
    const asked = { ...options, kept: intake.kept }
    const readOne = async (input: string): Promise<void> => {
      try {
        await readInput(input, asked, told, intake)
      } finally {
        await intake.flush()
      }
    }
    const failures = await eachInput(inputs, options.signal, (input) => noteUnread(told, input, () => readOne(input)))
    await readRest(asked, told, intake)
    options.signal.throwIfAborted()
    const { unrolled, ...counts } = await intake.finish()
    writer.endRun(run, failures.length === 0 ? 'success' : 'partial')
    const { unread, partRead } = told
    return { ...counts, unrolled: withRemarks(unrolled, told), failures, unread, partRead }
  } finally {
    reader.close()
    writer.close()
  }
}

/** What an import had kept when it was killed: it waits no longer, whether that is started again or not. */
function readLeftovers(writer: ArchiveWriter, reader: ArchiveReader): void {
  for (const row of reader.kept.unread()) {
    const { adapter, extraction } = readAgain(reader, row)
    writer.storeExtraction(row.id, extraction, adapter)
  }
}

interface IntakeSetup extends Pick<AddOptions, 'order' | 'fetchers' | 'signal' | 'aside' | 'onProgress' | 'partPosts'> {
  readonly writer: ArchiveWriter
  readonly reader: ArchiveReader
  readonly run: string
  readonly told: InputReport
}

interface Intake extends Sink {
  readonly kept: KeptCaptures
  /** Keeps and reads what was gathered. */
  flush(): Promise<void>
  finish(): Promise<Omit<AddReport, keyof Shortfall>>
}

function createIntake({ writer, reader, run, told, ...options }: IntakeSetup): Intake {
  const { order, fetchers, signal, onProgress, partPosts, aside = (work) => work() } = options
  const tally = { ...NOTHING_KEPT }
  const group = createGathered()
  const part = { posts: 0, captures: 0, bytes: 0, count: 0 }
  const read = new Set<string>()
  const remarks = createPartRemarks(read)
  const store = (rows: readonly CaptureRow[], captures: readonly Capture[]): readonly Reading[] => {
    const readings = captures.map((capture) => readCapture(capture, order))
    for (const counts of storeReadings(writer, rows, readings)) countIn(tally, counts)
    told.remarks.push(...rows.flatMap((row) => remarkReplaced(writer, row, run)))
    for (const reading of readings) {
      noteFilled(told, reading)
      read.add(reading.capture.input)
      part.posts += reading.extraction.posts.length
      part.captures += 1
      part.bytes += reading.capture.body.length
    }
    return readings
  }
  const storeOne = (row: CaptureRow, capture: Capture): Reading => aside(() => store([row], [capture]))[0]!
  const flush = async (): Promise<void> => {
    const captures = group.empty()
    const rows = captures.length > 0 ? await writer.appendLook(captures, run, () => undefined) : []
    // Whoever stops waits for nothing that the next run does too.
    if (signal.aborted) return
    aside(() => store(rows, captures))
    if (part.posts >= (partPosts ?? PART_POSTS) || part.captures >= PART_CAPTURES || part.bytes >= PART_BYTES) {
      remarks.add(aside(() => storeNews(writer)).notes)
      Object.assign(part, { posts: 0, captures: 0, bytes: 0, count: part.count + 1 })
    }
    onProgress?.(tally, fetchers.file.bytesRead())
  }
  /** Its reading when it is here already; null when it is new. */
  const meet = (capture: Capture): Reading | null => {
    const same = findSame(reader, capture, order)
    if (same === null) return null
    if (same.posts === null) return storeOne(same.row, capture)
    countIn(tally, { captures: 1, unchanged: 1, known: 1, knownPosts: same.posts })
    told.seen.full += same.posts
    return { capture, adapter: null, extraction: UNREAD }
  }
  return {
    kept: withGathered(reader.kept, group.all),
    take: (capture) => meet(capture) ?? storeOne(writer.appendCapture(capture, run), capture),
    gather: async (capture) => {
      if (group.has(capture)) await flush()
      if (meet(capture) === null) group.add(capture)
      if (group.isFull()) await flush()
    },
    flush,
    finish: async () => {
      await flush()
      const unrolled = aside(() => storePending(writer))
      remarks.add(unrolled.notes)
      const found = part.count === 0 ? unrolled : NOTHING
      return { ...tally, parts: part.count, unrolled: { ...found, notes: remarks.all() } }
    },
  }
}

/** Remarks of one part after the other, each once; those on what was added before were made then. */
function createPartRemarks(read: ReadonlySet<string>) {
  const told = new Map<string, Note>()
  let left = 0
  return {
    add: (notes: readonly Note[]): void => {
      for (const note of notes) {
        if (note.input !== null && !read.has(note.input)) continue
        const { code, input, message } = note
        const key = JSON.stringify([code, input, message])
        if (told.size < MOST_REMARKS || told.has(key)) told.set(key, note)
        else left += 1
      }
    },
    all: (): readonly Note[] => {
      if (left === 0) return [...told.values()]
      const message = `${left} more remarks are in the archive: unspool sql "SELECT * FROM unroll_notes"`
      return [...told.values(), { level: 'warning', code: 'more-remarks', message, input: null }]
    },
  }
}

/** Captures on their way to the disk. */
function createGathered() {
  let captures: Capture[] = []
  let bytes = 0
  return {
    all: (): readonly Capture[] => captures,
    /** Whether the very same may be among them. */
    has: ({ digest, finalUrl }: Capture) => captures.some((one) => one.digest === digest && one.finalUrl === finalUrl),
    isFull: () => captures.length >= GROUP_CAPTURES || bytes >= GROUP_BYTES,
    add: (capture: Capture) => {
      captures.push(capture)
      bytes += capture.body.length
    },
    empty: (): readonly Capture[] => {
      const all = captures
      captures = []
      bytes = 0
      return all
    },
  }
}

/** What is about to be kept is as good as kept for those that refer to it. */
function withGathered(kept: KeptCaptures, gathered: () => readonly Capture[]): KeptCaptures {
  return {
    byDigest: (digest) => gathered().find((one) => one.digest === digest) ?? kept.byDigest(digest),
    byUrl: function* (url, capturedAt) {
      for (const one of gathered())
        if (one.finalUrl === url && (capturedAt ?? one.capturedAt) === one.capturedAt) yield one
      yield* kept.byUrl(url, capturedAt)
    },
  }
}

/** The very capture that is given, added before: its time was told, so it is no further look. Null when it is new. */
function findSame(reader: ArchiveReader, capture: Capture, order: PageOrder): SameCapture | null {
  const same = capture.capturedAtBasis === 'observed' ? null : reader.kept.same(capture)
  const isReadSo = same !== null && (reader.runOptions(same.row.runId)['order'] ?? 'page') === order
  return isReadSo ? same : null
}

/** The same bytes say the same. */
function remarkReplaced(writer: ArchiveWriter, { id, input, url, sameAs }: CaptureRow, run: string): readonly Note[] {
  const replaced = url === null || sameAs !== null ? null : writer.noteReplaced(id, run)
  return replaced === null ? [] : [{ level: 'warning', code: 'replaced', message: sayReplaced(replaced), input }]
}

/** Evidence comes first: the rows prove that the captures are on disk before anything looks at them. */
function storeReadings(
  writer: ArchiveWriter,
  rows: readonly CaptureRow[],
  readings: readonly Reading[],
): readonly Partial<AddTally>[] {
  const stored = writer.storeExtractions(rows.map(({ id }, at) => ({ captureId: id, ...readings[at]! })))
  return stored.map(({ newPosts, newVersions, knownPosts }, at) => {
    const texts = Number(readings[at]!.extraction.scrapes.length > 0)
    return { captures: 1, unchanged: Number(rows[at]!.sameAs !== null), newPosts, newVersions, knownPosts, texts }
  })
}

function countIn(tally: Record<string, number>, counts: Partial<AddTally>): void {
  for (const [name, count] of Object.entries(counts)) tally[name] = (tally[name] ?? 0) + count
}
