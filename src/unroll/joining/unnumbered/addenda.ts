// What an author adds behind the end of a thread and gives no number: "PS", "Bonus", "one more thing", his leave. Its
// words say that it adds to something; what stands right before it says to what.
import type { Link } from '../../../model.ts'
import { logOdds } from '../../given/replies.ts'
import { isRepost } from '../../identity.ts'
import { saysMore } from '../../markers/addenda.ts'
import { saysEnd } from '../../markers/candidates/cues.ts'
import { NONE } from '../../solve/bag.ts'
import { connect, disconnect, type Lines, type LinesWithHomes, type WayBack, withWayBack } from '../lines.ts'
import { type PlacedPosts, sortGroup } from '../placed.ts'

const MINUTE_MS = 60_000
/**
 * How likely such a post belongs to the thread that ends right before it, by how soon it comes, in minutes. In two
 * whole timelines all three within ten minutes answered it; of 39 in tables of threads one opened a thread; the rest is
 * by judgement.
 */
const BY_DELAY: readonly (readonly [minutes: number, p: number])[] = [
  [10, 0.95],
  [60, 0.88],
  [24 * 60, 0.7],
]
/** On a page without times, right behind it. */
const BEHIND_P = 0.88
/** Without times and order: one such post, and one thread. */
const LONE_P = 0.75

/** Links in place what is added behind the end of a thread. @param groups posts by author */
export function placeAddenda(placed: PlacedPosts, groups: Iterable<readonly number[]>, given: LinesWithHomes): void {
  const lines = withWayBack(given)
  for (const group of groups) {
    const added = group.filter((at) => mayAdd(placed, lines, at))
    if (added.length === 0) continue
    closeOpeners(added, lines)
    for (const [before, at, p] of listPairs(placed, group, added, lines)) {
      if (p === null || placed.walls[before] !== placed.walls[at] || !mayEnd(placed, lines, before)) continue
      if (endOf(at, lines) === before) continue
      connect(lines, before, at, linkOf(p))
    }
  }
}

type Pair = readonly [before: number, at: number, p: number | null]

/** Each addition with the post that stands right before it, in order. */
function listPairs(
  placed: PlacedPosts,
  group: readonly number[],
  added: readonly number[],
  lines: Lines & WayBack,
): readonly Pair[] {
  const sorted = sortGroup(placed, group)
  if (sorted.length === 0) return added.length > 1 ? [] : [[findSole(group, added, lines), added[0] ?? NONE, LONE_P]]
  const isAdded = new Set(added)
  return sorted.flatMap((at, k) => {
    const before = sorted[k - 1] ?? NONE
    return before === NONE || !isAdded.has(at) ? [] : [[before, at, byDelay(placed, before, at)]]
  })
}

/** A post that follows nothing, bears no number, and says that it adds. */
function mayAdd({ posts, settled }: PlacedPosts, { previous, acceptances }: Lines & WayBack, at: number): boolean {
  if (previous[at] !== NONE || settled[at] === 1 || acceptances[at]?.marker?.number != null) return false
  const text = posts[at]?.text ?? ''
  return !isRepost(text) && saysMore(text)
}

/**
 * What adds opens nothing: a count that was taken to follow it begins with its own first number, and is one home it may
 * have.
 */
function closeOpeners(added: readonly number[], lines: LinesWithHomes & WayBack): void {
  for (const at of added) {
    const first = lines.next[at] ?? NONE
    if (lines.acceptances[first]?.marker?.number !== 1) continue
    lines.homes.set(at, [{ near: first, p: lines.links[first]?.p ?? 0 }])
    disconnect(lines, at, first)
  }
}

/** The end of the only thread there is beside the one addition, NONE where there are more. */
function findSole(group: readonly number[], [added]: readonly number[], lines: Lines & WayBack): number {
  const [head = NONE, ...others] = group.filter((at) => lines.previous[at] === NONE && at !== added)
  return head === NONE || others.length > 0 ? NONE : endOf(head, lines)
}

/** The last post of the chain that a post opens. */
function endOf(head: number, { next }: Lines): number {
  let at = head
  for (let after = next[at] ?? NONE; after !== NONE; after = next[at] ?? NONE) at = after
  return at
}

/** Whether a thread may be over with a post: it bears a number, says END, or adds already. */
function mayEnd({ posts, settled }: PlacedPosts, lines: Lines & WayBack, at: number): boolean {
  if ((lines.previous[at] ?? NONE) === NONE || lines.next[at] !== NONE || settled[at] === 1) return false
  const text = posts[at]?.text ?? ''
  return lines.acceptances[at]?.marker != null || saysEnd(text) || saysMore(text)
}

/** Null where it comes too late. */
function byDelay({ posts }: PlacedPosts, before: number, at: number): number | null {
  const [a, b] = [posts[before]?.createdAt ?? null, posts[at]?.createdAt ?? null]
  if (a === null || b === null) return BEHIND_P
  const minutes = (Date.parse(b) - Date.parse(a)) / MINUTE_MS
  return BY_DELAY.find(([most]) => minutes <= most)?.[1] ?? null
}

function linkOf(p: number): Link {
  const say = 'says that it adds to something, and the thread that ends before it is the nearest'
  return { basis: 'inferred', p, evidence: [{ kind: 'adds', say, weight: logOdds(p) }] }
}
