// Stores what unrolling made, in place of what it made before of the same posts, in one transaction. Findings are disposable:
// they cite the facts they rest on and the version of the engine that made them.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../fixity.ts'
import type { Conversation, MergedPost, Thread, ThreadPost, Unrolled } from '../model.ts'
import { createAliasStore } from './aliases.ts'
import type { StoredPosts } from './extraction-read.ts'
import { createFindingPosts } from './finding-posts.ts'
import { createSealStore } from './finding-seals.ts'
import { createReplacement, type Scope } from './replacement.ts'

/** SQLite counts a surrogate pair as one, and stops at NUL. */
const COUNTED_OTHERWISE = /[\0\ud800-\udfff]/

const NOTHING_STORED: StoredPosts = new Map()

export type FindingStore = (unrolled: Unrolled, engineVersion: string, scope: Scope) => void

export function createFindingStore(db: Database): FindingStore {
  const posts = createFindingPosts(db)
  const aliases = createAliasStore(db)
  const replacement = createReplacement(db)
  const putThread = createThreadStore(db)
  const putConversation = createConversationStore(db)
  const putRest = createRestStore(db)
  const seals = createSealStore(db)
  const store = db.transaction((given: Unrolled, engineVersion: string, scope: Scope) => {
    const unrolled = mendTexts(given)
    const byId = collectPosts(unrolled)
    const stale = replacement.clear(unrolled, new Set(byId.keys()), scope)
    const keys = posts.put(byId.values(), scope === 'all' ? NOTHING_STORED : (scope.stored ?? NOTHING_STORED))
    const kept = new Set(keys.values())
    posts.remove(stale.postKeys.filter((key) => !kept.has(key)))
    const threads = knownFirst(unrolled.threads, stale.threadKeys).map((thread) => {
      const authorKey = posts.putAuthor(thread.platform, thread.author)
      return putThread(thread, { key: stale.threadKeys.get(thread.id) ?? null, authorKey, engineVersion }, keys)
    })
    const conversations = knownFirst(unrolled.conversations, stale.conversationKeys).map((conversation) => {
      const key = stale.conversationKeys.get(conversation.id) ?? null
      return putConversation(conversation, { key, engineVersion }, keys)
    })
    putRest(unrolled, engineVersion, scope, keys)
    for (const { id, aliases: others } of unrolled.threads) aliases.tell(id, others)
    aliases.follow(stale.homes)
    replacement.checkKept()
    seals.drop()
    seals.put('thread', threads)
    seals.put('conversation', conversations)
    seals.put(
      'unplaced',
      unrolled.unplaced.flatMap(({ post }) => keys.get(post.id) ?? []),
    )
  })
  return (unrolled, engineVersion, scope) => store.immediate(unrolled, engineVersion, scope)
}

/** A new row takes the key after the greatest one there: it must not be one that a cleared row is to get back. */
function knownFirst<T extends { readonly id: string }>(items: readonly T[], keys: Keys): readonly T[] {
  const known = items.filter(({ id }) => keys.has(id))
  return [...known, ...items.filter(({ id }) => !keys.has(id))]
}

/** Part by part: the whole may be too long for one string. */
function mendTexts({ threads, conversations, unplaced, edges, notes }: Unrolled): Unrolled {
  return {
    threads: threads.map(wellFormed),
    conversations: conversations.map(wellFormed),
    unplaced: unplaced.map(wellFormed),
    edges: edges.map(wellFormed),
    notes: notes.map(wellFormed),
  }
}

function collectPosts({ threads, conversations, unplaced }: Unrolled): ReadonlyMap<string, MergedPost> {
  const posts = [
    ...threads.flatMap((thread) => linesOf(thread).flatMap((line) => line.map(({ post }) => post))),
    ...conversations.flatMap(({ root, replies }) => [...(root ? [root] : []), ...replies.map(({ post }) => post)]),
    ...unplaced.map(({ post }) => post),
  ]
  return new Map(posts.map((post) => [post.id, post]))
}

/** The main line and the branches, in the order of their numbers. */
function linesOf(thread: Thread): readonly (readonly ThreadPost[])[] {
  return [thread.posts, ...thread.branches.map((branch) => branch.posts)]
}

type Keys = ReadonlyMap<string, number>

