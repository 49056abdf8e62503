// Folders and tar files: walked in order, whole trees of them, and what hostile or broken ones do.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeFolder, writeInto } from '../../cli/run.ts'
import { codesOf, httpAnswer, makeTar, makeWarc, makeZip, openAll, textOf } from './makers.ts'

const folder = makeFolder()
const makeTree = (name: string) => {
  mkdirSync(join(folder, name, 'b'), { recursive: true })
  mkdirSync(join(folder, name, '.git'), { recursive: true })
  writeInto(folder, `${name}/c.html`, 'c')
  writeInto(folder, `${name}/a.txt`, 'a')
  writeInto(folder, `${name}/b/z.html`, 'z')
  writeInto(folder, `${name}/.git/x.txt`, 'hidden')
  writeInto(folder, `${name}/picture.png`, 'x')
  return join(folder, name)
}

describe('a folder', () => {
  it('gives its files in the order of their names, by their own paths', async () => {
    const opened = await openAll(makeTree('plain'))
    expect(opened.captures.map(({ input }) => input)).toEqual(
      ['a.txt', 'b/z.html', 'c.html'].map((name) => join(folder, 'plain', name)),
    )
    expect(opened.captures[0]).toMatchObject({ method: 'file', capturedAtBasis: 'file-mtime', mediaType: 'text/plain' })
    expect(opened.notes).toMatchObject([{ code: 'skipped-members', message: expect.stringMatching(/\b2\b/) }])
  })

  it('leaves alone what sites say to programs, and texts that ArchiveBox took out of a page beside it', async () => {
    const path = join(folder, 'sites')
    const left = [
      ...['robots.txt', 'lamp.example/robots.txt', 'lamp.example/ads.txt', 'lamp.example/.well-known/security.txt'],
      ...['1700000000.12/readability/content.txt', '1700000000.12/readability/article.json'],
      '1700000000.12/mercury/content.html',
    ]
    const kept = [
      '1700000000.12/output.html',
      'ads.txt',
      'lamp.example/index.html',
      'lamp.example/mercury/content.html',
    ]
    for (const name of [...left, ...kept]) {
      mkdirSync(join(path, name, '..'), { recursive: true })
      writeInto(path, name, 'words')
    }
    const opened = await openAll(path)
    expect(opened.captures.map(({ input }) => input.slice(path.length + 1))).toEqual(kept)
    expect(opened.notes).toMatchObject([
      { code: 'skipped-members', message: expect.stringContaining(`${left.length}`) },
    ])
  })

  it('is read the same below a folder whose name is hidden', async () => {
    mkdirSync(join(folder, '.hidden'), { recursive: true })
    expect((await openAll(makeTree('.hidden/tree'))).captures).toHaveLength(3)
  })

  it('opens the containers in it', async () => {
    const path = makeTree('with-containers')
    writeInto(
      path,
      'd.zip',
      makeZip([
        { name: 'in.html', body: 'in a ZIP' },
        {
          name: 'crawl.warc.gz',
          body: makeWarc([{ url: 'https://a.example/', block: httpAnswer('in a WARC in a ZIP') }]),
        },
      ]),
    )
    writeInto(path, 'e.tar.gz', gzipSync(await makeTar([{ name: 'in.html', body: 'in a tar' }])))
    writeInto(path, 'f.zip', 'PK\u0003\u0004 and no more')
    const opened = await openAll(path)
    expect(opened.captures.map(textOf).slice(3)).toEqual(['in a ZIP', 'in a WARC in a ZIP', 'in a tar'])
    expect(codesOf(opened)).toContain('damaged-member')
  })

  it('does not follow links in a circle, and names what leads nowhere', async () => {
    const path = makeTree('links')
    symlinkSync('..', join(path, 'b/up'))
    symlinkSync('self', join(path, 'self'))
    symlinkSync('nowhere', join(path, 'gone.html'))
    symlinkSync('a.txt', join(path, 'link.txt'))
    const opened = await openAll(path)
    expect(opened.captures.map(textOf)).toEqual(['a', 'z', 'c', 'a'])
    expect(codesOf(opened).filter((code) => code === 'unreadable')).toHaveLength(2)
    expect(opened.notes.filter(({ code }) => code === 'link-left')).toMatchObject([{ input: join(path, 'b/up') }])
  })

  it.skipIf(process.platform !== 'linux')(
    'says of a name that is not UTF-8 what to do, and reads the rest',
    async () => {
      const path = makeTree('names')
      writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xcf, 0xee]), Buffer.from('.txt')]), 'koi')
      writeInto(path, 'whole\ufffd.txt', 'read')
      const opened = await openAll(path)
      expect(opened.captures.map(textOf)).toEqual(['a', 'z', 'c', 'read'])
      const named = opened.notes.filter(({ code }) => code === 'unreadable')
      expect(named).toMatchObject([{ message: expect.stringMatching(/not UTF-8.*convmv/) }])
    },
  )

  it('gives the tables whose headings are those of posts, and no letters', async () => {
    const path = join(folder, 'tables')
    mkdirSync(path)
    writeInto(path, 'a.csv', 'Tweet ID,Text,Likes\n1,a,2')
    writeInto(path, 'b.tsv', '\ufeff"created_at"\t"full_text"\nnow\tb')
    writeInto(path, 'c.csv', 'From,To,Date,Content\nWren,Odo,now,c')
    writeInto(path, 'd.csv', 'id,price\n1,2')
    writeInto(path, 'chat_history.csv', 'id,text\n1,e')
    writeInto(path, 'text, id', 'no table')
    const opened = await openAll(path)
    expect(opened.captures.map(({ input }) => input)).toEqual([join(path, 'a.csv'), join(path, 'b.tsv')])
    expect(opened.notes).toMatchObject([{ code: 'skipped-members', message: expect.stringMatching(/3 of tables/) }])
  })

  it('is refused when there is nothing in it', async () => {
    mkdirSync(join(folder, 'nothing'))
    await expect(openAll(join(folder, 'nothing'))).rejects.toThrow(/is a folder without/)
  })
})

