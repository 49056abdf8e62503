// Threads that go on under a new total: `1/3 2/3 3/3`, and then `4/5 5/5`. The second half has no beginning of its own,
// and the count of the first ends just before it. Each total by itself looks like a thread, so the solver, which weighs
// links, parts them.
import type { Link, MergedPost } from '../../model.ts'
import { logOdds } from '../given/replies.ts'
import { authorKey, compareIds, isOrderedId } from '../identity.ts'
import { formKey, NONE } from '../solve/bag.ts'
import { reverseLinks } from '../solve/chains.ts'
import type { Lines } from './continued.ts'

const DAY_MS = 86_400_000
/**
 * How likely it is the same thread, by how soon it goes on, in days. By judgement: another thread would have had to
 * lose its whole beginning, up to the very number at which this one ends.
 */
const BY_DELAY: readonly (readonly [days: number, p: number])[] = [
  [1, 0.92],
  [7, 0.85],
]
const LATER_P = 0.7
const UNDATED_P = 0.88
/** A second half that begins with 2 is a thread of which the first post bears no number. */
const LEAST_NUMBER = 3

export interface Counted {
  readonly posts: readonly MergedPost[]
  readonly walls: readonly string[]
  /** 1 where a post's predecessor is known. */
  readonly settled: Uint8Array
}

/** Joins in place each second half to the one first half that it can belong to. */
export function carryCounts(counted: Counted, lines: Lines): void {
  const late = listLateHeads(counted, lines)
  if (late.length === 0) return
  const authors = new Set(late.map((at) => authorKey(counted.posts[at]?.author ?? null)))
  const [lowest, tails, heads] = [new Map<string, number>(), new Map<string, number[]>(), new Map<string, number[]>()]
  lines.acceptances.forEach((acceptance, at) => {
    const { number = null, total = null } = acceptance?.marker ?? {}
    if (number === null || total === null || !authors.has(authorKey(counted.posts[at]?.author ?? null))) return
    const family = keyOf(counted, lines, at, total)
    lowest.set(family, Math.min(number, lowest.get(family) ?? number))
    if (lines.next[at] === NONE && number === total) add(tails, keyOf(counted, lines, at, number + 1), at)
  })
  for (const at of late) {
    const { number = null, total = null } = lines.acceptances[at]?.marker ?? {}
    if (lowest.get(keyOf(counted, lines, at, total ?? 0)) === number)
      add(heads, keyOf(counted, lines, at, number ?? 0), at)
  }
  for (const [key, [head, ...rivals]] of heads) {
    const [tail, ...others] = tails.get(key) ?? []
    if (head === undefined || tail === undefined || rivals.length + others.length > 0) continue
    if (isBefore(counted.posts[tail] as MergedPost, counted.posts[head] as MergedPost)) join(counted, lines, tail, head)
  }
}

/** First posts here that bear a late number: few do. */
function listLateHeads({ settled }: Counted, { acceptances, next }: Lines): readonly number[] {
  const previous = reverseLinks(next)
  const late: number[] = []
  acceptances.forEach((acceptance, at) => {
    const { number = null, total = null } = acceptance?.marker ?? {}
    if (number === null || total === null || number < LEAST_NUMBER || number > total) return
    if (previous[at] === NONE && settled[at] !== 1) late.push(at)
  })
  return late
}

/** Whose, behind which wall, how written, and a number. */
export function keyOf({ posts, walls }: Counted, { acceptances }: Lines, at: number, number: number): string {
  const marker = acceptances[at]?.marker
  const author = authorKey(posts[at]?.author ?? null) ?? ''
  return `${author}\u0000${walls[at] ?? ''}\u0000${marker == null ? '' : formKey(marker)}\u0000${number}`
}

export function add<T>(map: Map<string, T[]>, key: string, at: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [at])
  else list.push(at)
}

/** What ids and times do not refute. */
export function isBefore(a: MergedPost, b: MergedPost): boolean {
  if (isOrderedId(a.ref) && isOrderedId(b.ref) && a.ref.platform === b.ref.platform)
    return compareIds(a.ref.id, b.ref.id) < 0
  return a.createdAt === null || b.createdAt === null || a.createdAt <= b.createdAt
}

function join({ posts }: Counted, lines: Lines, tail: number, head: number): void {
  const [a, b] = [posts[tail] as MergedPost, posts[head] as MergedPost]
  const [from, to] = [lines.acceptances[tail]?.marker, lines.acceptances[head]?.marker]
  const p = byDelay(a.createdAt, b.createdAt)
  const say = `${from?.number}/${from?.total} → ${to?.number}/${to?.total}: the count goes on where it ended, under a new total, and nothing else opens it`
  const link: Link = { basis: 'inferred', p, evidence: [{ kind: 'count-carried-on', say, weight: logOdds(p) }] }
  lines.next[tail] = head
  lines.links[head] = link
}

export function byDelay(from: string | null, to: string | null): number {
  if (from === null || to === null) return UNDATED_P
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  return BY_DELAY.find(([most]) => days <= most)?.[1] ?? LATER_P
}
