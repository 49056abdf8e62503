// WACZ: what the standard asks for, read by other programs' code (yauzl, warcio) and by our own import.
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { CDXIndexer, getSurt } from 'warcio'
import { surtOf } from '../../../src/export/package/cdxj.ts'
import { unspoolHere } from '../../cli/in-process.ts'
import { makeFolder, writeInto } from '../../cli/run.ts'
import { type Exported, type Member, openExports, readZip, sha256 } from './open.ts'

let exported: Exported
let members: ReadonlyMap<string, Member>

beforeAll(async () => {
  exported = openExports()
  const { code, out } = await exported.run('wacz', 'threads.wacz')
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^6 files, \d+ kB in .*threads\.wacz\n$/),
  })
  members = await readZip(join(exported.folder, 'threads.wacz'))
})

const text = (path: string): string => members.get(path)?.body.toString() ?? ''
const lines = (path: string): string[] => text(path).split('\n').slice(0, -1)
const warcOf = (): [string, Member] => [...members].find(([path]) => path.startsWith('archive/'))!

interface Line {
  readonly urlkey: string
  readonly timestamp: string
  readonly url: string
  readonly mime: string
  readonly status?: string
  readonly offset: string
  readonly length: string
  readonly filename: string
}

const index = (): Line[] =>
  lines('indexes/index.cdx').map((line) => {
    const [urlkey = '', timestamp = '', ...json] = line.split(' ')
    return { urlkey, timestamp, ...JSON.parse(json.join(' ')) }
  })

describe('a WACZ file', () => {
  it('names every member but the manifest and its digest, with hash and length', () => {
    const { resources, ...head } = JSON.parse(text('datapackage.json'))
    expect(head).toMatchObject({ profile: 'data-package', wacz_version: '1.1.1', software: 'unspool 0.1.0' })
    const told = resources.map(({ path, hash, bytes }: Record<string, string>) => [path, hash, bytes])
    const found = [...members].filter(([path]) => !path.startsWith('datapackage'))
    expect(told).toEqual(found.map(([path, { body }]) => [path, `sha256:${sha256(body)}`, body.length]))
    const digest = { path: 'datapackage.json', hash: `sha256:${sha256(members.get('datapackage.json')!.body)}` }
    expect(JSON.parse(text('datapackage-digest.json'))).toEqual(digest)
  })

  it('stores the WARC file as it is, so that records can be cut out of the ZIP', () => {
    const [, warc] = warcOf()
    expect(warc.isStored).toBe(true)
    expect(members.get('unspool/findings.jsonl')?.isStored).toBe(false)
  })

  it('has the index that warcio makes of the same WARC file, sorted', async () => {
    const [path, { body }] = warcOf()
    const filename = path.slice('archive/'.length)
    const theirs: Line[] = []
    const reader = (async function* () {
      yield new Uint8Array(body)
    })()
    for await (const { request: _request, ...line } of new CDXIndexer().iterIndex([{ filename, reader }]))
      if (/^https?:/.test(line['url'])) theirs.push(line as Line)
    const brief = ({ urlkey, timestamp, url, mime, status, offset, length, filename: file }: Line) => [
      urlkey,
      timestamp,
      url,
      mime,
      status === undefined ? null : Number(status),
      Number(offset),
      Number(length),
      file,
    ]
    const byText = (a: unknown[], b: unknown[]): number => (String(a) < String(b) ? -1 : 1)
    expect(index().map(brief).sort(byText)).toEqual(theirs.map(brief).sort(byText))
    expect(lines('indexes/index.cdx')).toEqual([...lines('indexes/index.cdx')].sort())
    expect(index().filter(({ mime }) => mime === 'warc/revisit')).toHaveLength(1)
  })

  it('leads from each page to its record', () => {
    const [head, ...pages] = lines('pages/pages.jsonl').map((line) => JSON.parse(line))
    expect(head).toMatchObject({ format: 'json-pages-1.0', id: 'pages' })
    expect(pages.map(({ url }) => url)).toContain('http://threads.reader.example/thread/1767612801741758466.html')
    const thread = pages.find(({ url }) => url.startsWith('http://threads.reader'))
    expect(thread).toMatchObject({ ts: '2024-03-15T08:00:00Z', text: expect.stringContaining('eleven weeks') })
    const [, { body }] = warcOf()
    for (const { url, ts } of pages) {
      const line = index().find((one) => one.url === url && one.timestamp === ts.replace(/\D/g, ''))
      const [offset, length] = [Number(line?.offset), Number(line?.length)]
      const record = gunzipSync(body.subarray(offset, offset + length)).toString()
      expect(record).toContain(`WARC-Target-URI: ${url}\r\n`)
      expect(record).toContain('HTTP/1.1 200 ')
    }
  })

  it('is read again as the same payloads, times and posts', async () => {
    const again = join(exported.folder, 'again')
    const { code } = await unspoolHere(['add', '--archive', again, join(exported.folder, 'threads.wacz')])
    expect(code).toBe(0)
    const ask = async (archive: string) => {
      const sql = `SELECT c.digest, c.captured_at, coalesce(c.final_url, c.url) AS url, count(v.key) AS posts
        FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
        LEFT JOIN sightings AS s ON s.reading_key = e.reading_key LEFT JOIN post_versions AS v ON v.key = s.version_key
        GROUP BY c.key ORDER BY 1, 2, 3`
      return JSON.parse((await unspoolHere(['sql', '--here', '--json', '--archive', archive, sql])).out)
    }
    expect(await ask(again)).toEqual(await ask(exported.archive))
  })
})

it('says so when there is nothing that replay tools could show', async () => {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  await unspoolHere([
    'add',
    '--archive',
    archive,
    writeInto(folder, 'note.txt', 'The gate is shut, and nobody has the key.'),
  ])
  const ran = await unspoolHere(['export', '--archive', archive, '--format', 'wacz'])
  expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('no capture here has a web address') })
  expect((await exported.run('wacz', 'again.wacz')).err).toBe('')
})

it.each([
  'http://www.A.example:8080/X/y?b=2&a=1',
  'https://threads.reader.example/thread/1.html',
  'http://a.example/?q=a b&B',
  'http://a.example',
])('SURT of %s is warcio’s', (url) => expect(surtOf(url)).toBe(getSurt(url)))
