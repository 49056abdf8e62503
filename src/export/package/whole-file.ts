// Writes files so that their reader sees all of them or nothing: beside the target, synced, renamed.
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { StorageError } from '../../errors.ts'
import { makeFolders } from '../../folders.ts'
import { measure, type PackagePart, type Stored } from './part.ts'

/**
 * Ends the name of what is not whole. Nobody else's file is called so: drafts are written over and thrown away unasked.
 */
export const DRAFT = '.unspool-part'

/**
 * Writes parts to their targets, whatever their own paths are; none has its name before all are written. `told` of each
 * by its name. Throws StorageError.
 */
export function writeTogether(
  files: readonly (readonly [target: string, part: PackagePart])[],
  told: (stored: Stored) => void = () => undefined,
): readonly Stored[] {
  const targets: string[] = []
  const write = (target: string, part: PackagePart): Stored => {
    if (isDevice(target)) return writePieces(target, part)
    makeFolders(dirname(target))
    targets.push(target)
    return writePieces(target + DRAFT, part)
  }
  try {
    const stored = files.map(([target, part]) => {
      const one = { ...attempt(target, () => write(target, part)), path: basename(target) }
      told(one)
      return one
    })
    for (const target of targets) attempt(target, () => renameSync(target + DRAFT, target))
    return stored
  } catch (error) {
    for (const target of targets) rmSync(target + DRAFT, { force: true })
    throw error
  }
}

/** Writes and syncs a file under its own name. */
export function writePieces(path: string, part: PackagePart): Stored {
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

/** Failures of the system, which have a word for a code, become StorageError; errors of our own and a stop pass. */
export function attempt<T>(target: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw explain(target, error)
  }
}

export function explain(target: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return cause
  const advice = 'free some space or choose another place with --to'
  return new StorageError(`cannot write ${target}: ${cause.message}; ${advice}`, { cause })
}
