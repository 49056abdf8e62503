// Writes one file so that its reader sees all of it or nothing: beside the target, synced, renamed.
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageError } from '../../errors.ts'
import { measure, type Part, type Stored } from './part.ts'

/**
 * Ends the name of what is not whole. Nobody else's file is called so: drafts are written over and thrown away unasked.
 */
export const DRAFT = '.unspool-part'

/** Writes a part to `target`, whatever the part's own path is. Throws StorageError. */
export function writeWhole(target: string, part: Part): Stored {
  return attempt(target, () => {
    if (isDevice(target)) return writePieces(target, part)
    mkdirSync(dirname(target), { recursive: true })
    const draft = target + DRAFT
    try {
      const stored = writePieces(draft, part)
      renameSync(draft, target)
      return stored
    } catch (error) {
      rmSync(draft, { force: true })
      throw error
    }
  })
}

/** Writes and syncs a file under its own name. */
export function writePieces(path: string, part: Part): Stored {
  let stored: Stored | null = null
  const fd = openSync(path, 'w')
  try {
    const pieces = measure(part, (told) => {
      stored = told
    })
    for (const piece of pieces) for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done)
    if (!isDevice(path)) fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  return stored!
}

/** A terminal, a pipe, `/dev/null`, a link such as `/dev/stdout`: renamed over, it would be gone. */
export function isDevice(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile() && !found.isDirectory()
}

/** Failures of the system become StorageError; errors of our own pass. */
export function attempt<T>(target: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw explain(target, error)
  }
}

export function explain(target: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  const advice = 'free some space or choose another place with --to'
  return new StorageError(`cannot write ${target}: ${cause.message}; ${advice}`, { cause })
}
