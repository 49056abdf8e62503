// WARC records: nothing of a capture is lost in them, other tools read them back, damage is named and walked past.
import { createHash } from 'node:crypto'
import { appendFileSync, createReadStream, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { WARCParser } from 'warcio'
import { captureToRecord, recordToCapture } from '../../../src/archive/warc/capture-record.ts'
import { createWarcFile } from '../../../src/archive/warc/file.ts'
import { isDamage, type Scanned, scanWarc } from '../../../src/archive/warc/scan.ts'
import { decodeRecord, encodeRecord, fieldOf, MEMBER_HEAD } from '../../../src/archive/warc/warc.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { digestOf, wellFormed } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import fc from '../../laws.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const NAMES = {
  id: '0198b0f0-0000-7000-8000-000000000001',
  warcinfoId: '0198b0f0-0000-7000-8000-000000000000',
  same: null,
}

/** A capture through bytes and back. */
function throughWarc(capture: Capture): Capture {
  const read = recordToCapture(decodeRecord(encodeRecord(captureToRecord(capture, NAMES))))!
  expect(read.id).toBe(NAMES.id)
  return { ...read.facts, body: new Uint8Array(read.body!) }
}

describe('a capture in a WARC record', () => {
  const cases: [string, Partial<Capture>][] = [
    ['a plain response', {}],
    ['a redirect', { url: 'https://short.example/a', finalUrl: 'https://long.example/a' }],
    ['a mirror copy', { originalUrl: 'https://x.example/status/1', method: 'import', capturedAtBasis: 'declared' }],
    ['a file', { method: 'file', input: '/home/a/ü b.html', url: null, finalUrl: null, status: null, headers: [] }],
    ['standard input', { method: 'file', input: '-', url: null, finalUrl: null, status: null, mediaType: null }],
    ['a file that tells its URL', { method: 'file', finalUrl: null, status: null, headers: [] }],
    ['a browser page with withheld headers', { method: 'browser', redactedHeaders: ['set-cookie'] }],
    [
      'wire headers, which would make readers decode twice',
      {
        headers: [
          ['Content-Encoding', 'gzip'],
          ['transfer-encoding', 'chunked'],
          ['Content-Length', '7'],
          ['X-Orig-Foo', 'a'],
        ],
      },
    ],
    [
      'headers that no line can hold',
      {
        headers: [
          ['a b', 'c'],
          ['x', 'a\r\nWARC-Type: metadata'],
          ['y', ' padded '],
          ['z', 'é 漢'],
        ],
      },
    ],
    ['a URL with a line break', { url: 'http://a.example/\r\nx: y', finalUrl: 'http://a.example/\r\nx: y' }],
    ['a cut body', { truncated: 'disconnect' }],
    ['a strange status', { status: 7 }],
  ]
  it.each(cases)('keeps %s', (_name, changes) => {
    const capture = makeCapture('<p>café 漢字</p>', changes)
    expect(throughWarc(capture)).toEqual(capture)
  })

  it('keeps any capture at all', () => {
    const text = fc.string({ unit: 'binary' })
    const arbitrary = fc.record({
      body: fc.uint8Array(),
      input: text,
      url: fc.option(fc.oneof(fc.webUrl(), text)),
      finalUrl: fc.option(fc.oneof(fc.webUrl(), text)),
      originalUrl: fc.option(text),
      status: fc.option(fc.integer({ min: 0, max: 999 })),
      headers: fc.array(fc.tuple(text, text)),
      redactedHeaders: fc.array(text),
      mediaType: fc.option(text),
      truncated: fc.option(fc.constantFrom('length', 'time', 'disconnect')),
      method: fc.constantFrom('http', 'browser', 'file', 'import'),
    })
    fc.assert(
      fc.property(arbitrary, ({ body, ...changes }) => {
        const told = { ...makeCapture(''), ...changes, digest: digestOf(body) } as Capture
        const capture = { ...(wellFormed({ ...told, body: null }) as unknown as Capture), body }
        expect(throughWarc(capture)).toEqual(capture)
      }),
      { numRuns: 500 },
    )
  })
})

describe('warcio, the library of the field', () => {
  async function readAll(path: string) {
    const records = []
    for await (const record of new WARCParser(createReadStream(path))) {
      const payload = Buffer.from(await record.readFully(false))
      records.push({
        type: record.warcType,
        uri: record.warcTargetURI,
        digest: record.warcPayloadDigest,
        status: record.httpHeaders?.statusCode,
        payload: payload.toString(),
      })
    }
    return records
  }

  it('reads every record of a run back, payloads too', async () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun({ command: 'add', options: { order: 'page' } })
    const page = makeCapture('<p>hello</p>', {
      headers: [
        ['content-encoding', 'gzip'],
        ['content-type', 'text/html'],
      ],
    })
    const file = makeCapture('1/2 plain', {
      method: 'file',
      input: 'a.txt',
      url: null,
      finalUrl: null,
      status: null,
      headers: [],
    })
    const empty = makeCapture('', { status: 404 })
    for (const capture of [page, file, empty, page]) writer.appendCapture(capture, run)
    writer.close()
    const records = await readAll(join(dir, 'warc', `${run}.warc.gz`))
    expect(records.map(({ type }) => type)).toEqual([
      'warcinfo',
      'response',
      'resource',
      'response',
      'revisit',
      'metadata',
    ])
    expect(records[1]).toMatchObject({ uri: page.url, digest: page.digest, status: 200, payload: '<p>hello</p>' })
    expect(records[2]).toMatchObject({ uri: 'urn:x-unspool:a.txt', digest: file.digest, payload: '1/2 plain' })
    expect(records[3]).toMatchObject({ status: 404, payload: '' })
    expect(records[4]).toMatchObject({ status: 200, digest: page.digest, payload: '' })
  })

  it('finds the digests it would have written itself', () => {
    const record = captureToRecord(makeCapture('abc'), NAMES)
    const text = gunzipSync(encodeRecord(record)).toString()
    expect(text).toContain(`WARC-Block-Digest: ${digestOf(record.block)}\r\n`)
    expect(fieldOf(record.fields, 'WARC-Payload-Digest')).toBe(digestOf(Buffer.from('abc')))
  })
})

