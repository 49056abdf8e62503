// Stores discussions of the findings, each with its replies and its seal, and posts that have no home.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Conversation, Unplaced } from '../../model.ts'
import { createSealStore, lineOf, linesOfPosts, linesOfReasons } from './seals.ts'
import type { FindingContext } from './threads.ts'

type ConversationStore = (conversation: Conversation, key: number | null, context: FindingContext) => void

export const REPLY_COLUMNS = ['conversation_key', 'position', 'parent', 'depth', 'post_key', 'reason_key']

/** `key`: the one it had before, or null. */
export function createConversationStore(db: Database): ConversationStore {
  const insert = db.prepare('INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const seal = createSealStore(db)
  return ({ root, replies, ...conversation }, knownKey, { posts, reasons, engineVersion, replies: rows }) => {
    const { id, site, declaredReplies, completeness, statement } = conversation
    const first = root === null ? [] : [posts.put(root)]
    const about = [id, first[0]?.key ?? null, root?.title ?? null, root?.createdAt ?? null, site]
    const values = wellFormed([...about, declaredReplies, completeness, statement, engineVersion])
    posts.flush()
    const key = Number(insert.run(knownKey, ...values).lastInsertRowid)
    const answers = replies.map(({ post }) => posts.put(post))
    const places = replies.map(({ index, parent, depth, link }, at) => {
      const reason = link === null ? null : reasons.keyOf(link)
      return [key, index, parent, depth, answers[at]?.key, reason] as const
    })
    for (const place of places) rows.add(place)
    const named = [...places.map(([, , , , , reason]) => reason), ...[...first, ...answers].map(({ reason }) => reason)]
    seal('conversation', key, [
      lineOf([key, ...values]),
      ...linesOfPosts(first),
      ...places.map(lineOf),
      ...linesOfPosts(answers),
      ...linesOfReasons(named, reasons),
    ])
  }
}

export function createUnplacedStore(db: Database): (unplaced: Unplaced, context: FindingContext) => void {
  const insert = db.prepare('INSERT INTO unplaced VALUES (?, ?)')
  const seal = createSealStore(db)
  return ({ post: given, homes }, { posts, reasons }) => {
    const post = posts.put(given)
    const values = [post.key, JSON.stringify(wellFormed(homes))]
    posts.flush()
    insert.run(values)
    const because = linesOfReasons([post.reason], reasons)
    seal('unplaced', post.key, [lineOf(values), ...linesOfPosts([post]), ...because])
  }
}
