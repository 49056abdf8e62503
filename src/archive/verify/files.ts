// Goes through the WARC files. One that is, byte by byte, what an event says of it holds what was written, and needs no
// look at its records while the index is what was written too; every other is read record by record, which names what
// is damaged.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { StorageError } from '../../errors.ts'
import { listWarcFiles, WARC_FOLDER } from '../warc/folder.ts'
import { type FileHash, hashBeginnings, readFileHashes } from '../warc/hashes.ts'
import { isStranger } from '../warc/strangers.ts'
import type { Checked, FileProof } from './checked.ts'
import { isFileInScope, isWhole, type VerifyScope } from './scope.ts'
import { createRowLookup, type FileRow, verifyRecords } from './warc.ts'

interface HashedRow extends FileRow {
  /** Captures whose bytes were removed from it. */
  readonly redacted: number
}

/** `isIndexProven`: the rows are what the writer left. */
export function* verifyWarcFiles(
  db: Database,
  dir: string,
  scope: VerifyScope,
  isIndexProven: boolean,
): Generator<Checked> {
  const files = db.prepare<[], HashedRow>(FILES).all()
  const told = readFileHashes(db)
  const lookup = createRowLookup(db)
  const countBefore = db.prepare<[number, number], number>(CAPTURES_BEFORE).pluck()
  for (const file of files.filter((row) => isFileInScope(scope, row))) {
    const hashed = isWhole(scope) ? yield* checkHash(dir, file, told.get(file.name) ?? []) : UNHASHED
    const from = isIndexProven ? hashed.proven : 0
    if (from > 0) yield { ok: 'capture', count: countBefore.get(file.key, from) ?? 0 }
    const isRight = yield* watch(verifyRecords(dir, file, lookup, from))
    if (isRight) yield { ok: 'file', proof: proofOf(file, from, hashed) }
  }
  const known = new Set(files.map(({ name }) => name))
  for (const name of listWarcFiles(dir)) {
    if (known.has(name)) continue
    yield { where: `${WARC_FOLDER}/${name}`, what: isStranger(dir, name) ? STRANGE : NEW }
  }
}

export const NEW = 'is not in the index; the next command that writes takes it in'
const STRANGE =
  'was not written by this program; move it elsewhere, and if it is a WARC file, `unspool add` takes in what it holds'

interface Hashed {
  /** Bytes from the beginning that are as an event says; 0: none. */
  readonly proven: number
  /** The whole file, when no event says the same. */
  readonly unknown: FileHash | null
  /** Why it is not proven; null when it is. */
  readonly why: string | null
}

const UNHASHED: Hashed = { proven: 0, unknown: null, why: 'only a part of the archive was asked for' }

function* checkHash(dir: string, file: HashedRow, told: readonly FileHash[]): Generator<Checked, Hashed> {
  const path = join(dir, WARC_FOLDER, file.name)
  const { closedBytes: bytes, redacted, name } = file
  if (bytes === null || !existsSync(path) || statSync(path).size !== bytes || file.unreadableBytes > 0)
    return { proven: 0, unknown: null, why: 'it was not closed whole' }
  const claims = told.filter((claim) => claim.redacted === redacted && claim.bytes <= bytes)
  const hashes = yield* tryHashes(path, [...claims.map((claim) => claim.bytes), bytes])
  if (hashes === null) return { proven: 0, unknown: null, why: 'it could not be read through' }
  const proven = claims.filter((claim) => hashes.get(claim.bytes) === claim.sha256).map((claim) => claim.bytes)
  if (proven.length > 0) return { proven: Math.max(...proven), unknown: null, why: null }
  const why =
    claims.length === 0 ? 'nothing tells its hash yet' : 'its hash is not what it was, in bytes that mean nothing'
  return { proven: 0, unknown: { name, bytes, sha256: hashes.get(bytes) ?? '', redacted }, why }
}

/** Null when the disk cannot read it: the records will tell where. */
function* tryHashes(path: string, lengths: readonly number[]): Generator<Checked, ReadonlyMap<number, string> | null> {
  try {
    return yield* hashBeginnings(path, lengths)
  } catch (error) {
    if (error instanceof StorageError) return null
    throw error
  }
}

/** Hands on what was found; tells whether nothing was wrong. */
function* watch(steps: Iterable<Checked>): Generator<Checked, boolean> {
  let isRight = true
  for (const checked of steps) {
    isRight &&= 'ok' in checked
    yield checked
  }
  return isRight
}

function proofOf({ name }: HashedRow, from: number, { unknown, why }: Hashed): FileProof {
  const file = `${WARC_FOLDER}/${name}`
  return from > 0 ? { file, by: 'hash', why: null } : { file, by: 'records', why, hash: unknown }
}

const FILES = `
  SELECT key, name, closed_bytes AS closedBytes, unreadable_bytes AS unreadableBytes, (
    SELECT count(*) FROM captures AS c WHERE c.warc_file_key = w.key AND c.redacted IS NOT NULL) AS redacted
  FROM warc_files AS w ORDER BY name`

const CAPTURES_BEFORE = 'SELECT count(*) FROM captures WHERE warc_file_key = ? AND warc_offset < ?'
