// Posts without numbers that a chain would rather be without: `2/5`, something else, `3/5`. Where the link to or from
// such a post is too weak to be told, the count closes over it, and its thread does not fall apart. Where both links
// hold, the post stays.
import { type Bag, NONE } from './bag.ts'

/** By judgement: another thread of that form and total would have to have lost just the other half. */
export const CLOSED_P = 0.85

/**
 * Closes the chains of `next` in place.
 * @param given links that stay, by the post they leave
 * @param isTold whether the link to a post is sure enough
 * @returns the posts that follow another now
 */
export function leaveOutIntruders(
  bag: Bag,
  next: Int32Array,
  given: Int32Array,
  isTold: (post: number) => boolean,
): ReadonlySet<number> {
  const closed = new Set<number>()
  for (let i = 0; i < bag.size; i++) {
    const x = next[i] ?? NONE
    const j = x === NONE ? NONE : (next[x] ?? NONE)
    if (j === NONE || bag.number[x] !== NONE || !goesOn(bag, i, j)) continue
    if (given[i] === x || given[x] === j || (isTold(x) && isTold(j))) continue
    next[i] = j
    next[x] = NONE
    closed.add(j)
  }
  return closed
}

/** Whether j bears the number after that of i, written alike. */
function goesOn({ family, number }: Bag, i: number, j: number): boolean {
  return number[i] !== NONE && family[i] === family[j] && number[j] === (number[i] ?? 0) + 1
}