describe('a tar file', () => {
  const entries = [
    { name: 'export/outbox.json', body: '{"type":"OrderedCollection"}' },
    { name: 'export/likes.json', body: '{}' },
    { name: 'export/media/1.png', body: Buffer.alloc(100_000, 1) },
    { name: '../../page.html', body: '<p>page' },
    { name: 'inner.tar.gz', body: gzipSync(Buffer.from(`x${'\0'.repeat(256)}ustar${'\0'.repeat(300)}`)) },
  ]

  it.each(['export.tar', 'export.tar.gz', 'export.tgz'])('gives what may hold posts: %s', async (name) => {
    const bytes = await makeTar(entries)
    const opened = await openAll(writeInto(folder, name, name.endsWith('gz') ? gzipSync(bytes) : bytes))
    expect(opened.captures.map(({ input }) => input.split('!/')[1])).toEqual(['export/outbox.json', '../../page.html'])
    expect(opened.captures[0]).toMatchObject({ capturedAt: '2024-01-02T03:04:05.000Z', capturedAtBasis: 'file-mtime' })
    expect(codesOf(opened).sort()).toEqual(['nested-container', 'skipped-members'])
  })

  it('keeps what stood before a cut, or refuses when that is nothing', async () => {
    const noise = Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * 7919 * at) % 251))
    const whole = gzipSync(
      await makeTar([
        { name: 'a.html', body: '<p>first' },
        { name: 'b.html', body: noise },
      ]),
    )
    const opened = await openAll(writeInto(folder, 'cut.tar.gz', whole.subarray(0, whole.length / 2)))
    expect(textOf(opened.captures[0]!)).toBe('<p>first')
    expect(opened.notes.map(({ message }) => message).join()).toMatch(/cut/)
    await expect(openAll(writeInto(folder, 'stub.tar.gz', whole.subarray(0, 30)))).rejects.toThrow(/stub\.tar\.gz/)
  })

  it('refuses a bomb', async () => {
    const bomb = gzipSync(await makeTar([{ name: 'a.html', body: Buffer.alloc(40_000_000) }]))
    const opened = openAll(writeInto(folder, 'bomb.tar.gz', bomb)).then(({ captures }) => captures.length)
    await expect(opened).rejects.toThrow(/200 times/)
  })

  it('reads a page that is only compressed', async () => {
    const { captures } = await openAll(writeInto(folder, 'page.html.gz', gzipSync('<html><p>page')))
    expect(captures.map((capture) => [textOf(capture), capture.mediaType])).toEqual([['<html><p>page', 'text/html']])
  })
})
