// Real Markdown clips of threads beside the repository. Where posts are set apart by two blank lines and nothing else
// is, that is the truth about their boundaries; a head that names a thread must give one thread under its address.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Unrolled } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { extract } from './declared-sets.ts'
import { REAL } from './files.ts'

const CLIPS = join(REAL, 'x-thread-md/championswimmer__twitter-threads/posts')
const CAPTURES = join(REAL, 'tra-text/index-captures')
const read = (path: string): Unrolled => unrollTogether([extract(path, readFileSync(path, 'utf8'))])

/** First lines of the paragraphs that follow two blank lines or more, from the first line of the body on. */
function trueStarts(path: string, from: number): readonly number[] {
  let blanks = 2
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (at + 1 < from) return []
      if (line.trim() === '') {
        blanks++
        return []
      }
      const starts = blanks >= 2
      blanks = 0
      return starts ? [at + 1] : []
    })
}

describe.skipIf(!existsSync(CLIPS))('real clips', () => {
  it.each([
    ['2022-02-startup-lessons.md', 6, 0],
    ['2022-08-remote-work-documentation.md', 6, 0],
    ['2022-03-frontend-development.md', 6, 2],
  ])('%s: one thread, each true boundary found, a post past the limit may be two', (name, from, most) => {
    const path = join(CLIPS, name)
    const { threads } = read(path)
    const found = threads.flatMap(({ posts }) => posts.map(({ post }) => post.provenance.line ?? 0))
    const truth = trueStarts(path, from)
    expect(threads).toMatchObject([{ author: { handle: 'championswimmer' } }])
    expect(truth.filter((line) => !found.includes(line))).toEqual([])
    expect(found.filter((line) => !truth.includes(line)).length).toBeLessThanOrEqual(most)
  })

  it('a capture that holds preview cards alone is said to, and none of them is shown as the thread', () => {
    const { threads, notes } = read(join(CAPTURES, 'OpenAIDevs-2108262812489531498.readability.md'))
    expect(notes.map(({ code }) => code)).toContain('only-cards')
    expect(Math.max(...threads.map(({ posts }) => posts.length))).toBeLessThanOrEqual(3)
    expect(
      threads.every(({ url, title, completeness }) => url === null && title === null && completeness === 'partial'),
    ).toBe(true)
  })

  it('a thread and five cards are six threads, whole', () => {
    const { threads, unplaced } = read(join(CAPTURES, 'brave-1958152314914508893.clipping.md'))
    expect(threads.map(({ posts }) => posts.length)).toEqual([7, 3, 3, 3, 3, 3])
    expect(unplaced).toEqual([])
  })
})
