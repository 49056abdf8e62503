// All rows of an archive's database as digests, table by table, that do not depend on the keys of rows: two databases
// that say the same have the same, in whatever order their rows came in. References are followed to what they lead to.
import type { Database, Statement } from 'better-sqlite3'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { canonicalJson, sha256 } from '../../src/fixity.ts'

interface TableDigest {
  readonly rows: number
  readonly digest: string
}

export type TableDigests = Readonly<Record<string, TableDigest>>

/** Columns and tables to leave aside: by table, `*` for all of it. */
export type LeftOut = Readonly<Record<string, readonly string[] | '*'>>

/**
 * What no WARC file holds: when something was read, the state of a crawl, ids that threads had for a while. Seals are
 * hashes of rows with their keys; the rows are compared. Reasons are, where they are given; others wait to be given
 * again.
 */
export const NOT_FROM_WARC: LeftOut = {
  schema_migrations: '*',
  frontier: '*',
  host_manners: '*',
  extractions: ['extracted_at'],
  aliases: '*',
  finding_seals: '*',
  reasons: '*',
}

/** Columns, with their tables, that lead to a table without saying so, which costs less to write. */
const UNDECLARED: Readonly<Record<string, string>> = {
  'further_pages.reading_key': 'readings',
  'told_replies.reading_key': 'readings',
  'posts.extraction_key': 'extractions',
  'names_seen.byline_key': 'bylines',
  'posts.parent_reason': 'reasons',
  'thread_posts.reason_key': 'reasons',
  'conversation_replies.reason_key': 'reasons',
  'post_versions.byline_key': 'bylines',
  'post_versions.url_head_key': 'url_heads',
  'sightings.parent_reason_key': 'parent_reasons',
}

interface Table {
  readonly name: string
  /** Its key, when it is a number that says nothing. */
  readonly key: string | null
  readonly columns: readonly string[]
  /** Table by column. */
  readonly references: ReadonlyMap<string, string>
}

type Row = Readonly<Record<string, unknown>>

/** Digest by table. `where` leaves out rows by table, as SQL. */
export function digestTables(
  path: string,
  leftOut: LeftOut,
  where: Readonly<Record<string, string>> = {},
): TableDigests {
  const db = new SqliteDatabase(path, { readonly: true })
  try {
    const tables = listTables(db)
    const nameRow = createNamer(db, tables, leftOut)
    const compared = tables.filter(({ name }) => leftOut[name] !== '*')
    const digests = compared.map((table) => {
      const condition = where[table.name] ?? '1'
      const names = db
        .prepare<[], Row>(`SELECT * FROM ${table.name} WHERE ${condition}`)
        .all()
        .map((row) => nameRow(table, row))
      return [table.name, { rows: names.length, digest: sha256(names.sort().join('\n')) }] as const
    })
    return Object.fromEntries(digests)
  } finally {
    db.close()
  }
}

/** Names of the tables that differ. */
export function differingTables(a: TableDigests, b: TableDigests): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].filter((name) => a[name]?.digest !== b[name]?.digest)
}

/** The full-text index and SQLite's own tables are no facts and no findings. */
function listTables(db: Database): readonly Table[] {
  const names = db.prepare<[], string>(TABLES).pluck().all()
  return names.map((name) => {
    const columns = db.pragma(`table_info(${name})`) as { name: string; type: string; pk: number }[]
    const keys = columns.filter(({ pk }) => pk > 0)
    const references = db.pragma(`foreign_key_list(${name})`) as { from: string; table: string }[]
    const undeclared = columns.flatMap(({ name: from }) => {
      const table = UNDECLARED[`${name}.${from}`]
      return table === undefined ? [] : [{ from, table }]
    })
    const leading = new Set([...references, ...undeclared].map(({ from }) => from))
    const unknown = columns.find(
      (column) => column.name.endsWith('_key') && column.type === 'INTEGER' && !leading.has(column.name),
    )
    if (unknown !== undefined) throw new Error(`where does ${name}.${unknown.name} lead? tell it in rows.ts`)
    const isBare = keys.length === 1 && keys[0]?.type === 'INTEGER'
    return {
      name,
      key: isBare ? keys[0]!.name : null,
      columns: columns.map((column) => column.name),
      references: new Map([...references, ...undeclared].map(({ from, table }) => [from, table])),
    }
  })
}

const TABLES =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts*' AND name NOT GLOB 'sqlite_*' ORDER BY name"

/** A row is called by a hash of what it says; what it refers to, by the name of that. */
function createNamer(db: Database, tables: readonly Table[], leftOut: LeftOut): (table: Table, row: Row) => string {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const selects = new Map<string, Statement<[unknown], Row>>()
  const known = new Map<string, string>()
  const nameOf = (target: string, key: unknown): string => {
    const place = `${target} ${String(key)}`
    const found = known.get(place)
    if (found !== undefined) return found
    const table = byName.get(target)!
    const select = selects.get(target) ?? db.prepare<[unknown], Row>(`SELECT * FROM ${target} WHERE ${table.key} = ?`)
    selects.set(target, select)
    const name = nameRow(table, select.get(key)!)
    known.set(place, name)
    return name
  }
  const nameRow = (table: Table, row: Row): string => {
    const dropped = leftOut[table.name] ?? []
    const values = table.columns.flatMap((column) => {
      if (dropped.includes(column)) return []
      const target = table.references.get(column)
      if (target !== undefined) return [row[column] === null ? null : nameOf(target, row[column])]
      return column === table.key ? [] : [plain(row[column])]
    })
    return sha256(JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
  }
  return nameRow
}

/** Members of a JSON object have no order. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string' || !JSON_TEXT.test(value)) return value
  try {
    return canonicalJson(JSON.parse(value))
  } catch {
    // A post's words that only look like it.
    return value
  }
}

const JSON_TEXT = /^[[{]/
