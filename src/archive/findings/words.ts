// The full-text index over the posts of the findings. Its content is the view post_words: words must be taken out before a
// post changes, and come in many at once, for row by row costs double.
import type { Database } from 'better-sqlite3'

export interface WordIndex {
  /** Takes out the words of a post as it stands; to be called before it changes. */
  forget(key: number): void
  /** Takes in the words of these posts as they stand now. */
  learn(keys: readonly number[]): void
}

export function createWordIndex(db: Database): WordIndex {
  const forget = db.prepare(
    "INSERT INTO posts_fts (posts_fts, rowid, title, text) SELECT 'delete', key, title, text FROM post_words WHERE key = ?",
  )
  const learn = db.prepare(`
    INSERT INTO posts_fts (rowid, title, text)
    SELECT key, title, text FROM post_words WHERE key IN (SELECT value FROM json_each(?))`)
  return {
    forget: (key) => void forget.run(key),
    learn: (keys) => {
      if (keys.length > 0) learn.run(JSON.stringify(keys))
    },
  }
}
