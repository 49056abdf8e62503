// The members of a ZIP file, one at a time, from its directory at the end. Checks what the library leaves to us:
// checksums, and that a small file does not become a huge one. A bad member spoils no other.
import { open, readFile, stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Note } from '../../model.ts'
import { mostBytesOf, TOO_LONG } from '../compression-ratio.ts'
import { labelOf, MEMBER_LIMIT_BYTES, type Member, type Opening, warn, wordsOf } from './container.ts'
import { ContainerError } from './damage.ts'

const FOLDER_END = /[/\\]$/
/**
 * The end of the directory (APPNOTE 4.3.16), its length, and where in it the length of the comment behind it stands.
 */
const END_MARK = 'PK\x05\x06'
const END_BYTES = 22
const COMMENT_AT = 20
const SIZE_AT = 12
const OFFSET_AT = 16
const MEMBER_MARK = 'PK'
/** The system that made an entry (APPNOTE 4.4.2), and the kind of file in what it keeps as mode (stat.h). */
const UNIX = 3
const FILE_KIND = 0o170000
const SYMBOLIC_LINK = 0o120000
// Names are labels here: one that points out of the folder must not stop the others, so they are not checked.
const OPTIONS = { decodeStrings: false, autoClose: false } as const

/** @throws ContainerError when the directory cannot be read (any further): the file is cut or no ZIP. */
export async function* listZip(path: string, { input, onBytes }: Opening): AsyncGenerator<Member | Note> {
  const zip = await guard(openZip(path))
  const spent = { bytes: 0, limit: mostBytesOf(zip.fileSize) }
  try {
    const entries = zip.eachEntry()
    for (let next = await guard(entries.next()); next.done !== true; next = await guard(entries.next())) {
      const name = nameOf(next.value)
      const named = { name, label: labelOf(input, name) }
      if (!FOLDER_END.test(name) && !isLink(next.value)) yield memberOf(zip, next.value, named, { spent, onBytes })
    }
  } finally {
    zip.close()
  }
}

/**
 * Something may stand around it: SingleFile puts a page there (self-extracting files, 2021 to now), others a program,
 * whose length the offsets in the directory may leave out.
 */
async function openZip(path: string): Promise<ZipFile> {
  const opened = await openPromise(path, OPTIONS).catch((error: unknown) => error)
  if (isZip(opened) && (await headOf(path)) === MEMBER_MARK) return opened
  const whole = (await stat(path)).size > MEMBER_LIMIT_BYTES ? Buffer.alloc(0) : await readFile(path)
  const end = whole.lastIndexOf(END_MARK, undefined, 'latin1')
  const isWhole = end >= 0 && end + END_BYTES <= whole.length
  if (isZip(opened)) {
    if (!isWhole || bytesBefore(whole, end) <= 0) return opened
    opened.close()
  } else if (!isWhole) throw opened
  const from = Math.max(0, bytesBefore(whole, end))
  return fromBufferPromise(whole.subarray(from, end + END_BYTES + whole.readUInt16LE(end + COMMENT_AT)), OPTIONS)
}

function isZip(opened: unknown): opened is ZipFile {
  return !(opened instanceof Error)
}

async function headOf(path: string): Promise<string> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MEMBER_MARK.length), 0, MEMBER_MARK.length, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** What the directory does not count: it ends where its end begins. */
function bytesBefore(whole: Buffer, end: number): number {
  return end - whole.readUInt32LE(end + SIZE_AT) - whole.readUInt32LE(end + OFFSET_AT)
}

interface Watch extends Pick<Opening, 'onBytes'> {
  readonly spent: Spent
}

interface Spent {
  bytes: number
  readonly limit: number
}

function memberOf(zip: ZipFile, entry: Entry, named: Pick<Member, 'name' | 'label'>, watch: Watch): Member | Note {
  if (entry.isEncrypted())
    return warn('encrypted-member', 'It is encrypted; unpack it with its password and give the folder.', named.label)
  if (!entry.canDecodeFileData())
    return warn(
      'damaged-member',
      'It is packed by a method that is not known; unpack it and give the folder.',
      named.label,
    )
  return { ...named, path: null, changedAt: entry.getLastModDate(), bytes: readEntry(zip, entry, watch) }
}

async function* readEntry(zip: ZipFile, entry: Entry, { spent, onBytes }: Watch): AsyncGenerator<Uint8Array> {
  const limit = mostBytesOf(entry.compressedSize)
  let [crc, length] = [0, 0]
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc)
    length += chunk.length
    // Members may share their bytes: then each is harmless, and all together are not.
    spent.bytes += chunk.length
    onBytes(chunk.length * (entry.compressedSize / entry.uncompressedSize))
    if (length > limit || spent.bytes > spent.limit) throw new ContainerError(TOO_LONG)
    yield chunk
  }
  if (crc !== entry.crc32) throw new ContainerError('its checksum is wrong')
}

/** The bytes of a symbolic link are the path of another file: nobody wrote them. */
function isLink({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  return versionMadeBy >>> 8 === UNIX && ((externalFileAttributes >>> 16) & FILE_KIND) === SYMBOLIC_LINK
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
}

/** What the library says of the file as a whole. */
async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new ContainerError(`its directory cannot be read (${wordsOf(error)})`, { cause: error })
  }
}
