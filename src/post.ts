// A post in every stage: one of which nothing is known, what an adapter or the engine starts from where a source tells
// little; what of a post tells which others it belongs with, and whose it is; and the post under its id, with all
// sightings of it.
import type { Author, MergedPost, Post, Provenance } from './model.ts'

/** Every field that may be unknown, unknown; words and their form are said by whoever has them. */
export const UNKNOWN_POST: Omit<Post, 'key' | 'kind' | 'platform' | 'text' | 'html' | 'provenance'> = {
  ref: null,
  author: null,
  isPostAuthor: false,
  title: null,
  createdAt: null,
  editedAt: null,
  url: null,
  lang: null,
  parent: null,
  conversation: null,
  media: [],
  quotes: [],
  footnotes: [],
  block: null,
  index: 0,
  boundary: null,
}

/** What joins a post to others; its words and all that is only kept are no part of it. */
export type Joining = Pick<
  Post,
  'kind' | 'platform' | 'ref' | 'author' | 'createdAt' | 'parent' | 'conversation' | 'block'
>

/** Whether ids and authors alone relate it to others: a line of JSON, a row of a table, an item of an export. */
export function isRow({ kind, conversation, parent }: Joining): boolean {
  return kind === 'post' && conversation === null && (parent === null || parent.ref !== null)
}

/** Whether posts of one page are of one discussion, so that what the page says is about that one. */
export function isOneDiscussion(posts: readonly Pick<Post, 'kind' | 'conversation'>[]): boolean {
  const conversations = new Set(posts.flatMap(({ conversation }) => conversation ?? []))
  const articles = posts.filter(({ kind }) => kind === 'article').length
  const isNamed = conversations.size === 1 || posts.some(({ kind }) => kind !== 'post')
  return isNamed && conversations.size <= 1 && articles <= 1
}

/** Whoever is named, by a post or by a row; rows are of people who have more than an address. */
type Named = Omit<Author, 'url'> & Partial<Pick<Author, 'url'>>

/** Who was asked for last, and the answer: posts of one author stand together, and share the object. */
let [asked, answer]: [Named | null, string | null] = [null, null]

/** One text an account, or null when nobody is named. A handle beats an account id: mirrors print the handle only. */
export function accountOf(author: Named | null): string | null {
  if (author !== asked) [asked, answer] = [author, author === null ? null : toAccount(author)]
  return answer
}

function toAccount({ handle, id, name, url }: Named): string | null {
  if (handle !== null) return `@${handle.toLowerCase()}`
  if (id !== null) return `#${id}`
  return name === null ? (url ?? null) : `"${name}`
}

/** By length, then text: platforms' ids grow with time and pass 2^53, so they are never read as numbers. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/**
 * The post under its id, with all sightings of it. Field by field: V8 makes a dictionary of a spread post with two
 * fields more, six times the memory and the time.
 */
export function toMerged(post: Post, id: string, sources: readonly Provenance[]): MergedPost {
  return {
    key: post.key,
    ref: post.ref,
    kind: post.kind,
    platform: post.platform,
    author: post.author,
    isPostAuthor: post.isPostAuthor,
    title: post.title,
    text: post.text,
    html: post.html,
    createdAt: post.createdAt,
    editedAt: post.editedAt,
    url: post.url,
    lang: post.lang,
    parent: post.parent,
    conversation: post.conversation,
    media: post.media,
    quotes: post.quotes,
    footnotes: post.footnotes,
    block: post.block,
    index: post.index,
    boundary: post.boundary,
    provenance: post.provenance,
    id,
    sources,
  }
}
