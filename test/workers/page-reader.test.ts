// Pages read in a thread: the same outcome as here, whatever becomes of the thread.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readCapture } from '../../src/pipeline/pipeline.ts'
import { findMarkers } from '../../src/unroll/markers/candidates/candidates.ts'
import { createPageReader } from '../../src/workers/page-reader.ts'
import { allCases, captureOf } from '../adapters/cases.ts'

/** The thread's code as it ships: `npm test` builds it first. */
const code = pathToFileURL(join(import.meta.dirname, '../../dist/worker.js'))
const captures = allCases().map((fixture) => captureOf(fixture))

function here() {
  return captures.map((capture) => {
    const { adapter, extraction } = readCapture(capture)
    return { adapter, extraction }
  })
}

describe('createPageReader', () => {
  it('reads every fixture in a thread as it is read here, all at once', async () => {
    const said: string[] = []
    const reader = createPageReader({ code, pagesFirst: 0, say: (message) => said.push(message) })
    const read = await Promise.all(captures.map((capture) => reader.read(capture)))
    await reader.stop()
    expect(said).toEqual([])
    expect(read).toEqual(here())
  })

  it('knows the numbers in the texts that the thread has read, and seeks those of others', async () => {
    const reader = createPageReader({ code, pagesFirst: 0, say: () => undefined })
    const read = await Promise.all(captures.map((capture) => reader.read(capture)))
    await reader.stop()
    const texts = read.flatMap(({ extraction }) => extraction.posts.map(({ text }) => text))
    const sought = texts.map(findMarkers)
    expect(sought.filter((found) => found.length > 0).length).toBeGreaterThan(20)
    expect(texts.map(reader.markersOf)).toEqual(sought)
    reader.forget()
    expect(texts.map(reader.markersOf)).toEqual(sought)
  })

  it('reads here what a thread that dies does not bring back, and says so once', async () => {
    const said: string[] = []
    const broken = new URL(`data:text/javascript,${encodeURIComponent('setTimeout(() => process.exit(1), 50)')}`)
    const reader = createPageReader({ code: broken, pagesFirst: 2, say: (message) => said.push(message) })
    const read = await Promise.all(captures.slice(0, 20).map((capture) => reader.read(capture)))
    await reader.stop()
    expect(said).toHaveLength(1)
    expect(read).toEqual(here().slice(0, 20))
  })

  it('starts no thread for a few pages', async () => {
    const broken = new URL('data:text/javascript,throw new Error()')
    const said: string[] = []
    const reader = createPageReader({ code: broken, say: (message) => said.push(message) })
    for (const capture of captures.slice(0, 5)) await reader.read(capture)
    await reader.stop()
    expect(said).toEqual([])
  })
})
