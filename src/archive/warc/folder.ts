// Where an archive keeps its WARC files, and which there are. Names only: nothing is opened here.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { guardStorage } from '../database/failures.ts'

export const WARC_FOLDER = 'warc'

/** Names of the WARC files in an archive, in order of time. */
export function listWarcFiles(dir: string): readonly string[] {
  const folder = join(dir, WARC_FOLDER)
  if (!existsSync(folder)) return []
  return guardStorage(`${folder} cannot be listed`, () => readdirSync(folder))
    .filter((name) => name.endsWith('.warc.gz'))
    .sort()
}
