// A migration to be killed in: steps after the real ones, over a copy of the archive's database. Each must be there
// whole or not at all, and no row may go.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { MIGRATIONS, migrate } from '../../../src/archive/schema/migrations.ts'
import type { Fault } from './check.ts'
import type { Order } from './deeds.ts'

/** Rows that a made-up migration writes: enough to be killed in. */
const ROWS_A_STEP = 20_000
const STEPS = 40
/** A database with so many steps is thrown away; the next is a fresh copy. */
const MOST_STEPS = 30
const NAME = 'migrating.sqlite'

export async function migrateOften({ dir, say }: Order): Promise<void> {
  const db = await openCopy(dir)
  const steps = Array.from({ length: STEPS }, (_, at) => stepSql(MIGRATIONS.length + at + 1))
  for (let upTo = 1; upTo <= STEPS; upTo++) {
    migrate(db, new Date(), [...MIGRATIONS, ...steps.slice(0, upTo)])
    say(`migrated ${MIGRATIONS.length + upTo}`)
  }
}

async function openCopy(dir: string): Promise<Database> {
  const path = join(dir, NAME)
  if (!existsSync(path)) {
    const original = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    await original.backup(`${path}.part`)
    original.close()
    renameSync(`${path}.part`, path)
  }
  const db = new SqliteDatabase(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  return db
}

/** A new table of made-up rows, and one that holds every post there is. */
function stepSql(version: number): string {
  return `CREATE TABLE step_${version} (n INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE copy_${version} AS SELECT sha256, text FROM post_versions;
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${ROWS_A_STEP})
    INSERT INTO step_${version} SELECT n FROM c;`
}

/** `lines` are what the killed child had said. */
export function migrationFaults(dir: string, lines: readonly string[]): readonly Fault[] {
  const path = join(dir, NAME)
  if (!existsSync(path)) return []
  const told = Math.max(0, ...lines.map((line) => Number(line.split(' ')[1] ?? 0)))
  const db = new SqliteDatabase(path)
  const one = (sql: string): number => Number(db.prepare(sql).pluck().get())
  const version = Number(db.pragma('user_version', { simple: true }))
  const last = version > MIGRATIONS.length ? version : null
  const seen = {
    steps: one("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'step_*'"),
    rows: last === null ? ROWS_A_STEP : one(`SELECT count(*) FROM step_${last}`),
    kept: last === null || one(`SELECT count(*) FROM copy_${last}`) === one('SELECT count(*) FROM post_versions'),
    integrity: String(db.pragma('integrity_check', { simple: true })),
  }
  db.close()
  if (version > MIGRATIONS.length + MOST_STEPS)
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  const isWhole = seen.steps === Math.max(0, version - MIGRATIONS.length) && seen.rows === ROWS_A_STEP && seen.kept
  return [
    ...(version < told ? [{ kind: 'lost' as const, say: `version ${told} was acknowledged, it is ${version}` }] : []),
    ...(isWhole
      ? []
      : [{ kind: 'partial' as const, say: `half a migration at version ${version}: ${JSON.stringify(seen)}` }]),
    ...(seen.integrity === 'ok' ? [] : [{ kind: 'damaged' as const, say: seen.integrity }]),
  ]
}
