// Numbers that their author miscounted: one is given twice, the one beside it to none, and the total says that no post
// is missing. What the posts bear is not changed for anybody to see; the search for gaps reads what was meant.
import type { Numbered } from './numbered.ts'

/** The posts with the numbers they were meant to bear, or as they are. */
export function correctMistakes(posts: readonly Numbered[]): readonly Numbered[] {
  const total = posts.findLast((post) => post.total !== null)?.total ?? null
  // As many posts as promised, each with a number: none is missing.
  if (total !== posts.length || posts.some(({ number }) => number === null)) return posts
  const numbers = posts.map(({ number }) => number ?? 0)
  const repeats = numbers.filter((number, at) => number === numbers[at - 1]).length
  if (repeats === 0 || !numbers.every((number, at) => Math.abs(number - at - 1) <= repeats)) return posts
  const isRising = numbers.every((number, at) => number >= (numbers[at - 1] ?? 0))
  return isRising ? posts.map((post, at) => ({ ...post, number: at + 1 })) : posts
}
