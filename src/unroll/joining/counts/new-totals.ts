// Threads that go on under a new total: `1/3 2/3 3/3`, and then `4/5 5/5`. The second half has no beginning of its own,
// and the count of the first ends just before it. Each total by itself looks like a thread, so the solver, which weighs
// links, parts them.
import { addTo } from '../../../grouping.ts'
import type { Link, MergedPost } from '../../../model.ts'
import { accountOf } from '../../../post.ts'
import { logOdds } from '../../given/replies.ts'
import { NONE } from '../../solve/bag.ts'
import { reverseLinks } from '../../solve/chains.ts'
import { byDelay, type Counted, isBefore, keyOf } from '../counted.ts'
import type { Lines } from '../lines.ts'

/** A second half that begins with 2 is a thread of which the first post bears no number. */
const LEAST_NUMBER = 3

/** Joins in place each second half to the one first half that it can belong to. */
export function carryCounts(counted: Counted, lines: Lines): void {
  const late = listLateHeads(counted, lines)
  if (late.length === 0) return
  const authors = new Set(late.map((at) => accountOf(counted.posts[at]?.author ?? null)))
  const [lowest, tails, heads] = [new Map<string, number>(), new Map<string, number[]>(), new Map<string, number[]>()]
  lines.acceptances.forEach((acceptance, at) => {
    const { number = null, total = null } = acceptance?.marker ?? {}
    if (number === null || total === null || !authors.has(accountOf(counted.posts[at]?.author ?? null))) return
    const family = keyOf(counted, lines, at, total)
    lowest.set(family, Math.min(number, lowest.get(family) ?? number))
    if (lines.next[at] === NONE && number === total) addTo(tails, keyOf(counted, lines, at, number + 1), at)
  })
  for (const at of late) {
    const { number = null, total = null } = lines.acceptances[at]?.marker ?? {}
    if (lowest.get(keyOf(counted, lines, at, total ?? 0)) === number)
      addTo(heads, keyOf(counted, lines, at, number ?? 0), at)
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

function join({ posts }: Counted, lines: Lines, tail: number, head: number): void {
  const [a, b] = [posts[tail] as MergedPost, posts[head] as MergedPost]
  const [from, to] = [lines.acceptances[tail]?.marker, lines.acceptances[head]?.marker]
  const p = byDelay(a.createdAt, b.createdAt)
  const say = `${from?.number}/${from?.total} → ${to?.number}/${to?.total}: the count goes on where it ended, under a new total, and nothing else opens it`
  const link: Link = { basis: 'inferred', p, evidence: [{ kind: 'count-carried-on', say, weight: logOdds(p) }] }
  lines.next[tail] = head
  lines.links[head] = link
}
