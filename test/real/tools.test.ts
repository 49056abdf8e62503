// Tools that are not ours read what we write, and we read what they write. Each block is skipped where its tool is not:
// sqlite3, sqlite-utils and wget are Debian packages; UNSPOOL_TOOLS names a folder in which `npm i
// @harvard-lil/js-wacz` was run. What they found is held by tests without them (test/archive, test/export/package,
// test/fetch/containers).
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { WARCParser } from 'warcio'
import { unspoolHere } from '../cli/in-process.ts'
import { makeFolder, ROOT, writeInto } from '../cli/run.ts'
import { openExports, readZip } from '../export/package/open.ts'
import { startFixtureWeb } from '../site/fixture-web.ts'
import { addEverything, askArchive, hasCommand, hasNpmTool, npmTool, runTool, warcsOf } from './tools.ts'
import { wgetWeb } from './wget.ts'

const { archive, folder } = openExports()
const database = join(archive, 'archive.sqlite')

beforeAll(() => addEverything(archive, folder, (name, body) => writeInto(folder, name, body)), 60_000)

const count = async (sql: string, of = archive) =>
  Number((await askArchive<{ n: number }>(of, `SELECT (${sql}) AS n`))[0]?.n)

describe('warcio', () => {
  it('indexes every record of every WARC file', async () => {
    const lines = runTool(join(ROOT, 'node_modules/.bin/warcio'), ['index', ...warcsOf(archive)])
      .trim()
      .split('\n')
    const kinds = lines.map((line) => JSON.parse(line)['warc-type'])
    const records = await count(
      '(SELECT count(*) FROM runs) + (SELECT count(*) FROM captures) + (SELECT count(*) FROM events)',
    )
    expect(kinds).toHaveLength(records)
    expect(new Set(kinds)).toEqual(new Set(['warcinfo', 'response', 'resource', 'revisit', 'metadata']))
  }, 60_000)

  it('gives blocks and payloads that are as long and have the digests as told', async () => {
    for (const path of warcsOf(archive))
      for await (const record of new WARCParser(createReadStream(path), { parseHttp: false })) {
        const block = await buffer(Readable.from(record.reader))
        expect(record.warcHeader('Content-Length')).toBe(String(block.length))
        expect(record.warcHeader('WARC-Block-Digest')).toBe(sha256(block))
        const start = record.warcHeader('Content-Type')?.startsWith('application/http')
          ? block.indexOf('\r\n\r\n') + 4
          : 0
        if (record.warcType === 'response' || record.warcType === 'resource')
          expect(record.warcHeader('WARC-Payload-Digest')).toBe(sha256(block.subarray(start)))
      }
  })
})

describe.skipIf(!hasCommand('sqlite3'))('sqlite3', () => {
  const ask = (path: string, ...sql: string[]) => runTool('sqlite3', ['-readonly', path, ...sql]).trim()

  it('finds the database sound, and makes it again from its dump', () => {
    expect(ask(database, 'PRAGMA integrity_check; PRAGMA foreign_key_check')).toBe('ok')
    expect(ask(database, '.schema')).toContain('-- bytes one URL or file answered with')
    const copy = join(folder, 'copy.sqlite')
    runTool('sqlite3', [copy], ask(database, '.dump'))
    const counts =
      "SELECT count(*) FROM captures; SELECT count(*) FROM thread_text; SELECT rowid FROM posts_fts WHERE posts_fts MATCH 'lens'"
    expect(ask(copy, counts)).toBe(ask(database, counts))
  })

  it('takes the CSV tables in with as many rows', async () => {
    const path = join(folder, 'tables.sqlite')
    const rows = (name: string) => {
      runTool('sqlite3', [path, '.mode csv', `.import ${join(folder, 'csv', `${name}.csv`)} ${name}`])
      return Number(ask(path, `SELECT count(*) FROM ${name}`))
    }
    expect(rows('threads')).toBe(await count('(SELECT count(*) FROM threads) + (SELECT count(*) FROM conversations)'))
    expect(rows('gaps')).toBe(await count('SELECT count(*) FROM gaps'))
    const roots = 'SELECT count(*) FROM conversations WHERE root_key IS NOT NULL'
    const placed =
      '(SELECT count(*) FROM thread_posts) + (SELECT count(*) FROM conversation_replies) + (SELECT count(*) FROM unplaced)'
    expect(rows('posts')).toBe(await count(`(${roots}) + ${placed}`))
  })
})

