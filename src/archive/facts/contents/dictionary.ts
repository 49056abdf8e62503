// What many posts say alike is kept once and referred to by key: bylines, reasons of parents, beginnings of addresses.
// A dictionary lives for one transaction or one reading: a redaction may free a key, which then comes to mean another.
import type { Database } from 'better-sqlite3'
import { IntegrityError } from '../../../errors.ts'
import type { Author, Parent } from '../../../model.ts'

/** Why a page is held to give a post its parent. */
export type Reason = Pick<Parent, 'basis' | 'p' | 'say'>

/** Values by key. Throws IntegrityError for a key that is not there. */
export interface Dictionary {
  byline(key: number): Author
  reason(key: number): Reason
  urlHead(key: number): string
}

/** Keys by value; adds what is new. */
export interface DictionaryWriter {
  /** Forgets the keys that it knows; first in each transaction. */
  begin(): void
  byline(author: Author): number
  reason(reason: Reason): number
  urlHead(text: string): number
}

/** Gives a fresh dictionary at each call. */
export function createDictionaries(db: Database): () => Dictionary {
  const byline = db.prepare<[number], Author>('SELECT id, handle, name, url FROM bylines WHERE key = ?')
  const reason = db.prepare<[number], Reason>('SELECT basis, p, say FROM parent_reasons WHERE key = ?')
  const head = db.prepare<[number], string>('SELECT head FROM url_heads WHERE key = ?').pluck()
  return () => ({
    byline: remember('bylines', (key) => byline.get(key)),
    reason: remember('parent_reasons', (key) => reason.get(key)),
    urlHead: remember('url_heads', (key) => head.get(key)),
  })
}

function remember<T>(table: string, look: (key: number) => T | undefined): (key: number) => T {
  const known = new Map<number, T>()
  return (key) => {
    const value = known.get(key) ?? look(key)
    if (value === undefined)
      throw new IntegrityError(`a row refers to ${key} of ${table}, which is not there; run \`unspool verify\``)
    known.set(key, value)
    return value
  }
}

export function createDictionaryWriter(db: Database): DictionaryWriter {
  // The index over handles knows no case.
  const bylines = createKeyFinder(db, 'bylines', ['handle', 'name', 'id', 'url'], ['handle COLLATE NOCASE'])
  const reasons = createKeyFinder(db, 'parent_reasons', ['say', 'basis', 'p'])
  const heads = createKeyFinder(db, 'url_heads', ['head'])
  return {
    begin: () => {
      for (const finder of [bylines, reasons, heads]) finder.forget()
    },
    byline: ({ handle, name, id, url }) => bylines.keyOf([handle, name, id, url]),
    reason: ({ say, basis, p }) => reasons.keyOf([say, basis, p]),
    urlHead: (text) => heads.keyOf([text]),
  }
}

type Value = string | number | null

interface KeyFinder {
  keyOf(values: readonly Value[]): number
  forget(): void
}

/**
 * The last values are tried first: the posts of a page are often of one author. `indexed`: what an index has otherwise
 * than as it is.
 */
function createKeyFinder(
  db: Database,
  table: string,
  columns: readonly string[],
  indexed: readonly string[] = [],
): KeyFinder {
  const conditions = [...columns, ...indexed].map((name) => `t.${name} IS asked.${name}`)
  const find = db
    .prepare<unknown[], number>(`
      WITH asked(${columns.join(', ')}) AS (VALUES (${columns.map(() => '?').join(', ')}))
      SELECT t.key FROM asked CROSS JOIN ${table} AS t WHERE ${conditions.join(' AND ')}`)
    .pluck()
  const insert = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const known = new Map<string, number>()
  let last: { readonly values: readonly Value[]; readonly key: number } | null = null
  return {
    keyOf: (values) => {
      if (last !== null && isSame(last.values, values)) return last.key
      const name = JSON.stringify(values)
      const key = known.get(name) ?? find.get(...values) ?? Number(insert.run(...values).lastInsertRowid)
      known.set(name, key)
      last = { values, key }
      return key
    },
    forget: () => {
      known.clear()
      last = null
    },
  }
}

function isSame(a: readonly Value[], b: readonly Value[]): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
