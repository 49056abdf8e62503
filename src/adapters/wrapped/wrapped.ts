// JSON that nobody here knows as a whole may hold answers that somebody knows: each is read by its own adapter as the
// page it once was, and its places are told in the page it came in. What is no answer is read as rows.
import type { Page } from '../page/page.ts'
import { countPosts, findAnswers, type Readers, type WrappedReading } from './answers.ts'
import { joinParts } from './joined.ts'
import { rootOf } from './places.ts'
import { readRowsBeside, tellApart } from './rows-beside.ts'

/** All answers in the page; null when there is none, or when more is read of the page as rows. */
export function readWrapped(page: Page, readers: Readers): WrappedReading | null {
  const root = rootOf(page)
  const all = root === null ? [] : findAnswers(page, root, readers)
  if (root === null || all.length === 0) return null
  const apart = tellApart(all, readRowsBeside(page, readers, root, all))
  const [first] = apart.answers
  if (first === undefined || apart.rows.posts.length > countPosts(apart.answers)) return null
  return { adapter: first.adapter, extraction: joinParts(page, apart) }
}
