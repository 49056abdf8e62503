// Pages whose posts bear names and tell by themselves whom they answer: discussions, timelines. They are looked at for
// years and change a little each time, so of each content the first and the last look at an address tell what can be
// learnt; the looks between show only what they were first or last to show.
import type { Extraction, Post } from '../../../model.ts'
import { accountOf, isOneDiscussion } from '../../../post.ts'
import type { NotedPosts } from '../readings/extraction-read.ts'
import { identityOf } from '../sightings/names-seen.ts'
import type { StoredPosts } from '../sightings/sighted-posts.ts'
import { keepOutermost, type Look } from './looks.ts'

/** A look with what was read. */
export interface SeenLook {
  readonly look: Look
  readonly extraction: Extraction
  /** Keys of the contents of its posts, in their order. */
  readonly contents: readonly number[]
}

/** Whether a few of its posts, alone, would be unrolled as they are among all of them. */
export function isToldByPost({ posts, scrapes, blocks, declared }: Extraction): boolean {
  if (posts.length < 2 || scrapes.length + blocks.length > 0 || declared.tree !== undefined) return false
  const isOne = isOneDiscussion(posts)
  return posts.every((post) => isNamed(post) && isOneDiscussion([post]) === isOne) && !isSilenceTelling(posts)
}

/** Where an author answers posts, that another of his posts answers none says something: given/given.ts. */
function isSilenceTelling(posts: readonly Post[]): boolean {
  const own = posts.filter(({ kind }) => kind === 'post')
  const answering = new Set(own.flatMap(({ parent, author }) => (parent === null ? [] : accountOf(author))))
  return own.some(({ parent, author }) => parent === null && answering.has(accountOf(author)))
}

function isNamed({ ref, kind, author, parent }: Post): boolean {
  const isSomebodys = kind !== 'post' || (author !== null && identityOf(author) !== null)
  return ref !== null && isSomebodys && (parent === null || parent.ref !== null)
}

/** @param stored has the posts of the extraction */
export function toSeen(look: Look, extraction: Extraction, stored: StoredPosts): SeenLook {
  if (look.address === null) return { look, extraction, contents: [] }
  const contents = extraction.posts.map(({ provenance }) => stored.get(provenance)?.versionKey ?? 0)
  return { look, extraction, contents }
}

/**
 * The same looks in the same order, each with the posts that it tells of: a look that tells of none still has its
 * remarks. What this gives may be given again together with further looks, and then says the same as all of them.
 */
export function keepTelling(looks: readonly SeenLook[]): readonly Extraction[] {
  const ends = new Map<string, Ends>()
  const contents = looks.map(listContents)
  for (const [at, seen] of contents.entries()) for (const content of seen) note(ends, content, at, looks)
  return looks.map(({ look, extraction }, at) => {
    if (look.address === null) return extraction
    const isKept = (n: number): boolean => {
      const end = ends.get(contents[at]?.[n] ?? '')
      return end?.first === at || end?.last === at
    }
    return cutLook(extraction, isKept)
  })
}

/** Places among the looks. */
interface Ends {
  first: number
  last: number
}

/** Of these looks what is to be unrolled; their posts are noted in `stored`. */
export function readTelling(
  looks: readonly Look[],
  { read }: { read(extractionKey: number, noted: NotedPosts): Extraction },
  stored: NotedPosts = new Map(),
): readonly Extraction[] {
  return keepTelling(keepOutermost(looks).map((look) => toSeen(look, read(look.extraction, stored), stored)))
}

/** What is said of each post, as far as unrolling can tell; nothing of a look that is told as a whole. */
function listContents({ look, extraction, contents }: SeenLook): readonly string[] {
  if (look.address === null) return []
  const isCounted = extraction.declared.replies !== null
  return extraction.posts.map(
    ({ parent, boundary }, n) =>
      `${contents[n]} ${isCounted} ${look.address} ${parent === null ? '' : sayParent(parent)} ${boundary === null ? '' : JSON.stringify(boundary)}`,
  )
}

function sayParent({ ref, basis, p, say }: NonNullable<Post['parent']>): string {
  return `${ref?.platform}:${ref?.id} ${basis} ${p} ${say}`
}

/** Of looks of one time that which the log has first is both. */
function note(ends: Map<string, Ends>, content: string, at: number, looks: readonly SeenLook[]): void {
  const known = ends.get(content)
  if (known === undefined) {
    ends.set(content, { first: at, last: at })
    return
  }
  const time = looks[at]?.look.capturedAt ?? ''
  if (time < (looks[known.first]?.look.capturedAt ?? '')) known.first = at
  if (time > (looks[known.last]?.look.capturedAt ?? '')) known.last = at
}

function cutLook(extraction: Extraction, isKept: (n: number) => boolean): Extraction {
  const posts = extraction.posts.filter((_, n) => isKept(n))
  // What one post leads to is no page of it where there were others.
  return { ...extraction, posts, ...(extraction.unread && !isOneDiscussion(posts) && { unread: [] }) }
}
