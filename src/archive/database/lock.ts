// One writer at a time: an exclusive SQLite lock on a small file of its own. The operating system frees it the moment
// its holder dies, however it dies, so there is no stale lock to clean up. It does not keep readers out.
import { join } from 'node:path'
import { IntegrityError, LockedError } from '../../errors.ts'
import { guardStorage } from './failures.ts'
import { SqliteDatabase } from './sqlite.ts'

const LOCK_NAME = 'archive.lock'

export interface Lock {
  release(): void
}

/** Takes the writer's lock of an archive folder at once. Throws LockedError when another command holds it. */
export function takeLock(dir: string): Lock {
  return guardStorage(`the archive ${dir} cannot be locked`, () => {
    const db = new SqliteDatabase(join(dir, LOCK_NAME), { timeout: 0 })
    try {
      db.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      db.close()
      if (isForeign(error))
        throw new IntegrityError(
          `${join(dir, LOCK_NAME)} is not what unspool lays there and locks nothing; remove it and run the command again`,
          { cause: error },
        )
      if (isBusy(error))
        throw new LockedError(`another command is writing to ${dir}; wait for it or stop it`, { cause: error })
      throw error
    }
    return { release: () => void db.close() }
  })
}

function isForeign(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_NOTADB'
}

function isBusy(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