describe.skipIf(!hasCommand('sqlite-utils'))('sqlite-utils', () => {
  const utils = (...args: string[]) => runTool('sqlite-utils', args)

  it('reads tables, views and the full text', async () => {
    const tables = JSON.parse(utils('tables', database, '--counts')) as { table: string; count: number }[]
    expect(tables.find(({ table }) => table === 'captures')?.count).toBe(await count('SELECT count(*) FROM captures'))
    const views = JSON.parse(utils('views', database)) as { view: string }[]
    expect(views.map(({ view }) => view)).toContain('thread_text')
    for (const { view } of views) expect(() => utils('rows', database, view, '--limit', '3')).not.toThrow()
    expect(JSON.parse(utils('search', database, 'posts_fts', 'lens'))).toHaveLength(
      await count("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'lens'"),
    )
  }, 60_000)
})

/** Responses, revisits and resources of a WARC file, as warcio counts them. */
async function recordsOf(path: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for await (const { warcType = '' } of new WARCParser(createReadStream(path)))
    counts[warcType] = (counts[warcType] ?? 0) + 1
  return counts
}
const answersOf = ({ response = 0, revisit = 0, resource = 0 }: Record<string, number>) => response + revisit + resource

async function addAll(to: string, paths: readonly string[]) {
  const { code, out, err } = await unspoolHere(['add', '--json', '--archive', to, ...paths])
  const { captures, known } = JSON.parse(out)
  return { code, captures, known, remarks: err.match(/same as before|could not be read|left out;/g) ?? [] }
}

describe.skipIf(!hasCommand('wget'))('wget', () => {
  let files: readonly string[]
  beforeAll(async () => {
    const dir = makeFolder()
    const web = await startFixtureWeb(join(ROOT, 'fixtures'), { pages: wgetWeb.pages })
    files = await wgetWeb.record(dir, web)
    await web.close()
  }, 60_000)

  it.each(['in order', 'backwards'])(
    'writes records of which each answer is a capture with its own date: %s',
    async (order) => {
      const path = join(makeFolder(), 'archive')
      const counts = await Promise.all(files.map(recordsOf))
      expect(counts.map(({ revisit = 0 }) => revisit > 0)).toEqual([false, true, false])
      const expected = counts.reduce((sum, one) => sum + answersOf(one), 0)
      const paths = order === 'backwards' ? files.toReversed() : files
      expect(await addAll(path, paths)).toEqual({ code: 0, captures: expected, known: 0, remarks: [] })
      expect(await count('SELECT count(*) FROM captures', path)).toBe(expected)
      expect(
        await count(
          "SELECT count(*) FROM captures WHERE captured_at_basis <> 'declared' OR truncated IS NOT NULL",
          path,
        ),
      ).toBe(0)
      const statuses = await askArchive<{ status: number }>(
        path,
        'SELECT DISTINCT status FROM captures WHERE status > 200 ORDER BY 1',
      )
      expect(statuses.map(({ status }) => status)).toEqual([301, 302, 404, 410])
      expect(await addAll(path, paths)).toEqual({ code: 0, captures: expected, known: expected, remarks: [] })
      expect((await unspoolHere(['verify', '--archive', path])).code).toBe(0)
    },
    60_000,
  )

  describe.skipIf(!hasNpmTool('js-wacz'))('packed by js-wacz', () => {
    it('gives the same captures', async () => {
      const dir = makeFolder()
      const wacz = join(dir, 'their.wacz')
      runTool(npmTool('js-wacz'), ['create', '-f', `{${files.join(',')}}`, '-o', wacz])
      const counts = await Promise.all(files.map(recordsOf))
      const expected = counts.reduce((sum, one) => sum + answersOf(one), 0)
      expect(await addAll(join(dir, 'archive'), [wacz])).toEqual({ code: 0, captures: expected, known: 0, remarks: [] })
    }, 60_000)
  })
})

describe.skipIf(!hasNpmTool('js-wacz'))('js-wacz', () => {
  it('indexes our WARC files as we do', async () => {
    const wacz = join(folder, 'js.wacz')
    const ours = join(folder, 'ours.wacz')
    runTool(npmTool('js-wacz'), ['create', '-f', join(archive, 'warc/*.warc.gz'), '-o', wacz])
    expect((await unspoolHere(['export', '--archive', archive, '--format', 'wacz', '--to', ours])).code).toBe(0)
    const keys = async (path: string) => {
      const lines = (await readZip(path)).get('indexes/index.cdx')?.body.toString().trim().split('\n') ?? []
      const told = lines.map((line) => [line.split(' ')[0], JSON.parse(line.slice(line.indexOf('{')))] as const)
      return told.map(([surt, { offset, filename }]) => `${surt} ${basename(filename)} ${offset}`).sort()
    }
    const [theirs, our] = [new Set(await keys(wacz)), await keys(ours)]
    expect(our.filter((line) => !theirs.has(line))).toEqual([])
  }, 60_000)
})

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
