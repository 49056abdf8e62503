// Reads of files on a disk that fails in places. Who verifies or saves passes over such places, and sees zeros there,
// as tools leave them that copy failing disks; everybody else stops: the next try may read what this one did not.
import { readSync } from 'node:fs'
import { StorageError } from '../../errors.ts'

export type AtBadSector = 'stop' | 'pass over'

/** What a disk reads whole or not at all, in bytes; smaller sectors are passed over with their neighbours. */
const SECTOR_BYTES = 4096

/** A file that is open. */
export interface OpenFile {
  readonly path: string
  readonly fd: number
  readonly at: AtBadSector
}

export interface Stretch {
  readonly bytes: Buffer
  /** False when some of them could not be read and are zeros. */
  readonly isWhole: boolean
}

/** Reads up to `length` bytes from `start`. Throws StorageError at a bad sector, unless told to pass over it. */
export function readStretch({ path, fd, at }: OpenFile, start: number, length: number): Stretch {
  const bytes = Buffer.alloc(length)
  const read = tryRead(fd, bytes, start)
  if (read !== null) return { bytes: bytes.subarray(0, read), isWhole: true }
  if (at === 'stop')
    throw new StorageError(
      `${path} cannot be read: the disk fails between its bytes ${start} and ${start + length} (EIO); copy the archive to another disk, or save the rest with \`unspool recover\``,
    )
  for (let done = 0; done < length; ) {
    const end = Math.min(length, done + SECTOR_BYTES - ((start + done) % SECTOR_BYTES))
    const sector = bytes.subarray(done, end)
    if (tryRead(fd, sector, start + done) === null) sector.fill(0)
    done = end
  }
  return { bytes, isWhole: false }
}

/** How many bytes there were; null when the disk cannot read them. */
function tryRead(fd: number, into: Buffer, start: number): number | null {
  try {
    return readSync(fd, into, 0, into.length, start)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EIO') return null
    throw error
  }
}
