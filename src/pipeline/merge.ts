// Makes one archive of several: records united, every capture read, everything unrolled together. The outcome depends
// on what is in them, not on the order or number of merges.
import type { ArchiveWriter, WriterOptions } from '../archive/writer.ts'
import { readUnread, unrollRest } from './everything.ts'

interface MergeReport {
  /** WARC files that were not here before. */
  readonly copied: readonly string[]
  /** Captures that were read for the first time here. */
  readonly read: number
  readonly threads: number
  readonly conversations: number
  /** WARC files in which something could not be read. */
  readonly damaged: readonly string[]
}

/** Merges archives into the one in `dir`, which may be new. Throws what `openMerged` throws. */
export async function mergeArchives(
  dir: string,
  others: readonly string[],
  options: WriterOptions & { readonly signal: AbortSignal },
): Promise<MergeReport> {
  const { endMerge, openMerged } = await import('../archive/copies/merge.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { writer, copied } = openMerged(dir, others, options)
  const reader = openArchiveReader(dir)
  try {
    const read = readUnread(writer, reader, options.signal)
    const found = unrollRest(writer, reader)
    writer.recallIds()
    const damaged = writer.recovered.filter(({ unreadableBytes }) => unreadableBytes > 0).map(({ file }) => file)
    if (copied.length > 0) recordMerge(writer, others, copied)
    endMerge(dir, others)
    return { copied, read, damaged, ...found }
  } finally {
    reader.close()
    writer.close()
  }
}

/** Last: a merge that was killed before has no such event, and is simply run again. */
function recordMerge(writer: ArchiveWriter, others: readonly string[], copied: readonly string[]): void {
  const run = writer.beginRun({ command: 'merge', options: { others } })
  writer.recordEvent(run, { type: 'ingestion', outcome: 'success', detail: { files: copied } })
  writer.endRun(run)
}
