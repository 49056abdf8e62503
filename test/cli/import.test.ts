// Folders and containers from the command line: the same pages give the same threads however they are packed, once or
// twice.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { httpAnswer, makeTar, makeWarc, makeZip } from '../fetch/containers/makers.ts'
import { unspoolHere } from './in-process.ts'
import { makeFolder, ROOT, writeInto } from './run.ts'

const folder = makeFolder()
const CASES = [
  'thread-reader/whole-and-cut',
  'text/thread-scrape',
  'wordpress/footnotes-and-comments',
  'mastodon/context',
]

const pages = CASES.map((name) => {
  const file = readdirSync(join(ROOT, 'fixtures', name)).find((entry) => entry.startsWith('page.')) ?? ''
  return {
    name: `${name.replace('/', '-')}.${file.split('.').at(-1)}`,
    body: readFileSync(join(ROOT, 'fixtures', name, file)),
  }
})
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', txt: 'text/plain', json: 'application/json' }
const typeOf = (name: string) => TYPES[name.split('.').at(-1) ?? ''] ?? ''

mkdirSync(join(folder, 'pages'))
for (const { name, body } of pages) writeInto(folder, `pages/${name}`, body)
writeInto(folder, 'pages.zip', makeZip(pages))
writeInto(folder, 'pages.tar.gz', gzipSync(await makeTar(pages)))
const records = pages.map(({ name, body }) => ({
  type: 'resource',
  url: `file:${name}`,
  block: body,
  contentType: typeOf(name),
}))
writeInto(folder, 'pages.warc.gz', makeWarc(records))

const PACKS = ['pages', 'pages.zip', 'pages.tar.gz', 'pages.warc.gz']

interface Printed {
  readonly threads: readonly { readonly posts: readonly { readonly text: string }[] }[]
  readonly conversations: readonly { readonly replies: readonly unknown[] }[]
}

/** The words of every thread, whatever their order. */
async function unrollWords(path: string) {
  const ran = await unspoolHere(['unroll', '--format', 'json', path])
  const { threads, conversations } = JSON.parse(ran.out) as Printed
  const words = threads.map(({ posts }) => posts.map(({ text }) => text).join('\n'))
  return { code: ran.code, words: words.sort(), replies: conversations.map(({ replies }) => replies.length).sort() }
}

describe('the same pages', () => {
  it.each(['pages.zip', 'pages.tar.gz', 'pages.warc.gz'])(
    'give the same threads out of %s as out of a folder',
    async (name) => {
      const expected = await unrollWords(join(folder, 'pages'))
      expect(expected.words.length).toBeGreaterThan(2)
      expect(await unrollWords(join(folder, name))).toEqual(expected)
    },
  )

  it.each(PACKS)('are known the second time %s is added', async (name) => {
    const archive = join(folder, `archive-${name}`)
    const add = async () => (await unspoolHere(['add', '--json', '--archive', archive, join(folder, name)])).out
    expect(JSON.parse(await add())).toMatchObject({ captures: pages.length, unchanged: 0, newVersions: 0 })
    expect(JSON.parse(await add())).toMatchObject({
      captures: pages.length,
      unchanged: pages.length,
      newPosts: 0,
      newVersions: 0,
    })
    expect((await unspoolHere(['verify', '--archive', archive])).code).toBe(EXIT_CODES.ok.code)
  })

  it('leave no second row when they are added again', async () => {
    const archive = join(folder, 'archive-rows')
    const rows = async () => {
      const { code, out } = await unspoolHere(['add', '--archive', archive, ...PACKS.map((name) => join(folder, name))])
      const counted = await unspoolHere([
        'sql',
        '--here',
        '--json',
        '--archive',
        archive,
        'SELECT count(*) AS n FROM captures',
      ])
      return { code, out, rows: JSON.parse(counted.out)[0].n }
    }
    const all = PACKS.length * pages.length
    expect(await rows()).toMatchObject({ code: 0, rows: all })
    const again = await rows()
    expect(again).toMatchObject({ code: 0, rows: all })
    expect(again.out.split('\n')[0]).toBe(`0 captures kept, 0 of them as before; ${all} more were here already`)
  })

  it('that are nothing but text are known the second time, and nobody says that no posts are in them', async () => {
    const archive = join(folder, 'archive-text')
    const note = writeInto(folder, 'note.txt', 'The gate is shut from four in the afternoon, and nobody has the key.\n')
    expect(await unspoolHere(['add', '--archive', archive, note])).toMatchObject({ code: 0 })
    const again = await unspoolHere(['add', '--archive', archive, note])
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('1 more was here already'), err: '' })
  })

  it('are read again when their order is said to mean nothing', async () => {
    const archive = join(folder, 'archive-order')
    const add = async (...more: string[]) =>
      JSON.parse((await unspoolHere(['add', '--json', '--archive', archive, ...more, join(folder, 'pages')])).out)
    expect(await add()).toMatchObject({ known: 0 })
    expect(await add('--order', 'none')).toMatchObject({ known: 0, captures: pages.length })
  })

  it('are the same after a rebuild', async () => {
    const archive = join(folder, 'archive-again')
    await unspoolHere(['add', '--archive', archive, join(folder, 'pages.zip')])
    const list = async () => (await unspoolHere(['list', '--json', '--archive', archive])).out
    const before = await list()
    expect((await unspoolHere(['rebuild', '--archive', archive])).code).toBe(EXIT_CODES.ok.code)
    expect(await list()).toBe(before)
  })
})

