// ZIP files: exports and bundles of pages, honest and hostile. One bad member never costs the others.
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeFolder, writeInto } from '../../cli/run.ts'
import { codesOf, httpAnswer, makeWarc, makeZip, openAll, textOf, type ZipEntry } from './makers.ts'

const folder = makeFolder()
let made = 0
const open = (entries: readonly ZipEntry[]) => {
  made += 1
  return openAll(writeInto(folder, `${made}.zip`, makeZip(entries)))
}

const page = { name: 'page.html', body: '<html><p>A page</p></html>' }

describe('a ZIP file', () => {
  it('gives what may hold posts, in its order, and counts the rest in one remark', async () => {
    const opened = await open([
      { name: 'data/account.js', body: 'window.YTD.account.part0 = []' },
      { name: 'data/direct-messages.js', body: 'window.YTD.direct_messages.part0 = []' },
      { name: 'data/tweets.js', body: 'window.YTD.tweets.part0 = []' },
      { name: 'data/tweets-part1.js', body: 'window.YTD.tweets.part1 = []' },
      { name: 'data/js/tweets/2013_05.js', body: 'Grailbird.data.tweets_2013_05 = []' },
      { name: 'assets/logo.png', body: 'x' },
      { name: 'page_files/frame.html', body: '<html>' },
      page,
    ])
    expect(opened.captures.map(({ input }) => input.split('!/')[1])).toEqual([
      'data/tweets.js',
      'data/tweets-part1.js',
      'data/js/tweets/2013_05.js',
      'page.html',
    ])
    expect(opened.notes).toHaveLength(1)
    expect(opened.notes[0]).toMatchObject({ level: 'info', code: 'skipped-members' })
    expect(opened.notes[0]?.message).toContain(
      '4 files: 3 of pictures, styles, scripts, lists and the like, 1 of private messages',
    )
    expect(opened.captures[0]).toMatchObject({ method: 'import', capturedAtBasis: 'file-mtime', url: null })
  })

  it.each(['archive.sh', 'archive.zip'])('is opened behind the program that unpacks it: %s', async (name) => {
    const body = Buffer.concat([Buffer.from('#!/bin/sh\nexec unzip "$0"\n'), makeZip([page])])
    const { captures } = await openAll(writeInto(folder, name, body))
    expect(captures.map(textOf)).toEqual([page.body])
  })

  it('takes the path that a link leads to for no words of anybody', async () => {
    const { captures } = await open([{ name: 'notes.txt', body: '../../etc/hosts', link: true }, page])
    expect(captures.map(({ input }) => input.split('!/')[1])).toEqual(['page.html'])
  })

  it('names what was deleted and is left alone', async () => {
    const { captures, notes } = await open([{ name: 'data/deleted-tweets.js', body: 'x' }, page])
    expect(captures).toHaveLength(1)
    expect(notes).toMatchObject([{ level: 'warning', code: 'left-alone' }])
    expect(notes[0]?.message).toContain('1 file of posts that their author deleted')
  })

  it('reads a page without an ending by its first bytes', async () => {
    const opened = await open([
      { name: 'thread?id=3', body: '<!doctype html><p>x' },
      { name: 'LICENSE', body: 'words' },
    ])
    expect(opened.captures.map(({ input }) => input)).toEqual([expect.stringMatching(/thread\?id=3$/)])
  })

  it('opens the WARC files of a WACZ', async () => {
    const warc = makeWarc([{ url: 'https://a.example/', block: httpAnswer('<p>in a WACZ') }])
    const { captures } = await open([
      { name: 'archive/data.warc.gz', body: warc, stored: true },
      { name: 'pages/pages.jsonl', body: '{"format":"json-pages-1.0"}' },
      { name: 'datapackage.json', body: '{}' },
    ])
    expect(captures.map(({ url }) => url)).toEqual(['https://a.example/'])
  })

  it.each([
    '../../etc/passwd.html',
    '/etc/passwd.html',
    'C:\\windows\\page.html',
    '..\\page.html',
    `a\u0000\u001b[2J.html`,
  ])('takes the name %j for a label and writes nothing', async (name) => {
    const before = readdirSync(folder).length
    const { captures } = await open([{ ...page, name }])
    expect(captures).toHaveLength(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is what is asked
    expect(captures[0]?.input).not.toMatch(/[\x00-\x1f]/)
    expect(readdirSync(folder)).toHaveLength(before + 1)
  })

  it.each<[string, Partial<ZipEntry>, string]>([
    ['encrypted', { encrypted: true }, 'encrypted-member'],
    ['wrong by its checksum', { crc: 1 }, 'damaged-member'],
    ['a bomb', { body: Buffer.alloc(50_000_000) }, 'damaged-member'],
    ['a ZIP itself', { body: makeZip([page]) }, 'nested-container'],
  ])('names a member that is %s and goes on', async (_, wrong, code) => {
    const opened = await open([{ name: 'bad.html', body: 'words', ...wrong }, page])
    expect(opened.captures.map(textOf)).toEqual([page.body])
    expect(codesOf(opened)).toEqual([code])
    expect(opened.notes[0]?.input).toMatch(/bad\.html$/)
  })

  it('stops at many members that share one harmless size', async () => {
    const bombs = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.html`, body: Buffer.alloc(1_000_000, ' ') }))
    const opened = await open(bombs)
    expect(opened.captures.length).toBeLessThan(10)
    expect(codesOf(opened)).toContain('damaged-member')
  })

  it('tells twenty remarks of a kind, and then how many more', async () => {
    const opened = await open([
      page,
      ...Array.from({ length: 50 }, (_, at) => ({ ...page, name: `${at}.html`, encrypted: true })),
    ])
    expect(opened.notes).toHaveLength(21)
    expect(opened.notes.at(-1)?.message).toMatch(/30 further/)
  })

  it.each([1, 10, 100])('refuses one that is cut by %i bytes, saying what to do', async (bytes) => {
    const path = writeInto(folder, `cut-${bytes}.zip`, makeZip([page]).subarray(0, -bytes))
    await expect(openAll(path)).rejects.toThrow(/get a whole copy/)
  })

  it('refuses one in which there is nothing to read', async () => {
    await expect(open([])).rejects.toThrow(/nothing|no page/)
    await expect(open([{ name: 'a.png', body: 'x' }])).rejects.toThrow(/no page/)
  })

  it('stops when told to', async () => {
    const path = writeInto(folder, 'stop.zip', makeZip([page]))
    await expect(openAll(path, AbortSignal.abort(new Error('told')))).rejects.toThrow('told')
  })
})
