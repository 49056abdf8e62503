// The numbered migrations: appended to, never edited. Each runs in one transaction with the row that records it.
import type { Database } from 'better-sqlite3'
import { CONTENTS_SQL } from './contents.ts'
import { CRAWL_SQL } from './crawl.ts'
import { FACTS_SQL } from './facts.ts'
import { FINDINGS_SQL } from './findings.ts'
import { GONE_SQL } from './gone.ts'
import { PEOPLE_SQL } from './people.ts'
import { VIEWS_SQL } from './views.ts'

/** `Unsp` in ASCII: SQLite's application_id, which `file archive.sqlite` prints too. */
export const APPLICATION_ID = 0x556e7370

/** The SQL of version 1, 2, 3 …, in order. */
export const MIGRATIONS: readonly string[] = [
  FACTS_SQL + FINDINGS_SQL + VIEWS_SQL + CRAWL_SQL + GONE_SQL + CONTENTS_SQL + PEOPLE_SQL,
]

/** Brings a database to the newest version, each step whole or not at all. `now` stamps the steps. */
export function migrate(db: Database, now: Date, migrations: readonly string[] = MIGRATIONS): void {
  const current = Number(db.pragma('user_version', { simple: true }))
  for (const [index, sql] of migrations.entries()) {
    if (index + 1 > current) applyMigration(db, index + 1, sql, now)
  }
}

function applyMigration(db: Database, version: number, sql: string, now: Date): void {
  const apply = db.transaction(() => {
    db.exec(sql)
    db.prepare('INSERT INTO schema_migrations (version, applied_at) VALUES (?, ?)').run(version, now.toISOString())
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${version}`)
  })
  apply.immediate()
}
