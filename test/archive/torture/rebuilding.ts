// A rebuild of a large archive: every fact and every finding must come out of the WARC files as it was, although the
// last record is cut in the middle. The findings were made bit by bit, run after run; the rebuild makes them at once.
import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { type ArchiveReader, openArchiveReader } from '../../../src/archive/reader.ts'
import { type ArchiveWriter, openArchiveWriter, type WriterOptions } from '../../../src/archive/writer.ts'
import { contentDigest } from '../../../src/fixity.ts'
import { readCapture, storePending } from '../../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { differingTables, digestTables, NOT_FROM_WARC } from '../rows.ts'
import { problemsOf } from './check.ts'
import { makePage } from './pages.ts'
import { captureAt } from './years.ts'

export interface RebuildReport {
  readonly captures: number
  readonly runs: number
  readonly posts: number
  readonly threads: number
  readonly conversations: number
  /** Rows of all facts and findings, and one digest over them, before and after. */
  readonly rows: number
  readonly before: string
  readonly after: string
  /** Tables that are not the same. */
  readonly differing: readonly string[]
  /** Bytes left of the record that was cut, and what the rebuild said of them. */
  readonly torn: number
  readonly told: readonly string[]
  readonly seconds: { readonly filling: number; readonly rebuilding: number }
  readonly faults: readonly string[]
}

const A_RUN = 100
/** Captures that become safe together. */
const A_LOOK = 25
const REDACTED = ['years-0', 'years-21', 'years-42']
const options: WriterOptions = { now: () => new Date(), version: 'torture' }
/** The size of a file that was cut is not what it was. */
const LEFT_OUT = { ...NOT_FROM_WARC, warc_files: ['closed_bytes', 'unreadable_bytes'] }

/** `dir` is an empty folder. */
export async function tortureRebuild(dir: string, captures: number): Promise<RebuildReport> {
  const archive = join(dir, 'archive')
  const database = join(archive, 'archive.sqlite')
  const began = Date.now()
  await fillYears(archive, captures - 1)
  const { before, torn } = await cutLast(archive, captures - 1, () => digestTables(database, LEFT_OUT))
  const filled = Date.now()
  const signal = new AbortController().signal
  const { recoveries } = await rebuildArchive(archive, { ...options, signal })
  const rebuilt = Date.now()
  const after = digestTables(database, LEFT_OUT)
  const rowsOf = (table: string): number => after[table]?.rows ?? 0
  return {
    captures,
    ...{
      runs: rowsOf('runs'),
      posts: rowsOf('posts'),
      threads: rowsOf('threads'),
      conversations: rowsOf('conversations'),
    },
    rows: Object.values(after).reduce((sum, { rows }) => sum + rows, 0),
    ...{ before: contentDigest(before), after: contentDigest(after), differing: differingTables(before, after) },
    ...{ torn, told: recoveries.flatMap(({ problems }) => problems) },
    seconds: { filling: (filled - began) / 1000, rebuilding: (rebuilt - filled) / 1000 },
    faults: problemsOf(archive).map(({ where, what }) => `${where}: ${what}`),
  }
}

async function fillYears(archive: string, captures: number): Promise<void> {
  for (let from = 0; from < captures; from += A_RUN) {
    await withArchive(archive, async (writer) => {
      const run = writer.beginRun({ command: 'add', options: { from } })
      await addCaptures(writer, run, from, Math.min(from + A_RUN, captures))
      storePending(writer)
      writer.endRun(run)
    })
    if (from === 0)
      for (const victim of REDACTED) await redactFromArchive(archive, makePage(victim).thread, 'torture', options)
  }
}

async function addCaptures(writer: ArchiveWriter, run: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += A_LOOK) {
    const captures = Array.from({ length: Math.min(A_LOOK, to - at) }, (_, n) => captureAt(at + n))
    const rows = await writer.appendLook(captures, run, () => undefined)
    for (const [n, capture] of captures.entries()) {
      const { extraction, adapter } = readCapture(capture)
      writer.storeExtraction(rows[n]!.id, extraction, adapter)
    }
  }
}

/**
 * The last capture is on the disk in part, as a crash leaves it: what it says is not known to `look`, and will not be.
 */
async function cutLast<T>(
  archive: string,
  at: number,
  look: () => T,
): Promise<{ readonly before: T; readonly torn: number }> {
  const cut = await withArchive(archive, (writer) => {
    const run = writer.beginRun({ command: 'add', options: { last: at } })
    const before = look()
    const { warc } = writer.appendCapture(makePage(`last-${at}`).capture, run)
    return { before, warc, torn: Math.floor(warc.length / 2) }
  })
  const path = join(archive, 'warc', cut.warc.file)
  if (statSync(path).size < cut.warc.offset + cut.torn) throw new Error(`${path} is too short to be cut`)
  truncateSync(path, cut.warc.offset + cut.torn)
  return { before: cut.before, torn: cut.torn }
}

async function withArchive<T>(
  archive: string,
  act: (writer: ArchiveWriter, reader: ArchiveReader) => Promise<T> | T,
): Promise<T> {
  const writer = openArchiveWriter(archive, options)
  const reader = openArchiveReader(archive)
  try {
    return await act(writer, reader)
  } finally {
    reader.close()
    writer.close()
  }
}
