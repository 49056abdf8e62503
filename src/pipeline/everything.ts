// Unrolls all that an archive holds, in parts where that is the same as at once: then no more than a part with its
// neighbours is in memory.
import type { CaptureRow } from '../archive/facts/captures/capture-rows.ts'
import type { NewReading } from '../archive/facts/readings/extraction-store.ts'
import { isBare } from '../archive/neighbourhood/page-parts.ts'
import type { FindingCounts } from '../archive/queries/listing.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import { ENGINE_VERSION } from '../unroll/unroll.ts'
import { readAgain, renewPart, unrollTogether } from './pipeline.ts'

/** Posts of what waits that are unrolled together: as many as a writer keeps from storing them. */
const PART_POSTS = 4000
/** Bytes of captures, decoded, that are unrolled together at most: a page may be one long article. */
const PART_BYTES = 16 * 1024 * 1024

/** What was read again at once. */
interface PartRead {
  readonly captures: number
  /** Whether some text has no name: see `isBare`. */
  readonly isNameless: boolean
  /** Whether there is no more to read. */
  readonly isLast: boolean
}

/** Reads captures again until there are enough for a part, and stores what they say. */
export function readPart(
  writer: ArchiveWriter,
  reader: ArchiveReader,
  rows: Iterator<CaptureRow>,
  signal: AbortSignal,
): PartRead {
  const readings: NewReading[] = []
  let [posts, bytes, isLast] = [0, 0, false]
  while (!isLast && posts < PART_POSTS && bytes < PART_BYTES) {
    signal.throwIfAborted()
    const { value: row, done } = rows.next()
    if (done !== true) {
      const reading = readAgain(reader, row)
      readings.push({ captureId: row.id, ...reading })
      posts += reading.extraction.posts.length
      bytes += row.bytes
    }
    isLast = done === true
  }
  writer.storeExtractions(readings)
  return { captures: readings.length, isNameless: readings.some(({ extraction }) => isBare(extraction)), isLast }
}

/** Reads the captures that nobody has read here, from files of another archive or a later backup; returns how many. */
export function readUnread(writer: ArchiveWriter, reader: ArchiveReader, signal: AbortSignal): number {
  const rows = reader.unextracted()[Symbol.iterator]()
  for (let captures = 0; ; ) {
    const part = readPart(writer, reader, rows, signal)
    captures += part.captures
    if (part.isLast) return captures
  }
}

/** In place of all that was found before. */
export function unrollEverything(writer: ArchiveWriter, reader: ArchiveReader): FindingCounts {
  const { extractions, scope } = reader.readEverything()
  writer.storeFindings(unrollTogether(extractions), String(ENGINE_VERSION), scope)
  return reader.countFindings()
}

/** What waits or another engine unrolled, so that the findings are those of everything. */
export function unrollRest(writer: ArchiveWriter, reader: ArchiveReader, partPosts = PART_POSTS): FindingCounts {
  // A text without a name may copy any post, and is looked for by its beginning only.
  if (reader.hasNamelessTexts()) return unrollEverything(writer, reader)
  writer.storeRepeats()
  while (renewPart(writer, partPosts) !== null);
  return reader.countFindings()
}
