// The block of a WARC response record: an HTTP/1 answer as it came over the wire → status, headers, payload. Tools
// differ in whether they undid the transfer encoding and forgot to say so: what is not chunked is taken as it is.
import type { Capture } from '../../../model.ts'
import { mediaTypeOf } from '../../fetcher.ts'
import { decodeBody } from '../../http/decode.ts'
import { headerOf, redactHeaders } from '../../redact.ts'

export type HttpAnswer = Pick<Capture, 'status' | 'headers' | 'redactedHeaders' | 'mediaType' | 'body' | 'truncated'>

const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})\b/
const END_OF_HEAD = /\r?\n\r?\n/
const FOLDED_LINE = /\r?\n[ \t]+/g
const LINE_END = /\r?\n/
/** Fields behind this are left out; the payload behind them never. */
const MAX_HEAD_BYTES = 256 * 1024
const ENDS_OF_LONG_HEAD = ['\n\r\n', '\n\n'] as const
const CHUNK_SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n/i
/** A chunk's size line with its extensions. */
const MAX_SIZE_LINE = 1100

/** Null when the block holds no HTTP answer. */
export async function parseHttpAnswer(block: Buffer): Promise<HttpAnswer | null> {
  const start = block.subarray(0, MAX_HEAD_BYTES).toString('latin1')
  const status = STATUS_LINE.exec(start)?.[1]
  if (status === undefined) return null
  const end = END_OF_HEAD.exec(start)
  const [, ...lines] = start.slice(0, end?.index).replace(FOLDED_LINE, ' ').split(LINE_END)
  const headers = lines.flatMap(parseHeader)
  const raw = end === null ? behindLongHead(block) : block.subarray(end.index + end[0].length)
  const isChunked = headerOf(headers, 'transfer-encoding')?.toLowerCase().includes('chunked') ?? false
  const plain = isChunked ? (joinChunks(raw) ?? raw) : raw
  const decoded = await decodeBody(plain, headerOf(headers, 'content-encoding'))
  return {
    status: Number(status),
    ...redactHeaders(headers),
    mediaType: mediaTypeOf(headerOf(headers, 'content-type')),
    ...decoded,
  }
}

function behindLongHead(block: Buffer): Buffer {
  const starts = ENDS_OF_LONG_HEAD.flatMap((end) => {
    const at = block.indexOf(end, MAX_HEAD_BYTES - end.length)
    return at < 0 ? [] : [at + end.length]
  })
  return starts.length === 0 ? Buffer.alloc(0) : block.subarray(Math.min(...starts))
}

function parseHeader(line: string): (readonly [string, string])[] {
  const colon = line.indexOf(':')
  return colon <= 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]]
}

/** The payload of chunks, as far as they go; null when these are none. */
function joinChunks(raw: Buffer): Buffer | null {
  const kept: Buffer[] = []
  for (let at = 0; at < raw.length; ) {
    const size = CHUNK_SIZE.exec(raw.subarray(at, at + MAX_SIZE_LINE).toString('latin1'))
    if (size === null) return kept.length === 0 ? null : Buffer.concat(kept)
    const length = Number.parseInt(size[1]!, 16)
    if (length === 0) break
    const start = at + size[0].length
    kept.push(raw.subarray(start, start + length))
    at = start + length
    while (raw[at] === 0x0d || raw[at] === 0x0a) at += 1
  }
  return Buffer.concat(kept)
}
