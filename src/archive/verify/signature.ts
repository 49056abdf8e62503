// Signatures of runs by the archive's own key (Ed25519, RFC 8032), when it has one: each run that ends is signed over
// the digest of all it left, and so, through the chain, over all runs before it. Who changes the past cannot sign it
// again.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { IntegrityError, UsageError } from '../../errors.ts'
import { digestOf, isPrivateKey, isSignedBy, makeKeyPair, publicKeyOf, sign } from '../../fixity.ts'
import { putInPlace } from '../copies/whole-files.ts'
import { guardStorage } from '../database/failures.ts'
import { type FileHash, RUN_ENDED } from '../warc/hashes.ts'
import type { Checked } from './checked.ts'
import { createRunHasher } from './run-chain.ts'

/** The private key, PKCS #8 in PEM. Its owner alone may read it; backups leave it out. */
export const KEY_NAME = 'signing-key.pem'
const OWNER_ONLY = 0o600
const OTHERS = 0o077

/** Detail of a 'run ended' event; the public key is beside the signature, so the WARC file alone can be checked. */
interface RunSignature {
  /** Hex SHA-256 over the run and its records (see run-chain.ts). */
  readonly digest: string
  /** Base64 of the public key, SPKI in DER. */
  readonly key: string
  /** Base64. */
  readonly signature: string
}

/** Makes the key of an archive and returns its fingerprint. Throws UsageError when it has one already. */
export function makeSigningKey(dir: string): string {
  const path = join(dir, KEY_NAME)
  if (existsSync(path)) throw new UsageError(`${path} is there already; runs are signed with it`)
  const draft = `${path}.part`
  try {
    return guardStorage(`${path} cannot be written`, () => {
      rmSync(draft, { force: true })
      writeFileSync(draft, makeKeyPair(), { flag: 'wx', mode: OWNER_ONLY })
      putInPlace(draft, path)
      return fingerprintOf(publicKeyOf(readFileSync(path, 'utf8')))
    })
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Asked before a run, whose end would be too late. Throws IntegrityError when the archive has a key that signs nothing.
 */
export function checkSigningKey(dir: string): void {
  const path = join(dir, KEY_NAME)
  if (existsSync(path) && !isSigningKey(path))
    throw new IntegrityError(
      `${path} is no private key; put your own copy of it back, or take it away and make another by \`unspool verify --make-key\``,
    )
}

function isSigningKey(path: string): boolean {
  return isPrivateKey(guardStorage(`${path} cannot be used`, () => readFileSync(path, 'utf8')))
}

/** For the event that ends a run and names its `files`; empty when the archive has no key. */
export function signRun(
  db: Database,
  dir: string,
  runId: string,
  files: readonly FileHash[],
): RunSignature | Record<string, never> {
  const path = join(dir, KEY_NAME)
  if (!existsSync(path)) return {}
  return guardStorage(`${path} cannot be used`, () => {
    const pem = readFileSync(path, 'utf8')
    const digest = createRunHasher(db).manifest(runId, files)
    return { digest, key: publicKeyOf(pem), signature: sign(pem, statementOf(runId, digest)) }
  })
}

/** Every signature held against the run it is of. A run of which some is known to be unreadable was named already. */
export function* verifySignatures(db: Database, dir: string): Generator<Checked> {
  yield* verifyKeyFile(dir)
  const hasher = createRunHasher(db)
  for (const { id, signature, key, digest, files, isDamaged } of db.prepare<[], SignedRow>(SIGNED).all()) {
    const where = `runs ${id}`
    if (!isSignedBy(key, statementOf(id, digest), signature))
      yield { where, what: `its signature is not by the key it names, ${fingerprintOf(key)}` }
    else if (isDamaged === 0 && hasher.manifest(id, JSON.parse(files) as readonly FileHash[]) !== digest)
      yield { where, what: `is not what was signed when it ended (key ${fingerprintOf(key)})` }
    else yield { ok: 'other' }
  }
}

function* verifyKeyFile(dir: string): Generator<Checked> {
  const path = join(dir, KEY_NAME)
  if (!existsSync(path) || process.platform === 'win32') return
  if (!isSigningKey(path)) yield { where: KEY_NAME, what: 'is no private key; put your own copy of it back' }
  const isOpen = (statSync(path).mode & OTHERS) !== 0
  yield isOpen ? { where: KEY_NAME, what: 'can be read by others; chmod 600 it, or make a new key' } : { ok: 'other' }
}

function statementOf(runId: string, digest: string): string {
  return `unspool run ${runId} sha256:${digest}`
}

function fingerprintOf(key: string): string {
  return digestOf(Buffer.from(key, 'base64'))
}

interface SignedRow extends RunSignature {
  readonly id: string
  /** JSON. */
  readonly files: string
  readonly isDamaged: number
}

/** An event that cannot be read any more is named where it is held against its record. */
const SIGNED = `
  SELECT r.id, e.detail ->> 'signature' AS signature, e.detail ->> 'key' AS key, e.detail ->> 'digest' AS digest,
    coalesce(e.detail -> 'files', '[]') AS files,
    EXISTS (SELECT 1 FROM captures AS c JOIN warc_files AS w ON w.key = c.warc_file_key
      WHERE c.run_key = r.key AND w.unreadable_bytes > 0)
      OR EXISTS (SELECT 1 FROM warc_files AS w WHERE w.key = r.warc_file_key AND w.unreadable_bytes > 0) AS isDamaged
  FROM events AS e JOIN runs AS r ON r.key = e.run_key
  WHERE e.type = '${RUN_ENDED}' AND CASE WHEN json_valid(e.detail) THEN e.detail ->> 'signature' IS NOT NULL END
  ORDER BY r.id`
