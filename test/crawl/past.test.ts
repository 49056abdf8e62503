// What a crawl knows of earlier looks at a page: a page that was seen once was there, however long it is gone.
import { describe, expect, it } from 'vitest'
import type { CaptureRow } from '../../src/archive/facts/captures/capture-rows.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { earlierLooks, lastWhole } from '../../src/crawl/schedule/past.ts'
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

describe('the last whole answer', () => {
  const row = (given: Partial<CaptureRow>) =>
    ({ status: 200, digest: 'page', finalUrl: 'http://a.example/', headers: [], ...given }) as CaptureRow
  const headersOf = (...rows: readonly CaptureRow[]) =>
    lastWhole(
      {
        writer: { wholeLooks: () => rows, looks: () => [], said: () => null },
        reader: { readCapture: ({ headers }) => makeCapture('page', { headers }) },
      },
      'http://a.example/',
      'any',
    )?.headers
  const [ETAG, NEWER, TYPE] = [
    ['ETag', '"1"'],
    ['etag', '"2"'],
    ['content-type', 'text/html'],
  ] as const

  it('of a 304 without validators has those of the answer it confirms', () => {
    const confirmed = row({ headers: [TYPE, ETAG] })
    expect(headersOf(row({ status: 304 }), confirmed)).toEqual([ETAG])
    expect(headersOf(row({ status: 304 }), row({ digest: 'other', headers: [NEWER] }), confirmed)).toEqual([ETAG])
  })

  it('keeps its own validators, and borrows none where it is no 304', () => {
    expect(headersOf(row({ status: 304, headers: [NEWER] }), row({ headers: [ETAG] }))).toEqual([NEWER])
    expect(headersOf(row({}), row({ headers: [ETAG] }))).toEqual([])
  })
})

describe('earlier looks', () => {
  const NOW = '2026-06-30T00:00:00.000Z'
  const day = (n: number): string => `2026-06-${String(n).padStart(2, '0')}T00:00:00.000Z`
  const answer = (capturedAt: string, digest: string, status = 200) =>
    ({ id: `${capturedAt} ${digest}`, capturedAt, digest, status, headers: [] as CaptureRow['headers'] }) as CaptureRow

  const looksAt = (answers: readonly CaptureRow[], latest?: Parameters<typeof earlierLooks>[3]) => {
    const asked: string[] = []
    const said = (id: string) => {
      asked.push(id)
      return null
    }
    const found = earlierLooks({ looks: () => answers, wholeLooks: () => [], said }, 'http://a.example/', NOW, latest)
    return { found: found.map(({ at, digest }) => [at, digest]), asked }
  }

  it('leave out failures of the site, what it was too busy for, and what a fast clock dated ahead', () => {
    const fails = [500, 503, 408, 425, 429].map((status, n) => answer(day(20 - n), 'fail', status))
    const { found } = looksAt([answer('2026-07-01T00:00:00.000Z', 'ahead'), ...fails, answer(day(3), 'page')])
    expect(found).toEqual([[day(3), 'page']])
  })

  it('count an answer that says that the page is gone, and one at this very moment', () => {
    const { found } = looksAt([answer(NOW, 'page'), answer(day(9), 'gone', 404)])
    expect(found).toEqual([
      [NOW, 'page'],
      [day(9), 'gone'],
    ])
  })

  it('stand newest first, whatever the clock of the machine said when they were written', () => {
    const { found } = looksAt([
      answer('1970-01-01T00:00:09.000Z', 'old clock'),
      answer(day(2), 'b'),
      answer(day(1), 'a'),
    ])
    expect(found.map(([at]) => at)).toEqual([day(2), day(1), '1970-01-01T00:00:09.000Z'])
  })

  it('begin with the one that is not stored yet', () => {
    const latest = makeCapture('now', { capturedAt: day(29) })
    const { found } = looksAt([answer(day(28), 'before')], latest)
    expect(found).toEqual([
      [day(29), latest.digest],
      [day(28), 'before'],
    ])
  })

  it('say of a redirect what was found where it leads since then, and nothing while nobody has looked there', () => {
    const sent = (at: string): CaptureRow => {
      const place = { finalUrl: 'http://a.example/', headers: [['location', '/there']] } as Partial<CaptureRow>
      return { ...answer(at, 'to elsewhere', 301), ...place }
    }
    const here = [sent(day(6)), sent(day(4)), sent(day(2)), answer(day(1), 'page')]
    const there = [answer(day(4), 'new words'), answer(day(2), 'words')]
    const looks = (url: string) => (url === 'http://a.example/' ? here : url === 'http://a.example/there' ? there : [])
    const found = earlierLooks({ looks, wholeLooks: () => [], said: () => null }, 'http://a.example/', NOW)
    expect(found.map(({ at, digest }) => [at, digest])).toEqual([
      [day(6), null],
      [day(4), 'new words'],
      [day(2), 'words'],
      [day(1), 'page'],
    ])
  })

  it('go back to the last change behind the newest four, and what lies further is not asked for', () => {
    const digests = ['a', 'b', 'c', 'd', 'e', 'f']
    const { found, asked } = looksAt(digests.map((digest, n) => answer(day(20 - n), digest)))
    expect(found.map(([, digest]) => digest)).toEqual(digests.slice(0, 4))
    expect(asked).toHaveLength(4)
  })

  it('are read once for as long as the bytes stay the same', () => {
    const { found, asked } = looksAt([9, 8, 7, 6, 5, 4].map((n) => answer(day(n), 'same')))
    expect(found).toHaveLength(6)
    expect(asked).toHaveLength(1)
  })
})
