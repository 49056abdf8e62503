// Remarks of the engine beside the findings. Those that pages give are told whenever a page is unrolled; those that the
// engine makes of several posts name these, and may be true no more when they are unrolled with others.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Note, Unrolled } from '../../model.ts'

interface RemarkStore {
  /** Which of these posts the findings do not know though a remark may be about them. */
  unknown(ids: ReadonlySet<string>): readonly string[]
  /** Replaces what was said of these posts, and of those that nobody has. */
  replace(ids: Iterable<string>, notes: Unrolled['notes']): void
  add(notes: Unrolled['notes']): void
}

export function createRemarkStore(db: Database): RemarkStore {
  const put = db.prepare<unknown[], number>(PUT).pluck()
  const putPost = db.prepare('INSERT OR IGNORE INTO unroll_note_posts (post_id, note_key) VALUES (?, ?)')
  const select = db.prepare<[string], number>(ABOUT).pluck()
  const removePosts = db.prepare('DELETE FROM unroll_note_posts WHERE note_key = ?')
  const remove = db.prepare('DELETE FROM unroll_notes WHERE key = ?')
  const putNote = ({ code, input, message, level, about = [] }: Note): void => {
    const key = put.get(...wellFormed([code, input ?? '', message, level]))
    for (const id of about) putPost.run(...wellFormed([id]), key)
  }
  const absent = db.prepare<[string], string>(ABSENT).pluck()
  const add = (notes: Unrolled['notes']): void => {
    for (const note of notes) putNote(note)
  }
  const any = db.prepare('SELECT 1 FROM unroll_note_posts LIMIT 1')
  const unknown = (ids: ReadonlySet<string>): readonly string[] =>
    ids.size === 0 || any.get() === undefined ? [] : absent.all(JSON.stringify([...ids]))
  return {
    unknown,
    replace: (ids, notes) => {
      const nowhere = unknown(new Set(notes.flatMap(({ about = [] }) => about)))
      for (const key of select.all(JSON.stringify([...ids, ...nowhere]))) {
        removePosts.run(key)
        remove.run(key)
      }
      add(notes)
    },
    add,
  }
}

const PUT = `
  INSERT INTO unroll_notes (code, input, message, level) VALUES (?, ?, ?, ?)
  ON CONFLICT (code, input, message) DO UPDATE SET level = excluded.level RETURNING key`

const ABOUT = `
  SELECT DISTINCT note_key FROM unroll_note_posts WHERE post_id IN (SELECT value FROM json_each(?))`

const ABSENT = 'SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM posts)'
