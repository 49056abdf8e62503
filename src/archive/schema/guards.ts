// The triggers that keep facts from being changed, taken off where the archive itself has to: for a redaction, and
// while a database that nobody uses yet is filled.
import type { Database } from 'better-sqlite3'

interface GuardRow {
  readonly name: string
  readonly sql: string
}

/** Gives what puts them back. */
export function takeGuards(db: Database): () => void {
  const guards = db.prepare<[], GuardRow>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`)
  return () => {
    for (const { sql } of guards) db.exec(sql)
  }
}
