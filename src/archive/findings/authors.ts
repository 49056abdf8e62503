// The accounts that findings speak of: one row each, found by the surest name, with what was seen of them last.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Author } from '../../model.ts'

/** The key of an author, added when new; null for nobody. */
export type PutAuthor = (platform: string, author: Author | null) => number | null

interface AuthorStore {
  /** Forgets the keys that it knows; first in each transaction. */
  begin(): void
  put: PutAuthor
}

export function createAuthorStore(db: Database): AuthorStore {
  const put = db.prepare<unknown[], number>(PUT).pluck()
  const known = new Map<string, number>()
  let last: { readonly platform: string; readonly author: Author; readonly key: number } | null = null
  const look = (platform: string, author: Author): number | null => {
    const identity = author.id ?? author.handle?.toLowerCase() ?? author.name
    if (identity === null) return null
    const values = wellFormed([platform, identity, author.id, author.handle, author.name, author.url])
    const name = JSON.stringify(values)
    const key = known.get(name) ?? put.get(...values)!
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

const PUT = `
  INSERT INTO authors (platform, identity, id, handle, name, url) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (identity, platform) DO UPDATE SET handle = coalesce(excluded.handle, handle),
    name = coalesce(excluded.name, name), url = coalesce(excluded.url, url)
  RETURNING key`
