// The accounts that findings speak of: one row each, found by the surest name, with what was seen of them last
// (names-seen.ts).
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../../fixity.ts'
import type { Author } from '../../../model.ts'
import { createNameSettler, identityOf } from '../../facts/sightings/names-seen.ts'

/** The key of an author, added when new; null for nobody. */
export type PutAuthor = (platform: string, author: Author | null) => number | null

interface AuthorStore {
  /** Forgets the keys that it knows; first in each transaction. */
  begin(): void
  put: PutAuthor
}

export function createAuthorStore(db: Database): AuthorStore {
  const find = db
    .prepare<[string, string], number>('SELECT key FROM authors WHERE identity = ? AND platform = ?')
    .pluck()
  const insert = db.prepare(INSERT)
  const settle = createNameSettler(db)
  const add = (platform: string, identity: string, rest: readonly (string | null)[]): number => {
    const key = Number(insert.run(platform, identity, ...rest).lastInsertRowid)
    settle(identity, platform)
    return key
  }
  const known = new Map<string, number>()
  let last: { readonly platform: string; readonly author: Author; readonly key: number } | null = null
  const look = (platform: string, author: Author): number | null => {
    const given = identityOf(author)
    if (given === null) return null
    const [identity = '', ...rest] = wellFormed([given, author.id, author.handle, author.name, author.url])
    const name = JSON.stringify([platform, identity])
    const key = known.get(name) ?? find.get(identity!, platform) ?? add(platform, identity!, rest)
    known.set(name, key)
    last = { platform, author, key }
    return key
  }
  return {
    begin: () => {
      known.clear()
      last = null
    },
    put: (platform, author) => {
      if (author === null) return null
      // Most often it is the author of the post before.
      return last?.platform === platform && isSame(last.author, author) ? last.key : look(platform, author)
    },
  }
}

function isSame(a: Author, b: Author): boolean {
  return a === b || (a.id === b.id && a.handle === b.handle && a.name === b.name && a.url === b.url)
}

const INSERT = 'INSERT INTO authors (platform, identity, id, handle, name, url) VALUES (?, ?, ?, ?, ?, ?)'
