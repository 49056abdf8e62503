// Threads that come apart because their numbers and their order cross: `1/4 3/4` and `2/4 4/4`. The solver lets no
// number fall where ids, times or the page order the posts, and doubts who writes `1/5` and then `(2/5)`; but where the
// pieces hold each number once, they are one thread. Ids and times, which are given, then order it; a page's order,
// which is not the author's, does not. Who writes `1/4 3/4` and hours later `2/4 4/4` writes two, each with a hole.
import { addTo } from '../../../grouping.ts'
import type { Link, MergedPost } from '../../../model.ts'
import { accountOf, compareIds } from '../../../post.ts'
import { logOdds } from '../../given/replies.ts'
import { isOrderedId, isRepost } from '../../identity.ts'
import { NONE } from '../../solve/bag.ts'
import { listChains } from '../../solve/chains.ts'
import type { Counted } from '../counted.ts'
import { type Lines, numberOf } from '../lines.ts'

/** By judgement: two threads of one total would have to have lost just the numbers that the other one kept. */
const CROSSED_P = 0.85
const LEAST_POSTS = 3
/** Milliseconds: nobody goes back in a count after so long. */
const LONG_PAUSE = 2 * 3_600_000

/** Joins such pieces in place. */
export function joinCrossed(counted: Counted, lines: Lines): void {
  const families = new Map<string, number[][]>()
  for (const chain of listChains(lines.next)) {
    const key = familyOf(counted, lines, chain)
    if (key !== null) addTo(families, key, [...chain])
  }
  for (const chains of families.values()) if (areCrossed(chains, counted, lines)) relink(chains.flat(), counted, lines)
}

/**
 * Whose, behind which wall and of how many, however written; null where the posts of the chain differ in that, or one
 * of them is passed on.
 */
function familyOf({ posts, walls }: Counted, { acceptances }: Lines, chain: readonly number[]): string | null {
  const [first = NONE] = chain
  const total = acceptances[first]?.marker?.total ?? null
  const isOne = (at: number): boolean =>
    acceptances[at]?.marker?.total === total &&
    acceptances[at]?.marker?.number != null &&
    walls[at] === walls[first] &&
    !isRepost(posts[at]?.text ?? '')
  // A chain that has all its numbers lacks none that another holds.
  if (total === null || chain.length >= total || !chain.every(isOne)) return null
  return `${accountOf(posts[first]?.author ?? null) ?? ''}\u0000${walls[first] ?? ''}\u0000${total}`
}

/** Each number once and none lacking, no head known to open a thread, and an order that crosses the numbers'. */
function areCrossed(chains: readonly (readonly number[])[], counted: Counted, lines: Lines): boolean {
  const all = chains.flat()
  if (chains.length < 2 || all.length < LEAST_POSTS || all.some((at) => counted.settled[at] === 1)) return false
  const numbers = all.map((at) => numberOf(lines, at)).sort((a, b) => a - b)
  if (!numbers.every((number, k) => number === (numbers[0] ?? 0) + k)) return false
  const sorted = sortByGiven(all, counted, lines)
  return (areAmid(chains, lines) || !areRising(sorted, lines)) && !fallsLate(sorted, counted, lines)
}

/** Whether a number falls over a long pause. */
function fallsLate(sorted: readonly number[], { posts }: Counted, lines: Lines): boolean {
  return sorted.some((at, k) => {
    const before = sorted[k - 1] ?? NONE
    const pause = Date.parse(posts[at]?.createdAt ?? '') - Date.parse(posts[before]?.createdAt ?? '')
    return pause > LONG_PAUSE && numberOf(lines, at) < numberOf(lines, before)
  })
}

/** Whether the numbers of each piece lie amid another's. */
function areAmid(chains: readonly (readonly number[])[], lines: Lines): boolean {
  const spans = chains
    .map((chain) => chain.map((at) => numberOf(lines, at)))
    .map((all) => [Math.min(...all), Math.max(...all)])
  return spans.every((own) =>
    spans.some((other) => other !== own && (other[0] ?? 0) < (own[1] ?? 0) && (own[0] ?? 0) < (other[1] ?? 0)),
  )
}

function areRising(posts: readonly number[], lines: Lines): boolean {
  return posts.every((at, k) => k === 0 || numberOf(lines, at) > numberOf(lines, posts[k - 1] ?? NONE))
}

function relink(posts: readonly number[], counted: Counted, lines: Lines): void {
  const sorted = sortByGiven(posts, counted, lines)
  const before = new Map(sorted.map((at) => [at, lines.next[at] ?? NONE]))
  sorted.forEach((at, k) => {
    const after = sorted[k + 1] ?? NONE
    lines.next[at] = after
    if (after !== NONE && before.get(at) !== after) lines.links[after] = CROSSED_LINK
  })
  lines.links[sorted[0] ?? NONE] = null
}

/** By ids or times where all have them, else by numbers. */
function sortByGiven(posts: readonly number[], counted: Counted, lines: Lines): readonly number[] {
  const compare = compareGiven(posts.map((at) => counted.posts[at] as MergedPost))
  const byNumber = (a: number, b: number): number => numberOf(lines, a) - numberOf(lines, b)
  return posts.toSorted(
    (a, b) => compare?.(counted.posts[a] as MergedPost, counted.posts[b] as MergedPost) || byNumber(a, b),
  )
}

type Compare = (a: MergedPost, b: MergedPost) => number

/** By ids, else by times, where all posts have them. */
function compareGiven(posts: readonly MergedPost[]): Compare | null {
  const platform = posts[0]?.ref?.platform
  if (posts.every(({ ref }) => isOrderedId(ref) && ref.platform === platform))
    return (a, b) => compareIds(a.ref?.id ?? '', b.ref?.id ?? '')
  if (posts.some(({ createdAt }) => createdAt === null)) return null
  return (a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? -1 : Number(a.createdAt !== b.createdAt))
}

const CROSSED_LINK: Link = {
  basis: 'inferred',
  p: CROSSED_P,
  evidence: [
    {
      kind: 'numbers-complete',
      say: 'with the posts around them each number is there once, though they do not stand in its order',
      weight: logOdds(CROSSED_P),
    },
  ],
}
