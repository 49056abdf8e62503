// One line a person reads: which posts are here, which are not, and how we know where the thread ends.
import type { Completeness, Gap } from '../model.ts'
import type { Numbered, Surroundings } from './gaps.ts'

/** From here on a gap counts as one. */
const BELIEVED = 0.5

export interface Verdict {
  readonly completeness: Completeness
  readonly statement: string
  readonly declaredTotal: number | null
}

/** `complete` needs evidence of an end and of a beginning, and no hole. Silence gives `unknown`. */
export function judgeThread(posts: readonly Numbered[], gaps: readonly Gap[], around: Surroundings): Verdict {
  const holes = gaps.filter((gap) => gap.p >= BELIEVED && gap.class !== 'skipped' && gap.class !== 'marker-lost')
  const total = promisedTotal(posts, around)
  const endSeen = posts.at(-1)?.ends ?? false
  const end = sayEnd(posts, around, endSeen, total)
  const completeness = holes.length > 0 ? 'partial' : end !== null && hasBeginning(posts) ? 'complete' : 'unknown'
  const numbers = placeNumbers(posts)
  const holeWords = holes.map((gap) => sayHole(gap, numbers))
  const parts = [sayPosts(posts, numbers, total), ...holeWords, ...(end === null ? [] : [end])]
  const skipped = gaps.filter((gap) => gap.class === 'skipped').length
  if (skipped > 0)
    parts.push(skipped === 1 ? 'a number skipped by the author' : `${skipped} numbers skipped by the author`)
  if (holes.length === 0 && end === null) parts.push('nothing says where it ends')
  return { completeness, statement: parts.join('; '), declaredTotal: total }
}

function promisedTotal(posts: readonly Numbered[], around: Surroundings): number | null {
  return around.declaredTotal ?? posts.find((post) => post.total !== null)?.total ?? null
}

function sayEnd(
  posts: readonly Numbered[],
  around: Surroundings,
  endSeen: boolean,
  total: number | null,
): string | null {
  if (endSeen) return 'END seen'
  if (around.declaredTotal !== null && posts.length >= around.declaredTotal) return 'as many as the page says'
  const last = posts.findLast((post) => post.number !== null)?.number ?? null
  return total !== null && last !== null && last >= total ? 'the promised total is reached' : null
}

function hasBeginning(posts: readonly Numbered[]): boolean {
  const first = posts.findIndex((post) => post.number !== null)
  return first < 0 || (posts[first]?.number ?? 0) <= first + 1
}

/** `posts 1–9, 11–17 of 17`, or `5 posts` where nothing is numbered. */
function sayPosts(posts: readonly Numbered[], numbers: readonly number[], total: number | null): string {
  const of = total === null ? '' : ` of ${total}`
  if (numbers.length === 0) return `${posts.length} ${posts.length === 1 ? 'post' : 'posts'}${of}`
  const runs: [number, number][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run !== undefined && (number === run[1] + 1 || number === run[1])) run[1] = number
    else runs.push([number, number])
  }
  const said = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`))
  return `${numbers.length === 1 ? 'post' : 'posts'} ${said.join(', ')}${of}`
}

/** The number of each post; unnumbered ones count on from the post before, or back from the first number. */
function placeNumbers(posts: readonly Numbered[]): readonly number[] {
  const first = posts.findIndex((post) => post.number !== null)
  if (first < 0) return []
  let last = Math.max(0, (posts[first]?.number ?? 0) - first - 1)
  return posts.map((post) => {
    last = post.number ?? last + 1
    return last
  })
}

function sayHole(gap: Gap, numbers: readonly number[]): string {
  if (gap.class === 'tail') return gap.count === null ? 'the rest is not here' : `the last ${gap.count} missing`
  if (gap.class === 'head') return gap.count === null ? 'the beginning is not here' : `the first ${gap.count} missing`
  const [from, to] = [(numbers[(gap.after ?? 0) - 1] ?? 0) + 1, (numbers[(gap.before ?? 0) - 1] ?? 0) - 1]
  if (gap.count === null || to - from + 1 !== gap.count) return `${gap.count ?? 'some'} missing`
  return `${from === to ? from : `${from}–${to}`} missing`
}
