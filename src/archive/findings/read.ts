// Findings out of the tables: whole threads, conversations and homeless posts, as the engine made them.
import type { Database } from 'better-sqlite3'
import type {
  Basis,
  Conversation,
  Gap,
  Link,
  MergedPost,
  ReplyEdge,
  Thread,
  ThreadPost,
  Unplaced,
} from '../../model.ts'
import { createPostReader, type PostReader } from './posts/merged-posts.ts'
import { cutStrips } from './threads.ts'

interface FindingReader {
  thread(key: number): Thread
  conversation(key: number): Conversation
  unplaced(): Iterable<Unplaced>
  edges(): Iterable<ReplyEdge>
}

interface ThreadRow extends Omit<Thread, 'aliases' | 'author' | 'posts' | 'gaps' | 'branches'> {
  readonly author: string | null
}

interface LinkColumns {
  readonly basis: Basis | null
  readonly p: number | null
  readonly evidence: string | null
}

interface LineRow extends LinkColumns {
  readonly branch: number
  readonly position: number
  readonly number: number | null
  readonly post: number
  readonly strips: string | null
  readonly text: string | null
}

interface ReplyRow extends LinkColumns {
  readonly index: number
  readonly parent: number | null
  readonly depth: number
  readonly post: number
}

export function createFindingReader(db: Database): FindingReader {
  const posts = createPostReader(db)
  return {
    thread: createThreadReader(db, posts),
    conversation: createConversationReader(db, posts),
    unplaced: function* () {
      const rows = db.prepare<[], { post: number; homes: string }>('SELECT post_key AS post, homes FROM unplaced').all()
      for (const { post, homes } of rows) yield { post: posts.one(post), homes: JSON.parse(homes) as Unplaced['homes'] }
    },
    edges: function* () {
      const rows = db.prepare<[], Omit<ReplyEdge, 'evidence'> & { evidence: string }>(EDGES).all()
      for (const row of rows) yield { ...row, evidence: JSON.parse(row.evidence) as ReplyEdge['evidence'] }
    },
  }
}

function createThreadReader(db: Database, posts: PostReader): FindingReader['thread'] {
  const one = db.prepare<[number], ThreadRow>(THREAD)
  const lines = db.prepare<[number], LineRow>(LINES)
  const gaps = db.prepare<[number], Gap>(GAPS)
  const aliases = db.prepare<[string], string>('SELECT alias FROM aliases WHERE id = ? ORDER BY alias').pluck()
  const starts = db
    .prepare<[number], string>('SELECT from_post_id FROM thread_branches WHERE thread_key = ? ORDER BY branch')
    .pluck()
  return (key) => {
    const { author, ...row } = one.get(key)!
    const items = lines.all(key)
    const byKey = posts.some(items.map(({ post }) => post))
    const line = (branch: number) =>
      items.filter((item) => item.branch === branch).map((item) => toThreadPost(item, byKey))
    return {
      ...row,
      aliases: aliases.all(row.id),
      author: author === null ? null : (JSON.parse(author) as Thread['author']),
      posts: line(0),
      gaps: gaps.all(key),
      branches: starts.all(key).map((from, index) => ({ from, posts: line(index + 1) })),
    }
  }
}

function toThreadPost(row: LineRow, posts: ReadonlyMap<number, MergedPost>): ThreadPost {
  const post = posts.get(row.post)!
  const strips = row.strips === null ? [] : (JSON.parse(row.strips) as ThreadPost['strips'])
  const { position, number } = row
  return { position, number, post, text: row.text ?? cutStrips(post.text, strips), strips, link: toLink(row) }
}

function toLink({ basis, p, evidence }: LinkColumns): Link | null {
  if (basis === null || p === null || evidence === null) return null
  return { basis, p, evidence: JSON.parse(evidence) as Link['evidence'] }
}

function createConversationReader(db: Database, posts: PostReader): FindingReader['conversation'] {
  const one = db.prepare<[number], Omit<Conversation, 'root' | 'replies'> & { rootKey: number | null }>(CONVERSATION)
  const replies = db.prepare<[number], ReplyRow>(REPLIES)
  return (key) => {
    const { rootKey, ...row } = one.get(key)!
    const items = replies.all(key)
    const byKey = posts.some(items.map(({ post }) => post))
    return {
      ...row,
      root: rootKey === null ? null : posts.one(rootKey),
      replies: items.map((item) => {
        const { index, parent, depth } = item
        return { index, parent, depth, post: byKey.get(item.post)!, link: toLink(item) }
      }),
    }
  }
}

const THREAD = `
  SELECT id, platform, author, title, url, completeness, statement, declared_total AS declaredTotal
  FROM threads WHERE key = ?`

const LINES = `
  SELECT tp.branch, tp.position, tp.number, tp.post_key AS post, coalesce(r.basis, tp.basis) AS basis, coalesce(r.p, tp.p) AS p,
    coalesce(r.evidence, tp.evidence) AS evidence, tp.strips, tp.text
  FROM thread_posts AS tp LEFT JOIN reasons AS r ON r.key = tp.reason_key
  WHERE tp.thread_key = ? ORDER BY tp.branch, tp.position`

const GAPS = `
  SELECT after_position AS after, before_position AS before, count, class, p, reason
  FROM gaps WHERE thread_key = ? ORDER BY ordinal`

const CONVERSATION = `
  SELECT id, root_key AS rootKey, site, declared_replies AS declaredReplies, completeness, statement
  FROM conversations WHERE key = ?`

const REPLIES = `
  SELECT c.position AS "index", c.parent, c.depth, c.post_key AS post, r.basis, r.p, r.evidence
  FROM conversation_replies AS c LEFT JOIN reasons AS r ON r.key = c.reason_key
  WHERE c.conversation_key = ? ORDER BY c.position`

const EDGES = 'SELECT child_id AS child, parent_id AS parent, basis, p, evidence FROM replies ORDER BY child_id'
