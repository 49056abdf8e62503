// Files of one object a line that are longer than a capture may be: nothing is cut off, and no line is cut in two.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Member } from '../../../../src/fetch/containers/container.ts'
import { isLinesHead, splitLines } from '../../../../src/fetch/containers/pieces/lines.ts'
import { makeFolder } from '../../../cli/run.ts'
import { openAll } from '../makers.ts'

const folder = makeFolder()
const MEGABYTE = 1024 * 1024

async function split(text: string, pieceBytes: number, chunkBytes: number) {
  const body = Buffer.from(text)
  const chunks = async function* () {
    for (let at = 0; at < body.length; at += chunkBytes) yield body.subarray(at, at + chunkBytes)
  }
  const member: Member = { name: 'rows.jsonl', label: 'rows.jsonl', path: null, changedAt: null, bytes: chunks() }
  const pieces: { label: string; text: string }[] = []
  for await (const { label, bytes } of splitLines(member, pieceBytes)) {
    const parts: Uint8Array[] = []
    for await (const part of bytes) parts.push(part)
    pieces.push({ label, text: Buffer.concat(parts).toString() })
  }
  return pieces
}

const LINES = Array.from({ length: 40 }, (_, at) => `{"text":"${'lamp '.repeat(at % 7)}${at}"}\n`)

it.each([
  [40, 1],
  [40, 7],
  [64, 400],
  [300, 50],
])(
  'cuts in pieces of about %i bytes out of chunks of %i, between lines, and names each by its lines',
  async (piece, chunk) => {
    for (const text of [LINES.join(''), LINES.join('').trimEnd()]) {
      const pieces = await split(text, piece, chunk)
      expect(pieces.map((one) => one.text).join('')).toBe(text)
      expect(pieces.length).toBeGreaterThan(2)
      let next = 1
      for (const { label, text: lines } of pieces) {
        const count = lines.trimEnd().split('\n').length
        for (const line of lines.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTruthy()
        expect(label).toBe(`rows.jsonl!/lines-${next}-${next + count - 1}.jsonl`)
        next += count
      }
    }
  },
)

it('leaves a file that fits as it is', async () => {
  expect(await split(LINES.join(''), MEGABYTE, 100)).toEqual([{ label: 'rows.jsonl', text: LINES.join('') }])
})

it.each([
  ['{"a":1}\n{"a":2}\n', 'x.txt', true],
  ['\ufeff{"a":1}\r\n{"a":2}', 'x', true],
  [`{"a":"${'b'.repeat(5000)}`, 'x.jsonl', true],
  [`{"a":"${'b'.repeat(5000)}`, 'x.json', false],
  ['{\n  "a": 1\n}', 'x.json', false],
  ['{}}\n', 'x.json', false],
  ['[{"a":1}]\n', 'x.json', false],
  ['a,b\n1,2\n', 'x.csv', false],
])('knows lines of objects by their head: %#', (head, name, isLines) => {
  expect(isLinesHead(Buffer.from(head), name)).toBe(isLines)
})

it('reads a file above the limit of a capture to its end', async () => {
  const path = join(folder, 'long.jsonl')
  const line = (at: number) => `{"id":"${at}","text":"${'oil '.repeat(16 * 1024)}"}\n`
  writeFileSync(path, Array.from({ length: 1100 }, (_, at) => line(at)).join(''))
  const { captures } = await openAll([path])
  expect(captures.length).toBeGreaterThan(1)
  expect(captures.filter(({ truncated }) => truncated !== null)).toEqual([])
  const lines = captures.map(({ body }) => Buffer.from(body).toString().split('\n').length - 1)
  expect(lines.reduce((sum, n) => sum + n, 0)).toBe(1100)
  expect((await openAll([path])).captures.map(({ digest }) => digest)).toEqual(captures.map(({ digest }) => digest))
})

it('keeps the lines around one that is longer than a capture, and says that it is cut', async () => {
  const path = join(folder, 'giant.jsonl')
  const giant = `{"text":"${'oil '.repeat(18 * MEGABYTE)}"}`
  writeFileSync(path, `{"text":"first"}\n${giant}\n{"text":"last"}\n`)
  const { captures } = await openAll([path])
  const texts = captures.map(({ body }) => Buffer.from(body).toString())
  expect(texts.some((text) => text.includes('"first"'))).toBe(true)
  expect(texts.at(-1)).toBe('{"text":"last"}\n')
  expect(captures.map(({ truncated }) => truncated)).toContain('length')
})
