// Whole files of an archive: hashed, and copied to another folder so that a reader sees the copy complete or not at
// all. Knows nothing of what is in them.
import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, utimesSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { IntegrityError } from '../../errors.ts'
import { sha256Of } from '../../fixity.ts'
import { guardStorage } from '../database/failures.ts'
import { makeFolder, syncFolder } from '../warc/file.ts'

/** Bytes read at once. */
const PIECE_BYTES = 1_048_576
/** Ends the name of a copy that is not whole; the next copy of the same file begins anew. */
const PARTIAL = '.part'

/** Hex SHA-256 of a file, or of its first `length` bytes. */
export function hashFile(path: string, length = Number.POSITIVE_INFINITY): string {
  return sha256Of(readPieces(path, length))
}

/**
 * Copies the first `length` bytes, syncs them, proves them by hashing both ends, and only then gives them their name.
 * The copy has the time of the original. Returns the hash. Throws IntegrityError when the disk gave back other bytes.
 */
export function copyWhole(from: string, to: string, length = Number.POSITIVE_INFINITY): string {
  makeFolder(dirname(to))
  const partial = to + PARTIAL
  const sent = sha256Of(writePieces(partial, readPieces(from, length)))
  if (hashFile(partial) !== sent) throw new IntegrityError(`${partial} was not written as it was sent; check the disk`)
  const { atime, mtime } = statSync(from)
  utimesSync(partial, atime, mtime)
  putInPlace(partial, to)
  return sent
}

/** Renames a finished file and makes the new name durable. */
export function putInPlace(from: string, to: string): void {
  syncFile(from)
  renameSync(from, to)
  syncFolder(dirname(to))
}

function syncFile(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/**
 * Up to `length` bytes from `start`; each piece is overwritten by the next. Throws StorageError where the disk cannot
 * read them.
 */
export function* readPieces(path: string, length: number, start = 0): Generator<Uint8Array> {
  const fd = openSync(path, 'r')
  try {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length))
    for (let done = 0; done < length; ) {
      const next = Math.min(length - done, PIECE_BYTES)
      const read = guardStorage(`${path} cannot be read`, () => readSync(fd, piece, 0, next, start + done))
      if (read === 0) return
      done += read
      yield piece.subarray(0, read)
    }
  } finally {
    closeSync(fd)
  }
}

/** Hands each piece on after it was written. */
function* writePieces(path: string, pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  const fd = openSync(path, 'w')
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done)
      yield piece
    }
  } finally {
    closeSync(fd)
  }
}
