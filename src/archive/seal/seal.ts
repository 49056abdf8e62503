// The seal of a database: a file beside it with the SHA-256 of every stretch of it, written when a writer has closed
// it. It says that the bytes are those the writer left. Who forges both is found out by the chain of runs and their
// signatures only.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { sha256 } from '../../fixity.ts'

/** Bytes of a stretch: sixteen pages. What a run leaves as it was is not hashed again. */
export const STRETCH_BYTES = 65_536
const ENDING = '.seal'
const TITLE = `unspool seal 1: SHA-256 of every ${STRETCH_BYTES} bytes of the database beside it, then of the lines above`
const HASH = /^[0-9a-f]{64}$/

export interface Seal {
  /** Of the database file. */
  readonly bytes: number
  /** Lower-case hex; the last stretch may be shorter. */
  readonly hashes: readonly string[]
}

export function sealPath(path: string): string {
  return path + ENDING
}

/** Null when there is none, or none that is whole: it has no other use than to save time. */
export function readSeal(path: string): Seal | null {
  if (!existsSync(sealPath(path))) return null
  const text = readFileSync(sealPath(path), 'utf8')
  const end = text.lastIndexOf('\n', text.length - 2) + 1
  const [title, bytes, ...hashes] = text.slice(0, end).split('\n').slice(0, -1)
  if (title !== TITLE || text.slice(end) !== `${sha256(text.slice(0, end))}\n`) return null
  return hashes.every((hash) => HASH.test(hash)) ? { bytes: Number(bytes), hashes } : null
}

/** Not synced: a seal that a loss of power tore is none. */
export function writeSeal(path: string, { bytes, hashes }: Seal): void {
  const text = `${[TITLE, bytes, ...hashes].join('\n')}\n`
  writeFileSync(`${sealPath(path)}.new`, `${text}${sha256(text)}\n`)
  renameSync(`${sealPath(path)}.new`, sealPath(path))
}

export function removeSeal(path: string): void {
  rmSync(sealPath(path), { force: true })
}

/** How long a stretch is in a file of so many bytes. */
export function stretchLength(bytes: number, stretch: number): number {
  return Math.max(0, Math.min(STRETCH_BYTES, bytes - stretch * STRETCH_BYTES))
}
