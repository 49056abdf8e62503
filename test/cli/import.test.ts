// Folders and containers from the command line: the same pages give the same threads however they are packed, once or twice.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeTar, makeWarc, makeZip } from '../fetch/containers/makers.ts'
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

  it.each(['pages', 'pages.zip', 'pages.tar.gz', 'pages.warc.gz'])(
    'are known the second time %s is added',
    async (name) => {
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
    },
  )

  it('are the same after a rebuild', async () => {
    const archive = join(folder, 'archive-again')
    await unspoolHere(['add', '--archive', archive, join(folder, 'pages.zip')])
    const list = async () => (await unspoolHere(['list', '--json', '--archive', archive])).out
    const before = await list()
    expect((await unspoolHere(['rebuild', '--archive', archive])).code).toBe(EXIT_CODES.ok.code)
    expect(await list()).toBe(before)
  })
})

it('says what a cut container lacks and reads the inputs beside it', async () => {
  const cut = writeInto(folder, 'cut.zip', makeZip(pages).subarray(0, 2000))
  const ran = await unspoolHere(['unroll', cut, join(folder, 'pages.zip')])
  expect(ran.code).toBe(EXIT_CODES.partial.code)
  expect(ran.err).toMatch(/cut\.zip: nothing in it could be read.*get a whole copy/)
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
