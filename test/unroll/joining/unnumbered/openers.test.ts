// The unnumbered post before `1/`: the opening of its thread, or just another post.
import { describe, expect, it } from 'vitest'
import type { PageOrder, Unrolled } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost, withoutLessSure } from '../../arbitrary.ts'

const HOOK = 'Why the tide mill at Orsey still matters. A thread 🧵'
const OTHER = 'Lunch was soup again.'
const THREAD = ['1/3 The mill stands on a dam.', '2/3 Twice a day the pond fills.', '3/3 The wheel turns on the ebb.']
const START_MS = Date.UTC(2026, 4, 6, 9)
const MINUTE_MS = 60_000

const unrollTexts = (texts: readonly string[], order: PageOrder, minutes?: readonly number[]): Unrolled => {
  const posts = texts.map((text, at) => {
    const minute = minutes?.[at]
    return makePost({
      text,
      createdAt: minute === undefined ? null : new Date(START_MS + minute * MINUTE_MS).toISOString(),
      id: minute === undefined ? null : String(900 + at),
    })
  })
  return unroll([makePage(posts)], { order, digest: (text) => text })
}

/** The first post of the numbered thread, and how sure its link to number 1 is. */
function openingOf({ threads }: Unrolled): readonly [text: string, p: number | null] {
  const thread = threads.find(({ posts }) => posts.some(({ number }) => number === 3))
  return [thread?.posts[0]?.post.text ?? '', thread?.posts[1]?.number === 1 ? (thread.posts[1].link?.p ?? null) : null]
}

describe('the post before number 1', () => {
  it('opens the thread where it says so, in page order and out of any', () => {
    for (const order of ['page', 'none'] as const) {
      const [text, p] = openingOf(unrollTexts([HOOK, ...THREAD], order))
      expect(text).toBe(HOOK)
      expect(p).toBeGreaterThan(0.6)
    }
    expect(withoutLessSure(unrollTexts([HOOK, ...THREAD], 'page').threads[0]?.statement ?? '')).toBe(
      'an opening post, posts 1–3 of 3; the promised total is reached',
    )
  })

  it('opens it where the count follows within minutes, and is another post where it follows hours later', () => {
    expect(openingOf(unrollTexts([OTHER, ...THREAD], 'none', [0, 2, 3, 4]))).toEqual([OTHER, 0.9])
    expect(openingOf(unrollTexts([HOOK, ...THREAD], 'none', [0, 2, 3, 4]))).toEqual([HOOK, 0.97])
    expect(openingOf(unrollTexts([OTHER, ...THREAD], 'none', [0, 302, 303, 304]))).toEqual([THREAD[0], null])
    expect(openingOf(unrollTexts([HOOK, ...THREAD], 'none', [0, 302, 303, 304]))).toEqual([HOOK, 0.75])
  })

  it('is let go by the count of hours before, though one of its places is free', () => {
    const earlier = [
      '1/6 Flour has a birthday.',
      '2/6 Nobody prints it.',
      '3/6 Ask the miller.',
      '4/6 He keeps a book.',
    ]
    const tell = (between: string, minute: number) =>
      unrollTexts([...earlier, between, ...THREAD], 'page', [0, 3, 6, 9, minute, 203, 204, 205])
        .threads.map(({ posts }) => posts.length)
        .sort()
    expect(tell(OTHER, 200)).toEqual([4, 4])
    expect(tell(OTHER, 11)).toEqual([3, 5])
    expect(tell('PS: the miller has moved.', 200)).not.toEqual([4, 4])
  })

  it('leaves posts on either side of a thread to themselves', () => {
    const { threads, unplaced } = unrollTexts([OTHER, HOOK, ...THREAD, 'Who won the match?'], 'page')
    expect(threads.map(({ posts }) => posts.length)).toEqual([4])
    expect(unplaced.map(({ post }) => post.text)).toEqual([OTHER, 'Who won the match?'])
  })
})
