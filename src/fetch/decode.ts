// Undoes Content-Encoding, strictly: a cut or corrupt stream is kept as far as it goes and marked, never taken for whole
// (the platform's own fetch takes cut gzip for whole). Limits hold before memory is used. Charsets are not its business.
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  type ZlibOptions,
} from 'node:zlib'
import type { Capture } from '../model.ts'

/** Bytes of one decoded body. */
export const DECODED_LIMIT_BYTES = 100 * 1024 * 1024
/** Decoded bytes a raw byte may become. HTML reaches 20:1; 1,000:1 is a bomb. */
export const RATIO_LIMIT = 200
/** Below this many decoded bytes no ratio is suspicious. */
export const RATIO_FREE_BYTES = 1024 * 1024
/** More encodings on top of each other than any honest server sends. */
export const MAX_ENCODINGS = 2

export type Decoded = Pick<Capture, 'body' | 'truncated'>

/** What `decodeBody` understands, for Accept-Encoding. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'

type Decoder = (raw: Uint8Array, lenient: boolean) => NodeJS.ReadWriteStream

const ZLIB_LENIENT: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: (_, lenient) => createGunzip(lenient ? ZLIB_LENIENT : {}),
  'x-gzip': (_, lenient) => createGunzip(lenient ? ZLIB_LENIENT : {}),
  deflate: (raw, lenient) => (hasZlibHead(raw) ? createInflate : createInflateRaw)(lenient ? ZLIB_LENIENT : {}),
  br: (_, lenient) => createBrotliDecompress(lenient ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
}

/**
 * Bytes as sent → payload. `truncated` is `length` at a limit, `disconnect` when the stream ends early or breaks.
 * Unknown or too many encodings, and bytes that are not what the header says, come back as sent.
 */
export async function decodeBody(raw: Uint8Array, contentEncoding: string | null): Promise<Decoded> {
  const names = encodingsOf(contentEncoding)
  let current: Decoded = { body: raw, truncated: null }
  if (names.length > MAX_ENCODINGS || names.some((name) => DECODERS[name] === undefined)) return current
  // Encodings are listed in the order they were applied (RFC 9110, 8.4).
  for (const name of names.reverse()) {
    const next = await undo(DECODERS[name]!, current.body)
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
  const limit = Math.min(DECODED_LIMIT_BYTES, Math.max(RATIO_FREE_BYTES, raw.length * RATIO_LIMIT))
  const strict = await collect(decoder(raw, false), raw, limit)
  if (strict.truncated !== 'disconnect') return strict
  // zlib drops the last block of a stream it calls broken; a second, lenient pass saves what can be read.
  const saved = await collect(decoder(raw, true), raw, limit)
  const isNotEncoded = saved.body.length === 0
  return isNotEncoded && !looksEncoded(raw) ? { body: raw, truncated: null } : { ...saved, truncated: 'disconnect' }
}

function collect(stream: NodeJS.ReadWriteStream, raw: Uint8Array, limit: number): Promise<Decoded> {
  return new Promise((resolve) => {
    const kept: Uint8Array[] = []
    let room = limit
    const finish = (truncated: Decoded['truncated']) => {
      resolve({ body: Buffer.concat(kept), truncated })
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy()
    }
    stream.on('data', (chunk: Uint8Array) => {
      if (room < 0) return
      kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      room -= chunk.length
      if (room < 0) finish('length')
    })
    stream.on('end', () => finish(null))
    stream.on('error', () => finish('disconnect'))
    stream.end(raw)
  })
}

/** RFC 1950: method 8 and a checksum over two bytes. Many servers send bare RFC 1951 under the same name. */
function hasZlibHead(raw: Uint8Array): boolean {
  const [first = 0, second = 0] = raw
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}

/** Whether the bytes begin as gzip or zlib do, so that an empty result means "cut", not "was never compressed". */
function looksEncoded(raw: Uint8Array): boolean {
  return (raw[0] === 0x1f && raw[1] === 0x8b) || hasZlibHead(raw)
}
