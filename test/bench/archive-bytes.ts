// Where the bytes of an archive's database are: pages of each table and index, as SQLite counts them (dbstat).
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'

/** Tables and indexes of less are told together, bytes a post. */
const LEAST = 10

/** Bytes a post by table and index, the most first, in one line. */
export function describeBytes(dir: string, posts: number): string {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const sizes = db
    .prepare<[], { name: string; bytes: number }>(
      'SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC',
    )
    .all()
    .map(({ name, bytes }) => ({ name, each: bytes / posts }))
  db.close()
  const rest = sizes.filter(({ each }) => each < LEAST).reduce((sum, { each }) => sum + each, 0)
  const told = sizes.filter(({ each }) => each >= LEAST).map(({ name, each }) => `${name} ${each.toFixed(0)}`)
  return [...told, `${sizes.length - told.length} others ${rest.toFixed(0)}`].join(', ')
}
