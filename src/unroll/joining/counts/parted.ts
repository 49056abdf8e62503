// Counts that a stray post has parted: `1/ … 4/`, a word about a cat, `5/ … 8/`. The page shows it before 5, so the
// solver takes it for the post that opens what follows, and numbers for missing that stand right there. Where each
// number is there once, the count goes on.
import { addTo } from '../../../grouping.ts'
import type { Link, MergedPost } from '../../../model.ts'
import { logOdds } from '../../given/replies.ts'
import { NONE } from '../../solve/bag.ts'
import { byDelay, type Counted, isBefore, keyOf } from '../counted.ts'
import { connect, type Lines, type LinesWithHomes, type WayBack, withWayBack } from '../lines.ts'

/** A second half that begins with less is a thread of which the first post bears no number. */
const LEAST_NUMBER = 3

/** Joins in place what a post without a number parts; that post stands alone, with both neighbours as its homes. */
export function rejoinCounts(counted: Counted, given: LinesWithHomes): void {
  const lines = withWayBack(given)
  const later = listLater(counted, lines)
  if (later.length === 0) return
  const bearers = listBearers(counted, lines)
  for (const at of later) {
    const { number = null } = lines.acceptances[at]?.marker ?? {}
    const [tail = NONE, ...others] = bearers.get(keyOf(counted, lines, at, (number ?? 0) - 1)) ?? []
    const isSole = bearers.get(keyOf(counted, lines, at, number ?? 0))?.length === 1 && others.length === 0
    if (!isSole || tail === NONE || lines.next[tail] !== NONE) continue
    if (isOneCount(counted, lines, tail, at)) rejoin(counted, lines, tail, at)
  }
}

/** Posts with a number of 3 or more behind one post without, that opens their thread and is only inferred to. */
function listLater({ settled }: Counted, lines: Lines & WayBack): readonly number[] {
  const { previous } = lines
  const later: number[] = []
  lines.acceptances.forEach((acceptance, at) => {
    const opener = previous[at] ?? NONE
    if ((acceptance?.marker?.number ?? 0) < LEAST_NUMBER || opener === NONE || previous[opener] !== NONE) return
    if (lines.acceptances[opener]?.marker?.number == null && settled[at] !== 1 && settled[opener] !== 1) later.push(at)
  })
  return later
}

/** Posts by whose, how written, and number. */
function listBearers(counted: Counted, lines: Lines): ReadonlyMap<string, readonly number[]> {
  const bearers = new Map<string, number[]>()
  lines.acceptances.forEach((acceptance, at) => {
    const number = acceptance?.marker?.number ?? null
    if (number !== null) addTo(bearers, keyOf(counted, lines, at, number), at)
  })
  return bearers
}

/** Whether totals agree, nothing given refutes it, and they are not one thread already, in another order. */
function isOneCount({ posts }: Counted, { next, acceptances }: Lines, tail: number, at: number): boolean {
  let end = at
  for (let after = next[at] ?? NONE; after !== NONE; after = next[after] ?? NONE) end = after
  return (
    end !== tail &&
    acceptances[tail]?.marker?.total === acceptances[at]?.marker?.total &&
    isBefore(posts[tail] as MergedPost, posts[at] as MergedPost)
  )
}

function rejoin({ posts }: Counted, lines: LinesWithHomes & WayBack, tail: number, at: number): void {
  const stray = lines.previous[at] ?? NONE
  const p = byDelay(posts[tail]?.createdAt ?? null, posts[at]?.createdAt ?? null)
  const say = `${lines.acceptances[tail]?.marker?.number} → ${lines.acceptances[at]?.marker?.number}: each number is there once, and a post without one parts them`
  const link: Link = { basis: 'inferred', p, evidence: [{ kind: 'count-rejoined', say, weight: logOdds(p) }] }
  lines.next[stray] = NONE
  connect(lines, tail, at, link)
  lines.homes.set(
    stray,
    [tail, at].map((near) => ({ near, p: (1 - p) / 2 })),
  )
}
