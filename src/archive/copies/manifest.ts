// The list of a backup's files with their whole-file hashes, in the form that `sha256sum -c` and BagIt read; and the
// note that stands beside it while it is not that of the files.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError, UsageError } from '../../errors.ts'
import type { Checked } from '../verify/checked.ts'
import { hashFile, putInPlace } from './whole-files.ts'

export const MANIFEST_NAME = 'manifest-sha256.txt'
/** There from before the first file of a backup changes until its manifest names them all. */
export const UNFINISHED_NAME = 'backup-unfinished.txt'
const UNFINISHED =
  'The backup to this folder was not finished. Run `unspool backup` into it again. When the archive it is of is lost, remove this file and the manifest, and run `unspool recover` on a copy.\n'

const LINE = /^([0-9a-f]{64}) {2}(.+)$/

/**
 * Throws UsageError: what is written to a backup makes it differ from its manifest, and then nothing proves it any
 * more.
 */
export function refuseBackup(dir: string): void {
  if (isUnfinished(dir))
    throw new UsageError(`${dir} is a backup that was not finished; ${join(dir, UNFINISHED_NAME)} says what to do`)
  if (existsSync(join(dir, MANIFEST_NAME)))
    throw new UsageError(
      `${dir} is a backup and is not written to; to go on with it as an archive, copy it and leave out its ${MANIFEST_NAME}`,
    )
}

/** Hash by path inside the folder; null when the folder has no manifest. */
export function readManifest(dir: string): ReadonlyMap<string, string> | null {
  const path = join(dir, MANIFEST_NAME)
  if (!existsSync(path)) return null
  const lines = readFileSync(path, 'utf8').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [, hash, name] = LINE.exec(line) ?? []
      return hash === undefined || name === undefined ? [] : [[name, hash] as const]
    }),
  )
}

export function isUnfinished(dir: string): boolean {
  return existsSync(join(dir, UNFINISHED_NAME))
}

/** Until `writeManifest`. */
export function markUnfinished(dir: string): void {
  const path = join(dir, UNFINISHED_NAME)
  writeFileSync(path, UNFINISHED)
  putInPlace(path, path)
}

export function writeManifest(dir: string, hashes: ReadonlyMap<string, string>): void {
  const path = join(dir, MANIFEST_NAME)
  const lines = [...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hash]) => `${hash}  ${name}\n`)
  writeFileSync(`${path}.new`, lines.join(''))
  putInPlace(`${path}.new`, path)
  rmSync(join(dir, UNFINISHED_NAME), { force: true })
}

/** Hashes every file of a backup again. Gives nothing where there is no manifest. */
export function* verifyManifest(dir: string): Generator<Checked> {
  for (const [name, hash] of readManifest(dir) ?? []) {
    const what = existsSync(join(dir, name))
      ? differenceOf(join(dir, name), hash)
      : 'is named by the manifest and is gone'
    yield what === null ? { ok: 'other' } : { where: name, what }
  }
}

function differenceOf(path: string, hash: string): string | null {
  try {
    return hashFile(path) === hash ? null : 'is not what the manifest says'
  } catch (error) {
    if (error instanceof StorageError) return error.message
    throw error
  }
}
