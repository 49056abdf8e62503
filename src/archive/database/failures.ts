// Turns what disks and SQLite say into errors a person can act on. It repairs nothing.
import { IntegrityError, LockedError, StorageError, UnspoolError, UsageError } from '../../errors.ts'

/** SHMSIZE: no room for the memory that readers of a log share. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'])
const UNWRITABLE = new Set([
  'ENOENT',
  'EISDIR',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOTDIR',
  'EEXIST',
  'EMFILE',
  'ENFILE',
  'EFBIG',
])
const SQLITE_UNWRITABLE = /^SQLITE_(IOERR|READONLY|CANTOPEN)/
const SQLITE_DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/
const SQLITE_BUSY = /^SQLITE_(BUSY|LOCKED)/
/** SQLite itself does not load: built for another Node, or never built because install scripts were forbidden. */
const NOT_LOADED = 'ERR_DLOPEN_FAILED'
const NOT_BUILT = /^Could not locate the bindings file/
/** Of a statement of ours: the database has the number of our schema, and other tables. */
const OTHER_SCHEMA =
  /^(?:no such (?:table|column|view|index)|table \S+ has (?:no column|\d+ columns)|cannot modify \S+ because it is a view|ON CONFLICT clause does not match|foreign key mismatch)/

/**
 * Runs `act`; a failure of disk or database becomes a StorageError, IntegrityError or LockedError that names `what`.
 */
export function guardStorage<T>(what: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw explainFailure(what, error)
  }
}

/** Runs what may fail without harm; null when a disk or SQLite refused. */
export function tryStorage<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (codeOf(error) === '') throw error
    return null
  }
}

/**
 * An object whose functions and generators fail in the same words; `after` runs when a function has done its work. JSON
 * that does not parse is a damaged row.
 */
export function guardCalls<T extends object>(what: string, api: T, after: () => void = () => undefined): T {
  const guarded = Object.entries(api).map(([name, member]) => [
    name,
    isFunction(member) ? guardCall(what, member, after) : member,
  ])
  return Object.fromEntries(guarded) as T
}

type Call = (...args: unknown[]) => unknown

function guardCall(what: string, call: Call, after: () => void): Call {
  return (...args) => {
    const result = guardRead(what, () => call(...args))
    if (isGenerator(result)) return guardSteps(what, result)
    if (result instanceof Promise) return result.finally(after)
    after()
    return result
  }
}

function* guardSteps(what: string, steps: Generator<unknown>): Generator<unknown> {
  try {
    for (;;) {
      const step = guardRead(what, () => steps.next())
      if (step.done === true) return
      yield step.value
    }
  } finally {
    steps.return(undefined)
  }
}

function guardRead<T>(what: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw explainFailure(what, error)
    throw new IntegrityError(`${what}: a row is damaged (${error.message}); \`unspool verify\` names it`, {
      cause: error,
    })
  }
}

function isFunction(value: unknown): value is Call {
  return typeof value === 'function'
}

function isGenerator(value: unknown): value is Generator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && isFunction(value.next)
}

/** The error to throw instead, or the same one when it is not about storage. */
export function explainFailure(what: string, error: unknown): unknown {
  if (error instanceof UnspoolError) return error
  const code = codeOf(error)
  const cause = { cause: error }
  const reason = error instanceof Error ? error.message : String(error)
  if (FULL.has(code)) return new StorageError(`${what}: the disk is full; make room and run the command again`, cause)
  if (UNWRITABLE.has(code) || SQLITE_UNWRITABLE.test(code))
    return new StorageError(
      `${what}: ${reason}; check the disk and the rights of the folder, then run the command again`,
      cause,
    )
  if (SQLITE_DAMAGED.test(code))
    return new IntegrityError(
      `${what}: archive.sqlite is damaged or no database (${reason}); run \`unspool rebuild\``,
      cause,
    )
  if (code === 'SQLITE_ERROR' && OTHER_SCHEMA.test(reason))
    return new IntegrityError(
      `${what}: archive.sqlite has other tables than this version of unspool makes (${reason}): an unreleased version made it, or somebody changed it; \`unspool rebuild\` makes it anew from the WARC files`,
      cause,
    )
  if (code === NOT_LOADED || NOT_BUILT.test(reason))
    return new UsageError(
      `SQLite does not load in Node ${process.version}: better-sqlite3 was installed for another version of Node, or its install script did not run. \`npm rebuild better-sqlite3\` in unspool's folder mends it (installed globally: \`npm rebuild --global\`); so does the Node it was installed with`,
      cause,
    )
  if (SQLITE_BUSY.test(code)) return new LockedError(`${what}: another program is using the database; try again`, cause)
  return error
}

/** A commit whose sync failed may be found whole when the database is opened again (fsync and EIO, 2018). */
export function isOutcomeUnknown(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_IOERR')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
