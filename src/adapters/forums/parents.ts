// Who answers whom on a page of a forum. Few softwares declare it; elsewhere a quote is the only sign, so that what
// follows from it is inferred, and a post without one is taken to answer the topic.
import type { Parent, Post, PostRef, Quote } from '../../model.ts'

/** How often a post that quotes nobody answers the topic. */
const UNTOLD_P = 0.6
/** How often a post below another's in nested lists answers it. */
const NESTED_P = 0.95
/** A quote names its post by number: nearly always what is answered. */
const NUMBERED_P = 0.9
/** A quote names its writer, and an earlier post of theirs has the words. */
const WORDED_P = 0.8
/** Characters of a quote that are looked for in earlier posts. */
const BEGINNING = 60
/**
 * Quotes of a post that are followed, paragraphs of a quote, and posts of its writer, the latest, in which they are
 * looked for.
 */
const MAX_QUOTES = 20
const MAX_PARAGRAPHS = 10
const MAX_BACK = 500
const SPACES = /\s+/g

/** A post of a forum, and what its page says of the one it answers. */
export interface ForumPost {
  readonly post: Post
  readonly declared: PostRef | null
  /** What it stands below in nested lists. */
  readonly above: PostRef | null
}

/** The posts of one page in their order, each with the one it answers. */
export function withParents(read: readonly ForumPost[]): readonly Post[] {
  const earlier = noPosts()
  const [first] = read
  const opening = first?.post.kind === 'article' ? first.post : null
  return read.map(({ post, declared, above }) => {
    const told = named(declared, earlier) ?? nested(above, earlier)
    const parent = told ?? answeredBy(post, earlier, opening !== null) ?? answerTo(opening)
    addPost(earlier, post)
    return { ...post, parent: post.kind === 'article' ? null : parent }
  })
}

function named(ref: PostRef | null, { keys }: Earlier): Post['parent'] {
  if (ref === null) return null
  return { ref, key: keys.get(ref.id) ?? null, basis: 'declared', p: 1, say: 'names the post it answers' }
}

function nested(ref: PostRef | null, { keys }: Earlier): Post['parent'] {
  if (ref === null) return null
  const say = 'stands in the list of answers to this post'
  return { ref, key: keys.get(ref.id) ?? null, basis: 'layout', p: NESTED_P, say }
}

function answerTo(opening: Post | null): Post['parent'] {
  if (opening === null) return null
  const say = 'quotes nobody, so it answers the topic'
  return { ref: opening.ref, key: opening.key, basis: 'layout', p: UNTOLD_P, say }
}

/** The posts above one, as quotes name them. */
interface Earlier {
  readonly keys: Map<string, string>
  /** By handle, in page order, with white space run together. */
  readonly spoken: Map<string, Spoken[]>
}

interface Spoken {
  readonly post: Post
  readonly words: string
}

function noPosts(): Earlier {
  return { keys: new Map(), spoken: new Map() }
}

function addPost({ keys, spoken }: Earlier, post: Post): void {
  if (post.ref !== null && !keys.has(post.ref.id)) keys.set(post.ref.id, post.key)
  const handle = post.author?.handle ?? null
  if (handle === null) return
  const said = { post, words: post.text.replace(SPACES, ' ') }
  const all = spoken.get(handle)
  if (all === undefined) spoken.set(handle, [said])
  else all.push(said)
}

/** The post that the first telling quote is of. On a topic's first page all that it can answer stands before it. */
function answeredBy(post: Post, earlier: Earlier, isFirstPage: boolean): Parent | null {
  for (const quote of post.quotes.slice(0, MAX_QUOTES)) {
    const parent = byNumber(quote, earlier, isFirstPage) ?? byWords(quote, earlier)
    if (parent !== null) return parent
  }
  return null
}

function byNumber({ ref }: Quote, { keys }: Earlier, isFirstPage: boolean): Parent | null {
  if (ref === null) return null
  const key = keys.get(ref.id) ?? null
  // Words of another topic are quoted to this one.
  if (key === null && isFirstPage) return null
  return { ref, key, basis: 'inferred', p: NUMBERED_P, say: 'quotes this post by its number' }
}

/** Of several posts with one of its paragraphs, the latest; a quote in the quote is a paragraph of somebody else. */
function byWords({ author, text }: Quote, { spoken }: Earlier): Parent | null {
  if (author?.handle == null || text === null) return null
  const wanted = text.split('\n\n', MAX_PARAGRAPHS).map((words) => words.replace(SPACES, ' ').slice(0, BEGINNING))
  const before = (spoken.get(author.handle) ?? []).slice(-MAX_BACK)
  const quoted = before.findLast(({ words }) => wanted.some((beginning) => words.includes(beginning)))?.post
  if (quoted === undefined) return null
  const say = 'quotes words of this post under the name of who wrote it'
  return { ref: quoted.ref, key: quoted.key, basis: 'inferred', p: WORDED_P, say }
}
