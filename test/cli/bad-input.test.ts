// Bad input never crashes, hangs or loses anything: a clear message, a documented exit code, no stack trace.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeZip } from '../fetch/containers/makers.ts'
import { BIN, makeFolder, type Ran, unspool, writeInto } from './run.ts'

const folder = makeFolder()
const at = (name: string, body: string | Uint8Array) => writeInto(folder, name, body)
const documented = new Set<number>(Object.values(EXIT_CODES).map(({ code }) => code))

/** What holds for any input whatever. */
function expectCalm(ran: Ran): void {
  expect(documented).toContain(ran.code)
  expect(ran.code).not.toBe(EXIT_CODES.internal.code)
  expect(ran.err).not.toMatch(/^\s+at .+:\d+:\d+/m)
}

const deep = `${'<div>'.repeat(100_000)}text${'</div>'.repeat(100_000)}`
const inputs: readonly (readonly [name: string, body: string | Uint8Array])[] = [
  ['empty.html', ''],
  ['spaces.txt', ' \n\n\t'],
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex')],
  ['noise.bin', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
  ['cut.html', '<!doctype html><html><body><div class="content-tweet" id="tweet_1" data-tweet="1'],
  ['deep.html', deep],
  ['attributes.html', `<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join(' ')}>text</p>`],
  ['one-node.html', `<p>${'word '.repeat(2_000_000)}</p>`],
  ['utf16.txt', Buffer.from('\ufeffFirst post of two. 1/2\n\nSecond post. 2/2\n', 'utf16le')],
  ['bom.txt', '\ufeffFirst post of two. 1/2\n\nSecond post. 2/2\n'],
  ['nul.txt', 'First\u0000 post of two. 1/2\n\nSecond post. 2/2\n'],
  ['surrogate.json', '{"text":"a lone \\ud800 half"}'],
  ['latin1.html', Buffer.from('<p>caf\xe9</p>', 'latin1')],
  ['wrong.json', '{"posts":[1,2,{"text":{"deep":[]}}],"__proto__":{"x":1}}'],
  ['cut.json', '{"id":"1","content":"<p>cut'],
  ['deep.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['null.json', 'null'],
  [
    'selfparent.jsonl',
    '{"id":"1","text":"a","inReplyTo":"1"}\n{"id":"2","text":"b","inReplyTo":"3"}\n{"id":"3","text":"c","inReplyTo":"2"}\n',
  ],
]

describe('unroll', () => {
  it.each(inputs)('stays calm on %s', (name, body) => {
    expectCalm(unspool(['unroll', '--format', 'json', at(name, body)]))
  })

  it('reads the good lines of a JSONL file with a broken one, and names the broken line', () => {
    const path = at('broken.jsonl', '{"text":"First. 1/2"}\n{"text":"Sec\n{"text":"Second. 2/2"}\n')
    const ran = unspool(['unroll', '--format', 'json', path])
    expectCalm(ran)
    const { threads, unplaced } = JSON.parse(ran.out) as { threads: { posts: unknown[] }[]; unplaced: unknown[] }
    expect(threads.reduce((sum, thread) => sum + thread.posts.length, unplaced.length)).toBe(2)
    expect(ran.err).toMatch(/line 2/)
  })

  it('says once why there is nothing, in words and with what to do', () => {
    const ran = unspool(['unroll', at('lamp.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))])
    expect(ran.err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/lamp\.png: .*image.*Give /),
      'unspool: no posts were found',
    ])
  })

  it('says what to do about a missing file and a folder', () => {
    const missing = unspool(['unroll', join(folder, 'not-there.html')])
    expect(missing.code).toBe(EXIT_CODES.usage.code)
    expect(missing.err).toMatch(/not-there\.html/)
    mkdirSync(join(folder, 'a-folder'), { recursive: true })
    const directory = unspool(['unroll', join(folder, 'a-folder')])
    expect(directory.code).toBe(EXIT_CODES.usage.code)
    expect(directory.err).toMatch(/folder|directory/)
  })

  it.each([
    ['http://', /not a web address/],
    ['https://a b.example/', /not a web address/],
    ['ftp://files.example/page.html', /only http/],
    ['file:///etc/hostname', /by its path/],
    ['', /an input is empty/],
    [' ', /an input is empty/],
  ])('says that %j is mistyped', (input, say) => {
    const ran = unspool(['unroll', input])
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(ran.err).toMatch(say)
  })

  it('is ended by Ctrl-C in the midst of a large page', async () => {
    const post = (n: number) =>
      `<article class="h-entry"><p class="e-content">word${n} ${n * n} is said. ${n % 20}/20</p></article>`
    const path = at('long.html', Array.from({ length: 60_000 }, (_, n) => post(n)).join('\n'))
    const child = spawn(process.execPath, [BIN, 'unroll', path], { stdio: 'ignore' })
    const ended = new Promise((resolve) => {
      child.on('exit', (_, signal) => resolve(signal))
    })
    setTimeout(() => child.kill('SIGINT'), 1500)
    expect(await ended).toBe('SIGINT') // which shells show as 130
  })

  it('reads what can be read beside what cannot, and says so by its exit code', () => {
    const good = at('good.txt', 'First post. 1/2\n\nSecond post. 2/2\n')
    const ran = unspool(['unroll', good, join(folder, 'not-there.html')])
    expect(ran.code).toBe(EXIT_CODES.partial.code)
    expect(ran.out).toMatch(/First post/)
  })

  it('tells a script of a file that was opened and holds nothing to read, and of no other', () => {
    const good = at('good.txt', 'First post. 1/2\n\nSecond post. 2/2\n')
    const strange = at('strange.json', '{"colour": "red"}')
    for (const args of [['unroll'], ['unroll', '--format', 'jsonl'], ['add', '--archive', join(folder, 'beside')]]) {
      const ran = unspool([...args, strange, good])
      expect(ran.code).toBe(EXIT_CODES.partial.code)
      expect(ran.err).toContain(strange)
      expect(ran.err).not.toContain(good)
    }
    expect(unspool(['unroll', good, good]).code).toBe(0)
  })

  it('tells a script of a container of which something could not be read, and of no other', () => {
    const body = Buffer.from('First post. 1/2\n\nSecond post. 2/2\n')
    const whole = at('whole.zip', makeZip([{ name: 'good.txt', body }]))
    const damaged = at(
      'damaged.zip',
      makeZip([
        { name: 'good.txt', body },
        { name: 'bad.txt', body, crc: 1 },
      ]),
    )
    for (const args of [
      ['unroll', '--format', 'jsonl'],
      ['add', '--archive', join(folder, 'damaged')],
    ]) {
      const ran = unspool([...args, damaged])
      expect(ran.code).toBe(EXIT_CODES.partial.code)
      expect(ran.err).toContain('damaged.zip!/bad.txt')
    }
    expect(unspool(['unroll', whole]).code).toBe(0)
  })

  it('reads 50 MB in bounded time and memory', () => {
    const path = at(
      'big.html',
      `<html><body>${'<p>A sentence of some length that says nothing.</p>\n'.repeat(1_000_000)}</body></html>`,
    )
    const ran = spawnSync(process.execPath, ['--max-old-space-size=3000', BIN, 'unroll', path], {
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1 << 29,
    })
    expectCalm({ code: ran.status, out: ran.stdout, err: ran.stderr })
  }, 130_000)

  it('reads standard input', () => {
    const input = 'First post. 1/2\n\nSecond post. 2/2\n'
    expect(unspool(['unroll', '-'], { input }).out).toMatch(/Second post/)
    expect(unspool(['unroll'], { input }).out).toMatch(/First post.*Second post/s)
  })

  it('says what to name when nothing is named and nothing is piped in', () => {
    const ran = unspool(['unroll'], { input: '' })
    expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, out: '' })
    expect(ran.err).toMatch(/^unspool: .*name URLs, files or folders, or pipe/)
  })

  it('is quiet when its reader goes away', () => {
    const path = at('good.txt', 'First post. 1/2\n\nSecond post. 2/2\n')
    const ran = spawnSync(
      'bash',
      ['-c', `set -o pipefail; '${process.execPath}' '${BIN}' unroll '${path}' | head -c 1`],
      { encoding: 'utf8' },
    )
    expect(ran.stderr).toBe('')
  })
})

describe('a command line that is wrong', () => {
  it.each([
    ['bogus', "unknown command 'bogus'", 'unspool --help'],
    ['help bogus', "unknown command 'bogus'", 'unspool --help'],
    ['add', "missing required argument 'inputs'", 'unspool add --help'],
    ['verify --bogus', "unknown option '--bogus'", 'unspool verify --help'],
    ['export --format x', 'Allowed choices are md', 'unspool export --help'],
  ])('%s: is told as everything is, with where to look', (typed, what, where) => {
    const ran = unspool(typed.split(' '))
    expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, out: '' })
    expect(ran.err).toMatch(/^unspool: /)
    expect(ran.err).toContain(what)
    expect(ran.err).toContain(where)
  })

  it('is helped by the options alone: a switch is off unless given', () => {
    const { out } = unspool(['verify', '--help'])
    expect(out).toContain('--thorough')
    expect(out).toContain('default: "./archive"')
    expect(out).not.toContain('default: false')
  })
})

