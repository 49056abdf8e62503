// Every post of an export once, though a thread and a discussion show it: what either knows of it laid together.
// What kind it is of is not written there. Whoever opens a discussion with a post has a thread too, be it of that post
// alone: what opens one and has none is an article when it has a title, and a comment on something else when not.
import type { Author, Block, Parent, Post } from '../../model.ts'
import { countAt, objectsAt, textAt } from '../values/json-fields.ts'
import { authorIn, parentIn, refOfId, timeIn, urlIn } from './fields.ts'
import { type Finding, type Findings, partsOf, stringAt } from './findings.ts'

/** A post as the export has it. */
export interface Draft {
  readonly id: string
  readonly kind: Post['kind']
  readonly platform: string
  /** Where its words and most of its fields stand. */
  readonly from: Finding
  readonly author: Author | null
  readonly createdAt: string | null
  readonly title: string | null
  /** Its words with the author's number, where a discussion shows them; null: only `from` tells. */
  readonly whole: string | null
  readonly html: string | null
  readonly isPostAuthor: boolean
  readonly parent: Parent | null
  readonly conversation: string | null
  readonly block: string | null
}

export interface Drafts {
  readonly posts: readonly Draft[]
  readonly blocks: readonly Block[]
}

export function draftAll(findings: Findings): Drafts {
  const drafts = new Map<string, Draft>()
  const blocks = findings.threads.flatMap((thread) => addThread(drafts, thread))
  for (const one of findings.unplaced) addPost(drafts, one, { home: one.value, parent: null, block: null })
  for (const conversation of findings.conversations) addConversation(drafts, conversation)
  return { posts: [...drafts.values()].map((draft) => outsideTalks(draft, drafts)), blocks }
}

/**
 * Who goes on in a thread below a discussion answers nobody there: as a parent, the link would say so. It is inferred
 * again where it was inferred, and read off the order of the thread where that told it.
 */
function outsideTalks(draft: Draft, drafts: ReadonlyMap<string, Draft>): Draft {
  const { parent, conversation, block } = draft
  const above = parent?.key == null ? undefined : drafts.get(parent.key)
  if (parent === null || parent.basis === 'declared' || conversation !== null || !above?.conversation) return draft
  return { ...draft, parent: null, block: parent.basis === 'inferred' ? null : block }
}

interface Standing {
  /** Names author and platform. */
  readonly home: Finding['value']
  readonly parent: Parent | null
  readonly block: string | null
}

function addPost(drafts: Map<string, Draft>, from: Finding, { home, parent, block }: Standing): void {
  const id = textAt(from.value, 'id')
  if (id === null || drafts.has(id)) return
  drafts.set(id, {
    ...bare(id, from, textAt(home, 'platform')),
    author: authorIn(home),
    createdAt: timeIn(from.value, 'createdAt'),
    parent,
    block,
  })
}

function bare(id: string, from: Finding, platform: string | null): Omit<Draft, 'author' | 'createdAt'> {
  const unknown = { title: null, whole: null, isPostAuthor: false, parent: null, conversation: null, block: null }
  const html = stringAt(from.value, 'html')
  return { id, kind: 'post', platform: refOfId(id)?.platform ?? platform ?? 'text', from, html, ...unknown }
}

/** A thread is a run of its posts, each linked to the one before it; its side chains leave from posts of it. */
function addThread(drafts: Map<string, Draft>, thread: Finding): readonly Block[] {
  const { value } = thread
  const id = textAt(value, 'id')
  if (id === null) return []
  const block = threadBlock(id, value)
  const addRun = (posts: readonly Finding[], from: string | null, key: string | null): void => {
    let before = from
    for (const post of posts) {
      addPost(drafts, post, { home: value, parent: parentIn(post.value, before), block: key })
      before = textAt(post.value, 'id') ?? before
    }
  }
  addRun(partsOf(thread, 'posts'), null, block.key)
  for (const branch of partsOf(thread, 'branches')) addRun(partsOf(branch, 'posts'), textAt(branch.value, 'from'), null)
  return [block]
}

/** A total is of all posts: where the first is not here, it came from numbers, and they are read again. */
function threadBlock(id: string, value: Finding['value']): Block {
  const first = countAt(objectsAt(value, 'posts')[0], 'number') ?? 1
  const declaredTotal = first > 1 ? null : countAt(value, 'declaredTotal') || null
  return {
    key: id,
    kind: 'thread',
    title: textAt(value, 'title'),
    url: urlIn(value),
    author: authorIn(value),
    declaredTotal,
  }
}

/** All of it names it, so that what answers nothing that is here stays in it. */
function addConversation(drafts: Map<string, Draft>, conversation: Finding): void {
  const { value } = conversation
  const id = textAt(value, 'id')
  if (id === null) return
  const replies = partsOf(conversation, 'replies')
  const isOfPosts = [id, ...replies.map((reply) => textAt(reply.value, 'id') ?? '')].some((one) => drafts.has(one))
  const name = refOfId(id)?.id ?? id
  if (value['body'] !== null && value['body'] !== undefined) {
    const body = { ...conversation, value: { ...value, ...(value['body'] as object) } }
    lay(drafts, {
      ...bare(id, body, textAt(value, 'platform')),
      kind: textAt(value, 'title') === null ? 'comment' : 'article',
      author: authorIn(value),
      createdAt: timeIn(value, 'publishedAt'),
      title: textAt(value, 'title'),
      whole: stringAt(body.value, 'text'),
      conversation: name,
    })
  }
  for (const reply of replies) {
    const own = textAt(reply.value, 'id')
    if (own === null) continue
    lay(drafts, {
      ...bare(own, reply, textAt(value, 'platform')),
      kind: isOfPosts ? 'post' : 'comment',
      author: authorIn(reply.value),
      createdAt: timeIn(reply.value, 'createdAt'),
      whole: stringAt(reply.value, 'text'),
      isPostAuthor: reply.value['isPostAuthor'] === true,
      parent: parentIn(reply.value, textAt(reply.value, 'parentId')),
      conversation: name,
    })
  }
}

/** What a discussion knows of a post that a thread shows too: its words as written, whom it answers. */
function lay(drafts: Map<string, Draft>, seen: Draft): void {
  const known = drafts.get(seen.id)
  const { id, title, whole, isPostAuthor, conversation } = seen
  const parent = seen.parent ?? known?.parent ?? null
  drafts.set(id, known === undefined ? seen : { ...known, title, whole, isPostAuthor, conversation, parent })
}
