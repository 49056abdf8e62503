// The post that opens a thread and bears no number: "Why the mill matters. A thread", and then `1/`. It answers nothing
// and nothing counts it, so what speaks for it is how soon the count follows and what it says of itself.
import type { Link, MergedPost } from '../../../model.ts'
import { readAddressee } from '../../evidence/words/words.ts'
import { logOdds } from '../../given/replies.ts'
import { comparePosts, isRepost } from '../../identity.ts'
import { saysMore } from '../../markers/addenda.ts'
import { findCues, saysEnd } from '../../markers/candidates/cues.ts'
import { NONE } from '../../solve/bag.ts'
import type { Counted } from '../counted.ts'
import { connect, disconnect, type Lines, type LinesWithHomes, type WayBack, withWayBack } from '../lines.ts'

const MINUTE_MS = 60_000
/**
 * How likely the post before `1/` opens its thread, by how soon `1/` follows, in minutes: without a word of it, and
 * with one ("a thread", 🧵). In exports with reply fields all eight openers of numbered threads stood less than seven
 * minutes before, two of them with such a word; the rest is by judgement.
 */
const BY_DELAY: readonly (readonly [minutes: number, bare: number, cued: number])[] = [
  [10, 0.9, 0.97],
  [60, 0.6, 0.9],
  [24 * 60, 0.25, 0.75],
]
const LATER: readonly [bare: number, cued: number] = [0.08, 0.4]
/** The first row above. */
const SOON_MINUTES = 10
/** Minutes without a post before an opener that nothing else joins to its thread. */
const QUIET_MINUTES = 60
/** One such post and one such thread, and nothing that orders them. */
const LONE_P = 0.8
const LEAST_P = 0.5
/** It points at a picture as often as at a thread. */
const POINTER = '👇'

/** Judges the openers that are linked and finds those that are not, in place. @param groups posts by author */
export function placeOpeners(counted: Counted, groups: Iterable<readonly number[]>, given: LinesWithHomes): void {
  const lines = withWayBack(given)
  for (const group of groups) {
    const firsts = group.filter((at) => isFirst(lines, at) && counted.settled[at] !== 1)
    if (firsts.length === 0) continue
    const dated = group.filter((at) => counted.posts[at]?.createdAt !== null)
    dated.sort((a, b) => comparePosts(counted.posts[a] as MergedPost, counted.posts[b] as MergedPost))
    const places = new Map(dated.map((at, place) => [at, place]))
    for (const first of firsts) {
      const place = places.get(first)
      if (place !== undefined) placeDated(counted, dated, place, lines)
    }
    placeLone(counted, group, firsts, lines)
  }
}

/** A post that bears 1 and is followed by another. */
function isFirst({ acceptances, next }: Lines, at: number): boolean {
  return acceptances[at]?.marker?.number === 1 && next[at] !== NONE
}

/** @param place of the first post among the dated ones */
function placeDated(counted: Counted, dated: readonly number[], place: number, lines: LinesWithHomes & WayBack): void {
  const first = dated[place] ?? NONE
  freeTail(counted, dated[place - 1] ?? NONE, first, lines)
  const linked = lines.previous[first] ?? NONE
  if (linked === NONE && !isQuietBefore(counted, dated, place - 1)) return
  const opener = linked === NONE ? (dated[place - 1] ?? NONE) : linked
  if (opener === NONE || !mayOpen(counted, lines, opener) || (linked === NONE && !isAlone(lines, opener))) return
  if (counted.walls[opener] !== counted.walls[first] || counted.posts[opener]?.createdAt == null) return
  const delay = delayOf(counted.posts[opener] as MergedPost, counted.posts[first] as MergedPost)
  const p = judge(counted, opener, delay)
  if (p >= LEAST_P) {
    connect(lines, opener, first, linkOf(p, `stands ${sayDelay(delay)} before number 1 and bears none`))
    return
  }
  if (linked === NONE) return
  disconnect(lines, opener, first)
  lines.homes.set(opener, [{ near: first, p }])
}

/**
 * Lets go of a post that fills a place in an earlier thread, though hours lie before it and minutes before `1/`; what
 * says of itself that it adds or ends stays.
 */
function freeTail({ posts, settled, walls }: Counted, tail: number, first: number, lines: Lines & WayBack): void {
  const { next, previous, acceptances } = lines
  const before = previous[tail] ?? NONE
  const [own, above, below] = [posts[tail], posts[before], posts[first]]
  if (own === undefined || above === undefined || below === undefined || own.createdAt === null) return
  if (acceptances[tail]?.marker != null || settled[tail] === 1 || next[tail] !== NONE) return
  if (previous[first] !== NONE || walls[tail] !== walls[first] || saysMore(own.text) || saysEnd(own.text)) return
  if (above.createdAt === null || delayOf(above, own) <= QUIET_MINUTES || delayOf(own, below) > SOON_MINUTES) return
  disconnect(lines, before, tail)
}

/**
 * Without times and order: a post that speaks of a thread, and beside it nothing but one that counts and lacks an
 * opening.
 */
function placeLone(
  counted: Counted,
  group: readonly number[],
  firsts: readonly number[],
  lines: Lines & WayBack,
): void {
  const { previous } = lines
  const [first, ...others] = firsts
  if (first === undefined || others.length > 0 || previous[first] !== NONE) return
  const heads = group.filter((at) => at !== first && previous[at] === NONE)
  const [opener, ...rivals] = heads
  if (opener === undefined || rivals.length > 0 || counted.posts[opener]?.createdAt !== null) return
  if (!isAlone(lines, opener) || !mayOpen(counted, lines, opener) || !hasCue(counted, opener)) return
  if (counted.walls[opener] !== counted.walls[first]) return
  const say = 'speaks of a thread, and the only thread here that counts follows nothing'
  connect(lines, opener, first, linkOf(LONE_P, say))
}

/**
 * Whether nothing of the author's stands shortly before: among threads that run side by side the post before is
 * anybody's.
 */
function isQuietBefore({ posts }: Counted, dated: readonly number[], at: number): boolean {
  const [before, own] = [posts[dated[at - 1] ?? NONE], posts[dated[at] ?? NONE]]
  return own !== undefined && (before === undefined || delayOf(before, own) > QUIET_MINUTES)
}

function mayOpen({ posts, settled }: Counted, { previous, acceptances }: Lines & WayBack, at: number): boolean {
  const text = posts[at]?.text ?? ''
  if (acceptances[at]?.marker?.number != null || previous[at] !== NONE || settled[at] === 1) return false
  return readAddressee(text) === '' && !isRepost(text)
}

function isAlone({ next }: Lines, at: number): boolean {
  return next[at] === NONE
}

function hasCue({ posts }: Counted, at: number): boolean {
  const text = posts[at]?.text ?? ''
  return findCues(text).some(({ kind, start }) => kind === 'start' && !text.startsWith(POINTER, start))
}

function delayOf(a: MergedPost, b: MergedPost): number {
  return Math.max(0, Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '')) / MINUTE_MS
}

function judge(counted: Counted, opener: number, delay: number): number {
  const [, bare, cued] = BY_DELAY.find(([most]) => delay <= most) ?? [0, ...LATER]
  return hasCue(counted, opener) ? cued : bare
}

function linkOf(p: number, say: string): Link {
  return { basis: 'inferred', p, evidence: [{ kind: 'opens', say: `the post before ${say}`, weight: logOdds(p) }] }
}

function sayDelay(minutes: number): string {
  return minutes < 120 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`
}
