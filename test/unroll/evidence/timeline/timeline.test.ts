// A timeline as the solver sees it: open posts, answers, what is passed on, and threads among them by times and text
// alone.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { makeTimeline, readAddress } from '../../../../src/unroll/evidence/timeline/timeline.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { extractionOf, postOf } from '../../../fit/tangle.ts'

const START = Date.UTC(2026, 2, 1)
const HOUR = 3600

const dated = (text: string, seconds: number) => ({ text, time: START + seconds * 1000, idRank: null })

describe('makeTimeline', () => {
  it('tells posts to everybody from answers and from what is passed on', () => {
    expect(['The dike held.', '@anna it did', 'RT @anna: The dike held.'].map(readAddress)).toEqual([
      'open',
      'answer',
      'share',
    ])
  })

  it('measures pauses between open posts, whatever stands between', () => {
    const line = makeTimeline([dated('One.', 0), dated('@anna yes', 30), dated('Two.', 60), dated('Three.', 90)])
    expect([...line.before]).toEqual([Number.POSITIVE_INFINITY, 30_000, 60_000, 30_000])
    expect([...line.after]).toEqual([60_000, 30_000, 30_000, Number.POSITIVE_INFINITY])
    expect([...line.openUpTo]).toEqual([1, 1, 2, 3])
  })

  it('ranks posts of one second by their page', () => {
    const same = (text: string, idRank: number) => ({ ...dated(text, 0), idRank })
    expect([...makeTimeline([same('b', 2), same('a', 1), same('c', 3)]).rank]).toEqual([1, 0, 2])
  })

  it('ranks posts of one second that nothing else orders by their numbers, and what bears none first', () => {
    const same = (number: number | null) => ({
      ...dated('text', 0),
      acceptance: { marker: number === null ? null : { number } },
    })
    expect([...makeTimeline([same(3), same(2), same(null)]).rank]).toEqual([2, 1, 0])
  })
})

describe('a timeline of times and text', () => {
  const thread = [
    'How the old dike was built, from what my grandfather told me',
    'First they drove oak piles into the mud, two rows of them',
    'Between the rows went clay from the river, carried by hand',
    'The dike held for sixty years, and the clay is there today',
  ]

  /** A day's quiet between all others: answers, singles, something passed on; the thread goes out in one go. */
  function exportOf(): readonly (readonly [text: string, seconds: number])[] {
    const others = Array.from({ length: 24 }, (_, k) => {
      const texts = ['@anna see you there', 'A heron on the pier.', 'RT @bert: Market on Friday', '@carl thanks']
      return [`${texts[k % 4]} ${k}`, k * 31 * HOUR] as const
    })
    const sent = thread.map((text, k) => [text, 200 * HOUR + Math.floor(k / 2)] as const)
    return [...others, ...sent].sort((a, b) => a[1] - b[1])
  }

  function threadsOf(list: readonly (readonly [string, number])[]): readonly (readonly string[])[] {
    const posts = list.map(([text, seconds], index) => {
      const createdAt = new Date(START + seconds * 1000).toISOString()
      return postOf({ author: 'ferry', text, createdAt }, index, 'export')
    })
    const { threads } = unroll([extractionOf(posts)], { order: 'page', digest: sha256 })
    return threads.filter((one) => one.posts.length > 1).map((one) => one.posts.map(({ post }) => post.text))
  }

  it('gives back the thread that was sent in one go, in order, and joins nothing else', () => {
    expect(threadsOf(exportOf())).toEqual([thread])
  })

  it('reads an export that stands newest first alike', () => {
    expect(threadsOf(exportOf().toReversed())).toEqual([thread])
  })

  it('never takes what is passed on into a thread', () => {
    const list = exportOf().map(([text, at]) => [text.startsWith('Between') ? 'RT @bert: Clay' : text, at] as const)
    expect(threadsOf(list).flat()).not.toContain('RT @bert: Clay')
  })
})
