// Further pages that nobody read: said in the statement of what they would complete, gone from it once they are here,
// and the same after a rebuild as after any order of reading.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { makeCapture as nameCapture } from '../../src/fetch/fetcher.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storePending, unrollOnce } from '../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { allCases, captureOf } from '../adapters/cases.ts'
import { makeFolder } from '../cli/run.ts'

const blog = allCases().find(({ platform, name }) => platform === 'wordpress' && name === 'footnotes-and-comments')!
const FIRST = captureOf(blog)
const FURTHER = readCapture(FIRST).extraction.next[0]!
const LATER = '2026-01-03T00:00:00.000Z'
const SAID = '; further pages not read: 1'
const never = new AbortController().signal
const options = { now: () => new Date('2026-01-02T03:04:05.678Z'), version: '0.0.0' }

/** The further page as it answered: nothing on it is related to anything. */
function further(status: number, html = ''): Capture {
  const { digest: _, ...facts } = FIRST
  const body = new TextEncoder().encode(html)
  return nameCapture({ ...facts, input: FURTHER, url: FURTHER, finalUrl: FURTHER, status, body })
}

/** What a site may show in its place with the status of a page. */
const INSTEAD = [
  '<title>Page not found</title><body><h1>Page not found</h1>',
  '<title>Just a moment...</title><body><p>Checking if the site connection is secure</p>',
  '<title>Gauges</title><body><h1>Error establishing a database connection</h1>',
].map((html) => `<!doctype html>${html}`)

/** The statement after each group of captures was stored and unrolled, and once more after a rebuild. */
async function statementsOf(...groups: readonly (readonly Capture[])[]): Promise<readonly string[]> {
  const dir = join(makeFolder(), 'archive')
  const writer = openArchiveWriter(dir, options)
  const reader = openArchiveReader(dir)
  const run = writer.beginRun({ command: 'add', options: {} })
  const said: string[] = []
  for (const group of groups) {
    for (const capture of group) {
      const { extraction, adapter } = readCapture(capture)
      writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, adapter)
    }
    storePending(writer)
    said.push(statementIn(reader))
  }
  reader.close()
  writer.endRun(run, 'success')
  writer.close()
  await rebuildArchive(dir, { ...options, signal: never })
  const rebuilt = openArchiveReader(dir)
  said.push(statementIn(rebuilt))
  rebuilt.close()
  return said
}

function statementIn(reader: ReturnType<typeof openArchiveReader>): string {
  const found = [...reader.findings()].flatMap(({ conversation }) => conversation?.statement ?? [])
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('a further page', () => {
  it('that nobody read is said', async () => {
    const [first, rebuilt] = await statementsOf([FIRST])
    expect(first).toMatch(new RegExp(`${SAID}$`))
    expect(rebuilt).toBe(first)
  })

  it('that was gone when it was asked for is said', async () => {
    for (const statement of await statementsOf([FIRST, further(404)])) expect(statement).toContain(SAID)
  })

  it.each(INSTEAD)('in whose place something else was shown is said (%#)', async (html) => {
    for (const statement of await statementsOf([FIRST, further(200, html)])) expect(statement).toContain(SAID)
    const [shown, read] = await statementsOf([further(200, html), FIRST], [{ ...further(200), capturedAt: LATER }])
    expect(shown).toContain(SAID)
    expect(read).not.toContain(SAID)
  })

  it('that was read is not said, whichever came first, and be it empty', async () => {
    for (const statement of await statementsOf([FIRST, further(200)])) expect(statement).not.toContain(SAID)
    for (const statement of await statementsOf([further(200), FIRST])) expect(statement).not.toContain(SAID)
    const [before, after, rebuilt] = await statementsOf([FIRST], [further(200)])
    expect(before).toContain(SAID)
    expect(after).not.toContain(SAID)
    expect(rebuilt).toBe(after)
  })

  it('is said without an archive too', async () => {
    const statements = async (...captures: readonly Capture[]) => {
      const file = {
        check: async () => undefined,
        open: async function* () {
          yield* captures
        },
        rest: async function* () {},
        bytesRead: () => 0,
        close: async () => undefined,
      }
      const nothing = { fetch: async () => [], close: async () => undefined }
      const fetchers = { file, http: nothing, browser: null, close: async () => undefined }
      const { unrolled } = await unrollOnce(['page'], { order: 'page', signal: never, fetchers })
      return unrolled.conversations.map(({ statement }) => statement)
    }
    expect(await statements(FIRST)).toEqual([expect.stringContaining(SAID)])
    expect(await statements(FIRST, further(200))).toEqual([expect.not.stringContaining(SAID)])
    for (const html of INSTEAD)
      expect(await statements(FIRST, further(200, html))).toEqual([expect.stringContaining(SAID)])
  })
})
