// Old ids of threads and conversations that nothing read tells any more: an absent post that a conversation was called
// after, or what an older adapter called a post. Only the log can bring them back, so each run notes there those that
// are new.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../../fixity.ts'

/** Of the event; its detail is `{ ids: { old: new } }`. */
export const IDS_EVENT = 'ids kept'

/** Old ids that were given up, with what each leads to. */
export type MovedIds = Map<string, string>

/**
 * Those of them that no event tells yet. Ids of posts lead to their threads without that, texts' to their posts. After
 * a kill before the end of the run only the database knows the rest.
 */
export function listUntoldIds(db: Database, moved: MovedIds): Readonly<Record<string, string>> {
  const untold =
    moved.size === 0
      ? []
      : db
          .prepare<[string], string>(UNTOLD)
          .pluck()
          .all(JSON.stringify([...moved.keys()]))
  return Object.fromEntries(untold.map((id) => [id, moved.get(id) ?? '']))
}

/**
 * Makes aliases of the old ids that events tell, in their order, unless they are ids again; what they led to may be one
 * as well.
 */
export function recallIds(db: Database): void {
  const told = db.prepare<[], { alias: string; id: string }>(TOLD).all()
  const isHome = db.prepare<{ id: string }, number>(IS_HOME).pluck()
  const homeOf = db.prepare<{ id: string }, string>(HOME_OF).pluck()
  const put = db.prepare('INSERT OR REPLACE INTO aliases (alias, id) VALUES (?, ?)')
  const recall = db.transaction(() => {
    for (const { alias, id } of told) {
      const home = isHome.get({ id }) === undefined ? homeOf.get({ id }) : id
      if (home !== undefined && isHome.get({ id: alias }) === undefined) put.run(wellFormed([alias, home]))
    }
  })
  recall.immediate()
}

const UNTOLD = `
  SELECT value FROM json_each(?) WHERE value NOT GLOB 'text:*' AND value NOT IN (SELECT id FROM posts) AND value NOT IN (
    SELECT told.key FROM events, json_each(events.detail, '$.ids') AS told WHERE events.type = '${IDS_EVENT}')`

const TOLD = `
  SELECT told.key AS alias, told.value AS id FROM events AS e, json_each(e.detail, '$.ids') AS told
  WHERE e.type = '${IDS_EVENT}' ORDER BY e.happened_at, e.id, told.id`

const IS_HOME = 'SELECT 1 FROM threads WHERE id = @id UNION ALL SELECT 1 FROM conversations WHERE id = @id LIMIT 1'

/** The thread or conversation a post stands in, or that an old id leads to. */
export const HOME_OF = `
  SELECT t.id FROM posts AS p JOIN thread_posts AS tp ON tp.post_key = p.key JOIN threads AS t ON t.key = tp.thread_key
  WHERE p.id = @id
  UNION ALL SELECT c.id FROM posts AS p JOIN conversation_replies AS r ON r.post_key = p.key
    JOIN conversations AS c ON c.key = r.conversation_key WHERE p.id = @id
  UNION ALL SELECT id FROM aliases WHERE alias = @id LIMIT 1`
