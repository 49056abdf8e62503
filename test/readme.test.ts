// The README tells the truth: its sessions print what they say, its reference is the program's own.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command, Option } from 'commander'
import { afterAll, describe, expect, test } from 'vitest'
import { fillParts, generatedParts, printCommands } from './cli-reference.ts'
import { isAsTold, openSandbox, readSessions } from './sessions.ts'

const ROOT = join(import.meta.dirname, '..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const READMES = [
  'README.md',
  'archive/README.md',
  'src/README.md',
  'src/adapters/README.md',
  'src/cli/README.md',
  'src/export/README.md',
  'test/README.md',
  'test/bench/README.md',
]
const LINK = /\]\((?!https?:)([^()#\s]*)(?:#([^()\s]+))?\)/g
const HEADING = /^#+ (.+)$/gm
const NO_ANCHOR = /[^\p{L}\p{N} _-]/gu

describe('sessions of the README', () => {
  const sandbox = openSandbox()
  afterAll(sandbox.close)

  // In order and in one folder: a block may use what an earlier one made.
  test.each(readSessions(README).map((session) => [session.line, session] as const))('line %i', (_, { commands }) => {
    for (const { typed, line, expected } of commands) {
      const actual = sandbox.run(typed)
      if (!isAsTold(expected, actual))
        expect(actual.join('\n'), `README.md:${line}: ${typed}`).toBe(expected.join('\n'))
    }
  })

  test('there are some, and the program they run is built', () => {
    expect(readSessions(README).length).toBeGreaterThan(0)
    expect(existsSync(join(ROOT, 'dist/bin.js'))).toBe(true)
  })
})

test('the command reference and the exit codes are the program’s own (npm run golden writes them)', async () => {
  const { buildProgram } = await import('../src/cli/program.ts')
  const { stdin, stdout, stderr } = process
  const io = { stdin, stdout, stderr, env: {}, now: () => new Date(0), signal: new AbortController().signal }
  for (const [file, parts] of Object.entries(generatedParts(buildProgram(io, () => undefined)))) {
    const written = readFileSync(join(ROOT, file), 'utf8')
    expect(written).toBe(fillParts(written, parts))
  }
})

test('what the READMEs point at is there', () => {
  for (const file of READMES) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const [, path = '', anchor] of text.matchAll(LINK)) {
      const target = path === '' ? join(ROOT, file) : join(dirname(join(ROOT, file)), path)
      expect(existsSync(target), `${file}: ${path}`).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8')), `${file}: #${anchor}`).toContain(anchor)
    }
  }
})

describe('the machinery itself', () => {
  test('reads commands, their continuation and what they print', () => {
    const markdown = 'x\n```console\n$ cat <<E\n> hi\n> E\nhi\n$ true\n```\n'
    expect(readSessions(markdown)).toEqual([
      {
        line: 2,
        commands: [
          { line: 3, typed: 'cat <<E\nhi\nE', expected: ['hi'] },
          { line: 7, typed: 'true', expected: [] },
        ],
      },
    ])
    expect(() => readSessions('```console\nhi\n```')).toThrow('line 2')
    expect(() => readSessions('```console\n$ hi\n')).toThrow('never closed')
  })

  test('dots match any lines or any words, and nothing else is forgiven', () => {
    expect(isAsTold(['a', '...', 'd'], ['a', 'b', 'c', 'd'])).toBe(true)
    expect(isAsTold(['a', '...', 'd'], ['a', 'd'])).toBe(true)
    expect(isAsTold(['id ... (3 posts)'], ['id x:17 (3 posts)'])).toBe(true)
    expect(isAsTold(['a'], ['a', 'b'])).toBe(false)
    expect(isAsTold(['a.b'], ['axb'])).toBe(false)
    expect(isAsTold(['a', '...'], ['b'])).toBe(false)
  })

  test('a failing command cannot pass unseen', () => {
    const sandbox = openSandbox()
    expect(sandbox.run('echo out; echo err >&2; exit 3')).toEqual(['out', 'err', '(exit code 3)'])
    sandbox.close()
  })

  test('a reference names arguments, choices, defaults and environment', () => {
    const program = new Command('tool').addCommand(
      new Command('do')
        .description('Does it.')
        .argument('<files...>', 'what to do')
        .addOption(new Option('--as <form>', 'how').choices(['a', 'b']).default('a').env('TOOL_AS')),
    )
    expect(printCommands(program)).toBe(
      '**`tool do FILES…`** – Does it.\n\n| | |\n| --- | --- |\n| `FILES…` | what to do |\n| `--as <form>` | how; one of `a`, `b`; default `a`; also from `TOOL_AS` |',
    )
    const filled = fillParts('# A\n\n<!-- x -->\n\nB\n', { x: 'part' })
    expect(filled).toBe('# A\n\n<!-- x -->\n\npart\n\n<!-- /x -->\n\nB\n')
    expect(fillParts(filled, { x: 'part' })).toBe(filled)
    expect(() => fillParts('', { x: 'part' })).toThrow('no mark')
  })
})

/** The anchors a forge gives to headings: small letters, dashes for blanks, no points. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(HEADING)].map(([, words = '']) =>
    words.toLowerCase().replace(NO_ANCHOR, '').replaceAll(' ', '-'),
  )
}
