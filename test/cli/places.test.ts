// Where an archive lies and where output goes: folders without one, disks that may only be read, pipes, devices, full
// disks.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { BIN, makeFolder, type Ran, unspool, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const other = join(folder, 'other')
const posts = writeInto(folder, 'posts.jsonl', '{"platform":"x","id":"171","text":"The lamp needs oil."}\n')
/** Where the tests run as root, who may write anything, somebody else asks. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

function shell(script: string, options: object = {}): Ran {
  const ran = spawnSync('bash', ['--norc', '-c', `unspool() { '${process.execPath}' '${BIN}' "$@"; }\n${script}`], {
    encoding: 'utf8',
    cwd: folder,
    ...options,
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

beforeAll(() => {
  unspool(['add', '--archive', archive, posts])
  unspool(['add', '--archive', other, posts])
})

describe('a folder without an archive', () => {
  const commands = ['list', 'verify', 'refresh', 'redact x:1 --reason asked', 'export', 'history x:1', 'trace x:1']
  it.each(commands)('is told by %s and stays as it is', (typed) => {
    const dir = join(folder, 'nothing')
    const ran = unspool([...typed.split(' '), '--archive', dir])
    expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, err: expect.stringContaining('there is no archive') })
    expect(existsSync(dir)).toBe(false)
  })

  it('is told from one that has only lost its database', () => {
    const dir = join(folder, 'lost')
    unspool(['add', '--archive', dir, posts])
    rmSync(join(dir, 'archive.sqlite'))
    for (const typed of ['list', 'verify', 'refresh', `add ${posts}`])
      expect(unspool([...typed.split(' '), '--archive', dir])).toMatchObject({
        code: EXIT_CODES.integrity.code,
        err: expect.stringMatching(/1 WARC files? but no archive\.sqlite; `unspool rebuild` makes it/),
      })
    expect(unspool(['rebuild', '--archive', dir]).code).toBe(0)
  })
})

it('a folder whose name begins with a space is one folder, with all of an archive in it', () => {
  const run = (...args: string[]) => unspool(args, { cwd: folder })
  expect(run('add', '--archive', ' spaced', posts).code).toBe(0)
  expect(readdirSync(join(folder, ' spaced'))).toEqual(expect.arrayContaining(['archive.sqlite', 'warc']))
  expect(run('backup', ' copy', '--archive', ' spaced').code).toBe(0)
  expect(run('verify', '--archive', ' copy').code).toBe(0)
  expect(run('merge', ' spaced', '--archive', ' merged').code).toBe(0)
  expect(run('list', '--archive', ' merged').out).toContain('The lamp needs oil')
})

const canAsk = spawnSync(process.execPath, [BIN, '--version'], SOMEBODY).status === 0

describe.skipIf(!canAsk)('an archive that may only be read', () => {
  const ask = (...args: string[]) => shell(`unspool ${args.join(' ')} --archive archive`, SOMEBODY)
  beforeAll(() => {
    chmodSync(folder, 0o755)
    for (const name of ['', 'warc', ...readdirSync(join(archive, 'warc')).map((file) => `warc/${file}`)])
      chmodSync(join(archive, name), 0o555)
    for (const name of readdirSync(archive).filter((file) => file.startsWith('archive.')))
      chmodSync(join(archive, name), 0o444)
    return () => chmodSync(archive, 0o755)
  })

  it('is read and verified, and that the outcome cannot be noted is said', () => {
    expect(ask('list')).toMatchObject({ code: 0, out: expect.stringContaining('The lamp needs oil') })
    const verified = ask('verify')
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('all as written') })
    expect(verified.err).toContain('not noted')
  })

  it('is backed up, merged and exported', () => {
    const open = join(folder, 'open')
    mkdirSync(open)
    chmodSync(open, 0o777)
    expect(ask('backup', join(open, 'backup'))).toMatchObject({ code: 0, out: expect.stringContaining('1 capture') })
    expect(ask('export --format folder --to', join(open, 'folder')).code).toBe(0)
    // Of a backup nobody expects a note: whoever checks one by cron gets no mail.
    expect(unspool(['verify', '--archive', join(open, 'backup')])).toMatchObject({ code: 0, err: '' })
    rmSync(join(archive, 'archive.lock'))
    expect(shell('unspool merge --archive open/merged archive', SOMEBODY).code).toBe(0)
  })

  it.each([`add ${posts}`, 'refresh', 'redact x:171 --reason asked', 'merge other'])(
    'is not written by %s',
    (typed) => {
      expect(ask(typed)).toMatchObject({
        code: EXIT_CODES.storage.code,
        err: expect.stringMatching(/^unspool: .*rights of the folder/),
      })
    },
  )
})

describe('an archive on a full disk', () => {
  // A file of more than this is told that there is no room; without the trap its writer would be killed.
  const FREE_KIB = 16
  const full = (typed: string, freeKib = FREE_KIB) =>
    shell(`export UNSPOOL_ARCHIVE=other; trap '' XFSZ; ulimit -f ${freeKib}; unspool ${typed}`)

  it.each([
    'list',
    'show x:171',
    'why x:171',
    'search oil',
    'sql "SELECT text FROM post_latest"',
    'export --format jsonl --to /dev/stdout',
  ])('is read by %s', (typed) => {
    expect(full(`${typed} | cat`)).toMatchObject({ code: 0, out: expect.stringContaining('The lamp needs') })
  })

  it('is verified', () => {
    expect(full('verify')).toMatchObject({ code: 0, out: expect.stringContaining('all as written') })
  })

  it('gets no half of a key, which would stop whatever writes', () => {
    expect(full('verify --make-key', 0)).toMatchObject({ code: EXIT_CODES.storage.code })
    expect(readdirSync(other).filter((name) => name.startsWith('signing-key'))).toEqual([])
  })

  it.each([`add ${posts}`, 'refresh', 'redact x:171 --reason asked', 'merge archive'])(
    'is not written by %s',
    (typed) => {
      const ran = full(typed)
      expect(ran).toMatchObject({ code: EXIT_CODES.storage.code, err: expect.stringMatching(/^unspool: .*disk/) })
      expect(unspool(['list', '--archive', other]).out).toContain('The lamp needs oil')
    },
  )
})

it('a WARC file that only waits to be taken in is told from damage', () => {
  const dir = join(folder, 'waiting')
  cpSync(other, dir, { recursive: true })
  for (const name of readdirSync(join(archive, 'warc'))) cpSync(join(archive, 'warc', name), join(dir, 'warc', name))
  const { code, err } = unspool(['verify', '--archive', dir])
  expect(code).toBe(EXIT_CODES.integrity.code)
  expect(err).toContain('nothing is damaged: `unspool refresh` takes the named file in')
  expect(unspool(['refresh', '--archive', dir]).code).toBe(0)
  expect(unspool(['verify', '--archive', dir])).toMatchObject({ code: 0 })
})

describe('output', () => {
  it('may have a reader who has seen enough, and gets no words among the data', () => {
    const script = 'set -o pipefail; unspool export --archive other --format jsonl --to /dev/stdout'
    expect(shell(`${script} | true`)).toMatchObject({ code: 0, err: '' })
    const { out, err } = shell(`${script} --json | cat`)
    for (const line of out.trim().split('\n')) expect(Object.keys(JSON.parse(line))).toHaveLength(1)
    expect(JSON.parse(err)).toMatchObject({ to: '/dev/stdout', files: [{ bytes: out.length }] })
    expect(shell('unspool export --archive other --to /dev/null')).toMatchObject({
      code: EXIT_CODES.usage.code,
      err: expect.stringContaining('/dev/null is no folder'),
    })
  })

  it('to a device or a pipe goes through it, and leaves it in its place', () => {
    const ran = shell(
      'mkfifo pipe; cat pipe > out.jsonl & unspool export --archive other --format jsonl --to pipe; wait',
    )
    expect(ran.code).toBe(0)
    expect(statSync(join(folder, 'pipe')).isFIFO()).toBe(true)
    expect(readFileSync(join(folder, 'out.jsonl'), 'utf8')).toContain('The lamp needs oil')
    const linked = shell(
      'touch real; ln -s real link; unspool export --archive other --format jsonl --to link; cat real',
    )
    expect(linked.out).toContain('The lamp needs oil')
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    const lines = shell('unspool export --archive other --format jsonl --to /dev/stdout | cat').out.trim().split('\n')
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
  })

  it('never goes over a part of the archive, by whatever name', () => {
    const database = readFileSync(join(other, 'archive.sqlite'))
    const [warc = ''] = readdirSync(join(other, 'warc'))
    shell('ln -sf other/archive.sqlite aside; ln -sfn other same')
    for (const to of [
      'other/archive.sqlite',
      'aside',
      'same/archive.sqlite-wal',
      `other/warc/${warc}`,
      'other/warc/new',
    ])
      for (const format of ['jsonl', 'wacz']) {
        const ran = shell(`unspool export --archive other --format ${format} --to ${to}`)
        expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, err: expect.stringContaining('part of the archive') })
      }
    expect(shell("unspool export --archive other --format jsonl --to ''").code).toBe(EXIT_CODES.usage.code)
    expect(readFileSync(join(other, 'archive.sqlite'))).toEqual(database)
    expect(shell('unspool verify --archive other').code).toBe(0)
  }, 60_000)

  it('of metrics never goes over the archive or the list of sources', () => {
    writeInto(folder, 'sources.toml', '[[source]]\nname = "a"\nurl = "http://127.0.0.1:9/"\nevery = "1 day"\n')
    for (const to of ['other/archive.sqlite', './sources.toml']) {
      const ran = shell(`unspool crawl --archive other --metrics ${to}`)
      expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, err: expect.stringContaining('--metrics') })
    }
  })

  it.each(['bagit', 'folder'])('as %s does not go where a file is', (format) => {
    const ran = unspool(['export', '--archive', other, '--format', format, '--to', posts])
    expect(ran).toMatchObject({ code: EXIT_CODES.usage.code, err: expect.stringContaining('is no folder') })
    expect(readFileSync(posts, 'utf8')).toContain('171')
  })

  it.skipIf(!existsSync('/dev/full'))('to a full disk ends with the code for that, and says so', () => {
    const ran = shell('unspool list --archive other > /dev/full')
    expect(ran).toMatchObject({ code: EXIT_CODES.storage.code, err: expect.stringContaining('cannot be written') })
  })

  it('of remarks that nobody hears does not stop the work', () => {
    mkdirSync(join(folder, 'd'))
    for (let i = 0; i < 30; i++) writeInto(folder, `d/${i}.json`, '{"a":')
    const ran = shell('unspool add --archive deaf posts.jsonl d 2> >(exec <&-; sleep 0.1); echo "ended with $?"')
    expect(ran.out).toMatch(/31 captures kept.*ended with 3/s)
  })
})
