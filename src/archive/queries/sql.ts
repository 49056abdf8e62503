// A researcher's own SQL, on a connection that cannot write. A query that never ends cannot be stopped from inside (the
// bundled SQLite has no progress callback), so whoever offers this runs it in a process of its own that can be killed.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { UsageError } from '../../errors.ts'
import { DATABASE_NAME, openForReading } from '../database/database.ts'

type Cell = string | number | bigint | Uint8Array | null

interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** True when there are more rows than were asked for. */
  readonly more: boolean
}

/** Runs one SELECT. Throws UsageError when SQLite refuses it or when it would write. */
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
    // RangeError: no statement, or several (better-sqlite3 runs exactly one).
    if (error instanceof Database.SqliteError || error instanceof RangeError)
      throw new UsageError(`SQLite refused the query: ${error.message}; archive/schema.sql has the tables`)
    throw error
  } finally {
    db.close()
  }
}
