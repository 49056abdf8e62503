// Remarks of the engine beside the findings. Those that pages give are told whenever a page is unrolled; those that the engine
// makes of several posts may be true no more when these are unrolled with others.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { MergedPost, Unrolled } from '../../model.ts'

/** Codes of remarks about posts and threads, which name them; and of one about a page whose posts are copies. */
const ABOUT_POSTS = [
  ...['reply-loop', 'told-and-absent'],
  ...['numbers-against-order', 'ids-against-order', 'times-against-order'],
]
const ABOUT_COPIES = 'author-by-copies'
const END_OF_NAME = /,$/

interface RemarkRow {
  readonly code: string
  readonly input: string
  readonly message: string
}

export interface RemarkStore {
  /** Removes what was said of these posts, or of pages they stand on. */
  forget(ids: ReadonlySet<string>, posts: Iterable<MergedPost>): void
  add(notes: Unrolled['notes']): void
}

export function createRemarkStore(db: Database): RemarkStore {
  const insert = db.prepare('INSERT OR REPLACE INTO unroll_notes (code, input, message, level) VALUES (?, ?, ?, ?)')
  const select = db.prepare<[string], RemarkRow>(
    'SELECT code, input, message FROM unroll_notes WHERE code IN (SELECT value FROM json_each(?))',
  )
  const remove = db.prepare<RemarkRow>(
    'DELETE FROM unroll_notes WHERE (code, input, message) = (@code, @input, @message)',
  )
  return {
    forget: (ids, posts) => {
      const about = select.all(JSON.stringify(ABOUT_POSTS)).filter(({ message }) => namesOneOf(message, ids))
      const copied = select.all(JSON.stringify([ABOUT_COPIES]))
      const inputs = new Set(copied.length === 0 ? [] : [...posts].flatMap(({ sources }) => sources.map(inputOf)))
      for (const remark of [...about, ...copied.filter(({ input }) => inputs.has(input))]) remove.run(remark)
    },
    add: (notes) => {
      for (const { code, input, message, level } of notes) insert.run(wellFormed([code, input ?? '', message, level]))
    },
  }
}

function inputOf({ input }: MergedPost['sources'][number]): string {
  return input
}

function namesOneOf(message: string, ids: ReadonlySet<string>): boolean {
  return message.split(' ').some((word) => ids.has(word.replace(END_OF_NAME, '')))
}
