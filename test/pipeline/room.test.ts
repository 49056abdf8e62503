// Unrolling without an archive holds every post: more than memory has room for ends with words and a documented code,
// and pages that leave little behind are read however many they are.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { BIN, makeFolder, type Ran, writeInto } from '../cli/run.ts'

const HEAP_MB = 100
const folder = makeFolder()

function unspoolInLittle(args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP_MB}`, BIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  })
  return { code: status, out: stdout, err: stderr }
}

function makeRows(path: string, files: number): string {
  mkdirSync(path)
  for (let file = 0; file < files; file++) {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      JSON.stringify({
        id: `${file}-${at}`,
        author: `keeper${at % 50}`,
        text: `The lamp of room ${file}-${at} is lit.`,
      }),
    )
    writeInto(path, `rows-${file}.jsonl`, rows.join('\n'))
  }
  return path
}

describe('a folder of more posts than memory has room for', () => {
  const rows = makeRows(join(folder, 'rows'), 16)

  it.each(['json', 'jsonl'])('is refused as %s: what, where, how much, and what to do', (format) => {
    const { code, out, err } = unspoolInLittle(['unroll', '--format', format, rows])
    expect(code, err).toBe(EXIT_CODES.usage.code)
    expect(out).toBe('')
    expect(err).toMatch(/rows-\d+\.jsonl: .*\d+ pages or files with \d+ posts.* MB/)
    expect(err).toContain('unspool add')
  })
})

it('reads pages of more bytes than memory has, because no page is held', () => {
  const pages = join(folder, 'pages')
  mkdirSync(pages)
  const script = `<script>var x="${'abcdefghij'.repeat(200_000)}"</script>`
  const words =
    'The ferry left the harbour before anybody had lit the lamps, and nobody on the quay could say why it did.'
  for (let page = 0; page < HEAP_MB; page++) {
    const body = `<article><h1>Night ${page}</h1>${`<p>${words} It was night ${page}.</p>`.repeat(6)}</article>`
    writeInto(pages, `page-${page}.html`, `<title>Night ${page}</title>${body}${script}`)
  }
  const { code, out, err } = unspoolInLittle(['unroll', '--format', 'json', pages])
  expect(code, err).toBe(0)
  expect(JSON.parse(out).conversations.length + JSON.parse(out).threads.length).toBe(HEAP_MB)
})
