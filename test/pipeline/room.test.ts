// Unrolling without an archive holds every post: more than memory has room for ends with words and a documented code,
// and pages that leave little behind are read however many they are.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
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

/** Files of long posts are large, and unrolled in threads. */
const LONG = ' Nobody on the quay could say who had climbed the stairs, or why.'.repeat(3)

interface Rows {
  readonly files: number
  readonly authors: number
  /** Long posts, of which each says which one it answers; absent: short ones. */
  readonly areLong?: boolean
}

function makeRows(path: string, { files, authors, areLong = false }: Rows): string {
  mkdirSync(path)
  for (let file = 0; file < files; file++) {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      JSON.stringify({
        id: `${file}-${at}`,
        author: `keeper${at % authors}`,
        text: `The lamp of room ${file}-${at} is lit.${areLong ? LONG : ''}`,
        ...(areLong ? { inReplyTo: `${file}-${at - authors}` } : {}),
      }),
    )
    writeInto(path, `rows-${file}.jsonl`, rows.join('\n'))
  }
  return path
}

describe('a folder of more posts than memory has room for', () => {
  const rows = makeRows(join(folder, 'rows'), { files: 16, authors: 50 })

  it.each(['json', 'jsonl'])('is refused as %s: what, where, how much, and what to do', (format) => {
    const { code, out, err } = unspoolInLittle(['unroll', '--format', format, rows])
    expect(code, err).toBe(EXIT_CODES.usage.code)
    expect(out).toBe('')
    expect(err).toMatch(/rows-\d+\.jsonl: .*\d+ pages or files with \d+ posts.* MB/)
    expect(err).toContain('unspool add')
  })
})

describe('large files named one by one', () => {
  const unrollFiles = (path: string) =>
    unspoolInLittle(['unroll', '--format', 'jsonl', ...readdirSync(path).map((file) => join(path, file))])

  it('of which more belongs together than memory has room for are refused, once, and nothing of them is printed', () => {
    const { code, out, err } = unrollFiles(makeRows(join(folder, 'one'), { files: 8, authors: 1, areLong: true }))
    expect(code, err).toBe(EXIT_CODES.usage.code)
    expect(out).toBe('')
    expect(err).toMatch(/^unspool: \S+rows-\d+\.jsonl and 7 more .*: .*80000 posts .* MB .*unspool add.*\n$/)
  })

  it('are unrolled author by author, however many they are', () => {
    const { code, out, err } = unrollFiles(makeRows(join(folder, 'many'), { files: 4, authors: 50, areLong: true }))
    expect(code, err).toBe(0)
    expect(err).toBe('')
    expect(out.match(/The lamp of room/g)?.length).toBeGreaterThanOrEqual(40_000)
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
