// A database's schema as text: what `npm run schema` writes to archive/schema.sql, and tests compare it by.
import type { Database } from 'better-sqlite3'
import { APPLICATION_ID } from '../../src/archive/schema/migrations.ts'

/** The whole schema as SQL text, in the order it was made; shadow tables of the full-text index left out. */
export function describeSchema(db: Database): string {
  const rows = db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'posts_fts_*'")
    .all()
  const version = Number(db.pragma('user_version', { simple: true }))
  const head = [
    '-- The schema of archive.sqlite, generated from src/archive/schema/ (npm run schema). Do not edit.',
    `PRAGMA application_id = ${APPLICATION_ID};`,
    `PRAGMA user_version = ${version};`,
  ]
  return `${[...head, ...rows.map((row) => `${row.sql};`)].join('\n\n')}\n`
}
