// Undoes Content-Encoding, strictly: a cut or corrupt stream is kept as far as it goes and marked, never taken for
// whole (the platform's own fetch takes cut gzip for whole). Limits hold before memory is used. Charsets are not its
// business.
import { isUtf8 } from 'node:buffer'
import {
  type BrotliOptions,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  type ZlibOptions,
} from 'node:zlib'
import type { Capture } from '../../model.ts'
import { mostBytesOf } from '../compression-ratio.ts'
import { keepUpTo } from '../up-to.ts'

/** Bytes of one decoded body. */
const DECODED_LIMIT_BYTES = 100 * 1024 * 1024
/** More encodings on top of each other than any honest server sends. */
const MAX_ENCODINGS = 2

type Decoded = Pick<Capture, 'body' | 'truncated'>

/** What `decodeBody` understands, for Accept-Encoding. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'

interface Destroyable {
  destroy(): unknown
}

type Decoder = (raw: Uint8Array, lenient: boolean) => NodeJS.ReadWriteStream & Destroyable

/** zlib's word for "the stream ends too early", for brotli too. */
const CUT = 'Z_BUF_ERROR'

/** What was decoded comes in blocks of so many bytes; of a broken stream the last block is lost. */
const SMALL_BLOCKS = { chunkSize: 1024 }
const ZLIB_LENIENT: ZlibOptions = { ...SMALL_BLOCKS, finishFlush: constants.Z_SYNC_FLUSH }
const BROTLI_LENIENT: BrotliOptions = { ...SMALL_BLOCKS, finishFlush: constants.BROTLI_OPERATION_FLUSH }
const gunzip: Decoder = (_, lenient) => createGunzip(lenient ? ZLIB_LENIENT : {})
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', (raw, lenient) => (hasZlibHead(raw) ? createInflate : createInflateRaw)(lenient ? ZLIB_LENIENT : {})],
  ['br', (_, lenient) => createBrotliDecompress(lenient ? BROTLI_LENIENT : {})],
])

/**
 * Bytes as sent → payload. `truncated` is `length` at a limit, `disconnect` when the stream ends early or breaks.
 * Unknown or too many encodings, and bytes that are not what the header says, come back as sent.
 */
export async function decodeBody(raw: Uint8Array, contentEncoding: string | null): Promise<Decoded> {
  const names = encodingsOf(contentEncoding)
  const decoders = names.flatMap((name) => DECODERS.get(name) ?? [])
  let current: Decoded = { body: raw, truncated: null }
  if (decoders.length > MAX_ENCODINGS || decoders.length < names.length) return current
  // Encodings are listed in the order they were applied (RFC 9110, 8.4).
  for (const decoder of decoders.reverse()) {
    const next = await undo(decoder, current.body)
    current = { body: next.body, truncated: current.truncated ?? next.truncated }
  }
  return current
}

function encodingsOf(contentEncoding: string | null): string[] {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '' && name !== 'identity')
}

async function undo(decoder: Decoder, raw: Uint8Array): Promise<Decoded> {
  if (raw.length === 0) return { body: raw, truncated: null }
  const limit = Math.min(DECODED_LIMIT_BYTES, mostBytesOf(raw.length))
  const strict = await collect(decoder(raw, false), raw, limit)
  if (strict.failure === null) return { body: strict.body, truncated: strict.truncated }
  // zlib drops the last block of a stream it calls broken; a second, lenient pass saves what can be read.
  const { body } = await collect(decoder(raw, true), raw, limit)
  const isPlain = isUtf8(raw) || (body.length === 0 && strict.failure !== CUT)
  return isPlain ? { body: raw, truncated: null } : { body, truncated: 'disconnect' }
}

interface Collected extends Decoded {
  /** zlib's error code. */
  readonly failure: string | null
}

function collect(stream: NodeJS.ReadWriteStream & Destroyable, raw: Uint8Array, limit: number): Promise<Collected> {
  return new Promise((resolve) => {
    const kept = keepUpTo(limit)
    let hasRoom = true
    const finish = (truncated: Decoded['truncated'], failure: string | null) => {
      resolve({ body: kept.body(), truncated, failure })
      stream.destroy()
    }
    stream.on('data', (chunk: Uint8Array) => {
      if (!hasRoom) return
      hasRoom = kept.add(chunk)
      if (!hasRoom) finish('length', null)
    })
    stream.on('end', () => finish(null, null))
    stream.on('error', (error: NodeJS.ErrnoException) => finish(null, error.code ?? 'unknown'))
    stream.end(raw)
  })
}

/** RFC 1950: method 8 and a checksum over two bytes. Many servers send bare RFC 1951 under the same name. */
function hasZlibHead(raw: Uint8Array): boolean {
  const [first = 0, second = 0] = raw
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}
