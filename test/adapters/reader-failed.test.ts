// Law: a reader that falls over costs its page and nothing else, and says so.
import { expect, it } from 'vitest'
import { readPage } from '../../src/adapters/page/page.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import { allCases, captureOf } from './cases.ts'

it.each(['html', 'xml', 'json', 'jsonl'] as const)(
  'whatever a reader throws over %s is told, and nobody is credited',
  (kind) => {
    const fixture = allCases().find((one) => one.kind === kind && !one.browser)
    const fall = (): never => {
      throw new TypeError('no such node')
    }
    const page = { ...readPage(captureOf(fixture!)), kind, html: fall, xml: fall, json: fall }
    const { adapter, extraction } = readPosts(page)
    expect(adapter).toBeNull()
    expect(extraction.posts).toEqual([])
    expect(extraction.notes).toMatchObject([
      { level: 'error', code: 'reader-failed', message: expect.stringContaining('no such node') },
    ])
  },
)
