// What a writer still keeps stands for what it has stored: unrolling sees no difference.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openArchiveReader } from '../../../../src/archive/reader.ts'
import { openArchiveWriter } from '../../../../src/archive/writer.ts'
import { readCapture, storePending } from '../../../../src/pipeline/pipeline.ts'
import { allCases, captureOf } from '../../../adapters/cases.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../../samples.ts'

const RUN = { command: 'add', options: {} }

it('gives the neighbourhood that reading back gives, of every fixture', () => {
  const dir = join(makeFolder(), 'archive')
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun(RUN)
  const reader = openArchiveReader(dir)
  let kept = 0
  for (const fixture of allCases()) {
    const capture = captureOf(fixture)
    const { adapter, extraction } = readCapture(capture)
    writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, adapter)
    const [quick, whole] = [writer.readNeighbourhood(), reader.readNeighbourhood()]
    expect(quick.extractions).toEqual(whole.extractions)
    expect(quick.scope).toEqual(whole.scope)
    kept += Number(quick.extractions.at(-1)?.posts[0] === extraction.posts[0] && extraction.posts.length > 0)
    storePending(writer)
  }
  expect(kept).toBeGreaterThan(50)
  reader.close()
  writer.close()
}, 120_000)

it('keeps texts as they are stored, and no more than memory has room for', () => {
  const dir = join(makeFolder(), 'archive')
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun(RUN)
  const reader = openArchiveReader(dir)
  const capture = makeCapture('half a pair')
  const broken = makePost(1, capture, { text: 'half a pair \ud83c' })
  writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction([broken]), ADAPTER)
  const whole = reader.readNeighbourhood()
  expect(writer.readNeighbourhood()).toEqual(whole)
  expect(whole.extractions[0]?.posts[0]?.text).toBe('half a pair \ufffd')
  for (let page = 0; page < 5; page++) {
    const url = `http://pages.example/${page}`
    const next = makeCapture(`page ${page}`, { url, finalUrl: url, input: url })
    const posts = Array.from({ length: 1000 }, (_, at) => makePost(at, next, { key: `p${page} ${at}` }))
    writer.storeExtraction(writer.appendCapture(next, run).id, makeExtraction(posts), ADAPTER)
  }
  const [first, last] = [writer.readNeighbourhood().extractions[1], writer.readNeighbourhood().extractions[5]]
  expect(first?.posts[0]).toBe(writer.readNeighbourhood().extractions[1]?.posts[0])
  expect(last?.posts[0]).not.toBe(writer.readNeighbourhood().extractions[5]?.posts[0])
  reader.close()
  writer.close()
})

it('is forgotten with the readings that were taken back: none or all of those stored together are there', () => {
  const dir = join(makeFolder(), 'archive')
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun(RUN)
  const [first, second] = [makeCapture('first'), makeCapture('second')]
  const rows = [first, second].map((capture) => writer.appendCapture(capture, run))
  const readings = [first, second].map((capture, at) => makeExtraction([makePost(at + 1, capture)]))
  const name = (captureId: string, at: number) => ({ captureId, extraction: readings[at]!, adapter: ADAPTER })
  const fail = () => writer.storeExtractions([name(rows[0]!.id, 0), name('no capture', 1)])
  expect(fail).toThrow('no capture')
  expect(writer.readNeighbourhood().extractions).toEqual([])
  writer.storeExtraction(rows[1]!.id, readings[1]!, ADAPTER)
  expect(writer.readNeighbourhood().extractions.map(({ posts }) => posts[0]?.key)).toEqual([readings[1]!.posts[0]!.key])
  expect(writer.storeExtractions([name(rows[0]!.id, 0)])).toMatchObject([{ newPosts: 1 }])
  expect(writer.readNeighbourhood().extractions).toHaveLength(2)
  writer.close()
})
