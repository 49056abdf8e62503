// Full-text search over the posts of the findings. A person's words are words, never query syntax.
import type { Database } from 'better-sqlite3'

/** Beyond this many matches ranking costs seconds at a million posts; then the newest come first. */
const RANK_LIMIT = 20_000
/** Words of a post around its match. */
const SNIPPET_WORDS = 24

export interface SearchHit {
  readonly post: string
  /** Id of the thread or conversation it stands in, or null. */
  readonly thread: string | null
  /** Handle, else name. */
  readonly author: string | null
  readonly createdAt: string | null
  readonly url: string | null
  /** Words around the match, matches in [brackets]. */
  readonly snippet: string
}

const PHRASE_OR_WORD = /"([^"]*)"(\*?)|(\S+)/g
const TRAILING_STARS = /\*+$/
const HAS_WORD = /[\p{L}\p{N}]/u

/** Posts that hold all words. `"a phrase"` and `prefix*` work; everything else is taken literally. */
export function searchPosts(db: Database, words: string, limit: number): readonly SearchHit[] {
  const match = toMatch(words)
  if (match === '') return []
  const count = db.prepare('SELECT count(*) FROM (SELECT 1 FROM posts_fts WHERE posts_fts MATCH ? LIMIT ?)').pluck()
  const order = Number(count.get(match, RANK_LIMIT + 1)) > RANK_LIMIT ? 'rowid DESC' : 'rank'
  return db.prepare<[string, number], SearchHit>(hitsBy(order)).all(match, limit)
}

/** An FTS5 query in which every piece is a quoted string. Pieces without a letter or digit match nothing and are left out. */
function toMatch(words: string): string {
  const pieces = [...words.replaceAll('\0', ' ').matchAll(PHRASE_OR_WORD)].map(([, phrase, star, word = '']) =>
    phrase === undefined ? quote(word.replace(TRAILING_STARS, ''), word.endsWith('*')) : quote(phrase, star === '*'),
  )
  return pieces.filter((piece) => HAS_WORD.test(piece)).join(' ')
}

function quote(text: string, isPrefix: boolean): string {
  return `"${text.replaceAll('"', '""')}"${isPrefix ? '*' : ''}`
}

function hitsBy(order: 'rank' | 'rowid DESC'): string {
  return `
    WITH hits AS (
      SELECT rowid AS key, snippet(posts_fts, 1, '[', ']', '…', ${SNIPPET_WORDS}) AS snippet
      FROM posts_fts WHERE posts_fts MATCH ? ORDER BY ${order} LIMIT ?)
    SELECT p.id AS post, coalesce(
        (SELECT t.id FROM thread_posts AS tp JOIN threads AS t ON t.key = tp.thread_key WHERE tp.post_key = p.key LIMIT 1),
        (SELECT c.id FROM conversation_replies AS r JOIN conversations AS c ON c.key = r.conversation_key
          WHERE r.post_key = p.key LIMIT 1),
        (SELECT c.id FROM conversations AS c WHERE c.root_key = p.key LIMIT 1)) AS thread,
      coalesce(p.author_handle, p.author_name) AS author, p.created_at AS createdAt, p.url, h.snippet
    FROM hits AS h JOIN post_latest AS p ON p.key = h.key`
}
