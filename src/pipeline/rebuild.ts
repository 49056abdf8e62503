// Makes the database of an archive again from its WARC files: every capture read and everything unrolled, in parts
// where that is the same as at once.
import type { RebuildOptions } from '../archive/copies/rebuild.ts'
import type { Recovery } from '../archive/copies/recovery.ts'
import type { SetAside } from '../archive/copies/set-aside.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import { readPart, unrollEverything } from './everything.ts'
import { storeNews } from './pipeline.ts'

export interface RebuildReport {
  readonly captures: number
  readonly threads: number
  readonly conversations: number
  /** WARC files in which something could not be read. */
  readonly damaged: readonly string[]
  /** The stretches of these that could not be read. */
  readonly recoveries: readonly Recovery[]
  /** The old database, where it knows what the WARC files tell no more. */
  readonly setAside: SetAside | null
}

/** Makes the database again from the WARC files, with the adapters and engine of this version. */
export async function rebuildArchive(
  dir: string,
  options: RebuildOptions & { readonly signal: AbortSignal },
): Promise<RebuildReport> {
  const { rebuildDatabase } = await import('../archive/copies/rebuild.ts')
  let found = { threads: 0, conversations: 0 }
  const report = await rebuildDatabase(dir, options, (writer, reader) => {
    refill(writer, reader, options.signal)
    found = reader.countFindings()
  })
  const damaged = report.damaged.map(({ file }) => file)
  const { captures, setAside } = report
  return { captures, ...found, damaged, recoveries: report.damaged, setAside }
}

/** What is unrolled soon after it was read need not be read back. */
function refill(writer: ArchiveWriter, reader: ArchiveReader, signal: AbortSignal): void {
  const rows = reader.captures()[Symbol.iterator]()
  for (let isNameless = false; ; ) {
    const part = readPart(writer, reader, rows, signal)
    isNameless ||= part.isNameless
    if (!isNameless) storeNews(writer)
    if (!part.isLast) continue
    if (isNameless) unrollEverything(writer, reader)
    break
  }
  writer.recallIds()
}
