// The survey of a file, and what is opened by it: the same page as without, whatever became of the file meanwhile.
import { describe, expect, it } from 'vitest'
import { makeCapture } from '../../src/fetch/fetcher.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture } from '../../src/pipeline/pipeline.ts'
import { createRoom } from '../../src/pipeline/room.ts'
import { openPage, surveyCapture } from '../../src/pipeline/survey.ts'
import { allCases, captureOf } from '../adapters/cases.ts'
import { makeLines } from '../bench/made-posts.ts'

const CASE = captureOf(allCases().find(({ platform, name }) => platform === 'jsonl' && name === 'mixed')!)

function fileOf(lines: readonly string[]): Capture {
  const { digest: _, ...facts } = CASE
  return makeCapture({ ...facts, method: 'file', status: null, body: new TextEncoder().encode(lines.join('\n')) })
}

const FILES: readonly (readonly string[])[] = [
  makeLines('ids', 'ada', 30, 0),
  [...makeLines('numbers', 'ben', 20, 1000), 'not JSON', ''],
  ['no posts', 'here, only words'],
  [],
]

describe('openPage', () => {
  it('gives with a survey what reading gives', () => {
    for (const capture of FILES.map(fileOf))
      for (const order of ['page', 'none'] as const) {
        const { extraction } = readCapture(capture, order)
        const page = openPage(capture, order, structuredClone(surveyCapture(capture)), createRoom())
        expect(page.read(null)).toEqual(extraction)
        expect(page.notes).toEqual(extraction.notes)
        expect(page.names.above).toHaveLength(extraction.posts.length)
        const some = [...extraction.posts.keys()].filter((at) => at % 3 === 1)
        expect(page.read(some).posts).toEqual(extraction.posts.filter((_, at) => at % 3 === 1))
      }
  })

  it('surveys again where the file has changed since, and where nobody did', () => {
    const [before, after] = [fileOf(FILES[0] ?? []), fileOf((FILES[0] ?? []).slice(7))]
    const { extraction } = readCapture(after)
    for (const survey of [surveyCapture(before), null])
      expect(openPage(after, 'page', survey, createRoom()).read(null)).toEqual(extraction)
  })
})
