// What is printed of a conversation: all replies, or beside printed threads only those that no thread shows. A reply is
// told what it answers where indentation cannot show it. It arranges and prints nothing.
import { addTo } from '../grouping.ts'
import type { Conversation, ConversationReply, Thread, ThreadPost } from '../model.ts'
import { nameAuthor } from './remarks.ts'

const ABSENT = 'in reply to a post that is not here'

/** Replies in reading order, each after what it answers. */
export interface Discussion {
  readonly replies: readonly ConversationReply[]
  /** By `index` of a reply, in words: `to post 3 of 5`. */
  readonly places: ReadonlyMap<number, string>
}

/** What is left of a conversation whose other posts a thread shows. */
export interface Rest extends Discussion {
  readonly statement: string
}

/** Conversations sorted out for a reader who is shown the threads as well. */
export interface Arrangement {
  /** By thread: the replies to be read after it. */
  readonly rests: ReadonlyMap<Thread, readonly Rest[]>
  /** Conversations to be read whole. */
  readonly whole: readonly Conversation[]
}

/** No post is shown twice: a conversation that a thread opens follows that thread, without the posts of threads. */
export function arrangeReading(threads: readonly Thread[], conversations: readonly Conversation[]): Arrangement {
  const shown = indexShown(conversations.length === 0 ? [] : threads)
  const rests = new Map<Thread, Rest[]>()
  const whole: Conversation[] = []
  for (const conversation of conversations) {
    const home = findHome(conversation, shown)
    const rest = home === null ? null : restOf(conversation, home, shown)
    if (home === null) whole.push(conversation)
    else if (rest !== null) addTo(rests, home, rest)
  }
  return { rests, whole }
}

/** All replies of a conversation. */
export function wholeOf(conversation: Conversation): Discussion {
  const absent = conversation.replies.filter((reply) => answersAbsent(reply, conversation))
  return { replies: conversation.replies, places: new Map(absent.map(({ index }) => [index, ABSENT])) }
}

/** The id of the post that a reply answers, here or not; null when nobody said. */
export function parentIdOf({ parent, post, link }: ConversationReply, { replies, root }: Conversation): string | null {
  if (parent !== null) return replies[parent]?.post.id ?? null
  if (link === null) return null
  const ref = post.parent?.ref ?? null
  return ref === null ? (root?.id ?? null) : `${ref.platform}:${ref.id}`
}

/** A post that a thread shows. */
interface Shown {
  readonly thread: Thread
  /** Null for the only post of a thread. */
  readonly words: string | null
}

function indexShown(threads: readonly Thread[]): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>()
  for (const thread of threads) {
    for (const item of thread.posts) shown.set(item.post.id, { thread, words: sayPost(item, thread) })
    for (const { from, posts } of thread.branches) {
      const left = thread.posts.find(({ post }) => post.id === from)?.position
      const words = left === undefined ? 'to a side branch' : `to the side branch from post ${left}`
      for (const { post } of posts) shown.set(post.id, { thread, words })
    }
  }
  return shown
}

function sayPost({ position, number }: ThreadPost, { posts, declaredTotal }: Thread): string | null {
  if (posts.length === 1) return null
  if (number === null) return `to post ${position} of ${posts.length}`
  return declaredTotal === null ? `to post ${number}` : `to post ${number} of ${declaredTotal}`
}

/** The thread that opens the conversation or, when its opening is not here, shows the first of it. */
function findHome({ root, replies }: Conversation, shown: ReadonlyMap<string, Shown>): Thread | null {
  if (root !== null) return shown.get(root.id)?.thread ?? null
  const first = replies.find(({ post }) => shown.has(post.id))
  return first === undefined ? null : (shown.get(first.post.id)?.thread ?? null)
}

function restOf(conversation: Conversation, home: Thread, shown: ReadonlyMap<string, Shown>): Rest | null {
  const left = conversation.replies.filter(({ post }) => !shown.has(post.id))
  if (left.length === 0) return null
  const places = new Map(left.flatMap((reply) => sayPlace(reply, conversation, home, shown)))
  const inThreads = conversation.replies.length - left.length
  const others = inThreads === 0 ? '' : `; ${inThreads} of them in a thread above`
  return { replies: replant(left), places, statement: `${conversation.statement}${others}` }
}

/** Replies whose parent a thread shows begin anew at depth 0. */
function replant(left: readonly ConversationReply[]): readonly ConversationReply[] {
  const depths = new Map<number, number>()
  return left.map((reply) => {
    const above = reply.parent === null ? undefined : depths.get(reply.parent)
    const depth = above === undefined ? 0 : above + 1
    depths.set(reply.index, depth)
    return { ...reply, parent: above === undefined ? null : reply.parent, depth }
  })
}

function sayPlace(
  reply: ConversationReply,
  conversation: Conversation,
  home: Thread,
  shown: ReadonlyMap<string, Shown>,
): readonly (readonly [number, string])[] {
  const parent = parentIdOf(reply, conversation)
  const above = parent === null ? undefined : shown.get(parent)
  if (above === undefined) return reply.parent === null && parent !== null ? [[reply.index, ABSENT]] : []
  const { thread, words } = above
  if (thread === home) return words === null ? [] : [[reply.index, words]]
  return [[reply.index, `${words ?? 'to the post'} by ${nameAuthor(thread.author) ?? 'another author'}`]]
}

/** The absent root of a conversation is told of once, at its head. */
function answersAbsent(reply: ConversationReply, conversation: Conversation): boolean {
  const parent = reply.parent === null ? parentIdOf(reply, conversation) : null
  return parent !== null && parent !== (conversation.root?.id ?? conversation.id)
}
