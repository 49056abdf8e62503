// The members of a ZIP file, one at a time, from its directory at the end. Checks what the library leaves to us: checksums,
// and that a small file does not become a huge one. A bad member spoils no other.
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Note } from '../../model.ts'
import { labelOf, MAX_RATIO, type Member, type Opening, RATIO_FREE_BYTES, warn, wordsOf } from './container.ts'
import { ContainerError } from './damage.ts'

const FOLDER_END = /[/\\]$/

/** @throws ContainerError when the directory cannot be read (any further): the file is cut or no ZIP. */
export async function* listZip(path: string, { input, onBytes }: Opening): AsyncGenerator<Member | Note> {
  // Names are labels here: one that points out of the folder must not stop the others, so they are not checked.
  const zip = await guard(openPromise(path, { decodeStrings: false, autoClose: false }))
  const spent = { bytes: 0, limit: Math.max(RATIO_FREE_BYTES, zip.fileSize * MAX_RATIO) }
  try {
    const entries = zip.eachEntry()
    for (let next = await guard(entries.next()); next.done !== true; next = await guard(entries.next())) {
      const name = nameOf(next.value)
      if (!FOLDER_END.test(name)) yield memberOf(zip, next.value, name, labelOf(input, name), { spent, onBytes })
    }
  } finally {
    zip.close()
  }
}

interface Watch extends Pick<Opening, 'onBytes'> {
  readonly spent: Spent
}

interface Spent {
  bytes: number
  readonly limit: number
}

function memberOf(zip: ZipFile, entry: Entry, name: string, label: string, watch: Watch): Member | Note {
  if (entry.isEncrypted())
    return warn('encrypted-member', 'It is encrypted; unpack it with its password and give the folder.', label)
  if (!entry.canDecodeFileData())
    return warn('damaged-member', 'It is packed by a method that is not known; unpack it and give the folder.', label)
  return { name, label, path: null, changedAt: entry.getLastModDate(), bytes: readEntry(zip, entry, watch) }
}

async function* readEntry(zip: ZipFile, entry: Entry, { spent, onBytes }: Watch): AsyncGenerator<Uint8Array> {
  const limit = Math.max(RATIO_FREE_BYTES, entry.compressedSize * MAX_RATIO)
  let [crc, length] = [0, 0]
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    crc = crc32(chunk, crc)
    length += chunk.length
    // Members may share their bytes: then each is harmless, and all together are not.
    spent.bytes += chunk.length
    onBytes(chunk.length * (entry.compressedSize / entry.uncompressedSize))
    if (length > limit || spent.bytes > spent.limit)
      throw new ContainerError(`it becomes more than ${MAX_RATIO} times as long as it is`)
    yield chunk
  }
  if (crc !== entry.crc32) throw new ContainerError('its checksum is wrong')
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
