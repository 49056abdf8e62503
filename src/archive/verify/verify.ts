// Proves that the archive is as it was written: each file by its hash; where that is not known or another, every
// payload hashed again out of the WARC, record by record, every index row held against its record, every stored post
// against its hash. It repairs nothing; the outcome is an event.
import { join } from 'node:path'
import { IntegrityError, LockedError, StorageError } from '../../errors.ts'
import { isUnfinished, readManifest, UNFINISHED_NAME, verifyManifest } from '../copies/manifest.ts'
import { checkIsThere, DATABASE_NAME, openForReading } from '../database/database.ts'
import { explainFailure, guardStorage } from '../database/failures.ts'
import { writeSeal } from '../seal/seal.ts'
import { FIXITY_CHECK } from '../warc/hashes.ts'
import { openArchiveWriter, type WriterOptions } from '../writer.ts'
import type { Checked, FileProof, Problem } from './checked.ts'
import { verifyWarcFiles } from './files.ts'
import { countRows, verifyRows, verifySchema, verifyWords } from './rows.ts'
import { verifyChain } from './run-chain.ts'
import { isWhole, type VerifyScope, WHOLE } from './scope.ts'
import { checkSeal, type SealCheck } from './seal.ts'
import { verifySignatures } from './signature.ts'

export interface VerifyReport {
  readonly problems: readonly Problem[]
  /** Captures and post versions that are as they were written. */
  readonly captures: number
  readonly postVersions: number
  /** Files without a problem, and how that is known. */
  readonly files: readonly Pick<FileProof, 'file' | 'by' | 'why'>[]
  /** Whether what was checked is a backup, which is never written to. */
  readonly isBackup: boolean
  /**
   * False when the outcome was not noted: the archive is a backup, damaged, not to be written, or in use by another
   * command.
   */
  readonly recorded: boolean
}

/** Checks between two looks at the signal and at the rest of the program. */
const CHECKS_PER_TURN = 200
/** Problems that the event names; it always tells their number. */
const PROBLEMS_IN_EVENT = 100

/**
 * Checks everything, or what `scope` says. Throws what opening an archive throws, and the signal's reason when it is
 * aborted.
 */
export async function verifyArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal; readonly scope?: VerifyScope },
): Promise<VerifyReport> {
  const scope = options.scope ?? WHOLE
  const problems: Problem[] = []
  const proofs: FileProof[] = []
  const found = { capture: 0, post: 0, other: 0 }
  let turn = 0
  for (const checked of checkArchive(dir, scope)) {
    if (!('ok' in checked)) problems.push(checked)
    else if (checked.ok === 'file') proofs.push(checked.proof)
    else found[checked.ok] += checked.count ?? 1
    if (++turn % CHECKS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    options.signal.throwIfAborted()
  }
  const files = proofs.map(({ file, by, why }) => ({ file, by, why }))
  const report = { problems, captures: found.capture, postVersions: found.post, files }
  // Writing to a backup would make it differ from its manifest and from its original.
  const isBackup = readManifest(dir) !== null || isUnfinished(dir)
  return { ...report, isBackup, recorded: !isBackup && recordOutcome(dir, { ...options, scope }, report, proofs) }
}

/** Every check of an archive, one at a time. */
export function* checkArchive(dir: string, scope: VerifyScope = WHOLE): Generator<Checked> {
  if (isUnfinished(dir)) return yield { where: UNFINISHED_NAME, what: UNFINISHED }
  const path = join(dir, DATABASE_NAME)
  checkIsThere(path)
  if (isWhole(scope)) yield* verifyManifest(dir)
  const seal = isWhole(scope) ? yield* checkSeal(path) : UNASKED
  const isSealed = seal.isSame && scope.isThorough !== true
  const db = openForReading(path)
  try {
    // A view in the place of a table may have no end, and says what its maker likes.
    const schema = isSealed ? [] : [...verifySchema(db)]
    yield* schema
    if (schema.some((one) => !('ok' in one))) return yield { where: DATABASE_NAME, what: STRANGE }
    if (isWhole(scope) && !isSealed) yield* verifyWords(path)
    yield* verifyWarcFiles(db, dir, scope, isSealed)
    if (isWhole(scope)) yield* verifyChain(db)
    if (isWhole(scope)) yield* verifySignatures(db, dir)
    yield* isSealed ? countRows(db) : verifyRows(db, scope)
    yield { ok: 'file', proof: proofOf(seal, isSealed) }
  } catch (error) {
    const explained = explainFailure('it cannot be read to its end', error)
    if (!(explained instanceof IntegrityError)) throw explained
    yield { where: DATABASE_NAME, what: explained.message }
  } finally {
    db.close()
  }
}

const UNFINISHED = 'this backup was not finished; none of its files was looked at'
const STRANGE =
  'holds tables or views of somebody else, so nothing in it was looked at; `unspool rebuild` makes it again'
const UNASKED: SealCheck = { isSame: false, why: 'only a part of the archive was asked for', found: null }

function proofOf({ isSame, why, found }: SealCheck, isSealed: boolean): FileProof {
  return { file: DATABASE_NAME, by: isSealed ? 'hash' : 'rows', why, seal: isSame ? null : found }
}

function recordOutcome(
  dir: string,
  options: WriterOptions & { readonly scope: VerifyScope },
  report: Omit<VerifyReport, 'recorded' | 'isBackup'>,
  proofs: readonly FileProof[],
): boolean {
  try {
    if (report.problems.length === 0) sealAnew(dir, proofs)
    const writer = openArchiveWriter(dir, options)
    try {
      const run = writer.beginRun({ command: 'verify', options: { ...options.scope } })
      const outcome = report.problems.length === 0 ? 'success' : 'failure'
      const { captures, postVersions, problems } = report
      const files = proofs.flatMap(({ hash }) => hash ?? [])
      const remarks = isWhole(options.scope) ? report.files.filter(({ why }) => why !== null) : []
      const named = { problems: problems.slice(0, PROBLEMS_IN_EVENT), remarks, files }
      const detail = { captures, postVersions, found: problems.length, ...named }
      writer.recordEvent(run, { type: FIXITY_CHECK, outcome, detail })
      return true
    } finally {
      writer.close()
    }
  } catch (error) {
    if (error instanceof LockedError || error instanceof IntegrityError || error instanceof StorageError) return false
    throw error
  }
}

/** The bytes were hashed before the rows were looked at: should they have changed since, the seal fits no more. */
function sealAnew(dir: string, proofs: readonly FileProof[]): void {
  for (const { seal } of proofs)
    if (seal) guardStorage(`${dir} cannot be sealed`, () => writeSeal(join(dir, DATABASE_NAME), seal))
}
