// Parts as members of a ZIP file, streamed: one part at a time, nothing of it held but the list of members.
import { closeSync, createWriteStream, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { makeFolders } from '../../folders.ts'
import { measure, type PackagePart, type Sink, type Stored } from './part.ts'
import { attempt, DRAFT, explain, isDevice } from './whole-file.ts'

/** Opens a ZIP file; `mtime` is the time of every member. Large ones become ZIP64 by themselves. */
export function openZip(target: string, mtime: Date): Sink {
  const isPiped = isDevice(target)
  const draft = isPiped ? target : target + DRAFT
  attempt(target, () => makeFolders(dirname(target)))
  const zip = new ZipFile()
  const file = createWriteStream(draft)
  const written = pipeline(zip.outputStream, file)
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject)
    written.catch(reject)
  })
  failed.catch(() => undefined) // whoever waits for `add` or `finish` is told
  const wait = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([work, failed]).catch((error: unknown) => {
      throw explain(target, error)
    })
  return {
    add: (part) => wait(addMember(zip, part, mtime)),
    finish: async () => {
      zip.end()
      await wait(written)
      if (!isPiped) attempt(target, () => putInPlace(draft, target))
    },
    discard: () => {
      file.destroy()
      if (!isPiped) rmSync(draft, { force: true })
    },
  }
}

/**
 * WARC files are stored as they are, so that a replay tool can cut records out of the ZIP (WACZ 1.1.1, "Zip
 * Compression").
 */
function addMember(zip: ZipFile, part: PackagePart, mtime: Date): Promise<Stored> {
  return new Promise((resolve, reject) => {
    zip.addReadStreamLazy(part.path, { compress: part.isPacked !== true, mtime }, (give) => {
      const pieces = Readable.from(measure(part, resolve), { objectMode: false })
      pieces.on('error', reject) // yazl does not listen
      give(null, pieces)
    })
  })
}

function putInPlace(draft: string, target: string): void {
  const fd = openSync(draft, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(draft, target)
}