function createThreadStore(db: Database) {
  const insert = db.prepare(`
    INSERT INTO threads (key, id, platform, author_key, author, title, url, published_at, completeness, statement,
      declared_total, engine_version)
    VALUES (@key, @id, @platform, @authorKey, @author, @title, @url, @publishedAt, @completeness, @statement,
      @declaredTotal, @engineVersion)`)
  const insertPost = db.prepare('INSERT INTO thread_posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertBranch = db.prepare('INSERT INTO thread_branches VALUES (?, ?, ?)')
  const insertGap = db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  return (
    thread: Thread,
    made: { key: number | null; authorKey: number | null; engineVersion: string },
    keys: Keys,
  ) => {
    const { posts, gaps, branches, author, aliases: _aliases, ...columns } = thread
    const publishedAt = posts[0]?.post.createdAt ?? null
    const row = insert.run({ ...columns, ...made, publishedAt, author: author && JSON.stringify(author) })
    const key = row.lastInsertRowid
    for (const [branch, line] of linesOf(thread).entries())
      for (const item of line) insertPost.run(key, branch, ...threadPostColumns(item, keys))
    for (const [index, branch] of branches.entries()) insertBranch.run(key, index + 1, branch.from)
    for (const [ordinal, gap] of gaps.entries())
      insertGap.run(key, ordinal, gap.after, gap.before, gap.count, gap.class, gap.p, gap.reason)
    return Number(key)
  }
}

function threadPostColumns(item: ThreadPost, keys: Keys): unknown[] {
  const { position, number, post, link, strips, text } = item
  const evidence = link === null ? null : JSON.stringify(link.evidence)
  const because = [link?.basis ?? null, link?.p ?? null, evidence]
  return [position, number, keys.get(post.id), ...because, JSON.stringify(strips), isPlainCut(item) ? null : text]
}

/** Whether SQL can make the text from the post's: one strip at most, and one place counts the same in UTF-16 and in characters. */
function isPlainCut({ post, strips, text }: ThreadPost): boolean {
  const before = post.text.slice(0, strips[0]?.[1] ?? 0)
  return strips.length <= 1 && !COUNTED_OTHERWISE.test(before) && cutStrips(post.text, strips) === text
}

/** A post's text without the stripped characters. */
export function cutStrips(text: string, strips: ThreadPost['strips']): string {
  let end = 0
  const kept = strips.map(([start, next]) => {
    const piece = text.slice(end, start)
    end = next
    return piece
  })
  return kept.join('') + text.slice(end)
}

function createConversationStore(db: Database) {
  const insert = db.prepare(`
    INSERT INTO conversations (key, id, root_key, title, published_at, site, declared_replies, completeness, statement,
      engine_version)
    VALUES (@key, @id, @rootKey, @title, @publishedAt, @site, @declaredReplies, @completeness, @statement,
      @engineVersion)`)
  const insertReply = db.prepare('INSERT INTO conversation_replies VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  return (conversation: Conversation, made: { key: number | null; engineVersion: string }, keys: Keys) => {
    const { root, replies, ...columns } = conversation
    const rootKey = root === null ? null : keys.get(root.id)
    const about = { rootKey, title: root?.title ?? null, publishedAt: root?.createdAt ?? null }
    const key = insert.run({ ...columns, ...made, ...about }).lastInsertRowid
    for (const { index, parent, depth, post, link } of replies) {
      const evidence = link === null ? null : JSON.stringify(link.evidence)
      insertReply.run(key, index, parent, depth, keys.get(post.id), link?.basis ?? null, link?.p ?? null, evidence)
    }
    return Number(key)
  }
}

/** Edges, homeless posts, remarks, and which extractions are now known to the findings. */
function createRestStore(db: Database) {
  const insertEdge = db.prepare('INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)')
  const insertUnplaced = db.prepare('INSERT INTO unplaced VALUES (?, ?)')
  const insertNote = db.prepare('INSERT OR REPLACE INTO unroll_notes (code, input, message, level) VALUES (?, ?, ?, ?)')
  const insertDone = db.prepare('INSERT OR REPLACE INTO unrolled_extractions VALUES (?, ?)')
  const insertAllDone = db.prepare(
    'INSERT OR REPLACE INTO unrolled_extractions SELECT max(key), ? FROM extractions GROUP BY capture_key',
  )
  return (unrolled: Unrolled, engineVersion: string, scope: Scope, keys: Keys) => {
    for (const { child, parent, basis, p, evidence } of unrolled.edges)
      insertEdge.run(child, parent, basis, p, JSON.stringify(evidence))
    for (const { post, homes } of unrolled.unplaced) insertUnplaced.run(keys.get(post.id), JSON.stringify(homes))
    for (const { code, input, message, level } of unrolled.notes) insertNote.run(code, input ?? '', message, level)
    if (scope === 'all') insertAllDone.run(engineVersion)
    else for (const key of scope.extractionKeys) insertDone.run(key, engineVersion)
  }
}
