// All that an archive holds, and all that it hands out, as one digest each: what is not the same was changed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { contentDigest, sha256 } from '../../../src/fixity.ts'

const SEARCHED = 'lamp'
const HITS = 50

/** Everything a reader would hand out; an error is not silent. */
export function servedBy(dir: string): string {
  try {
    const reader = openArchiveReader(dir)
    try {
      const rows = [...reader.captures()]
      const bodies = rows.filter(({ redacted }) => redacted === null).map((row) => sha256(reader.readCapture(row).body))
      const hits = reader.search({ words: SEARCHED, limit: HITS }).hits
      return contentDigest({ rows, bodies, hits, findings: [...reader.findings()], edges: [...reader.edges()] })
    } finally {
      reader.close()
    }
  } catch {
    return 'refused'
  }
}

/** Hash of every row of every table, and of the WARC files. */
export function contentOf(dir: string): string {
  const files = readdirSync(join(dir, 'warc')).map((name) => sha256(readFileSync(join(dir, 'warc', name))))
  try {
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    const rows = tables.map((table) => db.prepare(`SELECT * FROM "${table}"`).raw().all())
    const schema = db.prepare('SELECT name, sql FROM sqlite_schema').raw().all()
    db.close()
    return contentDigest({ files, tables, rows: contentDigest(rows.map((list) => JSON.stringify(list))), schema })
  } catch {
    return 'unreadable'
  }
}
