// Stretches of WARC files that nothing could be read from: their bytes are kept apart with a note, so that nobody has
// to look for them again, and verify knows them. The WARC file itself is left as it is.
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { digestOf } from '../../fixity.ts'
import type { Recovery } from '../copies/recovery.ts'
import { writeWhole } from '../crawl/reports.ts'
import { guardStorage } from '../database/failures.ts'
import { readStretch } from './bad-sectors.ts'
import { makeFolder, type RecordPlace } from './file.ts'
import { WARC_FOLDER } from './folder.ts'

export const QUARANTINE_FOLDER = 'quarantine'
/** Of the event that names what was set apart. */
export const RECOVERY_EVENT = 'recovery'

/** A stretch that was set apart. */
export interface Quarantined extends RecordPlace {
  readonly file: string
  readonly reason: string
  readonly digest: string
  /** Path in the archive of the bytes; a note of the same name ends in .json. */
  readonly kept: string
}

/** Copies every unreadable stretch to `quarantine/`; again for the same stretch writes the same files. */
export function quarantine(dir: string, damaged: readonly Recovery[]): readonly Quarantined[] {
  const folder = join(dir, QUARANTINE_FOLDER)
  return guardStorage(`${folder} cannot be written`, () => {
    if (damaged.length > 0) makeFolder(folder)
    return damaged.flatMap(({ file, damage }) => damage.map((stretch) => keepStretch(dir, { file, ...stretch })))
  })
}

function keepStretch(
  dir: string,
  stretch: RecordPlace & { readonly file: string; readonly reason: string },
): Quarantined {
  const { file, offset, length } = stretch
  const bytes = readBytes(join(dir, WARC_FOLDER, file), offset, length)
  const kept = `${QUARANTINE_FOLDER}/${file}-${offset}.bin`
  const note = { ...stretch, digest: digestOf(bytes), kept }
  writeWhole(join(dir, kept), bytes)
  writeWhole(join(dir, `${kept.slice(0, -'.bin'.length)}.json`), `${JSON.stringify(note, null, 2)}\n`)
  return note
}

/** What the disk cannot read of it is zeros. */
function readBytes(path: string, offset: number, length: number): Buffer {
  const fd = openSync(path, 'r')
  try {
    return readStretch({ path, fd, at: 'pass over' }, offset, length).bytes
  } finally {
    closeSync(fd)
  }
}

/** Whether a stretch was set apart, and its bytes are still there. */
export type QuarantineTest = (dir: string, file: string, place: RecordPlace) => boolean

export function createQuarantineTest(db: Database): QuarantineTest {
  const named = db.prepare<unknown[], Quarantined>(NAMED)
  return (dir, file, { offset, length }) => {
    const known = named.get(file, offset, length)
    if (known === undefined || !existsSync(join(dir, known.kept))) return false
    return digestOf(readFileSync(join(dir, known.kept))) === known.digest
  }
}

const NAMED = `
  SELECT q.value ->> 'kept' AS kept, q.value ->> 'digest' AS digest
  FROM events AS e, json_each(iif(json_valid(e.detail), e.detail, '{}'), '$.quarantined') AS q
  WHERE e.type = '${RECOVERY_EVENT}' AND q.value ->> 'file' = ? AND q.value ->> 'offset' = ? AND q.value ->> 'length' = ?`
