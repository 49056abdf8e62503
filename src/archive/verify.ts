// Proves that the archive is as it was written: every payload hashed again out of the WARC, record by record; every index row
// held against its record; every stored post against its hash. It repairs nothing; the outcome is an event.
import { join } from 'node:path'
import { IntegrityError, LockedError, StorageError } from '../errors.ts'
import { DATABASE_NAME, openForReading } from './database.ts'
import { explainFailure } from './failures.ts'
import { readManifest, verifyManifest } from './manifest.ts'
import { verifyChain } from './run-chain.ts'
import { verifySignatures } from './signature.ts'
import { verifyRows, verifyWords } from './verify-rows.ts'
import { type VerifyScope, WHOLE } from './verify-scope.ts'
import { verifyWarcFiles } from './verify-warc.ts'
import { openArchiveWriter, type WriterOptions } from './writer.ts'

/** Something that is not as it was written. */
export interface Problem {
  /** File and byte, or table and row. */
  readonly where: string
  readonly what: string
}

/** What a check came across: a thing that is as it was written, or a problem. */
export type Checked = { readonly ok: 'capture' | 'post' | 'other' } | Problem

export interface VerifyReport {
  readonly problems: readonly Problem[]
  /** Captures and post versions that are as they were written. */
  readonly captures: number
  readonly posts: number
  /** False when the outcome could not be noted: another command writes to the archive, it is damaged, or it is a backup. */
  readonly recorded: boolean
}

/** Checks between two looks at the signal and at the rest of the program. */
const CHECKS_PER_TURN = 200
/** Problems that the event names; it always tells their number. */
const PROBLEMS_IN_EVENT = 100

/** Checks everything, or what `scope` says. Throws what opening an archive throws, and the signal's reason when it is aborted. */
export async function verifyArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal; readonly scope?: VerifyScope },
): Promise<VerifyReport> {
  const scope = options.scope ?? WHOLE
  const problems: Problem[] = []
  const found = { capture: 0, post: 0, other: 0 }
  let turn = 0
  for (const checked of checkArchive(dir, scope)) {
    if ('ok' in checked) found[checked.ok]++
    else problems.push(checked)
    if (++turn % CHECKS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    options.signal.throwIfAborted()
  }
  const report = { problems, captures: found.capture, posts: found.post }
  // Writing to a backup would make it differ from its manifest and from its original.
  const isBackup = readManifest(dir) !== null
  return { ...report, recorded: !isBackup && recordOutcome(dir, { ...options, scope }, report) }
}

/** Every check of an archive, one at a time. */
export function* checkArchive(dir: string, scope: VerifyScope = WHOLE): Generator<Checked> {
  if (scope === WHOLE) yield* verifyManifest(dir)
  if (scope === WHOLE) yield* verifyWords(join(dir, DATABASE_NAME))
  const db = openForReading(join(dir, DATABASE_NAME))
  try {
    yield* verifyWarcFiles(db, dir, scope)
    if (scope === WHOLE) yield* verifyChain(db)
    if (scope === WHOLE) yield* verifySignatures(db, dir)
    yield* verifyRows(db, scope)
  } catch (error) {
    const explained = explainFailure(DATABASE_NAME, error)
    if (!(explained instanceof IntegrityError)) throw explained
    yield { where: DATABASE_NAME, what: explained.message }
  } finally {
    db.close()
  }
}

function recordOutcome(
  dir: string,
  options: WriterOptions & { readonly scope: VerifyScope },
  report: Omit<VerifyReport, 'recorded'>,
): boolean {
  try {
    const writer = openArchiveWriter(dir, options)
    try {
      const run = writer.beginRun({ command: 'verify', options: { ...options.scope } })
      const outcome = report.problems.length === 0 ? 'success' : 'failure'
      const { captures, posts, problems } = report
      const detail = { captures, posts, found: problems.length, problems: problems.slice(0, PROBLEMS_IN_EVENT) }
      writer.recordEvent(run, { type: 'fixity check', outcome, detail })
      return true
    } finally {
      writer.close()
    }
  } catch (error) {
    if (error instanceof LockedError || error instanceof IntegrityError || error instanceof StorageError) return false
    throw error
  }
}
