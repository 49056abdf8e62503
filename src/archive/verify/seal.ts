// Holds archive.sqlite against its seal: equal means that every row and index is what the writer left. It proves
// nothing when the writer died, somebody else changed the file, or rows wait in the write-ahead log: then the rows have
// to be looked at.
import { existsSync, fstatSync, statSync } from 'node:fs'
import { tryStorage } from '../database/failures.ts'
import { closeBytes, hashBytes, openBytes } from '../seal/database-bytes.ts'
import { readSeal, type Seal, STRETCH_BYTES, stretchLength } from '../seal/seal.ts'
import type { Checked } from './checked.ts'

export interface SealCheck {
  readonly isSame: boolean
  /** Why it is not the same, for people; null when it is. */
  readonly why: string | null
  /** The file as it is; null when it could not be hashed whole. Once its rows are proven it may be written. */
  readonly found: Seal | null
}

/** Hashes the file once; gives a step after each stretch. */
export function* checkSeal(path: string): Generator<Checked, SealCheck> {
  if (!existsSync(path)) return { isSame: false, why: 'it is not there', found: null }
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    return { isSame: false, why: 'rows wait in its write-ahead log', found: null }
  const seal = readSeal(path)
  const found = yield* hashStretches(path)
  if (found === null) return { isSame: false, why: 'it could not be read through', found }
  if (seal === null) return { isSame: false, why: 'it has no seal: it was not closed by unspool', found }
  const isSame = seal.bytes === found.bytes && found.hashes.every((hash, stretch) => hash === seal.hashes[stretch])
  return { isSame, why: isSame ? null : 'it is not what unspool left when it closed it', found }
}

/** The seal that a file has to have; null when it cannot be read through. A step after each stretch. */
export function* hashStretches(path: string): Generator<Checked, Seal | null> {
  const fd = openBytes(path)
  try {
    const bytes = fstatSync(fd).size
    const hashes: string[] = []
    for (let stretch = 0; stretch * STRETCH_BYTES < bytes; stretch++) {
      const hash = tryStorage(() => hashBytes(fd, stretch * STRETCH_BYTES, stretchLength(bytes, stretch)))
      if (hash === null) return null
      hashes.push(hash)
      yield { ok: 'other' }
    }
    return { bytes, hashes }
  } finally {
    closeBytes(path, fd)
  }
}
