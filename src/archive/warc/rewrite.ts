// Writes a WARC file anew with some of its records replaced: the one case in which a closed file changes. All other
// bytes are carried over as they are. The new file lies beside the old one until the index speaks of it.
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { putInPlace } from '../copies/whole-files.ts'
import { type RecordPlace, syncFolder } from './file.ts'

/** Ends the name of a new file that has not taken its place yet. */
export const REWRITTEN = '.rewritten'
/** Bytes carried over at once. */
const PIECE_BYTES = 1_048_576

/** A record's old place and the member that stands there from now on. */
export interface Replaced extends RecordPlace {
  readonly member: Uint8Array
}

/** Writes `path` + REWRITTEN and syncs it; `replaced` in the order of their places. Returns its size. */
export function writeBeside(path: string, replaced: readonly Replaced[]): number {
  const from = openSync(path, 'r')
  const to = openSync(path + REWRITTEN, 'w')
  try {
    let done = 0
    for (const { offset, length, member } of replaced) {
      carryOver(from, to, done, offset)
      writeAll(to, member)
      done = offset + length
    }
    carryOver(from, to, done, statSync(path).size)
    fsyncSync(to)
    // The index speaks of the new file before that has the name of the old: it has to be found under its own.
    syncFolder(dirname(path))
    return statSync(path + REWRITTEN).size
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

/** Gives the new file the name of the old; again when that was done already does nothing. */
export function takePlace(path: string): void {
  if (existsSync(path + REWRITTEN)) putInPlace(path + REWRITTEN, path)
}

/** Removes new files that the index never came to speak of. */
export function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) if (name.endsWith(REWRITTEN)) rmSync(join(folder, name), { force: true })
}

function carryOver(from: number, to: number, start: number, end: number): void {
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, end - start))
  for (let at = start; at < end; ) {
    const read = readSync(from, piece, 0, Math.min(piece.length, end - at), at)
    if (read === 0) throw new Error(`the file ended at byte ${at}, not at ${end}`)
    writeAll(to, piece.subarray(0, read))
    at += read
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}
