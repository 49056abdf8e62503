// A WARC file being written: whole gzip members, synced to disk before they are acknowledged. Knows bytes, not records.
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { StorageError } from '../errors.ts'
import { explainFailure, guardStorage } from './failures.ts'

/** Where a record lies, in bytes of the compressed file. */
export interface Place {
  readonly offset: number
  readonly length: number
}

export interface WarcFile {
  readonly name: string
  /** Bytes acknowledged so far. */
  size(): number
  /** Writes and syncs a member, or several in a row. On failure the file ends again where it ended before, and a StorageError is thrown. */
  append(member: Uint8Array): Place
  /** Takes back what was written last, when the database could not note it. */
  takeBack(place: Place): void
  /** Keeps what is written and takes nothing more: whether the database noted it is not known. */
  stop(): void
  close(): void
}

/** Creates a new file; it must not exist. Its name survives a power loss, because the folder is synced too. */
export function createWarcFile(path: string): WarcFile {
  const fd = guardStorage(`${path} cannot be created`, () => openNew(path))
  let size = 0
  let broken = false
  const cutTo = (length: number): void => {
    broken = true
    ftruncateSync(fd, length)
    fsyncSync(fd)
    size = length
    broken = false
  }
  return {
    name: basename(path),
    size: () => size,
    append: (member) => {
      if (broken) throw new StorageError(`${path} is not continued after a failed write; run the command again`)
      const place = { offset: size, length: member.length }
      try {
        writeWhole(fd, member, size)
        fsyncSync(fd)
      } catch (error) {
        cutTo(place.offset)
        throw explainFailure(`${path} cannot be written`, error)
      }
      size += member.length
      return place
    },
    takeBack: (place) => guardStorage(`${path} cannot be cut back`, () => cutTo(place.offset)),
    stop: () => {
      broken = true
    },
    close: () => closeSync(fd),
  }
}

function openNew(path: string): number {
  const fd = openSync(path, 'wx')
  syncFolder(dirname(path))
  return fd
}

/** Makes names in a folder durable. Windows cannot open folders and needs no sync. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** A write may be short without being an error. */
function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}
