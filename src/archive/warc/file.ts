// A WARC file being written: whole gzip members, synced to disk before they are acknowledged. Knows bytes, not records.
import { closeSync, fsync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { StorageError } from '../../errors.ts'
import { createRunningHash } from '../../fixity.ts'
import { makeFolders } from '../../folders.ts'
import { explainFailure, guardStorage } from '../database/failures.ts'

/** Where a record lies, in bytes of the compressed file. */
export interface RecordPlace {
  readonly offset: number
  readonly length: number
}

/** Bytes that are written and on their way to the disk. */
export interface Written extends RecordPlace {
  /** Settles when they are safe. On failure the file ends again where they began, and a StorageError is thrown. */
  readonly synced: Promise<void>
  /** Waits for the disk here and now; throws the same. */
  syncNow(): void
}

export interface WarcFile {
  readonly name: string
  /** Bytes written so far. */
  size(): number
  /** Hex SHA-256 of these bytes; null when some were taken back: then the file has to be read. */
  sha256(): string | null
  /** Writes a member, or several in a row. Nothing else may be written before they are safe. */
  write(member: Uint8Array): Written
  /** Writes and syncs. On failure the file ends again where it ended before, and a StorageError is thrown. */
  append(member: Uint8Array): RecordPlace
  /** Takes back what was written last, from there on, when the database could not note it. */
  takeBack(offset: number): void
  /** Keeps what is written and takes nothing more: whether the database noted it is not known. */
  stop(): void
  close(): void
}

/** Creates a new file; it must not exist. Its name survives a power loss, because the folder is synced too. */
export function createWarcFile(path: string): WarcFile {
  const fd = guardStorage(`${path} cannot be created`, () => openNew(path))
  const hash = createRunningHash()
  let wasCut = false
  let size = 0
  let broken = false
  const cutTo = (length: number): void => {
    broken = true
    wasCut = true
    ftruncateSync(fd, length)
    fsyncSync(fd)
    size = length
    broken = false
  }
  const orCutTo = (length: number, error: unknown): never => {
    try {
      cutTo(length)
    } catch {
      // Nothing is written after what could not be taken back; of the two failures the first is told.
    }
    throw explainFailure(`${path} cannot be written`, error)
  }
  const giveUp = (error: unknown): never => {
    broken = true
    throw explainFailure(`${path} cannot be written`, error)
  }
  const put = (member: Uint8Array): RecordPlace => {
    if (broken) throw new StorageError(`${path} is not continued after a failed write; run the command again`)
    const place = { offset: size, length: member.length }
    try {
      writeWhole(fd, member, size)
    } catch (error) {
      orCutTo(place.offset, error)
    }
    size += member.length
    hash.update(member)
    return place
  }
  const sync = ({ offset }: RecordPlace): void => {
    try {
      fsyncSync(fd)
    } catch (error) {
      orCutTo(offset, error)
    }
  }
  return {
    name: basename(path),
    size: () => size,
    sha256: () => (wasCut ? null : hash.soFar()),
    write: (member) => {
      const place = put(member)
      let isSafe = false
      const syncNow = (): void => {
        if (!isSafe) sync(place)
        isSafe = true
      }
      const synced = fsyncSoon(fd).then(
        () => {
          isSafe = true
        },
        // Linux tells a failure to one caller only: the other wait may have ended well for no reason.
        (error: unknown) => (isSafe ? giveUp(error) : orCutTo(place.offset, error)),
      )
      return { ...place, synced, syncNow }
    },
    append: (member) => {
      const place = put(member)
      sync(place)
      return place
    },
    takeBack: (offset) => guardStorage(`${path} cannot be cut back`, () => cutTo(offset)),
    stop: () => {
      broken = true
    },
    close: () => closeSync(fd),
  }
}

const fsyncSoon = promisify(fsync)

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

/** Makes a folder, and those above it that are missing; the new names survive a power loss. */
export function makeFolder(path: string): void {
  const first = makeFolders(path)
  if (first === undefined) return
  const above = dirname(resolve(first))
  for (let folder = resolve(path); folder !== above; folder = dirname(folder)) syncFolder(dirname(folder))
}

/** A write may be short without being an error. */
function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}
