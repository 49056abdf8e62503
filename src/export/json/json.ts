// Unrolled → the JSON that `--format json` prints. The shape is told in shape.ts; this file only fills it.
// Written by hand field by field, so that a new field of the model never leaks into the contract unseen.
import type {
  Author,
  Boundary,
  Branch,
  Conversation,
  ConversationReply,
  Gap,
  Link,
  MergedPost,
  Note,
  Provenance,
  Thread,
  ThreadPost,
  Unplaced,
  Unrolled,
} from '../../model.ts'
import { VERSION } from '../../version.ts'
import { parentIdOf } from '../discussion.ts'
import { printItems } from './pieces.ts'
import {
  FORMAT_VERSION,
  type JsonAuthor,
  type JsonBoundary,
  type JsonBranch,
  type JsonConversation,
  type JsonDocument,
  type JsonFootnote,
  type JsonGap,
  type JsonLink,
  type JsonNote,
  type JsonPost,
  type JsonReply,
  type JsonSource,
  type JsonThread,
  type JsonUnplaced,
} from './shape.ts'

/** Digits kept of a probability; more would promise what no model keeps. */
const P_SCALE = 10_000

interface JsonOptions {
  /** Keep the author's numbering in `text`. */
  readonly raw?: boolean
  readonly version?: string
}

/** The whole document as one value. */
export function toJsonDocument(unrolled: Unrolled, options: JsonOptions = {}): JsonDocument {
  const lists = mapLists(unrolled, options)
  return {
    ...head(options),
    threads: [...lists.threads()],
    conversations: [...lists.conversations()],
    unplaced: [...lists.unplaced()],
    notes: [...lists.notes()],
  }
}

/**
 * The document as text, post by post, so that a million posts need no string of their size.
 * Joined, the pieces are `JSON.stringify(toJson(unrolled), null, 2)` and a line end.
 */
export function* jsonChunks(unrolled: Unrolled, options: JsonOptions = {}): Generator<string> {
  yield JSON.stringify(head(options), null, 2).slice(0, -'\n}'.length)
  for (const [name, items] of Object.entries(mapLists(unrolled, options))) {
    yield `,\n  ${JSON.stringify(name)}: `
    yield* printItems(items(), '  ', 1)
  }
  yield '\n}\n'
}

const LINE_NAMES = { threads: 'thread', conversations: 'conversation', unplaced: 'unplaced', notes: 'note' } as const

/**
 * One finding a line, each named by what it is: `{"thread":{…}}`. Lines of several parts may stand one after the other.
 */
export function* jsonLines(unrolled: Unrolled, options: JsonOptions = {}): Generator<string> {
  const lists = mapLists(unrolled, options)
  for (const name of ['threads', 'conversations', 'unplaced', 'notes'] as const)
    for (const item of lists[name]()) yield `${JSON.stringify({ [LINE_NAMES[name]]: item })}\n`
}

function head({ version = VERSION }: JsonOptions): { unspool: string; format: typeof FORMAT_VERSION } {
  return { unspool: version, format: FORMAT_VERSION }
}

function mapLists(unrolled: Unrolled, options: JsonOptions) {
  return {
    threads: () => mapLazily(unrolled.threads, (thread) => toThread(thread, options)),
    conversations: () => mapLazily(unrolled.conversations, toConversation),
    unplaced: () => mapLazily(unrolled.unplaced, toUnplaced),
    notes: () => mapLazily(unrolled.notes, toNote),
  }
}

function* mapLazily<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item)
}

function toThread(thread: Thread, options: JsonOptions): JsonThread {
  return {
    id: thread.id,
    platform: thread.platform,
    author: toAuthor(thread.author),
    title: thread.title,
    url: thread.url,
    completeness: thread.completeness,
    statement: thread.statement,
    declaredTotal: thread.declaredTotal,
    posts: thread.posts.map((post) => toPost(post, options)),
    gaps: thread.gaps.map(toGap),
    branches: thread.branches.map((branch) => toBranch(branch, options)),
    aliases: thread.aliases,
  }
}

