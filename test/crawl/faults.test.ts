// What must not be swallowed, and what must not stop a crawl, whoever hands it what.
import { expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../src/archive/writer.ts'
import { type CrawlSetup, crawlDue } from '../../src/crawl/crawl.ts'
import { planSources } from '../../src/crawl/schedule/plan.ts'
import { parseSources } from '../../src/crawl/sources/sources.ts'
import { StorageError } from '../../src/errors.ts'
import { EMPTY, makeCapture, makeExtraction, makeFolder, makeOptions } from '../archive/samples.ts'
import { listSources } from './bench.ts'

const URL = 'http://threads.example/1'
const NOW = '2026-11-20T10:00:00.000Z'

/** A crawl whose pages all come, in an archive of its own. */
function setUp(writer: ArchiveWriter, dir: string, changes: Partial<CrawlSetup>): CrawlSetup {
  const fetcher = {
    fetch: async (url: string) => [makeCapture(url, { url, finalUrl: url, capturedAt: NOW })],
    close: async () => {},
  }
  return {
    ...{ sources: parseSources(listSources(URL), 'sources.toml'), wanted: new Set(), writer },
    reader: openArchiveReader(dir),
    secrets: { headersFor: () => ({}), browsingFor: () => ({ profile: null, cookies: [], media: false }) },
    fetchers: { file: null as never, http: fetcher, browser: null, close: async () => {} },
    ...{ now: () => new Date(NOW), random: () => 0, signal: new AbortController().signal },
    ...{ freeBytes: () => 2, floorBytes: 1, politeness: { floorMs: 0, ceilingMs: 0, factor: 0 } },
    ...{ read: async () => ({ adapter: null, extraction: makeExtraction([]) }), locate: (url: string) => url },
    ...{ unroll: () => EMPTY, onLook: () => undefined },
    ...changes,
  }
}

/** From robots.txt on, and from the page on. */
it.each([0, 1])(
  'an archive that broke is what a crawl ends with, though the disk filled at the same time (after %i captures)',
  async (whole) => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    let free = 2
    let kept = 0
    const appendLook: ArchiveWriter['appendLook'] = async (...look) => {
      if (kept++ < whole) return writer.appendLook(...look)
      free = 0
      throw new StorageError('the disk is full')
    }
    const setup = setUp(writer, dir, { writer: { ...writer, appendLook }, freeBytes: () => free })
    await expect(crawlDue(setup)).rejects.toThrow('the disk is full')
    setup.reader.close()
    writer.close()
  },
)

it('the last unrolling is ended by whoever stops it, when nobody is asked anything any more', async () => {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const steps: string[] = []
  const unroll = () => {
    steps.push('unroll')
    return EMPTY
  }
  const aside: NonNullable<CrawlSetup['aside']> = (work) => {
    steps.push('aside')
    return work()
  }
  const setup = setUp(writer, dir, { unroll, aside, freeBytes: () => 1e9 })
  for (const ending of ['done', 'nothing due']) {
    steps.length = 0
    expect(await crawlDue(setup)).toMatchObject({ ending })
    expect(steps).toEqual(['aside', 'unroll'])
  }
  setup.reader.close()
  writer.close()
})

it('a capture of an address that is none waits to be read like any other', () => {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  writer.appendCapture(makeCapture('page', { url: 'http://[half' }), run)
  const reader = openArchiveReader(dir)
  expect(reader.unreadCaptures().map(({ url }) => url)).toEqual(['http://[half'])
  reader.close()
  writer.close()
})

it('two sources that are one page are told, whatever their addresses', () => {
  const sources = parseSources(listSources('http://a.example/1', 'http://b.example/1'), 'sources.toml')
  const plan = () => planSources(sources, null, () => 'http://api.example/1', NOW)
  expect(plan).toThrow('the sources http://a.example/1 and http://b.example/1 are one page, http://api.example/1')
})
