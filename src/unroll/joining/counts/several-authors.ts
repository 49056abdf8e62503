// One count that several people carry on: `1/5 2/5` by one, `3/5 4/5` by a guest, `5/5` by the first again. A thread is
// one author's, so each has a thread; but numbers that stand in another's are not missing, and the first goes on over
// the guest.
import type { Link, MergedPost, Unrolled } from '../../../model.ts'
import { accountOf } from '../../../post.ts'
import { logOdds } from '../../given/replies.ts'
import type { Marker } from '../../markers/marker.ts'
import type { PagePlace } from '../../sightings/copies.ts'
import { NONE } from '../../solve/bag.ts'
import { reverseLinks } from '../../solve/chains.ts'
import { headOf, type Lines } from '../lines.ts'

/** A count that goes on in another's hands is believed from so many posts on. */
const LEAST_POSTS = 3
/** By judgement: the number is the next one, and the post answers it or stands right behind it. */
const SHARED_P = 0.95

/** Who bears which numbers of the count that a post stands in, by number: others than its author. */
export type Sharers = ReadonlyMap<number, string>

interface Neighbours {
  readonly posts: readonly MergedPost[]
  readonly places: readonly PagePlace[]
  /** Position of each post's parent, NONE where none is here. */
  readonly parent: Int32Array
  /** Extractions whose order says who writes behind whom, and of which no post is read apart from the others. */
  readonly ordered: ReadonlySet<number>
}

interface SharedLines extends Lines {
  readonly acceptances: (Lines['acceptances'][number] | null)[]
}

export interface SharedCounts {
  /** By post. */
  readonly sharers: ReadonlyMap<number, Sharers>
  /** Every pair that may be one by its own words alone: whether it is may depend on all that both authors wrote. */
  readonly handovers: Unrolled['handovers']
}

/** Links in place what one author wrote before and after another. */
export function shareCounts(around: Neighbours, lines: SharedLines): SharedCounts {
  const pairs = findPairs(around, lines)
  const handovers = pairs.map(([from, to]) => [around.posts[from]?.id ?? '', around.posts[to]?.id ?? ''] as const)
  const after = new Map(pairs.filter(([from, to]) => goesOn(countOf(lines, from), countOf(lines, to))))
  return { sharers: after.size === 0 ? new Map() : listSharers(after, around, lines), handovers }
}

function listSharers(
  after: ReadonlyMap<number, number>,
  around: Neighbours,
  lines: SharedLines,
): ReadonlyMap<number, Sharers> {
  const sharers = new Map<number, Sharers>()
  const previous = reverseLinks(lines.next)
  const followers = new Set(after.values())
  for (const start of after.keys()) {
    const head = headOf(previous, start)
    if (followers.has(head)) continue
    const run = walkRun(head, after, lines)
    if (run.length < LEAST_POSTS || !run.some((at) => lines.acceptances[at]?.marker?.number != null)) continue
    for (const at of run) sharers.set(at, sharersOf(run, at, around, lines))
    joinOwn(run, previous, around, lines)
  }
  return sharers
}

/** Posts with the one behind each that is by somebody else and may go on with its count. */
function findPairs(
  { posts, places, parent, ordered }: Neighbours,
  lines: Lines,
): readonly (readonly [from: number, to: number])[] {
  const pairs: (readonly [number, number])[] = []
  const byPlace = new Map<string, number>()
  const isCounted = (at: number): boolean => countOf(lines, at) !== null
  if (!posts.some((_, at) => isCounted(at))) return pairs
  places.forEach(({ extraction, index }, at) => {
    if (ordered.has(extraction)) byPlace.set(`${extraction} ${index}`, at)
  })
  posts.forEach((post, at) => {
    if (!isCounted(at)) return
    const { extraction = NONE, index = NONE } = places[at] ?? {}
    const above = post.parent === null ? (byPlace.get(`${extraction} ${index - 1}`) ?? NONE) : (parent[at] ?? NONE)
    if (above === NONE || accountOf(posts[above]?.author ?? null) === accountOf(post.author)) return
    if (mayGoOn(lines, above, at)) pairs.push([above, at])
  })
  return pairs
}

/** Whether any number that one may bear is next to any that the other may. */
function mayGoOn(lines: Lines, above: number, at: number): boolean {
  const after = countsOf(lines, at)
  return countsOf(lines, above).some((one) => after.some((other) => goesOn(one, other)))
}

/** The number a post bears or would bear if its author had more of them. */
function countOf(lines: Lines, at: number): Marker | null {
  const marker = lines.acceptances[at]?.marker ?? null
  return marker !== null && isPlain(marker) ? marker : (lines.acceptances[at]?.candidates.find(isPlain) ?? null)
}

function countsOf({ acceptances }: Lines, at: number): readonly Marker[] {
  return acceptances[at]?.candidates.filter(isPlain) ?? []
}

function isPlain({ number, total }: Marker): boolean {
  return number !== null && total !== null && number <= total
}

function goesOn(before: Marker | null, after: Marker | null): boolean {
  if (before?.number == null || after?.number == null) return false
  return before.total === after.total && after.number === before.number + 1
}

/** From hand to hand, and on in one hand as long as its count does. */
function walkRun(head: number, after: ReadonlyMap<number, number>, lines: Lines): readonly number[] {
  const run: number[] = []
  const seen = new Set<number>()
  for (let at = head; at !== NONE && !seen.has(at); ) {
    run.push(at)
    seen.add(at)
    const own = lines.next[at] ?? NONE
    at = after.get(at) ?? (own !== NONE && goesOn(countOf(lines, at), countOf(lines, own)) ? own : NONE)
  }
  return run
}

function sharersOf(run: readonly number[], at: number, { posts }: Neighbours, lines: Lines): Sharers {
  const own = accountOf(posts[at]?.author ?? null)
  const others = run.filter((one) => accountOf(posts[one]?.author ?? null) !== own)
  return new Map(others.map((one) => [countOf(lines, one)?.number ?? 0, sayAuthor(posts[one])]))
}

function sayAuthor(post: MergedPost | undefined): string {
  const { handle = null, name = null } = post?.author ?? {}
  return handle === null ? (name ?? 'somebody else') : `@${handle}`
}

/** Posts of one author with others between them. */
function joinOwn(run: readonly number[], previous: Int32Array, { posts }: Neighbours, lines: SharedLines): void {
  const last = new Map<string | null, number>()
  for (const at of run) {
    const author = accountOf(posts[at]?.author ?? null)
    const before = last.get(author) ?? NONE
    last.set(author, at)
    believe(lines, at)
    if (before === NONE || previous[at] !== NONE || lines.next[before] !== NONE) continue
    lines.next[before] = at
    previous[at] = before
    lines.links[at] = SHARED_LINK
  }
}

function believe(lines: SharedLines, at: number): void {
  const acceptance = lines.acceptances[at] ?? null
  const marker = countOf(lines, at)
  if (acceptance === null || acceptance.marker !== null || marker === null) return
  lines.acceptances[at] = { ...acceptance, marker, p: SHARED_P, why: () => 'it goes on with the count of another' }
}

const SHARED_LINK: Link = {
  basis: 'inferred',
  p: SHARED_P,
  evidence: [{ kind: 'count-shared', say: 'the count goes on behind the posts of another', weight: logOdds(SHARED_P) }],
}
