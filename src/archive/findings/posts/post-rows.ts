// Rows of posts of the findings: found by their ids, added many at a time, and changed only where they differ, for each
// index that a changed column stands in costs as much as the row.
import type { Database } from 'better-sqlite3'
import { createRowInsert } from '../../database/row-inserts.ts'
import type { FoundSources, SourceStore } from './sources.ts'
import type { WordChanges, Words } from './words.ts'

/** A post as its rows will have it. */
export interface PostRow {
  /** In the order of `COLUMNS`. */
  readonly values: readonly unknown[]
  /** What the full-text index is to know of it. */
  readonly words: Words
  readonly reason: number | null
  readonly others: FoundSources['others']
}

/** A row as it stands: its key, then the values of `COLUMNS`. */
export type KnownRow = readonly [key: number, id: string, ...values: unknown[]]

/** Writes posts, their sources and their words. */
interface PostWriter {
  begin(): void
  /** Gives the key. A new post may wait for others before it is in the table. */
  write(row: PostRow, known: KnownRow | undefined): number
  flush(): void
  /** Flushes the sources too. */
  end(): void
  /** Puts the words of all that was written into the index; last of all. */
  learn(): void
}

/** Those of these posts that are there, by id. */
export function createPostFinder(db: Database): (ids: readonly string[]) => ReadonlyMap<string, KnownRow> {
  const find = db.prepare<[string], KnownRow>(FIND).raw()
  return (ids) => new Map(find.all(JSON.stringify(ids)).map((row) => [row[1], row] as const))
}

export function createPostWriter(db: Database, sources: SourceStore, words: WordChanges): PostWriter {
  const rows = createRowInsert(db, 'posts', ['key', ...COLUMNS])
  const others = sources.inserts(rows.flush)
  const lastKey = db.prepare<[], number | null>('SELECT max(key) FROM posts').pluck()
  const update = createUpdate(db)
  let changed: number[] = []
  let [lastKnown, last] = [0, 0]
  const replace = (row: PostRow, known: KnownRow): void => {
    const [key] = known
    if (differs(row, known, WORDED) && words.change(key, row.words)) changed.push(key)
    update(row, known)
    sources.clear(key)
  }
  return {
    begin: () => {
      for (const one of [rows, others, words]) one.begin()
      changed = []
      lastKnown = lastKey.get() ?? 0
      last = lastKnown
    },
    write: (row, known) => {
      const key = known?.[0] ?? ++last
      if (known === undefined) rows.add([key, ...row.values])
      else replace(row, known)
      for (const other of row.others) others.add([key, ...other])
      return key
    },
    flush: rows.flush,
    end: () => {
      rows.flush()
      others.flush()
    },
    learn: () => words.learn(changed, lastKnown),
  }
}

/** Changes what is shown, or all, or nothing. */
function createUpdate(db: Database): (row: PostRow, known: KnownRow) => void {
  const prepare = (columns: readonly (string | undefined)[]) =>
    db.prepare(`UPDATE posts SET (${columns.join(', ')}) = (${columns.map(() => '?').join(', ')}) WHERE key = ?`)
  const [updateAll, updateShown] = [prepare(COLUMNS), prepare(SHOWN.map((at) => COLUMNS[at]))]
  return (row, known) => {
    if (differs(row, known, RELATED)) updateAll.run(...row.values, known[0])
    else if (differs(row, known, SHOWN)) updateShown.run(...SHOWN.map((at) => row.values[at]), known[0])
  }
}

function differs({ values }: PostRow, known: KnownRow, places: readonly number[]): boolean {
  return places.some((at) => values[at] !== known[at + 1])
}

// biome-ignore format: the order of the values
const COLUMNS = [
  'id', 'platform', 'kind', 'author_key', 'created_at', 'conversation', 'parent_id', 'parent_reason', 'fingerprint', 'sighting_key',
  'extraction_key', 'url', 'title', 'text', 'detail',
] as const
const SHOWN = placesOf(['created_at', 'sighting_key', 'extraction_key', 'url', 'title', 'text', 'detail'])
/** The others: by these, posts are looked for and joined, and they seldom change. */
const RELATED = COLUMNS.map((_, at) => at).filter((at) => !SHOWN.includes(at))
/** Where one of these differs, the words may. */
const WORDED = placesOf(['sighting_key', 'title', 'text'])
const FIND = `SELECT key, ${COLUMNS.join(', ')} FROM posts WHERE id IN (SELECT value FROM json_each(?))`

function placesOf(columns: readonly (typeof COLUMNS)[number][]): readonly number[] {
  return columns.map((name) => COLUMNS.indexOf(name))
}
