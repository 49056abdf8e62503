// Looks at posts one by one, without the full-text index: they get a small one of their own, in memory, cut into words
// alike.
import type { Database } from 'better-sqlite3'
import { SqliteDatabase } from '../../database/sqlite.ts'
import { TOKENIZER } from '../../schema/views.ts'
import type { Asked } from './asked.ts'

/** Words of a post around its match. */
const SNIPPET_WORDS = 24
/** Characters before and after a match inside a text without spaces. */
const SNIPPET_CHARACTERS = 40

export interface Sifted {
  readonly key: number
  /** Words around the match, matches in [brackets]. */
  readonly snippet: string
}

interface Words {
  readonly key: number
  readonly title: string | null
  readonly text: string
}

/** Those of the posts that hold all that was asked for, in the order given. */
export function siftPosts(db: Database, keys: readonly number[], asked: Asked): readonly Sifted[] {
  const posts = readWords(db, keys).filter((post) => asked.within.every((piece) => isWithin(post, piece)))
  const [piece] = asked.within
  const snippets =
    asked.match === ''
      ? new Map(posts.map(({ key, text }) => [key, markWithin(text, piece ?? '')]))
      : matchPosts(posts, asked.match)
  return keys.flatMap((key) => {
    const snippet = snippets.get(key)
    return snippet === undefined ? [] : [{ key, snippet }]
  })
}

function readWords(db: Database, keys: readonly number[]): readonly Words[] {
  return db
    .prepare<[string], Words>('SELECT key, title, text FROM post_words WHERE key IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(keys))
}

function isWithin({ title, text }: Words, piece: string): boolean {
  return text.toLowerCase().includes(piece) || (title?.toLowerCase().includes(piece) ?? false)
}

/** Posts that match, with their snippets. */
function matchPosts(posts: readonly Words[], match: string): ReadonlyMap<number, string> {
  const memory = new SqliteDatabase(':memory:')
  try {
    memory.exec(`CREATE VIRTUAL TABLE words USING fts5 (title, text, tokenize = '${TOKENIZER}')`)
    memory
      .prepare(
        "INSERT INTO words (rowid, title, text) SELECT value ->> 'key', value ->> 'title', value ->> 'text' FROM json_each(?)",
      )
      .run(JSON.stringify(posts))
    const found = memory.prepare<[string], [number, string]>(
      `SELECT rowid, snippet(words, 1, '[', ']', '…', ${SNIPPET_WORDS}) FROM words WHERE words MATCH ?`,
    )
    return new Map(found.raw().all(match))
  } finally {
    memory.close()
  }
}

function markWithin(text: string, piece: string): string {
  const at = text.toLowerCase().indexOf(piece)
  if (at < 0) return text.slice(0, 2 * SNIPPET_CHARACTERS)
  const [from, to] = [Math.max(0, at - SNIPPET_CHARACTERS), at + piece.length + SNIPPET_CHARACTERS]
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  return `${head}${text.slice(from, at)}[${text.slice(at, at + piece.length)}]${text.slice(at + piece.length, to)}${tail}`
}
