// SQLite's write-ahead log, read for one question: which stretches of the database will its pages overwrite? (Format:
// sqlite.org/fileformat2.html, 4.1.) Locks are held on archive.sqlite and -shm only, so this file can be opened at
// will.
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { STRETCH_BYTES } from './seal.ts'

const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const PAGE_SIZE_AT = 8
/** Two numbers that a log of an earlier round does not share, in the header and in each frame. */
const SALT_AT = 16
const FRAME_SALT_AT = 8
const SALT_BYTES = 8
/** Frames read at once. */
const FRAMES = 256

/** Numbers of the stretches in which the pages of the log lie; a torn end of the log may add some. */
export function readTouched(path: string): ReadonlySet<number> {
  const touched = new Set<number>()
  if (!existsSync(`${path}-wal`)) return touched
  const fd = openSync(`${path}-wal`, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    if (readSync(fd, header, 0, HEADER_BYTES, 0) === HEADER_BYTES) readFrames(fd, header, touched)
    return touched
  } finally {
    closeSync(fd)
  }
}

function readFrames(fd: number, header: Buffer, touched: Set<number>): void {
  const pageSize = header.readUInt32BE(PAGE_SIZE_AT)
  const frameBytes = FRAME_HEADER_BYTES + pageSize
  const salt = header.subarray(SALT_AT, SALT_AT + SALT_BYTES)
  const frames = Buffer.allocUnsafe(FRAMES * frameBytes)
  for (let at = HEADER_BYTES; ; at += frames.length) {
    const read = readSync(fd, frames, 0, frames.length, at)
    for (let frame = 0; frame + frameBytes <= read; frame += frameBytes) {
      const from = frame + FRAME_SALT_AT
      if (salt.compare(frames, from, from + SALT_BYTES) !== 0) return
      touched.add(Math.floor(((frames.readUInt32BE(frame) - 1) * pageSize) / STRETCH_BYTES))
    }
    if (read < frames.length) return
  }
}
