// Reports of runs, kept as files beside the archive's database, and the room that is left on its disk.
import { existsSync, lstatSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { putInPlace } from '../copies/whole-files.ts'
import { guardStorage } from '../database/failures.ts'
import { makeFolder } from '../warc/file.ts'

const REPORT_FOLDER = 'reports'

/** Writes `reports/<run>.<ending>` for each text, whole or not at all. Returns the paths. */
export function keepReport(dir: string, run: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const folder = join(dir, REPORT_FOLDER)
  return guardStorage(`the report of run ${run} cannot be written to ${folder}`, () => {
    makeFolder(folder)
    return Object.entries(texts).map(([ending, text]) => writeWhole(join(folder, `${run}.${ending}`), text))
  })
}

/**
 * A reader never sees half a file: written beside it, synced, then renamed. A device, pipe or link is written to as it
 * is.
 */
export function writeWhole(path: string, content: string | Uint8Array): string {
  return guardStorage(`${path} cannot be written`, () => {
    const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true
    writeFileSync(isFile ? `${path}.new` : path, content)
    if (isFile) putInPlace(`${path}.new`, path)
    return path
  })
}

/** Bytes that the disk of a folder, or of the nearest one above it that exists, has left for us. */
export function freeBytes(dir: string): number {
  if (!existsSync(dir) && dirname(dir) !== dir) return freeBytes(dirname(dir))
  const { bavail, bsize } = guardStorage(`the disk of ${dir} cannot be asked`, () => statfsSync(dir))
  return bavail * bsize
}
