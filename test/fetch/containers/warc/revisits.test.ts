// Revisits in the archives of other tools: each becomes a capture with its own time and answer and the payload it
// speaks of, wherever that stands; or it is named.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeFolder, writeInto } from '../../../cli/run.ts'
import { httpAnswer, makeWarc, openAll, textOf, type WarcEntry } from '../makers.ts'

const folder = makeFolder()
let made = 0

/** Files of one command, in their order. Remarks are those on revisits. */
async function open(...files: readonly (readonly WarcEntry[])[]) {
  const paths = files.map((entries) => {
    made += 1
    return writeInto(folder, `${made}.warc.gz`, makeWarc(entries))
  })
  const { captures, notes } = await openAll(paths)
  return { captures, notes: notes.filter(({ code }) => code !== 'warc-records') }
}

const URL = 'https://a.example/page'
const BODY = '<p>The same words'
const ID = '<urn:uuid:11111111-1111-4111-8111-111111111111>'
const HEX = `sha256:${createHash('sha256').update(BODY).digest('hex')}`
const PROFILE = { 'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest' }

const first = (fields: Readonly<Record<string, string>> = {}): WarcEntry => ({
  url: URL,
  block: httpAnswer(BODY),
  date: '2023-05-06T07:08:09.5Z',
  fields: { 'WARC-Record-ID': ID, 'WARC-Payload-Digest': HEX, ...fields },
})
const again = (
  fields: Readonly<Record<string, string>>,
  block = 'HTTP/1.1 203 Again\r\nX-Look: 2\r\n\r\n',
): WarcEntry => ({
  type: 'revisit',
  url: `${URL}?again`,
  block,
  date: '2023-06-06T07:08:09Z',
  fields: { 'WARC-Record-ID': '<urn:uuid:22222222-2222-4222-8222-222222222222>', ...PROFILE, ...fields },
})
const other = (n: number): WarcEntry => ({ url: `https://a.example/${n}`, block: httpAnswer(`<p>Page ${n}`) })
const byId = again({ 'WARC-Refers-To': ID })