describe('a WARC file of another tool', () => {
  const URL = 'https://talk.example/t/1.html'
  const page = pages.find(({ name }) => name.startsWith('thread-reader'))!.body
  const id = '<urn:uuid:11111111-1111-4111-8111-111111111111>'
  const first = { url: URL, block: httpAnswer(page), fields: { 'WARC-Record-ID': id } }
  const again = {
    type: 'revisit',
    url: URL,
    block: httpAnswer(''),
    date: '2024-05-06T07:08:09Z',
    fields: { 'WARC-Refers-To': id, 'WARC-Record-ID': '<urn:uuid:22222222-2222-4222-8222-222222222222>' },
  }
  const log = {
    type: 'resource',
    url: 'metadata://gnu.org/software/wget/warc/wget.log',
    block: '1/ 2/ 3/ a log\n',
    contentType: 'text/plain',
  }
  const sql = async (archive: string, query: string) =>
    JSON.parse((await unspoolHere(['sql', '--here', '--json', '--archive', archive, query])).out)

  it('gives a capture for each response, revisit and resource, and says what it left', async () => {
    const archive = join(folder, 'archive-foreign')
    const request = { type: 'request', url: URL, block: 'GET / HTTP/1.1\r\n\r\n' }
    const path = writeInto(folder, 'foreign.warc.gz', makeWarc([again, request, first, log]))
    const { code, out, err } = await unspoolHere(['add', '--archive', archive, path])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^3 captures kept, 1 of them as before\n/)
    expect(out).toContain('Records taken: 1 revisit, 1 response, 1 resource. Left alone: 1 request (what was asked')
    const rows = await sql(
      archive,
      'SELECT captured_at AS at, status, payload_key IS NOT NULL AS same FROM captures ORDER BY 1, 2',
    )
    expect(rows).toEqual([
      { at: '2023-05-06T07:08:09.000Z', status: null, same: 0 },
      { at: '2023-05-06T07:08:09.000Z', status: 200, same: 0 },
      { at: '2024-05-06T07:08:09.000Z', status: 200, same: 1 },
    ])
    expect(await sql(archive, "SELECT count(*) AS n FROM post_latest WHERE text LIKE '%a log%'")).toEqual([{ n: 0 }])
    expect((await unspoolHere(['rebuild', '--archive', archive])).out).toMatch(/^3 captures read again/)
    expect((await unspoolHere(['verify', '--archive', archive])).code).toBe(0)
  })

  it('with many remarks of a kind is told of twenty, and of all when asked', async () => {
    const cut = Array.from({ length: 33 }, (_, n) => ({
      url: `https://talk.example/${n}`,
      block: httpAnswer('<p>'),
      fields: { 'WARC-Truncated': 'time', 'WARC-Record-ID': `<urn:x:${n}>` },
    }))
    const path = writeInto(folder, 'cut-answers.warc.gz', makeWarc(cut))
    const remarks = async (...more: string[]) => {
      const { err } = await unspoolHere(['unroll', ...more, path])
      return {
        told: err.match(/took too long and was cut/g)?.length,
        more: err.match(/and 13 more of the kind "truncated"/g),
      }
    }
    expect(await remarks()).toMatchObject({ told: 20, more: [expect.anything()] })
    expect(await remarks('--verbose')).toEqual({ told: 33, more: null })
  })

  it('may refer to one that was added by an earlier command', async () => {
    const archive = join(folder, 'archive-earlier')
    const [one, two] = [[first], [again]].map((entries, n) =>
      writeInto(folder, `month-${n}.warc.gz`, makeWarc(entries)),
    )
    const add = (path: string) => unspoolHere(['add', '--archive', archive, path])
    const alone = await add(two!)
    expect(alone).toMatchObject({
      code: EXIT_CODES.notUnderstood.code,
      err: expect.stringMatching(/add the file with the earlier capture/),
    })
    await add(one!)
    const { code, err } = await add(two!)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(await sql(archive, 'SELECT count(*) AS n FROM captures WHERE payload_key IS NOT NULL')).toEqual([{ n: 1 }])
  })
})

