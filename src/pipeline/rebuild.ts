// Makes the database of an archive again from its WARC files: every capture read and everything unrolled, in parts where that is
// the same as at once.
import type { Recovery } from '../archive/copies/recovery.ts'
import { isBare } from '../archive/findings/pages.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter, WriterOptions } from '../archive/writer.ts'
import { PART_BYTES, PART_POSTS, unrollEverything } from './everything.ts'
import { readAgain, storePending } from './pipeline.ts'

export interface RebuildReport {
  readonly captures: number
  readonly threads: number
  readonly conversations: number
  /** WARC files in which something could not be read. */
  readonly damaged: readonly string[]
  /** The stretches of these that could not be read. */
  readonly recoveries: readonly Recovery[]
}

/** Makes the database again from the WARC files, with the adapters and engine of this version. */
export async function rebuildArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal },
): Promise<RebuildReport> {
  const { rebuildDatabase } = await import('../archive/copies/rebuild.ts')
  let found = { threads: 0, conversations: 0 }
  const report = await rebuildDatabase(dir, options, (writer, reader) => {
    refill(writer, reader, options.signal)
    found = reader.countFindings()
  })
  const damaged = report.damaged.map(({ file }) => file)
  return { captures: report.captures, ...found, damaged, recoveries: report.damaged }
}

/** What is unrolled soon after it was read need not be read back. */
function refill(writer: ArchiveWriter, reader: ArchiveReader, signal: AbortSignal): void {
  let [posts, bytes, isNameless] = [0, 0, false]
  for (const row of reader.captures()) {
    signal.throwIfAborted()
    const { adapter, extraction } = readAgain(reader, row)
    writer.storeExtraction(row.id, extraction, adapter)
    isNameless ||= isBare(extraction)
    posts += extraction.posts.length
    bytes += row.bytes
    if (isNameless || (posts < PART_POSTS && bytes < PART_BYTES)) continue
    storePending(writer)
    posts = 0
    bytes = 0
  }
  if (isNameless) unrollEverything(writer, reader)
  else storePending(writer)
  writer.recallIds()
}
