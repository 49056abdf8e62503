// Stores what unrolling made, in place of what it made before of the same posts, in one transaction. Findings are
// disposable: they cite the facts they rest on and the version of the engine that made them.
import type { Database } from 'better-sqlite3'
import type { Unrolled } from '../../model.ts'
import { createRowInsert } from '../database/row-inserts.ts'
import type { StoredPosts } from '../facts/sightings/sighted-posts.ts'
import { createConversationStore, createUnplacedStore, REPLY_COLUMNS } from './conversations.ts'
import { createAliasStore } from './ids/aliases.ts'
import type { MovedIds } from './ids/kept-ids.ts'
import { createAuthorStore } from './posts/authors.ts'
import { createFindingPosts } from './posts/posts.ts'
import { createWordIndex, type WordChanges } from './posts/words.ts'
import { createReasonBook } from './reasons.ts'
import { createRemarkStore } from './remarks.ts'
import { SWEEP_REASONS } from './replacing/clearing.ts'
import { createReplacement, isWhole, type Scope } from './replacing/replacement.ts'
import { createThreadStore, linesOf, THREAD_POST_COLUMNS } from './threads.ts'

const NOTHING_STORED: StoredPosts = new Map()

export type FindingStore = (unrolled: Unrolled, engineVersion: string, scope: Scope) => void

/** @param moved gets the old ids of threads and conversations that get others */
export function createFindingStore(
  db: Database,
  moved: MovedIds = new Map(),
  words: WordChanges = createWordIndex(db),
): FindingStore {
  const authors = createAuthorStore(db)
  const reasons = createReasonBook(db)
  const posts = createFindingPosts(db, { words, putAuthor: authors.put, reasons })
  const places = createRowInsert(db, 'thread_posts', THREAD_POST_COLUMNS, posts.flush)
  const replies = createRowInsert(db, 'conversation_replies', REPLY_COLUMNS, posts.flush)
  const aliases = createAliasStore(db, moved)
  const replacement = createReplacement(db)
  const putThread = createThreadStore(db)
  const putConversation = createConversationStore(db)
  const putUnplaced = createUnplacedStore(db)
  const putHandover = db.prepare<[from: string, to: string]>(PUT_HANDOVER)
  const remarks = createRemarkStore(db)
  const noteDone = createDoneStore(db)
  const store = db.transaction((unrolled: Unrolled, engineVersion: string, scope: Scope) => {
    const { threads, conversations, unplaced, edges, handovers } = unrolled
    const own = new Set([...listOwnIds(unrolled), ...(isWhole(scope) ? [] : scope.postIds)])
    const ids = new Set([...listConversing(unrolled), ...own])
    const newcomers = isWhole(scope) ? [] : remarks.unknown(ids)
    const stored = scope === 'all' ? NOTHING_STORED : (scope.stored ?? NOTHING_STORED)
    for (const one of [authors, reasons, places, replies]) one.begin()
    posts.begin({ ids: [...ids], edges, stored })
    const context = { posts, putAuthor: authors.put, reasons, engineVersion, places, replies }
    const stale = replacement.clear(unrolled, { ids, keys: posts.keysOf(ids), ownKeys: posts.keysOf(own) }, scope)
    for (const thread of knownFirst(threads, stale.threadKeys))
      putThread(thread, stale.threadKeys.get(thread.id) ?? null, context)
    for (const conversation of knownFirst(conversations, stale.conversationKeys))
      putConversation(conversation, stale.conversationKeys.get(conversation.id) ?? null, context)
    for (const one of unplaced) putUnplaced(one, context)
    places.flush()
    replies.flush()
    posts.finish(stale.postKeys)
    for (const one of handovers) putHandover.run(...one)
    replacement.sweep(stale)
    if (isWhole(scope)) remarks.add(unrolled.notes)
    else remarks.replace([...own, ...newcomers], unrolled.notes)
    noteDone(engineVersion, scope)
    aliases.update(threads, [...threads, ...conversations], stale.homes)
    replacement.checkKept(stale)
    if (isWhole(scope)) db.exec(SWEEP_REASONS)
  })
  return (unrolled, engineVersion, scope) => store.immediate(unrolled, engineVersion, scope)
}

const PUT_HANDOVER = `
  INSERT INTO handovers SELECT a.key, b.key FROM posts AS a, posts AS b WHERE a.id = ? AND b.id = ?`

/** A new row takes the key after the greatest one there: it must not be one that a cleared row is to get back. */
function knownFirst<T extends { readonly id: string }>(
  items: readonly T[],
  keys: ReadonlyMap<string, number>,
): readonly T[] {
  if (keys.size === 0) return items
  const known = items.filter(({ id }) => keys.has(id))
  return [...known, ...items.filter(({ id }) => !keys.has(id))]
}

/** Of posts whose threads these are. */
function listOwnIds({ threads, unplaced }: Unrolled): readonly string[] {
  return [
    ...threads.flatMap((thread) => linesOf(thread).flatMap((line) => line.map(({ post }) => post.id))),
    ...unplaced.map(({ post }) => post.id),
  ]
}

function listConversing({ conversations }: Unrolled): readonly string[] {
  return conversations.flatMap(({ root, replies }) => [
    ...(root ? [root.id] : []),
    ...replies.map(({ post }) => post.id),
  ])
}

/** Which extractions are now known to the findings. */
function createDoneStore(db: Database): (engineVersion: string, scope: Scope) => void {
  const noteOneDone = db.prepare('UPDATE unrolled_extractions SET engine_version = ? WHERE extraction_key = ?')
  const noteAllDone = db.prepare('UPDATE unrolled_extractions SET engine_version = ?')
  return (engineVersion, scope) => {
    if (isWhole(scope)) noteAllDone.run(engineVersion)
    else for (const key of scope.extractionKeys) noteOneDone.run(engineVersion, key)
  }
}
