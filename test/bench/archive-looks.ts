// What another look at a page that says what it said before costs the archive: bytes of the database, and CPU time.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { readCapture, storeNews } from '../../src/pipeline/pipeline.ts'
import { createMeter, type Meter, makeCaptures, OPTIONS } from './archive-fill.ts'

/** Hours of a crawl that looks once an hour; what the first ones cost is the page itself, and V8 compiling. */
const [FIRST_LOOKS, LOOKS] = [20, 30]
const HOUR_MS = 3_600_000

/** Of one look at a page of 60 posts. */
interface LookCost {
  readonly bytes: number
  /** CPU milliseconds: of what was read, to the findings that are stored. */
  readonly storing: number
}

/** `dir`: a folder that is not there yet. */
export function measureLooks(dir: string): LookCost {
  const meter = createMeter()
  look(dir, 0, FIRST_LOOKS, createMeter())
  const before = bytesOf(dir)
  look(dir, FIRST_LOOKS, LOOKS, meter)
  return { bytes: (bytesOf(dir) - before) / LOOKS, storing: (meter.of('store') / LOOKS) * 1000 }
}

function look(dir: string, from: number, looks: number, meter: Meter): void {
  const page = makeCaptures(0, 1)[0]!
  const writer = openArchiveWriter(dir, OPTIONS)
  const run = writer.beginRun({ command: 'crawl', options: {} })
  for (let at = from; at < from + looks; at++) {
    const capturedAt = new Date(Date.parse(page.capturedAt) + at * HOUR_MS).toISOString()
    const capture = { ...page, capturedAt }
    const { id } = writer.appendCapture(capture, run)
    const { extraction, adapter } = readCapture(capture)
    meter.measure('store', () => {
      writer.storeExtraction(id, extraction, adapter)
      storeNews(writer)
    })
  }
  writer.close()
}

function bytesOf(dir: string): number {
  return statSync(join(dir, 'archive.sqlite')).size
}
