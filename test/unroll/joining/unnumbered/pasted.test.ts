// A scrape without ids that holds a post more than the sources that name the thread's posts.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Extraction, Unrolled } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { declared, makePage, makePost } from '../../arbitrary.ts'

const TEXTS = [
  'The tide mill at Orsey stands on a dam of oak and clay.',
  'Twice a day the pond behind it fills with sea water.',
  'A gate of iron shuts by itself when the ebb begins.',
  'Then the wheel turns for four hours and no longer.',
]
const EXTRA = 2
const paste = makePage(TEXTS.map((text) => makePost({ text })))
const START_MS = Date.UTC(2026, 4, 6, 9)

/**
 * The thread without the post that only the scrape has; `parents` of each: the post before it here, or the one before
 * it in life.
 */
function knownBy(parents: 'none' | 'here' | 'in life'): Extraction {
  const kept = [...TEXTS.keys()].filter((at) => at !== EXTRA)
  return makePage(
    kept.map((at, k) => {
      const parent =
        parents === 'none' || k === 0 ? null : declared(String(900 + (parents === 'here' ? kept[k - 1]! : at - 1)))
      const createdAt = new Date(START_MS + at * 60_000).toISOString()
      return makePost({ text: TEXTS[at] ?? '', id: String(900 + at), createdAt, parent })
    }),
  )
}

const unrollPages = (...pages: Extraction[]): Unrolled => unroll(pages, { order: 'page', digest: sha256 })
const textsOf = ({ threads }: Unrolled): readonly (readonly string[])[] =>
  threads.map(({ posts }) => posts.map(({ post }) => post.text))

describe('a post that only a scrape has', () => {
  it.each(['none', 'in life'] as const)('stands where the scrape shows it; parents: %s', (parents) => {
    for (const pages of [
      [knownBy(parents), paste],
      [paste, knownBy(parents)],
    ]) {
      const answer = unrollPages(...pages)
      expect(textsOf(answer)).toEqual([TEXTS])
      const link = answer.threads[0]?.posts[EXTRA]?.link
      expect(link).toMatchObject({ basis: 'inferred', evidence: [{ kind: 'pasted-between' }] })
      expect(link?.p).toBeLessThan(1)
    }
  })

  it('parts no two posts of which one is declared to answer the other', () => {
    const posts = unrollPages(knownBy('here'), paste).threads[0]?.posts ?? []
    expect(posts[EXTRA]?.post.text).toBe(TEXTS[EXTRA + 1])
    expect(posts[EXTRA]?.link?.basis).toBe('declared')
  })

  it('stays where it is when the order of the scrape means nothing', () => {
    const answer = unrollPages(knownBy('none'), { ...paste, order: 'none' })
    expect(answer.threads[0]?.posts.some(({ link }) => link?.evidence[0]?.kind === 'pasted-between')).toBe(false)
  })
})

describe('rows of one page of which some bear ids', () => {
  const rows = (isNamed: (at: number) => boolean, mark: (at: number, text: string) => string): Extraction =>
    makePage(TEXTS.map((text, at) => makePost({ text: mark(at, text), id: isNamed(at) ? String(900 + at) : null })))
  const count = (at: number, text: string): string => `${at + 1}/4 ${text}`
  const NAMED: readonly (readonly [string, (at: number) => boolean])[] = [
    ['every other', (at) => at % 2 === 0],
    ['the first half', (at) => at < 2],
    ['all but one', (at) => at !== EXTRA],
  ]

  it.each(NAMED)('are one thread: %s', (_, isNamed) => {
    expect(textsOf(unrollPages(rows(isNamed, count)))).toEqual([TEXTS.map((text, at) => count(at, text))])
    expect(textsOf(unrollPages(rows(isNamed, (_at, text) => text)))).toEqual([TEXTS])
  })

  it('are read so whatever other pages show of the author', () => {
    const other = makePage(
      ['1/2 The bus is late.', '2/2 The bus is here.'].map((text, at) => makePost({ text, id: `7${at}` })),
    )
    for (const pages of [
      [rows((at) => at < 2, count), other],
      [other, rows((at) => at < 2, count)],
    ])
      expect(textsOf(unrollPages(...pages))).toContainEqual(TEXTS.map((text, at) => count(at, text)))
  })

  it('go on behind a row without an id, whose name no later row can give as what it answers', () => {
    const posts = TEXTS.map((text, at) => {
      const parent = at === 0 || at === EXTRA || at === EXTRA + 1 ? null : declared(String(899 + at))
      return makePost({ text: count(at, text), id: at === EXTRA ? null : String(900 + at), parent })
    })
    expect(textsOf(unrollPages(makePage(posts)))).toEqual([TEXTS.map((text, at) => count(at, text))])
  })
})
