// How a post stands among those of others: all that an author's threads learn from what other people wrote. Where it is
// the same as before, so are the threads of an author none of whose own posts changed.
import type { Database } from 'better-sqlite3'
import type { MergedPost, Unrolled } from '../../model.ts'
import { accountOf } from '../../post.ts'

/**
 * By post: whether it answers a post, one that is not here, its author's or another's, and whether it is a stranger
 * under a root.
 */
export type Standing = string

interface StandingRow {
  readonly key: number
  readonly postId: string
  readonly answers: number
  readonly answersHere: number
  readonly isReply: number
  readonly isTop: number
  readonly hasRoot: number
  readonly handle: string | null
  readonly id: string | null
  readonly name: string | null
  readonly upHandle: string | null
  readonly upId: string | null
  readonly upName: string | null
  readonly rootHandle: string | null
  readonly rootId: string | null
  readonly rootName: string | null
}

export interface Stands {
  readonly id: string
  readonly standing: Standing
}

/** As the findings have it, by key. */
export function createStandingReader(db: Database): (keys: readonly number[]) => ReadonlyMap<number, Stands> {
  const select = db.prepare<[string], StandingRow>(STANDINGS)
  return (keys) =>
    new Map(
      select.all(JSON.stringify(keys)).map((row) => {
        const own = accountOf(row)
        const above = accountOf({ handle: row.upHandle, id: row.upId, name: row.upName })
        const root = accountOf({ handle: row.rootHandle, id: row.rootId, name: row.rootName })
        const isStranger = row.isReply === 1 && row.isTop === 1 && (row.hasRoot === 0 || root !== own)
        const answered = row.answersHere === 1 ? ownerOf(above === own) : row.answers === 1 ? 'absent' : 'nobody'
        const standing = sayStanding(answered, isStranger)
        return [row.key, { id: row.postId, standing }] as const
      }),
    )
}

/** As unrolling found it, by id. */
export function standingsIn(unrolled: Unrolled, posts: ReadonlyMap<string, MergedPost>): ReadonlyMap<string, Standing> {
  const above = new Map(unrolled.edges.map(({ child, parent }) => [child, posts.get(parent)] as const))
  const strangers = new Set(
    unrolled.conversations.flatMap(({ root, replies }) => {
      const author = accountOf(root?.author ?? null)
      return replies.flatMap(({ parent, post }) =>
        parent === null && (root === null || accountOf(post.author) !== author) ? [post.id] : [],
      )
    }),
  )
  return new Map(
    [...posts.values()].map(({ id, author }) => {
      const up = above.get(id)
      const missing = above.has(id) ? 'absent' : 'nobody'
      const answered = up === undefined ? missing : ownerOf(accountOf(up.author) === accountOf(author))
      return [id, sayStanding(answered, strangers.has(id))] as const
    }),
  )
}

type Answered = 'nobody' | 'absent' | 'oneself' | 'another'

function ownerOf(isOwn: boolean): Answered {
  return isOwn ? 'oneself' : 'another'
}

function sayStanding(answered: Answered, isStranger: boolean): Standing {
  return `${answered}${isStranger ? ', a stranger' : ''}`
}

const STANDINGS = `
  SELECT p.key, p.id AS postId, p.parent_id IS NOT NULL AS answers, up.key IS NOT NULL AS answersHere, r.post_key IS NOT NULL AS isReply, r.parent IS NULL AS isTop, root.key IS NOT NULL AS hasRoot,
    a.handle, a.id, a.name, ua.handle AS upHandle, ua.id AS upId, ua.name AS upName,
    ra.handle AS rootHandle, ra.id AS rootId, ra.name AS rootName
  FROM json_each(?) AS k JOIN posts AS p ON p.key = k.value LEFT JOIN authors AS a ON a.key = p.author_key
  LEFT JOIN posts AS up ON up.id = p.parent_id LEFT JOIN authors AS ua ON ua.key = up.author_key
  LEFT JOIN conversation_replies AS r ON r.post_key = p.key
  LEFT JOIN conversations AS c ON c.key = r.conversation_key
  LEFT JOIN posts AS root ON root.key = c.root_key LEFT JOIN authors AS ra ON ra.key = root.author_key`
