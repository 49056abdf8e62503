// Carries the seal of a database over to its backup. A copy made by SQLite has the same pages but for the head of the
// first, in which it counts changes and names the kind of journal. A copy of what was not sealed, or has changed since,
// gets no seal.
import { readSync } from 'node:fs'
import { sha256 } from '../../fixity.ts'
import { hashStretches } from '../verify/seal.ts'
import { closeBytes, openBytes } from './database-bytes.ts'
import { readSeal, removeSeal, type Seal, stretchLength, writeSeal } from './seal.ts'

/** The database header (sqlite.org/fileformat2.html, 1.3). */
const HEAD_BYTES = 100

export function carrySeal(from: string, to: string): void {
  removeSeal(to)
  const seal = readSeal(from)
  if (seal === null || !isBeginningAlike(from, to, seal)) return
  const copy = hashWhole(to)
  if (copy !== null && isRestAlike(copy, seal)) writeSeal(to, copy)
}

function isBeginningAlike(from: string, to: string, seal: Seal): boolean {
  const [first, copied] = [readBeginning(from, seal.bytes), readBeginning(to, seal.bytes)]
  return sha256(first) === seal.hashes[0] && first.subarray(HEAD_BYTES).equals(copied.subarray(HEAD_BYTES))
}

function readBeginning(path: string, bytes: number): Buffer {
  const fd = openBytes(path)
  try {
    const first = Buffer.alloc(stretchLength(bytes, 0))
    return first.subarray(0, readSync(fd, first, 0, first.length, 0))
  } finally {
    closeBytes(path, fd)
  }
}

function isRestAlike(copy: Seal, seal: Seal): boolean {
  const isSame = (hash: string, stretch: number): boolean => stretch === 0 || hash === seal.hashes[stretch]
  return copy.bytes === seal.bytes && copy.hashes.every(isSame)
}

function hashWhole(path: string): Seal | null {
  const steps = hashStretches(path)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
