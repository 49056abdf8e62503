// Pages that are packed for themselves, whatever the transfer was: sitemaps and feeds that a site keeps as `.xml.gz`.
// The capture has the bytes as they were served; they are unpacked for reading.
import { createRequire } from 'node:module'
import type { Capture } from '../../model.ts'
import { mostBytesOf } from '../compression-ratio.ts'

const GZIP = [0x1f, 0x8b] as const
/** What a sitemap may hold (sitemaps.org). */
const UNPACKED_LIMIT_BYTES = 50 * 1024 * 1024
/** zlib's words for a stream that ends too early, and for one that is larger than it may be. */
const FAULTS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'ends before it is whole; what came before was read',
  ERR_BUFFER_TOO_LARGE: 'holds more than is unpacked, and was not read',
}
const require = createRequire(import.meta.url)

interface Unpacked {
  /** With what is inside, for whoever reads it; as it is when nothing is packed, or nothing comes out. */
  readonly capture: Capture
  /** What is wrong with the packing; null: nothing. */
  readonly fault: string | null
}

export function unpack(capture: Capture): Unpacked {
  const { body, method } = capture
  if (method === 'file' || body[0] !== GZIP[0] || body[1] !== GZIP[1]) return { capture, fault: null }
  const maxOutputLength = Math.min(UNPACKED_LIMIT_BYTES, mostBytesOf(body.length))
  // Few pages are packed: who reads others does not pay for it.
  const { constants, gunzipSync }: typeof import('node:zlib') = require('node:zlib')
  try {
    return { capture: { ...capture, body: gunzipSync(body, { maxOutputLength }) }, fault: null }
  } catch (error) {
    const fault = FAULTS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'is broken, and was read as it is'
    if (fault !== FAULTS['Z_BUF_ERROR']) return { capture, fault }
    const begun = gunzipSync(body, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH })
    return { capture: { ...capture, body: begun }, fault }
  }
}
