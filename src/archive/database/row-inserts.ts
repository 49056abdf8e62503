// Rows of one table, added many at a time: a statement of 24 rows costs up to 40 % less than 24 statements, for
// triggers and keys of other tables are made ready once. Tells no keys: whoever needs them gives them. Not for long
// rows of tables with triggers.
import type { Database, Statement } from 'better-sqlite3'

/** Rows of a statement: as many as there may be, and fewer for what is left. */
const ROWS_OF_STATEMENTS = [24, 6, 1] as const
/** Rows that wait at most: what has to be written before them is then written in few pieces too. */
const MOST_ROWS = 40 * ROWS_OF_STATEMENTS[0]

export interface RowInsert {
  /** Forgets what a transaction left that was taken back; first in each. */
  begin(): void
  /** Values in the order of the columns. The row is in the table after `flush` at the latest. */
  add(row: readonly unknown[]): void
  /** To be called before anything reads these rows or refers to them, and before the transaction ends. */
  flush(): void
}

/**
 * One for as long as the database is open, as all that is called for each row: functions that are made for each
 * transaction are compiled by V8 for each, which costs a sixth of all that storing findings does. `before` runs before
 * rows are written.
 */
export function createRowInsert(
  db: Database,
  table: string,
  columns: readonly string[],
  before: () => void = () => undefined,
): RowInsert {
  const row = `(${columns.map(() => '?').join(', ')})`
  const prepare = (count: number): Statement =>
    db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(count).fill(row).join(', ')}`)
  const statements = ROWS_OF_STATEMENTS.map((count) => createStatement(prepare(count), count, columns.length))
  let waiting: (readonly unknown[])[] = []
  const write = (): void => {
    if (waiting.length === 0) return
    before()
    let at = 0
    for (const { count, run } of statements) for (; waiting.length - at >= count; at += count) run(waiting, at)
    waiting = []
  }
  return {
    begin: () => {
      waiting = []
    },
    add: (row) => {
      waiting.push(row)
      if (waiting.length >= MOST_ROWS) write()
    },
    flush: write,
  }
}

interface ManyRows {
  readonly count: number
  /** Inserts so many rows, from a place on. */
  run(rows: readonly (readonly unknown[])[], from: number): void
}

/** Values are laid into one list, the same each time: a list that grows is copied as often as it does. */
function createStatement(insert: Statement, count: number, width: number): ManyRows {
  const values: unknown[] = Array(count * width).fill(null)
  return {
    count,
    run: (rows, from) => {
      let to = 0
      for (let at = from; at < from + count; at++) {
        const row = rows[at]!
        for (let column = 0; column < width; column++) values[to++] = row[column]
      }
      insert.run(...values)
    },
  }
}
