// Bytes that are no text, or none that is read: told by how they begin, and by control characters.
import { decodeText } from '../../charset.ts'

/** How much is looked at, in bytes. */
const SNIFF_LENGTH = 65_536
/** Text holds next to no control characters: above this share it is binary. */
const CONTROL_SHARE = 0.05
/** A disk that lost a sector gives zeros in its place: so many in a row are no sign of anything, in bytes. */
const HOLE = /\0{64,}/g
/** In EBCDIC the space is 0x40 and letters stand above 0x80; so is no text of any other charset. */
const EBCDIC_SPACE = 0x40
const EBCDIC_SPACE_SHARE = 0.05
const EBCDIC_HIGH_SHARE = 0.5
const EBCDIC_MIN_BYTES = 32
const EBCDIC_LENGTH = 4096

// Only marks no text starts with; other media are known by their control characters.
const MAGIC: readonly (readonly [name: string, bytes: string])[] = [
  ['a PDF file', '%PDF-'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xFF\xD8\xFF'],
  ['a GIF image', 'GIF87a'],
  ['a GIF image', 'GIF89a'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['a gzip file', '\x1F\x8B'],
  ['an xz file', '\xFD7zXZ'],
  ['a zstd file', '\x28\xB5\x2F\xFD'],
  ['a 7-Zip archive', '7z\xBC\xAF'],
  ['a CAR file', ':\xA2eroots'],
  ['a SQLite database', 'SQLite format 3\0'],
  ['a program', '\x7FELF'],
]

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
const CONTROL_BYTE = /[\x00-\x08\x0E-\x1A\x1C-\x1F]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROLS = /[\x01-\x08\x0E-\x1A\x1C-\x1F]/g

/** What the bytes are where they are no text that is read, for people (`a PNG image`); else null. */
export function binaryName(body: Uint8Array): string | null {
  const start = String.fromCharCode(...body.subarray(0, 16))
  const magic = MAGIC.find(([, bytes]) => start.startsWith(bytes))
  if (magic !== undefined) return magic[0]
  const sample = body.subarray(0, SNIFF_LENGTH)
  if (isEbcdic(sample.subarray(0, EBCDIC_LENGTH))) return EBCDIC
  if (!hasControls(sample)) return null
  const { text, charset } = decodeText(sample, null)
  const nuls = charset.startsWith('utf-16') || charset.startsWith('utf-32') ? 0 : countNuls(sample)
  const controls = text.match(CONTROLS)?.length ?? 0
  return nuls + controls > text.length * CONTROL_SHARE ? 'binary data' : null
}

/** The name of what is text, and yet not read. */
export const EBCDIC = 'text in EBCDIC'

function isEbcdic(bytes: Uint8Array): boolean {
  let [spaces, high, blanks] = [0, 0, 0]
  for (const byte of bytes) {
    if (byte === EBCDIC_SPACE) spaces += 1
    else if (byte >= 0x80) high += 1
    else if (byte === 0x20 || byte === 0x0a) blanks += 1
  }
  const isSpaced = spaces >= bytes.length * EBCDIC_SPACE_SHARE && blanks < spaces * CONTROL_SHARE
  return bytes.length >= EBCDIC_MIN_BYTES && isSpaced && high >= bytes.length * EBCDIC_HIGH_SHARE
}

/** Whether the bytes hold any control but white space and ESC, in any charset. Text seldom does. */
function hasControls(bytes: Uint8Array): boolean {
  return CONTROL_BYTE.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
}

/** Of those in holes none. */
function countNuls(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replace(HOLE, '')
  let nuls = 0
  for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0', at + 1)) nuls += 1
  return nuls
}
