// Walks a WARC file record by record without any index, past damage: a bad member is named and skipped, and the walk
// goes on at the next one that can be read. (The usual readers stop silently at the first bad record.)
import { closeSync, fstatSync, openSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'
import { type AtBadSector, type OpenFile, readStretch, type Stretch } from './bad-sectors.ts'
import type { RecordPlace } from './file.ts'
import { MEMBER_HEAD, MEMBER_HEAD_BYTES, parseRecord, type WarcRecord } from './warc.ts'

/** Bytes read at once; a longer member doubles it until it fits. */
const WINDOW_BYTES = 4_194_304
/** Trailer of a gzip member: CRC and length. */
const TRAILER_BYTES = 8

interface ScannedRecord extends RecordPlace {
  readonly record: WarcRecord
}

interface Damage extends RecordPlace {
  /** What is wrong, for people. */
  readonly reason: string
  /** True when it reaches to the end of the file: a write that was cut. */
  readonly torn: boolean
}

export type Scanned = ScannedRecord | Damage

export function isDamage(scanned: Scanned): scanned is Damage {
  return 'reason' in scanned
}

interface Window extends Stretch {
  readonly start: number
}

/**
 * Records and damaged stretches from `from` to the end of the file, in order, without gaps between them. Throws
 * StorageError at a bad sector, unless told to pass over it: then that is damage too.
 */
export function* scanWarc(path: string, from = 0, at: AtBadSector = 'stop'): Generator<Scanned> {
  const fd = openSync(path, 'r')
  const reading = { path, fd, at }
  try {
    const size = fstatSync(fd).size
    let window: Window = { bytes: Buffer.alloc(0), isWhole: true, start: from }
    for (let offset = from; offset < size; ) {
      window = ensureWindow(reading, window, offset, size)
      const member = readMember(window, offset, size)
      if (member === 'more') {
        window = readWindow(reading, offset, Math.min(window.bytes.length * 2, size - offset))
        continue
      }
      const found = isDamage(member) ? findResumption(reading, member, size) : member
      yield found
      offset = found.offset + found.length
    }
  } finally {
    closeSync(fd)
  }
}

/** At least a member's smallest size ahead, or the rest of the file. */
function ensureWindow(reading: OpenFile, window: Window, offset: number, size: number): Window {
  const ahead = window.start + window.bytes.length - offset
  return ahead >= Math.min(MEMBER_HEAD_BYTES + TRAILER_BYTES, size - offset)
    ? window
    : readWindow(reading, offset, Math.min(WINDOW_BYTES, size - offset))
}

function readWindow(reading: OpenFile, start: number, length: number): Window {
  return { ...readStretch(reading, start, length), start }
}

/** The member at `offset`, its damage, or `more` when the window ends before the member does. */
function readMember(window: Window, offset: number, size: number): Scanned | 'more' {
  const ahead = window.bytes.subarray(offset - window.start)
  const isLast = window.start + window.bytes.length >= size
  const damaged = (what: string): Damage => {
    const reason = window.isWhole ? what : `${what}, and the disk fails to read bytes here`
    return { offset, length: size - offset, reason, torn: true }
  }
  if (!ahead.subarray(0, MEMBER_HEAD.length).equals(MEMBER_HEAD)) return damaged('no record begins here')
  try {
    const { buffer, engine } = inflateWithLength(ahead.subarray(MEMBER_HEAD_BYTES))
    const length = MEMBER_HEAD_BYTES + engine.bytesWritten + TRAILER_BYTES
    if (length > ahead.length) return isLast ? damaged('the record is cut') : 'more'
    const trailer = ahead.subarray(length - TRAILER_BYTES, length)
    if (!isTrailerOf(buffer, trailer)) return damaged('the record fails its checksum')
    return { offset, length, record: parseRecord(buffer) }
  } catch (error) {
    if (isCut(error) && !isLast) return 'more'
    return damaged(
      isCut(error) ? 'the record is cut' : `the record is damaged (${error instanceof Error ? error.message : error})`,
    )
  }
}

/** With `info` Node also tells how many bytes of the input the stream took; its types do not know that. */
function inflateWithLength(bytes: Uint8Array): {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
} {
  return inflateRawSync(bytes, { info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
}

/** CRC and length of what came out, as gzip puts them last (RFC 1952). */
function isTrailerOf(content: Buffer, trailer: Buffer): boolean {
  return trailer.readUInt32LE(0) === crc32(content) && trailer.readUInt32LE(4) === content.length % 2 ** 32
}

function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'
}

/**
 * Ends the damage at the next place that looks like the head of a member. A payload may look so too: then that is
 * damage again.
 */
function findResumption(reading: OpenFile, damage: Damage, size: number): Damage {
  const overlap = MEMBER_HEAD.length - 1
  for (let at = damage.offset + 1; at < size; at += WINDOW_BYTES - overlap) {
    const found = readWindow(reading, at, Math.min(WINDOW_BYTES, size - at)).bytes.indexOf(MEMBER_HEAD)
    if (found >= 0) return { ...damage, length: at + found - damage.offset, torn: false }
  }
  return damage
}
