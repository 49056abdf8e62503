// Writes fixtures/upgrades/v<N>.sql: a small archive of the newest schema as SQL text, once, when that schema is
// released.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { MIGRATIONS } from '../../src/archive/schema/migrations.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { addPage, EMPTY, makeCapture, makeMerged, makeThread } from './samples.ts'
import { describeSchema } from './schema-text.ts'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const TABLES = `
  SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'
    AND name NOT GLOB 'posts_fts*' ORDER BY name`
const folder = join(import.meta.dirname, '../../fixtures/upgrades')
const dir = mkdtempSync(join(tmpdir(), 'unspool-dump-'))
fillArchive()
const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `v${MIGRATIONS.length}.sql`), dump())
db.close()
rmSync(dir, { recursive: true })

function fillArchive(): void {
  const writer = openArchiveWriter(dir, { now: () => NOW, version: '0.1.0' })
  const run = writer.beginRun({ command: 'add', options: {} })
  const { posts } = addPage(writer, run, makeCapture('a page'), [1, 2, 3])
  addPage(writer, run, makeCapture('a page'), [1, 2, 3])
  const [first, second] = posts.map(makeMerged)
  const edges = [{ child: second!.id, parent: first!.id, basis: 'declared' as const, p: 1, evidence: [] }]
  const conversations = [
    {
      ...{
        id: first!.id,
        root: first!,
        site: null,
        declaredReplies: 2,
        completeness: 'partial' as const,
        statement: '1 of 2',
      },
      replies: [{ index: 0, parent: null, depth: 1, post: second!, link: null }],
    },
  ]
  writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)], conversations, edges }, '1', 'all')
  writer.close()
}

/** The schema, then the rows; the full-text index is made from its content. */
function dump(): string {
  const tables = db.prepare<[], string>(TABLES).pluck().all()
  const rows = tables.flatMap((table) =>
    db
      .prepare(`SELECT * FROM ${table}`)
      .raw()
      .all()
      .map((row) => insertRow(table, row as unknown[])),
  )
  return `${describeSchema(db)}\nBEGIN;\nPRAGMA defer_foreign_keys = ON;\n${rows.join('\n')}\nINSERT INTO posts_fts (posts_fts) VALUES ('rebuild');\nCOMMIT;\n`
}

function insertRow(table: string, row: readonly unknown[]): string {
  const quote = db.prepare<[unknown], string>('SELECT quote(?)').pluck()
  const integral = (value: unknown): unknown => (Number.isInteger(value) ? BigInt(value as number) : value)
  return `INSERT INTO ${table} VALUES (${row.map((value) => quote.get(integral(value))).join(', ')});`
}
