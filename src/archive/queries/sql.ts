// A researcher's own SQL, on a connection that cannot write. A query that never ends cannot be stopped from inside (the
// bundled SQLite has no progress callback), so whoever offers this runs it in a process of its own that can be killed.
import { join } from 'node:path'
import { UnspoolError, UsageError } from '../../errors.ts'
import { DATABASE_NAME, openForReading } from '../database/database.ts'
import { explainFailure } from '../database/failures.ts'
import { SqliteDatabase } from '../database/sqlite.ts'

type Cell = string | number | bigint | Uint8Array | null

interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** True when there are more rows than were asked for. */
  readonly more: boolean
}

/**
 * Runs one SELECT. Throws UsageError when SQLite refuses it or when it would write, IntegrityError or StorageError when
 * the database or its disk is at fault.
 */
export function querySql(dir: string, sql: string, limit: number): Answer {
  const db = openForReading(join(dir, DATABASE_NAME))
  try {
    const statement = db.prepare<[], Cell[]>(sql)
    if (!statement.reader || !statement.readonly)
      throw new UsageError('only statements that give rows and change nothing are run here, such as SELECT')
    const columns = statement.columns().map(({ name }) => name)
    const rows: Cell[][] = []
    for (const row of statement.raw().safeIntegers().iterate()) {
      if (rows.length === limit) return { columns, rows, more: true }
      rows.push(row)
    }
    return { columns, rows, more: false }
  } catch (error) {
    throw explainRefusal(join(dir, DATABASE_NAME), error)
  } finally {
    db.close()
  }
}

/** better-sqlite3's word for it. */
const SEVERAL = /more than one statement/
const WHAT_THERE_IS = '`unspool sql --csv "SELECT sql FROM sqlite_schema"` prints the tables and views'

function explainRefusal(path: string, error: unknown): unknown {
  const isTheirs = error instanceof SqliteDatabase.SqliteError && error.code === 'SQLITE_ERROR'
  const explained = isTheirs ? error : explainFailure(`${path} cannot be read`, error)
  if (explained instanceof UnspoolError) return explained
  if (error instanceof RangeError && SEVERAL.test(error.message))
    return new UsageError(
      'that is more than one statement; ask one at a time, without what stands behind its semicolon',
    )
  // RangeError: no statement, or several (better-sqlite3 runs exactly one). TypeError: a parameter, and nothing to put
  // there.
  if (error instanceof SqliteDatabase.SqliteError || error instanceof RangeError || error instanceof TypeError)
    return new UsageError(`SQLite refused the query: ${error.message}; ${WHAT_THERE_IS}`)
  return error
}
