// Statements about real threads beside the repository do not contradict themselves: no number past the promised total,
// no more posts than it where posts are counted, and just as many posts told of as there are.
import { describe, expect, it } from 'vitest'
import { readPosts } from '../../src/adapters/reading.ts'
import type { Thread } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { capturesOf, kindsOfCaptures } from './captures.ts'

const KINDS = ['tra-html', 'tra-text', 'x-thread-csv', 'x-thread-md', 'x-archive-threads'].filter((kind) =>
  kindsOfCaptures().includes(kind),
)
const PLACES =
  /^(?:(an|\d+) opening posts?, )?posts? ([\d–, ]*\d)(?: of (\d+))?(?:, (one|\d+) more without a number)?(?:;|$)/
const COUNTED = /^(\d+) posts? of (\d+)/
/** Numbers that stand twice, and totals that were changed or passed, are told as such. */
const TOLD = /stands twice|changed from|is passed|begins anew/

const countOf = (word: string | undefined): number => (word === undefined ? 0 : Number(word) || 1)

/** What a statement says against itself; null: nothing. */
function findContradiction({ statement, posts }: Thread): string | null {
  if (TOLD.test(statement)) return null
  const [, counted, most] = COUNTED.exec(statement) ?? []
  if (counted !== undefined) return Number(counted) > Number(most) ? 'more posts than promised' : null
  const [, openers, runs, total, others] = PLACES.exec(statement) ?? []
  if (runs === undefined) return null
  const ranges = runs.split(', ').map((run) => run.split('–').map(Number))
  if (total !== undefined && ranges.some((ends) => Math.max(...ends) > Number(total))) return 'a number past the total'
  const placed = ranges.reduce((sum, [from = 0, to = from]) => sum + to - from + 1, 0)
  return placed + countOf(openers) + countOf(others) === posts.length ? null : 'other posts than there are'
}

describe.skipIf(KINDS.length === 0)('statements about real threads', () => {
  it.each(KINDS)(
    'do not contradict themselves: %s',
    (kind) => {
      const found: string[] = []
      for (const { page, isTruth, name } of capturesOf(kind)) {
        if (isTruth) continue
        for (const thread of unrollTogether([readPosts(page).extraction]).threads) {
          const why = findContradiction(thread)
          if (why !== null) found.push(`${name}: ${why}: ${thread.statement} (${thread.posts.length} posts)`)
        }
      }
      expect(found).toEqual([])
    },
    120_000,
  )
})
