// Old ids of threads and conversations that led somewhere: an id once printed, linked or exported goes on finding its
// posts.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../../fixity.ts'
import type { Thread } from '../../../model.ts'
import type { Homes, SourcePlace } from '../replacing/replacement.ts'
import type { MovedIds } from './kept-ids.ts'

interface AliasStore {
  /**
   * To be called when findings are stored: the ids by which their threads may be asked for too, and the new home of
   * most posts of each old one that is gone, become aliases. Ids that `stored` findings have themselves are none any
   * more.
   */
  update(
    threads: readonly Pick<Thread, 'id' | 'aliases'>[],
    stored: readonly { readonly id: string }[],
    homes: Homes,
  ): void
}

/** @param moved gets each old id that is given up */
export function createAliasStore(db: Database, moved: MovedIds): AliasStore {
  const isHome = db.prepare<{ id: string }, number>(IS_HOME).pluck()
  const newHome = db.prepare<{ places: string }, string>(NEW_HOME).pluck()
  const redirect = db.prepare('UPDATE aliases SET id = ? WHERE id = ?')
  const put = db.prepare('INSERT OR REPLACE INTO aliases (alias, id) VALUES (?, ?)')
  const dropReturned = db.prepare(DROP_RETURNED)
  const follow = (old: string, places: readonly SourcePlace[]): void => {
    if (isHome.get({ id: old }) !== undefined) return
    const home = newHome.get({ places: JSON.stringify(places) })
    if (home === undefined) return
    redirect.run(home, old)
    put.run(old, home)
    moved.set(old, home)
  }
  return {
    update: (threads, stored, homes) => {
      for (const { id, aliases } of threads) for (const alias of aliases) put.run(wellFormed([alias, id]))
      for (const [old, places] of homes) follow(old, places)
      const told = threads.flatMap(({ aliases }) => aliases)
      dropReturned.run(JSON.stringify([...told, ...stored.map(({ id }) => id)]))
    },
  }
}

const IS_HOME = 'SELECT 1 FROM threads WHERE id = @id UNION ALL SELECT 1 FROM conversations WHERE id = @id LIMIT 1'

/** CROSS JOIN: from the few posts to their homes, never from all homes there are. */
const NEW_HOME = `
  WITH old_posts AS (
    SELECT ps.post_key FROM json_each(@places) AS place
    CROSS JOIN post_sources AS ps ON ps.sighting_key = place.value ->> 'sighting'
    UNION
    SELECT ps.post_key FROM json_each(@places) AS place
    CROSS JOIN other_sources AS ps ON ps.extraction_key = place.value ->> 'extraction' AND ps.line = place.value ->> 'line'
    WHERE place.value ->> 'sighting' IS NULL)
  SELECT home FROM (
    SELECT t.id AS home FROM old_posts AS o CROSS JOIN thread_posts AS tp ON tp.post_key = o.post_key
    CROSS JOIN threads AS t ON t.key = tp.thread_key
    UNION ALL
    SELECT c.id FROM old_posts AS o CROSS JOIN conversation_replies AS r ON r.post_key = o.post_key
    CROSS JOIN conversations AS c ON c.key = r.conversation_key
    UNION ALL
    SELECT c.id FROM old_posts AS o CROSS JOIN conversations AS c ON c.root_key = o.post_key)
  GROUP BY home ORDER BY count(*) DESC, home LIMIT 1`

const DROP_RETURNED = `
  DELETE FROM aliases WHERE alias IN (SELECT value FROM json_each(?))
    AND (alias IN (SELECT id FROM threads) OR alias IN (SELECT id FROM conversations))`
