// Counts inside the parts of another: `Part 1`, `1.1`, `1.2`, `Part 2`, `2.1`; or `Part one`, `1/ 2/ 3/`, `Part two`,
// `1/ 2/`. The solver lets no number fall, so it parts them. Where the posts are known to stand in this order, with
// nothing else between, they are one thread.
import type { Link } from '../../../model.ts'
import { logOdds } from '../../given/replies.ts'
import { NONE } from '../../solve/bag.ts'
import { reverseLinks } from '../../solve/chains.ts'
import type { Lines } from '../lines.ts'
import { type PlacedPosts, sortGroup } from '../placed.ts'

/** By judgement: nothing else explains a count that begins anew behind each part. */
const NESTED_P = 0.85
/** Fewer parts, or posts in all, may be two threads that follow each other. */
const LEAST_PARTS = 2
const LEAST_POSTS = 4
/** Milliseconds: parts of another day are threads of their own. */
const LONGEST_PAUSE = 18 * 3_600_000
const DECIMAL = /^\s*[([]?(\d{1,2})\.(\d{1,2})(?![\d.])/

/** Joins such counts in place. @param groups posts by author */
export function nestCounts(placed: PlacedPosts, groups: Iterable<readonly number[]>, lines: Lines): void {
  for (const group of groups) {
    const parts = group.filter((at) => partOf(lines, at) !== null)
    if (parts.length < LEAST_PARTS) continue
    const sorted = sortGroup(placed, group)
    for (const stretch of listStretches(placed, sorted, lines))
      if (mayJoin(placed, stretch, lines)) join(stretch, lines)
  }
}

/** The number of a post that says which part it opens, or null. */
function partOf({ acceptances }: Lines, at: number): number | null {
  const marker = acceptances[at]?.marker
  return marker?.form === 'part n' ? marker.number : null
}

/** Where a stretch of parts stands in its counts. */
interface PartCount {
  readonly part: number
  readonly inner: number
}

/** Runs of posts that count parts, and anew inside each. */
function listStretches(placed: PlacedPosts, sorted: readonly number[], lines: Lines): readonly (readonly number[])[] {
  const stretches: number[][] = []
  let standing: PartCount | null = null
  sorted.forEach((at, k) => {
    const isSoon = !isLater(placed, sorted[k - 1] ?? NONE, at)
    const after: PartCount | null = standing !== null && isSoon ? goOn(placed, standing, at, lines) : null
    standing = after ?? (partOf(lines, at) === 1 ? { part: 1, inner: 0 } : null)
    if (after !== null) stretches.at(-1)?.push(at)
    else if (standing !== null) stretches.push([at])
  })
  return stretches
}

function isLater({ posts }: PlacedPosts, a: number, b: number): boolean {
  const [from, to] = [posts[a]?.createdAt ?? null, posts[b]?.createdAt ?? null]
  return from !== null && to !== null && Date.parse(to) - Date.parse(from) > LONGEST_PAUSE
}

/** The counts with one more post; null where it goes on with neither. */
function goOn({ posts }: PlacedPosts, { part, inner }: PartCount, at: number, lines: Lines): PartCount | null {
  const next = partOf(lines, at)
  if (next !== null) return next === part + 1 ? { part: next, inner: 0 } : null
  const [, major, minor] = DECIMAL.exec(posts[at]?.text ?? '') ?? []
  const marker = lines.acceptances[at]?.marker ?? null
  const number = marker?.number ?? (Number(major) === part ? Number(minor) : null)
  return number === inner + 1 ? { part, inner: number } : null
}

/** Of several parts and more posts than parts; no link leads in or out amid it, and nothing is declared. */
function mayJoin({ settled, walls }: PlacedPosts, stretch: readonly number[], lines: Lines): boolean {
  const parts = stretch.filter((at) => partOf(lines, at) !== null).length
  if (parts < LEAST_PARTS || stretch.length < Math.max(LEAST_POSTS, 2 * parts)) return false
  const members = new Set(stretch)
  const previous = reverseLinks(lines.next)
  const isInside = (at: number): boolean => at === NONE || members.has(at)
  return stretch.every(
    (at, k) =>
      settled[at] !== 1 &&
      walls[at] === walls[stretch[0] ?? NONE] &&
      (k === 0 || isInside(previous[at] ?? NONE)) &&
      isInside(lines.next[at] ?? NONE),
  )
}

function join(stretch: readonly number[], lines: Lines): void {
  stretch.forEach((at, k) => {
    const after = stretch[k + 1] ?? NONE
    if (after !== NONE && lines.next[at] !== after) lines.links[after] = NESTED_LINK
    lines.next[at] = after
  })
}

const NESTED_LINK: Link = {
  basis: 'inferred',
  p: NESTED_P,
  evidence: [
    { kind: 'count-inside-part', say: 'parts are counted, and posts anew inside each', weight: logOdds(NESTED_P) },
  ],
}
