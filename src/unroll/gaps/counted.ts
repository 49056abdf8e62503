// The count of a thread whose posts bear no believed number and yet count in their texts, `9) … 11) …`: a run that is
// too slow for a thread's numbers, like a drawing a day, still counts the posts once it is known that they belong
// together.
import { readInnerCount } from '../evidence/words/inner-counts.ts'
import type { Numbered } from './numbered.ts'

/** Posts a count needs, and the shares of them that count, and of its steps that go on by one. */
const LEAST_POSTS = 5
const LEAST_COUNTING = 0.8
const LEAST_STEADY = 0.75

/** The posts with the numbers they count by in their texts, or as they are. */
export function numberByCount(posts: readonly Numbered[]): readonly Numbered[] {
  if (posts.length < LEAST_POSTS || posts.some(({ number }) => number !== null)) return posts
  const counts = listCounts(posts)
  if (counts === null) return posts
  const counting = counts.filter((count) => count !== null)
  const steps = counting.slice(1).map((count, at) => count - (counting[at] ?? 0))
  const steady = steps.filter((step) => step === 1).length
  const isCount = steps.every((step) => step > 0) && steady >= LEAST_STEADY * steps.length
  return isCount ? posts.map((post, at) => ({ ...post, number: counts[at] ?? null })) : posts
}

/** Null where too few posts count: most threads tell that by their first ones. */
function listCounts(posts: readonly Numbered[]): readonly (number | null)[] | null {
  const counts: (number | null)[] = []
  let counting = posts.length
  for (const { text } of posts) {
    const count = countOf(text)
    counts.push(count)
    if (count === null) counting--
    if (counting < LEAST_COUNTING * posts.length) return null
  }
  return counts
}

/** Null where a post lists several points. */
function countOf(text: string): number | null {
  const count = readInnerCount(text)
  return count === null || count.first !== count.last ? null : count.first
}
