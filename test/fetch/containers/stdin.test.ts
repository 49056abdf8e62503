// Standard input: read as it comes, for what its bytes say it is.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { httpAnswer, makeRecord, makeWarc, openAll, textOf } from './makers.ts'

const PIECE = 1024 * 1024
const never = new AbortController().signal

async function* pipe(bytes: Uint8Array | string): AsyncGenerator<Uint8Array | string> {
  for (let at = 0; at < Math.max(bytes.length, 1); at += PIECE) yield bytes.slice(at, at + PIECE)
}
const openPiped = (bytes: Uint8Array | string) => openAll('-', never, pipe(bytes))

const PAGE = '<!doctype html><p>Low water.</p>'
const RECORD = { url: 'http://mill.example/', block: httpAnswer(PAGE) }

describe('standard input', () => {
  it('that is a page is one capture, observed now', async () => {
    const { captures, notes } = await openPiped(PAGE)
    expect(captures).toMatchObject([{ input: '-', method: 'file', url: null, capturedAtBasis: 'observed' }])
    expect(captures.map(textOf)).toEqual([PAGE])
    expect(notes).toEqual([])
    expect((await openPiped('')).captures.map(textOf)).toEqual([''])
  })

  it.each([
    ['a WARC file', makeWarc([RECORD, RECORD]), 2],
    ['one that is not packed', makeRecord(RECORD), 1],
    ['one answer of curl -i', httpAnswer(PAGE), 1],
    ['a packed page', gzipSync(PAGE), 1],
  ])('that is %s is opened', async (_, bytes, count) => {
    expect((await openPiped(bytes)).captures.map(textOf)).toEqual(Array.from({ length: count }, () => PAGE))
  })

  it('of lines longer than one capture is read to its end, and so is a long list', async () => {
    const line = `{"author":"orla","text":"${'low water '.repeat(9_000)}"}`
    const lines = Array.from({ length: 800 }, () => line)
    const read = await openPiped(`${lines.join('\n')}\n`)
    expect(read.captures.reduce((sum, capture) => sum + textOf(capture).trimEnd().split('\n').length, 0)).toBe(800)
    expect(read.captures.filter(({ truncated }) => truncated !== null)).toEqual([])
    const list = await openPiped(`[${lines.join(',')}]`)
    expect(list.captures.reduce((sum, capture) => sum + JSON.parse(textOf(capture)).length, 0)).toBe(800)
  }, 60_000)

  it('of anything else is cut at the limit of a capture, and says so', async () => {
    const { captures } = await openPiped('low water '.repeat(7_000_000))
    expect(captures).toMatchObject([{ truncated: 'length' }])
  })

  it('that is a ZIP file is refused with words', async () => {
    await expect(openPiped('PK\x03\x04 and more')).rejects.toThrow(/a ZIP file is read from its end; save it/)
  })
})
