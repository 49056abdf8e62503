// What events say of WARC files as bytes: the end of a run hashes the files it wrote, a fixity check those that it read
// record by record. A file that is still so need not be unpacked to be proven. The events are in the chain of runs, and
// signed with it.
import type { Database } from 'better-sqlite3'
import { createRunningHash } from '../../fixity.ts'
import { groupBy } from '../../grouping.ts'
import { readPieces } from '../copies/whole-files.ts'

/** In the detail of events, under `files`. */
export interface FileHash {
  /** Inside the folder warc/. */
  readonly name: string
  /** Hashed from the beginning: the record that says so may follow in the same file. */
  readonly bytes: number
  readonly sha256: string
  /** Captures whose bytes had been removed from it by then: another number means another file. */
  readonly redacted: number
}

export const RUN_ENDED = 'run ended'
export const FIXITY_CHECK = 'fixity check'

/** By the name of the file. */
export function readFileHashes(db: Database): ReadonlyMap<string, readonly FileHash[]> {
  return groupBy(db.prepare<[], FileHash>(TOLD).all(), ({ name }) => name)
}

/** Hex SHA-256 of the first so many bytes of a file, for each of `lengths`, in one reading; a step after each piece. */
export function* hashBeginnings(
  path: string,
  lengths: readonly number[],
): Generator<{ readonly ok: 'other' }, ReadonlyMap<number, string>> {
  const hash = createRunningHash()
  const hashes = new Map<number, string>()
  let done = 0
  for (const length of [...new Set(lengths)].sort((a, b) => a - b)) {
    for (const piece of readPieces(path, length - done, done)) {
      hash.update(piece)
      done += piece.length
      yield { ok: 'other' }
    }
    if (done === length) hashes.set(length, hash.soFar())
  }
  return hashes
}

const TOLD = `
  SELECT f.value ->> 'name' AS name, f.value ->> 'bytes' AS bytes, f.value ->> 'sha256' AS sha256,
    f.value ->> 'redacted' AS redacted
  FROM events AS e, json_each(iif(json_valid(e.detail), e.detail, '{}'), '$.files') AS f WHERE e.type IN ('${RUN_ENDED}', '${FIXITY_CHECK}')`
