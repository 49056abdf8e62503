// How posts of the findings are related, as the engine relates posts: by what they answer and the conversation they
// name, by who wrote them, and by the words of texts that no platform names.
import type { Database } from 'better-sqlite3'
import { textFingerprint } from '../../fixity.ts'
import type { PostRef } from '../../model.ts'
import { ownersOf } from '../facts/sightings/names-seen.ts'
import type { AuthorNames } from './author-names.ts'

export type KeySet = ReadonlySet<number>

/** Names by which posts are looked for. */
export interface Names {
  /** Ids of posts: found are these posts and what answers them. */
  readonly ids: readonly string[]
  /** Conversations as posts name them. */
  readonly conversations: readonly string[]
}

export interface Relations {
  /** Posts of these ids. */
  called(ids: readonly string[]): readonly number[]
  /** Posts, not comments, of the accounts that these authors may be. */
  by(authors: AuthorNames): readonly number[]
  /** The same of the accounts of these posts. */
  bySameAuthors(posts: readonly number[]): readonly number[]
  /** Posts by others whose counts these may carry on, or that may carry on theirs. */
  handing(posts: readonly number[]): readonly number[]
  /** Posts that begin with the words of one of these texts; `unnamed`: only those that no platform names. */
  alike(texts: readonly string[], only: 'all' | 'unnamed'): readonly number[]
  /**
   * Posts that answer one of these, are answered by one or by none that is here beside one, or name one conversation.
   */
  inTreesOf(names: Names): readonly number[]
  /** Ids of all posts, here or not, that reply trees beside the posts tell of together with these, or with those. */
  toldWith(ids: readonly string[]): readonly string[]
  /** Whether any page tells of a reply tree. */
  isAnyTold(): boolean
  /** These and all others of their reply trees and conversations. */
  wholeTrees(posts: Iterable<number>): KeySet
}

export function createRelations(db: Database): Relations {
  const find = (sql: string) => {
    const statement = db.prepare<Record<string, string>, number>(sql).pluck()
    return (lists: Record<string, readonly unknown[]>) =>
      statement.all(Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, JSON.stringify(list)])))
  }
  const called = find('SELECT key FROM posts WHERE id IN (SELECT value FROM json_each(@ids))')
  const by = find(BY_NAMES)
  const bySameAuthors = find(BY_SAME_AUTHORS)
  const handing = find(HANDING)
  const alike = find(ALIKE)
  const alikeUnnamed = find(`${ALIKE} AND id LIKE 'text:%'`)
  const unnamed = db.prepare(UNNAMED)
  const named = find(NAMED)
  const companions = find(COMPANIONS)
  const anyTold = db.prepare('SELECT 1 FROM told_replies LIMIT 1')
  const isAnyTold = (): boolean => anyTold.get() !== undefined
  const told = db.prepare<[string], string>(TOLD_WITH).pluck()
  // Most archives have none of these either.
  const toldWith = (ids: readonly string[]): readonly string[] =>
    ids.length === 0 || !isAnyTold() ? [] : told.all(JSON.stringify(ids))
  const idsOf = createIdReader(db)
  const toldBeside = (keys: readonly number[]): readonly number[] => {
    const ids = isAnyTold() ? toldWith(idsOf(keys)) : []
    return ids.length === 0 ? [] : named({ ids, conversations: [] })
  }
  return {
    called: (ids) => called({ ids }),
    by: ({ handles, identities }) => by({ handles, identities }),
    bySameAuthors: (keys) => bySameAuthors({ keys }),
    handing: (keys) => handing({ keys }),
    alike: (texts, only) => {
      // Most archives have none of these: then no text is looked at.
      if (texts.length === 0 || (only === 'unnamed' && unnamed.get() === undefined)) return []
      const fingerprints = texts.map(textFingerprint).filter((print) => print !== null)
      return only === 'all' ? alike({ fingerprints }) : alikeUnnamed({ fingerprints })
    },
    inTreesOf: ({ ids, conversations }) => named({ ids: [...ids, ...toldWith(ids)], conversations }),
    toldWith,
    isAnyTold,
    wholeTrees: (posts) => closeOver(posts, (edge) => [...companions({ keys: edge }), ...toldBeside(edge)]),
  }
}

/** Ids of posts by their keys. */
export function createIdReader(db: Database): (keys: Iterable<number>) => readonly string[] {
  const ids = db.prepare<[string], string>('SELECT id FROM posts WHERE key IN (SELECT value FROM json_each(?))').pluck()
  return (keys) => ids.all(JSON.stringify([...keys]))
}

/** Adds what `next` gives for the newest until nothing is added. */
export function closeOver(start: Iterable<number>, next: (edge: readonly number[]) => readonly number[]): KeySet {
  const all = new Set(start)
  for (let edge = [...all]; edge.length > 0; ) {
    edge = [...new Set(next(edge))].filter((key) => !all.has(key))
    for (const key of edge) all.add(key)
  }
  return all
}

/** The id that a conversation's name would be, were it a post's. */
export function conversationId(platform: string, conversation: string): string {
  return idOf({ platform, id: conversation })
}

