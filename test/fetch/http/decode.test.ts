// Content-Encoding undone: any bytes come back, cut ones are marked, bombs end at the limit.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../../src/fetch/http/decode.ts'
import fc from '../../laws.ts'

const CODECS = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  'deflate (bare)': deflateRawSync,
  br: brotliCompressSync,
}
const nameOf = (codec: string) => codec.split(' ')[0]!
const TEXT = Buffer.from(Array.from({ length: 3000 }, (_, n) => `line ${n * 7919}\n`).join(''))

/** Without the bare form, in which any bytes may be an end: it has no checksum. */
it.each(['gzip', 'x-gzip', 'deflate', 'br'] as const)(
  '%s broken in its middle is marked, and keeps a true beginning',
  async (codec) => {
    const broken = Buffer.from(CODECS[codec](TEXT))
    const middle = Math.floor(broken.length / 2)
    const { body, truncated } = await decodeBody(broken.fill(0xff, middle, middle + 40), codec)
    expect(truncated).toBe('disconnect')
    expect(Buffer.compare(TEXT.subarray(0, 16_000), Buffer.from(body).subarray(0, 16_000))).toBe(0)
  },
)

it.each(['gzip', 'deflate', 'br'] as const)(
  '%s of a short page broken near its end keeps its beginning',
  async (codec) => {
    const short = TEXT.subarray(0, 8000)
    const broken = Buffer.from(CODECS[codec](short))
    const at = Math.floor(broken.length * 0.8)
    const { body, truncated } = await decodeBody(broken.fill(0xff, at, at + 40), codec)
    expect(truncated).toBe('disconnect')
    expect(body.length).toBeGreaterThan(4000)
    expect(Buffer.compare(short.subarray(0, 4000), Buffer.from(body).subarray(0, 4000))).toBe(0)
  },
)

describe.each(Object.entries(CODECS))('%s', (codec, encode) => {
  it('gives back any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5000 }), async (bytes) => {
        const { body, truncated } = await decodeBody(encode(bytes), nameOf(codec))
        expect(truncated).toBeNull()
        expect(Buffer.compare(Buffer.from(body), Buffer.from(bytes))).toBe(0)
      }),
      { numRuns: 30 },
    )
  })

  it('cut anywhere is marked, and keeps a true beginning', async () => {
    const whole = encode(TEXT)
    for (const share of [0.05, 0.3, 0.5, 0.9, 0.999]) {
      const { body, truncated } = await decodeBody(whole.subarray(0, Math.floor(whole.length * share)), nameOf(codec))
      expect(truncated, `${share}`).toBe('disconnect')
      expect(Buffer.compare(TEXT.subarray(0, body.length), Buffer.from(body))).toBe(0)
    }
  })

  it('of a bomb is cut at the limit', async () => {
    const { body, truncated } = await decodeBody(encode(Buffer.alloc(64 * 1024 * 1024)), nameOf(codec))
    expect(truncated).toBe('length')
    expect(body.length).toBeLessThan(16 * 1024 * 1024)
  })
})

describe('encodings', () => {
  it('on top of each other are undone in reverse', async () => {
    expect(Buffer.from((await decodeBody(brotliCompressSync(gzipSync(TEXT)), 'gzip, br')).body).equals(TEXT)).toBe(true)
  })

  it.each([null, '', 'identity', 'unheard-of', 'constructor', '__proto__', 'gzip, gzip, gzip'])(
    '%j leaves the bytes alone',
    async (header) => {
      expect(await decodeBody(TEXT, header)).toEqual({ body: TEXT, truncated: null })
    },
  )

  it.each(['gzip', 'deflate', 'br'])('%s that is none leaves plain text alone', async (name) => {
    for (const text of ['<!doctype html><p>plain</p>', '[{"plain":true}]', 'x'.repeat(5000), 'näive café'])
      expect(Buffer.from((await decodeBody(Buffer.from(text), name)).body).toString()).toBe(text)
  })

  it('of one short block, cut, are marked', async () => {
    const short = brotliCompressSync('A short answer, too short for a second block. Ähem.')
    expect(await decodeBody(short.subarray(0, short.length - 5), 'br')).toMatchObject({ truncated: 'disconnect' })
  })

  it.each(['gzip', 'deflate', 'br'])('that are neither %s nor text come back as sent', async (name) => {
    const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 0xff, 0xd9])
    const { body, truncated } = await decodeBody(picture, name)
    expect([...body]).toEqual([...picture])
    expect(truncated).toBeNull()
  })

  it('of nothing are nothing', async () => {
    expect(await decodeBody(new Uint8Array(), 'gzip')).toEqual({ body: new Uint8Array(), truncated: null })
  })
})
