// The guide of an archive (archive/README.md) read by machine: its questions, the drawing of the tables, and the
// metadata that brings both to Datasette. `npm run schema` writes them, tests hold them up to date.
import type { Database } from 'better-sqlite3'

export interface Question {
  readonly number: number
  readonly title: string
  readonly sql: string
}

const QUESTION = /^\*\*(\d+)\. (.+?)\*\*[^\n]*\n\n```sql\n([\s\S]*?)\n```/gm
const DIAGRAM = /<!-- diagram -->[\s\S]*<!-- \/diagram -->/
/** A table, view or column of the schema, with the comment behind it. */
const OBJECT = /^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)[^\n]*?(?:-- (.+))?$/
const COLUMN = /^ {2}([a-z]\w*) (?:TEXT|INTEGER|REAL)\b.*?-- (.+)$/
/** Work lists and the program's own records: of no use to a researcher. */
const HIDDEN = [
  ...['schema_migrations', 'frontier', 'host_manners', 'unrolled_extractions'],
  ...['further_pages', 'told_replies', 'names_seen'],
]

export function readQuestions(guide: string): readonly Question[] {
  return [...guide.matchAll(QUESTION)].map(([, number, title = '', sql = '']) => ({
    number: Number(number),
    title,
    sql,
  }))
}

/** The guide with its diagram made anew. */
export function drawInto(guide: string, db: Database): string {
  return guide.replace(DIAGRAM, `<!-- diagram -->\n\n${drawTables(db)}\n\n<!-- /diagram -->`)
}

/** Mermaid: one line a foreign key; a table without any stands alone. */
function drawTables(db: Database): string {
  const tables = db.prepare<[], string>(TABLES).pluck().all()
  const lines = tables.flatMap((table) => {
    const keys = db
      .prepare<{ table: string }, { parent: string; column: string; optional: number }>(KEYS)
      .all({ table })
    return keys.map(({ parent, column, optional }) => `  ${parent} ${optional ? '|o' : '||'}--o{ ${table} : ${column}`)
  })
  const drawn = lines.join(' ')
  const alone = tables.filter((table) => !drawn.includes(` ${table} `)).map((table) => `  ${table}`)
  return ['```mermaid', 'erDiagram', ...lines, ...alone, '```'].join('\n')
}

const TABLES = `
  SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'
    AND name NOT GLOB 'posts_fts*' ORDER BY name`

const KEYS = `
  SELECT k."table" AS parent, k."from" AS "column", NOT (c."notnull" OR c.pk) AS optional
  FROM pragma_foreign_key_list(@table) AS k JOIN pragma_table_info(@table) AS c ON c.name = k."from" ORDER BY k.id DESC`

/** metadata.json of Datasette, for a database file called archive.sqlite. */
export function describeForDatasette(guide: string, schema: string): string {
  const queries = readQuestions(guide).map(({ number, title, sql }) => [slugOf(number), { title, sql }])
  const metadata = {
    title: 'Threads and discussions, archived by unspool',
    description: 'Facts as captured, findings with the reason of each decision. README.md and schema.sql tell more.',
    databases: { archive: { queries: Object.fromEntries(queries), tables: describeTables(schema) } },
  }
  return `${JSON.stringify(metadata, null, 2)}\n`
}

function slugOf(number: number): string {
  return `question-${String(number).padStart(2, '0')}`
}

interface TableNote {
  description?: string
  columns?: Record<string, string>
  hidden?: true
  fts_table?: string
  fts_pk?: string
}

function describeTables(schema: string): Record<string, TableNote> {
  const notes: Record<string, TableNote> = { post_latest: { fts_table: 'posts_fts', fts_pk: 'key' } }
  let table: TableNote = {}
  for (const line of schema.split('\n')) {
    const [, name, say] = OBJECT.exec(line) ?? []
    if (name !== undefined) {
      table = { ...(say === undefined ? {} : { description: say }), ...(HIDDEN.includes(name) ? { hidden: true } : {}) }
      notes[name] = Object.assign(table, notes[name])
    }
    const [, column, meaning] = COLUMN.exec(line) ?? []
    if (column !== undefined && meaning !== undefined) table.columns = { ...table.columns, [column]: meaning }
  }
  return Object.fromEntries(Object.entries(notes).filter(([, note]) => Object.keys(note).length > 0))
}
