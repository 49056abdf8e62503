// Pages that are packed for themselves, whatever the transfer was: sitemaps and feeds that a site keeps as `.xml.gz`.
// The capture has the bytes as they were served; they are unpacked for reading.
import { createRequire } from 'node:module'
import type { Capture } from '../../model.ts'
import { mostBytesOf } from '../compression-ratio.ts'

const GZIP = [0x1f, 0x8b] as const
/** What a sitemap may hold (sitemaps.org). */
const UNPACKED_LIMIT_BYTES = 50 * 1024 * 1024
const require = createRequire(import.meta.url)

/**
 * The capture with what is inside, for whoever reads it. One that is not packed, cut or too large comes back as it is.
 */
export function unpacked(capture: Capture): Capture {
  const { body, method } = capture
  if (method === 'file' || body[0] !== GZIP[0] || body[1] !== GZIP[1]) return capture
  const limit = Math.min(UNPACKED_LIMIT_BYTES, mostBytesOf(body.length))
  // Few pages are packed: who reads others does not pay for it.
  const { gunzipSync }: typeof import('node:zlib') = require('node:zlib')
  try {
    return { ...capture, body: gunzipSync(body, { maxOutputLength: limit }) }
  } catch {
    return capture
  }
}
