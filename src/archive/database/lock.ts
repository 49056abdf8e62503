// One writer at a time: an exclusive SQLite lock on a small file of its own. The operating system frees it the moment
// its holder dies, however it dies, so there is no stale lock to clean up. It does not keep readers out.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { LockedError } from '../../errors.ts'
import { guardStorage } from './failures.ts'

export interface Lock {
  release(): void
}

/** Takes the writer's lock of an archive folder at once. Throws LockedError when another command holds it. */
export function takeLock(dir: string): Lock {
  return guardStorage(`the archive ${dir} cannot be locked`, () => {
    const db = new Database(join(dir, 'archive.lock'), { timeout: 0 })
    try {
      db.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      db.close()
      if (isBusy(error))
        throw new LockedError(`another command is writing to ${dir}; wait for it or stop it`, { cause: error })
      throw error
    }
    return { release: () => void db.close() }
  })
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