describe('a revisit', () => {
  it('of a 304 has the type and charset of before, which a 304 leaves out', async () => {
    const notModified = again({ 'WARC-Refers-To': ID }, 'HTTP/1.1 304 Not Modified\r\nX-Look: 2\r\n\r\n')
    const { captures } = await open([first(), notModified])
    const [before, after] = captures
    const typeOf = (capture = before) => capture?.headers.find(([name]) => name.toLowerCase() === 'content-type')
    expect(typeOf()).toBeDefined()
    expect(after).toMatchObject({ status: 304, headers: [['X-Look', '2'], typeOf()] })
  })

  it.each<[string, WarcEntry]>([
    ['the record id', byId],
    ['the digest of its payload', again({ 'WARC-Payload-Digest': HEX })],
    [
      'address and time',
      again({ 'WARC-Refers-To-Target-URI': URL, 'WARC-Refers-To-Date': '2023-05-06T07:08:09.500000Z' }),
    ],
    [
      'address in brackets and time',
      again({ 'WARC-Refers-To-Target-URI': `<${URL}>`, 'WARC-Refers-To-Date': '2023-05-06T07:08:09.5Z' }),
    ],
  ])('is a capture of the payload named by %s: behind, before, in another file', async (_, revisit) => {
    for (const files of [[[first(), revisit]], [[revisit, first()]], [[first()], [revisit]], [[revisit], [first()]]]) {
      const { captures, notes } = await open(...files)
      expect(notes).toEqual([])
      expect(captures).toHaveLength(2)
      expect(captures.find(({ url }) => url === `${URL}?again`)).toMatchObject({
        capturedAt: '2023-06-06T07:08:09.000Z',
        capturedAtBasis: 'declared',
        method: 'import',
        status: 203,
        headers: [['X-Look', '2']],
        mediaType: 'text/html',
        digest: HEX,
        body: Buffer.from(BODY),
        truncated: null,
      })
    }
  })

  it('of what has no web address is one too; of DNS answers none', async () => {
    const file = { ...first(), type: 'resource', url: 'urn:x:file', block: BODY, contentType: 'text/html' }
    const later = { ...again({ 'WARC-Refers-To': ID }, ''), url: 'urn:x:file', contentType: 'text/html' }
    const dns = { ...again({ 'WARC-Refers-To': ID }), url: 'dns:a.example' }
    const { captures, notes } = await open([file, later, dns])
    expect([captures.map(textOf), notes]).toEqual([[BODY, BODY], []])
    expect(captures[1]).toMatchObject({ url: null, status: null, mediaType: 'text/html' })
  })

  it('may be referred to by another one', async () => {
    const third = {
      ...again({ 'WARC-Refers-To': '<urn:uuid:22222222-2222-4222-8222-222222222222>' }),
      url: `${URL}?third`,
    }
    const { captures, notes } = await open([first(), byId, third])
    expect([captures.map(textOf), notes]).toEqual([[BODY, BODY, BODY], []])
  })

  it('without an answer of its own has the one it speaks of', async () => {
    const { captures } = await open([first(), again({ 'WARC-Refers-To': ID }, '')])
    expect(captures[1]).toMatchObject({ status: 200, headers: [['Content-Type', 'text/html; charset=utf-8']] })
  })

  it('is as whole as its payload, whatever it says of itself', async () => {
    const cut = { 'WARC-Truncated': 'length' }
    expect((await open([first(), again({ 'WARC-Refers-To': ID, ...cut })])).captures[1]?.truncated).toBeNull()
    expect((await open([first(cut), byId])).captures[1]?.truncated).toBe('length')
  })

  it('is found by its own address where its digest proves it, and only there', async () => {
    const sha1 = (text: string) => `sha1:${createHash('sha1').update(text).digest('hex')}`
    const base32 = 'sha1:UF3IMEW5QNZDPAFBQEGWQH4FSOEIDRKW'
    const at = (digest: string): WarcEntry => ({ ...again({ 'WARC-Payload-Digest': digest }), url: URL })
    const old = { ...first(), fields: {} }
    for (const digest of [sha1(BODY), base32]) expect((await open([old, at(digest)])).captures).toHaveLength(2)
    const { captures, notes } = await open([old, at(sha1('other words'))])
    expect([captures.length, notes.length]).toEqual([1, 1])
  })

  it('is found by address and time unless its digest says otherwise', async () => {
    const to = { 'WARC-Refers-To-Target-URI': URL, 'WARC-Refers-To-Date': '2023-05-06T07:08:09.5Z' }
    const wrong = { 'WARC-Payload-Digest': 'sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }
    const old = { ...first(), fields: {} }
    expect((await open([old, again({ ...to, ...wrong })])).captures).toHaveLength(1)
    // Of coded bytes only the coded form has that digest.
    const packed = { ...old, block: httpAnswer(gzipSync(BODY), ['Content-Encoding: gzip']) }
    expect((await open([packed, again({ ...to, ...wrong })])).captures.map(textOf)).toEqual([BODY, BODY])
  })

  it('whose payload is nowhere is named, and spoils no other', async () => {
    const lost = again({
      'WARC-Refers-To': '<urn:uuid:33333333-3333-4333-8333-333333333333>',
      'WARC-Refers-To-Date': '2020-01-02T03:04:05Z',
    })
    const { captures, notes } = await open([first(), lost, byId])
    expect(captures).toHaveLength(2)
    expect(notes).toEqual([
      {
        level: 'warning',
        code: 'revisit-without-payload',
        input: expect.stringMatching(/\.warc\.gz!\/https:\/\/a\.example\/page\?again$/),
        message: expect.stringMatching(/of 2020-01-02T03:04:05\.000Z it speaks of is in none.*add the file/),
      },
    ])
  })

  it('may be all there is in a file', async () => {
    const { captures, notes } = await open([byId], [other(1)])
    expect([captures.length, notes.length]).toEqual([1, 1])
  })

  it('of which there are thousands is counted after the first twenty', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => again({ 'WARC-Refers-To': `<urn:x:${n}>` }))
    const { notes } = await open([other(1), ...many])
    expect(notes).toHaveLength(21)
    expect(notes.at(-1)?.message).toMatch(/2980 further/)
  })
})