function toPost({ position, number, post, text, link }: ThreadPost, { raw = false }: JsonOptions): JsonPost {
  return {
    position,
    number,
    id: post.id,
    text: raw ? post.text : text,
    html: post.html,
    createdAt: post.createdAt,
    url: post.url,
    media: post.media,
    quotes: post.quotes,
    sources: toSources(post),
    link: toLink(link),
    boundary: toBoundary(post.boundary),
    ...withFootnotes(post),
  }
}

function toGap(gap: Gap): JsonGap {
  const { after, before, count, p, reason } = gap
  return { after, before, count, class: gap.class, p: round(p), reason }
}

function toBranch(branch: Branch, options: JsonOptions): JsonBranch {
  return { from: branch.from, posts: branch.posts.map((post) => toPost(post, options)) }
}

function toConversation(conversation: Conversation): JsonConversation {
  const { root } = conversation
  return {
    id: conversation.id,
    title: root?.title ?? null,
    author: toAuthor(root?.author ?? null),
    url: root?.url ?? null,
    publishedAt: root?.createdAt ?? null,
    site: conversation.site,
    body: root === null ? null : { text: root.text, html: root.html },
    footnotes: toFootnotes(root?.footnotes ?? []),
    declaredReplies: conversation.declaredReplies,
    completeness: conversation.completeness,
    statement: conversation.statement,
    replies: conversation.replies.map((reply) => toReply(reply, conversation)),
    platform: root?.platform ?? null,
    media: root?.media ?? [],
    quotes: root?.quotes ?? [],
    sources: root === null ? [] : toSources(root),
  }
}

function toReply(reply: ConversationReply, conversation: Conversation): JsonReply {
  const { index, parent, depth, post, link } = reply
  return {
    index,
    parent,
    depth,
    author: toAuthor(post.author),
    isPostAuthor: post.isPostAuthor,
    createdAt: post.createdAt,
    id: post.id,
    text: post.text,
    html: post.html,
    sources: toSources(post),
    link: toLink(link),
    url: post.url,
    media: post.media,
    quotes: post.quotes,
    boundary: toBoundary(post.boundary),
    parentId: parentIdOf(reply, conversation),
    ...withFootnotes(post),
  }
}

function toUnplaced({ post, homes }: Unplaced): JsonUnplaced {
  return {
    id: post.id,
    platform: post.platform,
    author: toAuthor(post.author),
    text: post.text,
    html: post.html,
    createdAt: post.createdAt,
    url: post.url,
    media: post.media,
    quotes: post.quotes,
    sources: toSources(post),
    boundary: toBoundary(post.boundary),
    homes: homes.map(({ thread, p }) => ({ thread, p: round(p) })),
    ...withFootnotes(post),
  }
}

function toAuthor(author: Author | null): JsonAuthor | null {
  if (author === null) return null
  const { handle, name, url, id } = author
  return { handle, name, url, id }
}

function toSources(post: MergedPost): JsonSource[] {
  return post.sources.map(toSource)
}

function toSource({ input, capture, line, selector, endLine, path }: Provenance): JsonSource {
  return { input, capture, line, selector, endLine, path }
}

function toLink(link: Link | null): JsonLink | null {
  if (link === null) return null
  const evidence = link.evidence.map(({ kind, say, weight }) => ({ kind, say, weight: round(weight) }))
  return { basis: link.basis, p: round(link.p), evidence }
}

function toFootnotes(footnotes: MergedPost['footnotes']): readonly JsonFootnote[] {
  return footnotes.map(({ label, text }) => ({ label, text }))
}

/** Few posts have any, and a file of millions should not say so of each. */
function withFootnotes({ footnotes }: MergedPost): { readonly footnotes?: readonly JsonFootnote[] } {
  return footnotes.length === 0 ? {} : { footnotes: toFootnotes(footnotes) }
}

function toBoundary(boundary: Boundary | null): JsonBoundary | null {
  if (boundary === null) return null
  return { p: round(boundary.p), alternatives: boundary.alternatives.map(({ say, p }) => ({ say, p: round(p) })) }
}

function toNote({ level, code, message, input }: Note): JsonNote {
  return { level, code, message, input }
}

function round(value: number): number {
  return Math.round(value * P_SCALE) / P_SCALE
}
