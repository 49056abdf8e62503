// WARC files of other tools: what they record, how they compress, and what is left when they are damaged.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { WARCRecord, WARCSerializer } from 'warcio'
import { makeFolder, writeInto } from '../../../cli/run.ts'
import { codesOf, httpAnswer, makeRecord, makeWarc, openAll, textOf } from '../makers.ts'

const folder = makeFolder()
let made = 0
/** What was taken and left is apart from the remarks. */
const open = async (bytes: Uint8Array, name = 'crawl.warc.gz') => {
  made += 1
  const opened = await openAll(writeInto(folder, `${made}-${name}`, bytes))
  const records = opened.notes.filter(({ code }) => code === 'warc-records').map(({ message }) => message)
  return { ...opened, notes: opened.notes.filter(({ code }) => code !== 'warc-records'), records }
}
const entry = (n: number) => ({ url: `https://a.example/${n}`, block: httpAnswer(`<p>Page ${n}</p>`) })
const three = [entry(1), entry(2), entry(3)]
const plain = Buffer.concat(three.map(makeRecord))

describe('a WARC file', () => {
  it.each<[string, Uint8Array]>([
    ['a gzip member a record', makeWarc(three)],
    ['one gzip member in all', gzipSync(plain)],
    ['no compression', plain],
  ])('gives each response with its URL, time, status and headers: %s', async (_, bytes) => {
    const { captures, notes } = await open(bytes)
    expect(notes).toEqual([])
    expect(captures.map(textOf)).toEqual(['<p>Page 1</p>', '<p>Page 2</p>', '<p>Page 3</p>'])
    expect(captures[0]).toMatchObject({
      url: 'https://a.example/1',
      finalUrl: 'https://a.example/1',
      status: 200,
      method: 'import',
      mediaType: 'text/html',
      capturedAt: '2023-05-06T07:08:09.000Z',
      capturedAtBasis: 'declared',
      truncated: null,
    })
  })

  it.each([
    ['signs', 'WARC/'.repeat(400_000)],
    ['lines', 'WARC/1.0\r\n'.repeat(200_000)],
    ['heads without a length', `${'WARC/1.0\r\n'.repeat(6_000)}\r\n`.repeat(30)],
  ])('is found behind megabytes of what looks like its beginning: %s', async (_, noise) => {
    const { captures, notes } = await open(Buffer.concat([plain, Buffer.from(`${noise}\r\n\r\n`), plain]), 'noise.warc')
    expect(captures).toHaveLength(6)
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(['damaged-member']))
  })

  it('undoes chunks and content encodings, also where only the header is left of them', async () => {
    const words = '<p>Words with an ü</p>'
    const chunks = `5\r\n${words.slice(0, 5)}\r\n${(Buffer.byteLength(words) - 5).toString(16)};x=y\r\n${words.slice(5)}\r\n0\r\n\r\n`
    const { captures } = await open(
      makeWarc(
        [
          httpAnswer(chunks, ['Transfer-Encoding: chunked']),
          httpAnswer(words, ['Transfer-Encoding: chunked']),
          httpAnswer(gzipSync(words), ['Content-Encoding: gzip']),
          httpAnswer(brotliCompressSync(words), ['Content-Encoding: br']),
          httpAnswer(words, ['Content-Encoding: gzip']),
        ].map((block) => ({ url: 'https://a.example/', block })),
      ),
    )
    expect(captures.map(textOf)).toEqual([words, words, words, words, words])
  })

  it('keeps what stands behind a head of any length', async () => {
    // Around the bound up to which fields are read, too, where the end of the head may lie across it.
    const sizes = [100_000, 600_000, ...Array.from({ length: 12 }, (_, n) => 256 * 1024 - 6 + n)]
    const long = sizes.map((size, n) => ({
      url: `https://a.example/${n}`,
      block: Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nA: ${'b'.repeat(size - 46)}\r\n\r\n<p>Page ${n}</p>`,
      ),
    }))
    const { captures } = await open(makeWarc(long))
    expect(captures.map(textOf)).toEqual(sizes.map((_, n) => `<p>Page ${n}</p>`))
    expect(new Set(captures.map(({ mediaType }) => mediaType))).toEqual(new Set(['text/html']))
  })

  it('withholds secrets', async () => {
    const { captures } = await open(makeWarc([{ ...entry(1), block: httpAnswer('x', ['Set-Cookie: session=s3cret']) }]))
    expect(JSON.stringify(captures[0]?.headers)).not.toMatch(/s3cret/)
    expect(captures[0]?.redactedHeaders).toEqual(['set-cookie'])
  })

  it('passes by what is no capture, and says how many of each kind and why', async () => {
    const opened = await open(
      makeWarc([
        { type: 'warcinfo', url: '', block: 'software: other', contentType: 'application/warc-fields' },
        { type: 'request', url: 'https://a.example/1', block: 'GET / HTTP/1.1\r\n\r\n' },
        entry(1),
        { type: 'request', url: 'https://a.example/1', block: 'GET / HTTP/1.1\r\n\r\n' },
        { type: 'metadata', url: 'https://a.example/1', block: 'x: y' },
        { type: 'conversion', url: 'https://a.example/1', block: 'Page 1', contentType: 'text/plain' },
        { type: 'novelty', url: 'https://a.example/1', block: '' },
        { url: 'dns:a.example', block: '20230506\na.example. 60 IN A 192.0.2.1', contentType: 'text/dns' },
        { url: 'https://a.example/raw', block: 'no answer at all' },
        { type: 'resource', url: 'https://a.example/r', block: '<p>resource', contentType: 'text/html' },
      ]),
    )
    expect(opened.captures.map(({ url, status }) => [url, status])).toEqual([
      ['https://a.example/1', 200],
      ['https://a.example/r', null],
    ])
    expect(opened.captures[1]).toMatchObject({ mediaType: 'text/html', headers: [['content-type', 'text/html']] })
    expect(opened.notes).toEqual([])
    expect(opened.records).toEqual([
      'Records taken: 1 response, 1 resource. Left alone: 1 warcinfo (about the file itself), ' +
        '2 request (what was asked, not what was answered), 1 metadata (about other records), ' +
        '1 conversion (made out of another record), 1 novelty (of a kind that is not known), ' +
        '2 response without an HTTP answer (DNS and other protocols).',
    ])
  })

  it('takes the first segment of a long record as cut', async () => {
    const fields = { 'WARC-Segment-Number': '1' }
    const opened = await open(
      makeWarc([
        { ...entry(1), fields },
        { ...entry(1), type: 'continuation' },
      ]),
    )
    expect(opened.captures.map(({ truncated }) => truncated)).toEqual(['length'])
    expect(opened.records[0]).toContain(
      '1 continuation (the rest of a longer record, whose beginning was taken as cut)',
    )
  })

  it('names the damaged record and reads the others, whichever byte is wrong', async () => {
    const bytes = makeWarc(three)
    const [first = 0, second = 0] = three.map((one) => gzipSync(makeRecord(one)).length)
    for (let at = first; at < first + second; at += 11) {
      const damaged = Buffer.from(bytes)
      damaged[at] = damaged[at]! ^ 0x55
      const opened = await open(damaged)
      const texts = opened.captures.map(textOf)
      expect(texts).toContain('<p>Page 1</p>')
      expect(texts).toContain('<p>Page 3</p>')
      // The head's time, system and flag bytes bear on nothing.
      if (texts.length === 2) expect(codesOf(opened)).toContain('damaged-member')
      for (const text of texts) expect(text).toMatch(/^<p>Page [123]<\/p>$/)
    }
  })

  it('reads what is before a cut, wherever it is', async () => {
    const bytes = makeWarc(three)
    const first = gzipSync(makeRecord(three[0]!)).length
    for (let length = first + 1; length < bytes.length; length += 37) {
      const opened = await open(bytes.subarray(0, length))
      expect(opened.captures.map(textOf)).toContain('<p>Page 1</p>')
      if (length !== first * 2) expect(codesOf(opened)).toContain('damaged-member')
    }
  })

  it('reads all that comes out of one cut gzip member, but not what a wrong checksum leaves in doubt', async () => {
    const whole = gzipSync(plain)
    const cut = await open(whole.subarray(0, whole.length - 8))
    expect(cut.captures.map(textOf)).toEqual(['<p>Page 1</p>', '<p>Page 2</p>', '<p>Page 3</p>'])
    expect(cut.notes.map(({ message }) => message)).toEqual([expect.stringContaining('it is cut')])
    const wrong = Buffer.from(whole)
    wrong[whole.length - 8]! ^= 1
    const { captures, notes } = await open(wrong)
    expect(captures).toHaveLength(2)
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/checksum is wrong.* The 2 before it in the same gzip member .* may be damaged too/),
    ])
  })

  it.each(['sha1', 'sha256'])('names a record whose bytes are not those of its own digest (%s)', async (hash) => {
    const { url, block } = entry(1)
    const fields = { 'WARC-Block-Digest': `${hash}:${createHash(hash).update(block).digest('hex').toUpperCase()}` }
    const sound = makeRecord({ url, block, fields })
    expect((await open(sound, 'sound.warc')).notes).toEqual([])
    const damaged = Buffer.from(sound.toString('latin1').replace('Page 1', 'Page 7'), 'latin1')
    const { captures, notes } = await open(damaged, 'damaged.warc')
    expect(captures.map(textOf)).toEqual(['<p>Page 7</p>'])
    expect(notes).toMatchObject([{ code: 'digest-differs', level: 'warning', message: expect.stringContaining(hash) }])
    // wget gives a revisit the digest of the answer that it stands for.
    const revisit = makeRecord({ type: 'revisit', url, block: httpAnswer(''), fields })
    expect(codesOf(await open(Buffer.concat([sound, revisit]), 'again.warc'))).not.toContain('digest-differs')
  })

  it('says of a file of a few bytes that it is cut, and of another that it is none', async () => {
    await expect(open(makeWarc(three).subarray(0, 9))).rejects.toThrow(/it is cut/)
    await expect(open(Buffer.from('\x1f\x8bnone', 'latin1'))).rejects.toThrow(/no gzip member begins here/)
  })

  it('finds the next record behind bytes that are none', async () => {
    const opened = await open(
      Buffer.concat([makeRecord(entry(1)), Buffer.from('garbage\n'.repeat(99)), makeRecord(entry(2))]),
    )
    expect(opened.captures).toHaveLength(2)
    expect(codesOf(opened)).toEqual(['damaged-member'])
  })

  it('refuses a bomb', async () => {
    const bomb = makeRecord({ url: 'https://a.example/', block: Buffer.alloc(30_000_000) })
    const opened = open(Buffer.concat([makeWarc([entry(1)]), gzipSync(bomb), makeWarc([entry(2)])]))
    const { captures, notes } = await opened
    expect(captures.map(textOf)).toEqual(['<p>Page 1</p>'])
    expect(notes[0]?.message).toMatch(/200 times/)
  })

  it('reads what warcio writes', async () => {
    const record = WARCRecord.create(
      {
        url: 'https://a.example/w',
        date: '2024-02-03T04:05:06Z',
        type: 'response',
        warcVersion: 'WARC/1.1',
        httpHeaders: { 'Content-Type': 'text/html' },
        statusline: 'HTTP/1.1 200 OK',
      },
      (async function* () {
        yield new TextEncoder().encode('<p>by warcio')
      })(),
    )
    const { captures } = await open(await WARCSerializer.serialize(record, { gzip: true }))
    expect(captures.map(({ url, capturedAt }) => [url, capturedAt])).toEqual([
      ['https://a.example/w', '2024-02-03T04:05:06.000Z'],
    ])
  })

  it.skipIf(!spawnSync('wget', ['--help'], { encoding: 'utf8' }).stdout?.includes('--warc-file'))(
    'reads what wget writes',
    async () => {
      const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<p>by wget'))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/page`
      const { spawn } = await import('node:child_process')
      const wget = spawn('wget', [
        '-q',
        '--no-proxy',
        '--no-warc-keep-log',
        `--warc-file=${join(folder, 'wget')}`,
        '-O',
        '/dev/null',
        url,
      ])
      await new Promise((resolve) => wget.on('close', resolve))
      server.close()
      const { captures, notes } = await open(readFileSync(join(folder, 'wget.warc.gz')))
      expect(notes).toEqual([])
      expect(captures.map((capture) => [capture.url, capture.status, textOf(capture)])).toContainEqual([
        url,
        200,
        '<p>by wget',
      ])
    },
  )
})