export function idOf({ platform, id }: PostRef): string {
  return `${platform}:${id}`
}

/**
 * One account may have several rows: one for its id, one for each handle it had where the id is not shown. CROSS JOIN:
 * SQLite knows no sizes and would look at all posts there are.
 */
const SAME_ACCOUNTS = `
  handles AS (
    SELECT a.handle FROM given_accounts AS g CROSS JOIN authors AS a ON a.key = g.key WHERE a.handle IS NOT NULL
    UNION SELECT b.handle FROM given_accounts AS g CROSS JOIN authors AS a ON a.key = g.key
    CROSS JOIN names_seen AS n ON n.identity = a.identity AND n.platform = a.platform
    CROSS JOIN bylines AS b ON b.key = n.byline_key WHERE b.handle IS NOT NULL),
  accounts AS (
    SELECT key FROM given_accounts
    UNION SELECT other.key FROM handles AS h CROSS JOIN authors AS other ON other.handle = h.handle COLLATE NOCASE
    UNION ${ownersOf('handles AS h', 'h.handle')})
  SELECT p.key FROM accounts AS a CROSS JOIN posts AS p ON p.author_key = a.key WHERE p.kind = 'post'`

const BY_NAMES = `
  WITH given_accounts AS (
    SELECT key FROM authors WHERE handle IS NOT NULL AND handle COLLATE NOCASE IN (SELECT value FROM json_each(@handles))
    UNION ${ownersOf('json_each(@handles) AS h', 'h.value')}
    UNION SELECT key FROM authors WHERE identity IN (SELECT value FROM json_each(@identities))),
  ${SAME_ACCOUNTS}`

const BY_SAME_AUTHORS = `
  WITH given_accounts AS (
    SELECT DISTINCT author_key AS key FROM posts
    WHERE key IN (SELECT value FROM json_each(@keys)) AND kind = 'post' AND author_key IS NOT NULL),
  ${SAME_ACCOUNTS}`

const HANDING = `
  WITH given AS (SELECT value AS key FROM json_each(@keys))
  SELECT h.next_key FROM given AS g CROSS JOIN handovers AS h ON h.post_key = g.key
  UNION SELECT h.post_key FROM given AS g CROSS JOIN handovers AS h ON h.next_key = g.key`

const ALIKE = `
  SELECT key FROM posts WHERE fingerprint IS NOT NULL AND kind = 'post' AND fingerprint IN (SELECT value FROM json_each(@fingerprints))`

const UNNAMED = "SELECT 1 FROM posts WHERE id >= 'text:' AND id < 'text;' LIMIT 1"

const NAMED = `
  SELECT key FROM posts WHERE id IN (SELECT value FROM json_each(@ids))
  UNION SELECT key FROM posts WHERE parent_id IS NOT NULL AND parent_id IN (SELECT value FROM json_each(@ids))
  UNION SELECT key FROM posts WHERE conversation IS NOT NULL AND conversation IN (SELECT value FROM json_each(@conversations))`

/**
 * A conversation is mostly called as the post that opens it, be that here or not. Each conversation and each parent is
 * looked for once, however many posts name it: posts times posts is too many in a long discussion.
 */
const COMPANIONS = `
  WITH given AS MATERIALIZED (
      SELECT p.id, p.platform, p.parent_id, p.conversation FROM json_each(@keys) AS k CROSS JOIN posts AS p ON p.key = k.value),
    parents AS MATERIALIZED (SELECT DISTINCT parent_id AS id FROM given WHERE parent_id IS NOT NULL),
    said AS MATERIALIZED (
      SELECT DISTINCT conversation AS name, platform || ':' || conversation AS id FROM given WHERE conversation IS NOT NULL),
    names AS MATERIALIZED (
      SELECT name FROM said UNION SELECT substr(id, instr(id, ':') + 1) FROM given
      UNION SELECT substr(id, instr(id, ':') + 1) FROM parents),
    answered AS MATERIALIZED (SELECT id FROM given UNION SELECT id FROM parents UNION SELECT id FROM said),
    above AS MATERIALIZED (SELECT id FROM parents UNION SELECT id FROM said)
  SELECT up.key FROM above CROSS JOIN posts AS up ON up.id = above.id
  UNION SELECT near.key FROM answered CROSS JOIN posts AS near ON near.parent_id = answered.id
  UNION SELECT near.key FROM names CROSS JOIN posts AS near ON near.conversation = names.name`

/** From reply to reply, whatever page tells it: a page may tell of many trees. */
const TOLD_WITH = `
  WITH RECURSIVE tree (id) AS (
    SELECT g.value FROM json_each(?) AS g WHERE EXISTS (SELECT 1 FROM told_replies AS t WHERE t.post_id = g.value)
      OR EXISTS (SELECT 1 FROM told_replies AS t WHERE t.parent_id = g.value)
    UNION SELECT t.parent_id FROM tree CROSS JOIN told_replies AS t ON t.post_id = tree.id WHERE t.parent_id IS NOT NULL
    UNION SELECT t.post_id FROM tree CROSS JOIN told_replies AS t ON t.parent_id = tree.id)
  SELECT id FROM tree`
