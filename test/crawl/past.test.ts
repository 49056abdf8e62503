// What a crawl knows of earlier looks at a page: a page that was seen once was there, however long it is gone.
import { expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { lastWhole } from '../../src/crawl/past.ts'
import { makeCapture, makeFolder, makeOptions } from '../archive/samples.ts'

const DAY_MS = 86_400_000
/** Of a year of weekly looks. */
const LOOKS = 52

it('the last whole answer is found behind a year of others', () => {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const page = makeCapture('the page')
  const look = (week: number, status: number) => {
    const run = writer.beginRun({ command: 'crawl', options: {} })
    const capturedAt = new Date(Date.UTC(2016, 0, 1) + 7 * week * DAY_MS).toISOString()
    writer.appendCapture(status === 200 ? { ...page, capturedAt } : makeCapture('', { status, capturedAt }), run)
    writer.endRun(run)
  }
  look(0, 200)
  for (let week = 1; week <= LOOKS; week++) look(week, [404, 503, 301, 429][week % 4]!)
  const reader = openArchiveReader(dir)
  expect(lastWhole({ writer, reader }, page.url!, 'any')?.digest).toBe(page.digest)
  expect(lastWhole({ writer, reader }, 'http://threads.example/2', 'any')).toBeNull()
  reader.close()
  writer.close()
})
