// Posts that count, and what lets one count go on in another: whose they are and how written, ids, times. It joins
// nothing.
import type { MergedPost } from '../../model.ts'
import { accountOf, compareIds } from '../../post.ts'
import { isOrderedId } from '../identity.ts'
import { formKey } from '../solve/bag.ts'
import type { Lines } from './lines.ts'

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

export interface Counted {
  readonly posts: readonly MergedPost[]
  readonly walls: readonly string[]
  /** 1 where a post's predecessor is known. */
  readonly settled: Uint8Array
}

/** Whose, behind which wall, how written, and a number. */
export function keyOf({ posts, walls }: Counted, { acceptances }: Lines, at: number, number: number): string {
  const marker = acceptances[at]?.marker
  const author = accountOf(posts[at]?.author ?? null) ?? ''
  return `${author}\u0000${walls[at] ?? ''}\u0000${marker == null ? '' : formKey(marker)}\u0000${number}`
}

/** What ids and times do not refute. */
export function isBefore(a: MergedPost, b: MergedPost): boolean {
  if (isOrderedId(a.ref) && isOrderedId(b.ref) && a.ref.platform === b.ref.platform)
    return compareIds(a.ref.id, b.ref.id) < 0
  return a.createdAt === null || b.createdAt === null || a.createdAt <= b.createdAt
}

/** How likely a count goes on at the second of two times (UTC ISO), null where one is not known. */
export function byDelay(from: string | null, to: string | null): number {
  if (from === null || to === null) return UNDATED_P
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  return BY_DELAY.find(([most]) => days <= most)?.[1] ?? LATER_P
}
