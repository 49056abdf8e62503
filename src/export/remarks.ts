// Quiet sentences for readers: what is missing at a gap, and where we are not sure. Shared by Markdown and text.
import { addTo } from '../grouping.ts'
import type { Author, Gap, Link, Media, MergedPost, Thread, ThreadPost } from '../model.ts'

/** Links and cuts at least this probable are printed without a word. */
const SURE = 0.9
/** Below this a gap is not even probable. */
const LIKELY = 0.6
/** From so many unsure cuts on, and from such a share of all posts, it is said once and not at each post. */
const MANY_DOUBTS = 4
const MANY_SHARE = 0.3

/** Reasons that say no more than that. */
const WORDLESS: ReadonlySet<string> = new Set(['withheld', 'not shown'])

/** What to say behind each position where something is missing; position 0 is the start. */
export function describeGaps(thread: Thread): ReadonlyMap<number, readonly string[]> {
  const lines = new Map<number, string[]>()
  for (const gap of thread.gaps) {
    const words = describeGap(gap, thread)
    if (words !== null) addTo(lines, gap.after ?? 0, words)
  }
  return lines
}

/** `post 10 of 17 is missing`; null when nothing is lost there. */
function describeGap(gap: Gap, thread: Thread): string | null {
  const likely = gap.p >= SURE ? '' : gap.p >= LIKELY ? 'probably ' : 'perhaps '
  const of = thread.declaredTotal === null ? '' : ` of ${thread.declaredTotal}`
  const range = findNumbers(gap, thread)
  switch (gap.class) {
    case 'marker-lost':
      return null
    case 'skipped':
      return range === null ? null : `the author ${likely}skipped number ${range.first}${to(range)}`
    case 'head':
      return range ? say(range, of, likely) : `the beginning is ${likely}missing${many(gap.count)}`
    case 'tail':
      return range ? say(range, of, likely) : `the rest is ${likely}missing${many(gap.count)}`
    case 'branch':
      return `a side branch is ${likely}missing${many(gap.count)}`
    default:
      return range ? say(range, of, likely) : `${posts(gap.count)} ${likely}missing here`
  }
}

/** Where a thread's posts are unsure: one line above all when many cuts are, and one at a post. */
export interface Doubts {
  readonly above: readonly string[]
  /** How unsure the step from the post before is, and where the post ends; null when it is sure. */
  readonly at: (item: ThreadPost) => string | null
}

export function describeDoubts({ posts, branches }: Thread): Doubts {
  const all = [...posts, ...branches.flatMap((branch) => branch.posts)]
  const unsure = all.filter(({ post }) => describeBoundary(post) !== null).length
  const isFlood = unsure >= MANY_DOUBTS && unsure >= all.length * MANY_SHARE
  const above = `where posts begin and end is partly a guess here: ${unsure} of ${all.length} may be cut otherwise`
  return {
    above: isFlood ? [above] : [],
    at: ({ link, post }) => {
      const doubts = [describeLink(link), isFlood ? null : describeBoundary(post)].filter((doubt) => doubt !== null)
      return doubts.length === 0 ? null : doubts.join('; ')
    },
  }
}

/**
 * `deleted; its words are not shown` for a post that a page holds a place for; `deleted by its author …` for one whose
 * words only an account's export still has; null for any other.
 */
export function describeAbsence({ text, provenance }: MergedPost): string | null {
  const deletedAt = provenance.extra?.['deletedAt']
  if (typeof deletedAt === 'string') return `deleted by its author ${sayTime(deletedAt)}`
  const reason = provenance.extra?.['withheld']
  if (typeof reason !== 'string' || text !== '') return null
  return WORDLESS.has(reason) ? 'its words are not shown' : `${reason}; its words are not shown`
}

/** Blogs call a login with spaces in it a handle; nobody writes to `@Ada Example`. */
const SPACE = /\s/
/** Characters of an id that stands for a name: enough of a key to tell two apart. */
const MAX_ACCOUNT = 24

/** `Ada Example (@ada)`, as much of it as is known, or null. */
export function nameAuthor(author: Author | null): string | null {
  if (author === null) return null
  const handle = author.handle === null ? null : SPACE.test(author.handle) ? author.handle : `@${author.handle}`
  if (author.name === null || author.name === author.handle)
    return handle ?? author.name ?? author.url ?? accountOf(author)
  return handle === null ? author.name : `${author.name} (${handle})`
}

/** Of whom nothing but the account's id is known; two of them are not one. */
function accountOf({ id }: Author): string | null {
  if (id === null) return null
  return `account ${id.length > MAX_ACCOUNT ? `${id.slice(0, MAX_ACCOUNT)}…` : id}`
}

/** `2026-01-02 03:04`, UTC. */
export function sayTime(iso: string): string {
  return iso.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')
}

export function percent(p: number): string {
  return `${Math.round(p * 100)} %`
}

function describeLink(link: Link | null): string | null {
  if (link === null || link.basis === 'declared' || link.p >= SURE) return null
  return `probably continues here (${percent(link.p)})`
}

function describeBoundary({ boundary }: MergedPost): string | null {
  if (boundary === null || boundary.p >= SURE) return null
  const other = boundary.alternatives[0]
  const instead = other === undefined ? '' : `, or ${other.say} (${percent(other.p)})`
  return `${boundary.p >= LIKELY ? 'probably' : 'perhaps'} one post (${percent(boundary.p)})${instead}`
}

interface Range {
  readonly first: number
  readonly last: number
}

/** The author's numbers that are not there, when the posts around the gap have numbers that tell. */
function findNumbers(gap: Gap, thread: Thread): Range | null {
  const left = gap.after === null ? 0 : numberAt(thread, gap.after)
  const right = gap.before === null ? endNumber(thread) : numberAt(thread, gap.before)
  if (left === null || right === null || gap.count === null || right - left - 1 !== gap.count) return null
  return gap.count > 0 ? { first: left + 1, last: right - 1 } : null
}

function numberAt(thread: Thread, position: number): number | null {
  return thread.posts[position - 1]?.number ?? null
}

function endNumber(thread: Thread): number | null {
  return thread.declaredTotal === null ? null : thread.declaredTotal + 1
}

function say(range: Range, of: string, likely: string): string {
  const one = range.first === range.last
  return `${one ? 'post' : 'posts'} ${range.first}${to(range)}${of} ${one ? 'is' : 'are'} ${likely}missing`
}

function to({ first, last }: Range): string {
  return first === last ? '' : `–${last}`
}

function many(count: number | null): string {
  if (count === null) return ''
  return count === 1 ? ' (1 post)' : ` (${count} posts)`
}

function posts(count: number | null): string {
  if (count === null) return 'posts are'
  return count === 1 ? 'a post is' : `${count} posts are`
}

/** Of a film without a file a page shows the still alone: its address is then the film's. */
export function isStill({ url, poster }: Media): boolean {
  return url === poster
}

/** What an address leads to: `video`, or `still of a video`. */
export function nameMedia(medium: Media): string {
  return isStill(medium) ? `still of a ${medium.kind}` : medium.kind
}