it('says what a cut container lacks and reads the inputs beside it', async () => {
  const cut = writeInto(folder, 'cut.zip', makeZip(pages).subarray(0, 2000))
  const ran = await unspoolHere(['unroll', cut, join(folder, 'pages.zip')])
  expect(ran.code).toBe(EXIT_CODES.partial.code)
  expect(ran.err).toMatch(/cut\.zip: nothing in it could be read.*get a whole copy/)
})

it.each([
  ['a time that is none', 'on a Sunday'],
  ['a time to come', '2999-01-01T00:00:00.000Z'],
  ['no time', undefined],
])('claims of an answer with %s no time of its own, and knows it the second time', async (_, startedDateTime) => {
  const content = {
    mimeType: 'application/json',
    text: JSON.stringify({ id: 'h1', author: 'orla', text: 'The lens floats.' }),
  }
  const response = { status: 200, headers: [], content }
  const entries = [{ startedDateTime, request: { method: 'GET', url: 'http://lamp.example/h1' }, response }]
  const dir = makeFolder()
  const path = writeInto(dir, 'session.har', JSON.stringify({ log: { version: '1.2', entries } }))
  const place = ['--archive', join(dir, 'archive')]
  expect((await unspoolHere(['add', path, ...place])).out).toContain('1 capture kept')
  expect((await unspoolHere(['add', path, ...place])).out).toContain(
    '0 captures kept, 0 of them as before; 1 more was here',
  )
  const asked = ['sql', 'SELECT captured_at_basis FROM captures', '--here', ...place]
  expect((await unspoolHere(asked)).out).toBe('captured_at_basis\nunknown\n')
})

const REAL = join(ROOT, '../shared/real')

describe.skipIf(!existsSync(REAL))('real exports', () => {
  const filesOf = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ name: file.slice(path.length + 1), body: readFileSync(file) }))

  it.each(['x-archive', 'mastodon-archive'])(
    '%s: gives the same threads packed as in a folder',
    async (kind) => {
      for (const name of readdirSync(join(REAL, kind))) {
        const path = join(folder, `${kind}-${name}`)
        cpSync(join(REAL, kind, name), path, { recursive: true })
        const packed = writeInto(folder, `${name}.zip`, makeZip(filesOf(path)))
        const expected = await unrollWords(path)
        expect(expected.words.length).toBeGreaterThan(0)
        expect(await unrollWords(packed)).toEqual(expected)
      }
    },
    120_000,
  )
})
