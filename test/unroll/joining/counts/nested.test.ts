// Counts that begin anew inside the parts of another.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { PageOrder } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const DECIMALS = [
  'Part 1 The dam of the tide mill.',
  '1.1 It is made of oak and clay.',
  '1.2 Every spring it is mended.',
  'Part 2 The wheel of the mill.',
  '2.1 It turns four hours a day.',
  '2.2 Nobody has seen it stand still at ebb.',
]
const ANEW = [
  'Part one. The dam of the tide mill.',
  '1/ It is made of oak and clay.',
  '2/ Every spring it is mended.',
  '3/ The clay comes by boat.',
  'Part two. The wheel of the mill.',
  '1/ It turns four hours a day.',
  '2/ Nobody has seen it stand still at ebb.',
]
const DAY_MINUTES = 24 * 60
const START_MS = Date.UTC(2026, 4, 6, 9)

function unrollTexts(texts: readonly string[], order: PageOrder, minutes?: readonly number[]) {
  const posts = texts.map((text, at) => {
    const minute = minutes?.[at]
    return makePost({
      text,
      createdAt: minute === undefined ? null : new Date(START_MS + minute * 60_000).toISOString(),
    })
  })
  const { threads } = unroll([makePage(posts)], { order, digest: sha256 })
  return threads.map((thread) => thread.posts.map(({ post }) => post.text))
}

describe('counts inside parts', () => {
  it.each([
    ['by decimals', DECIMALS],
    ['begun anew', ANEW],
  ])('are one thread, by the page and by the clock: %s', (_, texts) => {
    expect(unrollTexts(texts, 'page')).toEqual([texts])
    const minutes = texts.map((_text, at) => at * 2)
    expect(unrollTexts(texts, 'none', minutes)).toEqual([texts])
  })

  it('are threads of their own on days of their own', () => {
    const minutes = ANEW.map((_, at) => at * 2 + (at < 4 ? 0 : 3 * DAY_MINUTES))
    expect(unrollTexts(ANEW, 'none', minutes)).not.toContainEqual(ANEW)
  })

  it.each([
    [
      'on the first post of each',
      (part: string, inner: string, at: number) => (at === 0 ? `${part}: ${inner}` : inner),
    ],
    ['on every post', (part: string, inner: string) => `${part}, ${inner}:`],
  ])('are threads of their own that lack no first post, where the inner numbers tell their totals: %s', (_, number) => {
    const of = ['made of oak and clay', 'mended in spring', 'brought by boat']
    const texts = ['Part 1/2', 'Part 2/2'].flatMap((part, thing) =>
      of.map((words, at) => `${number(part, `${at + 1}/3`, at)} ${thing === 0 ? 'The dam' : 'The wheel'} is ${words}.`),
    )
    expect(unrollTexts(texts, 'page')).toEqual([texts.slice(0, 3), texts.slice(3)])
  })

  it('are parted by anything that stands between', () => {
    const mixed = [...ANEW.slice(0, 3), 'Who won the match?', ...ANEW.slice(3)]
    expect(unrollTexts(mixed, 'page').some((thread) => thread.length === mixed.length)).toBe(false)
  })
})