describe('the archive', () => {
  const thread = at(
    'thread.jsonl',
    '{"id":"1","author":"ann","text":"One. 1/2"}\n{"id":"2","author":"ann","text":"Two. 2/2"}\n',
  )

  it('keeps the bytes of what it cannot read', () => {
    const archive = join(folder, 'keeps')
    const ran = unspool(['add', '--archive', archive, at('noise.bin', Buffer.alloc(3000, 7))])
    expect(ran.code).toBe(EXIT_CODES.notUnderstood.code)
    expect(unspool(['verify', '--archive', archive]).out).toMatch(/1 capture/)
  })

  it('refuses a folder that is no archive, and an archive made by a newer version', () => {
    const archive = join(folder, 'foreign')
    mkdirSync(archive)
    at('foreign/archive.sqlite', 'this is not a database, only a text that is long enough to look at')
    const foreign = unspool(['list', '--archive', archive])
    expect(foreign.code).toBe(EXIT_CODES.integrity.code)
    const newer = join(folder, 'newer')
    unspool(['add', '--archive', newer, thread])
    spawnSync(
      process.execPath,
      ['-e', `require('better-sqlite3')(process.argv[1]).pragma('user_version = 9999')`, join(newer, 'archive.sqlite')],
      { cwd: join(BIN, '../..') },
    )
    const before = readFileSync(join(newer, 'archive.sqlite'))
    for (const command of [['add', thread], ['rebuild'], ['recover'], ['refresh']]) {
      const ran = unspool([...command, '--archive', newer])
      expect(ran.code, command[0]).toBe(EXIT_CODES.integrity.code)
      expect(ran.err, command[0]).toMatch(/newer/)
      expect(readFileSync(join(newer, 'archive.sqlite')).equals(before), command[0]).toBe(true)
    }
    expect(unspool(['rebuild', '--archive', newer]).err).toMatch(/newer .*move archive\.sqlite to another folder/s)
    renameSync(join(newer, 'archive.sqlite'), join(folder, 'newer.sqlite'))
    expect(unspool(['rebuild', '--archive', newer]).code).toBe(0)
  })

  it('lets one writer in at a time and tells the second', async () => {
    const archive = join(folder, 'two')
    const first = spawn(process.execPath, [BIN, 'add', '--archive', archive, '-'], { stdio: ['pipe', 'pipe', 'pipe'] })
    await waitFor(() => readdirIfThere(archive).length > 0)
    const second = unspool(['add', '--archive', archive, thread])
    first.stdin.end('First post. 1/2\n\nSecond post. 2/2\n')
    await new Promise((resolve) => first.on('exit', resolve))
    expect(second.code).toBe(EXIT_CODES.locked.code)
    expect(unspool(['add', '--archive', archive, thread]).code).toBe(0)
  })

  it('stops clearly when no more can be written, and keeps what it acknowledged', () => {
    const archive = join(folder, 'full')
    expect(unspool(['add', '--archive', archive, thread]).code).toBe(0)
    const big = at(
      'large.jsonl',
      Array.from({ length: 20_000 }, (_, i) =>
        JSON.stringify({ id: String(i + 10), author: 'bo', text: `Word ${i} ${(i * 7919) % 104729}` }),
      ).join('\n'),
    )
    const ran = spawnSync(
      'bash',
      ['-c', `ulimit -f 400; trap '' XFSZ; exec '${process.execPath}' '${BIN}' add --archive '${archive}' '${big}'`],
      { encoding: 'utf8' },
    )
    expect(ran.status).toBe(EXIT_CODES.storage.code)
    expectCalm({ code: ran.status, out: ran.stdout, err: ran.stderr })
    expect(unspool(['verify', '--archive', archive]).code).toBe(0)
    expect(unspool(['list', '--archive', archive, '--json']).out).toMatch(/"rows"/)
  })

  it('of mistyped inputs makes no archive, and gives JSON the reason', () => {
    const archive = join(folder, 'never-made')
    const ran = unspool(['add', '--archive', archive, '--json', join(folder, 'not-there.html')])
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(existsSync(archive)).toBe(false)
    const { failures } = JSON.parse(ran.out) as { failures: { error: { message: string } }[] }
    expect(failures[0]?.error.message).toMatch(/there is no such file/)
  })

  it('stops on Ctrl-C with a message and loses nothing', async () => {
    const archive = join(folder, 'interrupted')
    unspool(['add', '--archive', archive, thread])
    const child = spawn(process.execPath, [BIN, 'add', '--archive', archive, thread, '-'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let err = ''
    child.stderr.on('data', (piece) => {
      err += piece
    })
    await waitFor(() => readdirIfThere(join(archive, 'warc')).length > 1)
    child.kill('SIGINT')
    const code = await new Promise((resolve) => {
      setTimeout(() => child.kill('SIGINT'), 300)
      child.on('exit', resolve)
    })
    expect(code).toBe(EXIT_CODES.interrupted.code)
    expect(err).toMatch(/stopping/)
    expect(unspool(['verify', '--archive', archive]).code).toBe(0)
  })
})

describe('names of the wrong kind', () => {
  it.each([
    ['export', '--to'],
    ['backup'],
    ['add', at('to-add.txt', 'First post of two. 1/2\n\nSecond post. 2/2\n'), '--archive'],
  ])('%s refuses a file where a folder has to be', (...args) => {
    const archive = join(folder, 'right')
    unspool(['add', '--archive', archive, at('right.txt', 'First post of two. 1/2\n\nSecond post. 2/2\n')])
    const last = args[0] === 'add' ? [] : ['--archive', archive]
    const ran = unspool([...args, at('a-file', ''), ...last])
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(ran.err).toMatch(/is no folder/)
  })

  it('export refuses a folder where a file has to be, and search what is no word', () => {
    const archive = join(folder, 'right')
    const ran = unspool(['export', '--format', 'jsonl', '--to', folder, '--archive', archive])
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(ran.err).toMatch(/archive\.jsonl/)
    expect(unspool(['search', '"*', '--archive', archive]).code).toBe(EXIT_CODES.usage.code)
  })
})

function readdirIfThere(path: string): string[] {
  try {
    return readdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function waitFor(isDone: () => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (isDone()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('waited 10 s in vain')
}

describe('the version', () => {
  it('is the one of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(BIN, '../../package.json'), 'utf8')) as { version: string }
    expect(unspool(['--version']).out.trim()).toBe(version)
  })
})