describe('walking a WARC file without an index', () => {
  /** Five records; the third holds a gzip file, which looks like the head of a member inside. */
  function makeFile(): { path: string; members: Buffer[] } {
    const path = join(makeFolder(), 'a.warc.gz')
    const nested = encodeRecord(captureToRecord(makeCapture('inner'), NAMES))
    const noise = Buffer.concat([
      MEMBER_HEAD,
      nested,
      Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 251)),
    ])
    const bodies = [Buffer.from('one'), Buffer.from('two '.repeat(1000)), noise, Buffer.alloc(0), Buffer.from('five')]
    const members = bodies.map((body) =>
      encodeRecord(captureToRecord({ ...makeCapture(''), body, digest: digestOf(body) }, NAMES)),
    )
    writeFileSync(path, Buffer.concat(members))
    return { path, members }
  }

  const summary = (scanned: readonly Scanned[]): string =>
    scanned.map((one) => (isDamage(one) ? (one.torn ? 't' : 'd') : 'r')).join('')
  const covered = (scanned: readonly Scanned[]): number => scanned.reduce((sum, { length }) => sum + length, 0)

  it('yields every record with its place', () => {
    const { path, members } = makeFile()
    const scanned = [...scanWarc(path)]
    expect(summary(scanned)).toBe('rrrrr')
    expect(scanned.map(({ length }) => length)).toEqual(members.map((member) => member.length))
  })

  it('names a record with a flipped bit and goes on behind it, wherever the bit is', () => {
    const { path, members } = makeFile()
    const good = readFileSync(path)
    const [before, intact] = [...scanWarc(path)]
    const start = members[0]!.length
    let harmless = 0
    for (let at = start; at < start + members[1]!.length; at++) {
      const bad = Buffer.from(good)
      bad[at]! ^= 1 << (at % 8)
      writeFileSync(path, bad)
      const scanned = [...scanWarc(path)]
      if (summary(scanned) === 'rrrrr') {
        expect(scanned.slice(0, 2)).toEqual([before, intact])
        harmless++
      } else expect(summary(scanned), `bit at ${at}`).toMatch(/^rd+rrr$/)
      expect(covered(scanned)).toBe(good.length)
    }
    // The byte that names the operating system, and the bits that fill up the last byte of a stream, mean nothing.
    expect(harmless).toBeLessThanOrEqual(2)
  })

  it('names a torn end, however short', () => {
    const { path, members } = makeFile()
    const good = readFileSync(path)
    const whole = good.length - members[4]!.length
    for (let cut = whole + 1; cut < good.length; cut += 7) {
      writeFileSync(path, good.subarray(0, cut))
      expect(summary([...scanWarc(path)])).toBe('rrrrt')
    }
  })

  it('reads records longer than its window', () => {
    const path = join(makeFolder(), 'big.warc.gz')
    const body = Buffer.concat(
      Array.from({ length: 300_000 }, (_, i) => createHash('sha256').update(String(i)).digest()),
    )
    const member = encodeRecord(captureToRecord({ ...makeCapture(''), body, digest: digestOf(body) }, NAMES))
    writeFileSync(path, Buffer.concat([member, member]))
    expect(summary([...scanWarc(path)])).toBe('rr')
  })

  it('survives a file of noise and an empty one', () => {
    const path = join(makeFolder(), 'noise.warc.gz')
    writeFileSync(path, '')
    expect([...scanWarc(path)]).toEqual([])
    appendFileSync(path, 'no WARC at all')
    expect(summary([...scanWarc(path)])).toBe('t')
  })
})

describe('a WARC file being written', () => {
  it('can take its newest record back', () => {
    const path = join(makeFolder(), 'a.warc.gz')
    const file = createWarcFile(path)
    file.append(Buffer.from('first'))
    file.takeBack(file.append(Buffer.from('second')).offset)
    expect(file.append(Buffer.from('third'))).toEqual({ offset: 5, length: 5 })
    file.close()
    expect(readFileSync(path, 'utf8')).toBe('firstthird')
  })

  it('never overwrites another file', () => {
    const path = join(makeFolder(), 'a.warc.gz')
    writeFileSync(path, 'mine')
    truncateSync(path, 4)
    expect(() => createWarcFile(path)).toThrow(expect.objectContaining({ name: 'StorageError' }))
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})
