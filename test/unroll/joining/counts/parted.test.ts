// A stray post amid a count does not part it: the numbers that would be missing stand right there.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Unrolled } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const WORDS = [
  'The lighthouse keeper wrote every storm into a small blue ledger',
  'Nobody read it until the winter of the great flood',
  'Its first pages list ships by colour, not by name',
  'Then the handwriting changes, and so does the ink',
  'A second keeper had arrived, and he counted only birds',
  'They came back each spring on the same tide',
  'So we compared his counts with the harbour records',
  'They agree to the day for eleven years',
]
const STRAY = 'A cat sat on my keyboard today'
const FORMS: readonly (readonly [string, (n: number, words: string) => string])[] = [
  ['1/', (n, words) => `${n}/ ${words}`],
  ['1.', (n, words) => `${n}. ${words}`],
  ['(1)', (n, words) => `${words} (${n})`],
  ['1/n', (n, words) => `${words} (${n}/n)`],
  ['keycaps', (n, words) => `${n}\ufe0f\u20e3 ${words}`],
]

const unrollTexts = (texts: readonly string[]): Unrolled =>
  unroll([makePage(texts.map((text) => makePost({ text, author: 'ada' })))], { order: 'page', digest: sha256 })
const within = (texts: readonly string[], at: number, ...stray: string[]): string[] => [
  ...texts.slice(0, at),
  ...stray,
  ...texts.slice(at),
]

describe('a stray post amid a count on a page', () => {
  it.each(FORMS)('leaves the count whole: %s', (_, write) => {
    const texts = WORDS.map((words, k) => write(k + 1, words))
    for (const at of [3, 4, 6]) {
      const { threads, unplaced } = unrollTexts(within(texts, at, STRAY))
      expect(threads.map(({ statement }) => statement)).toEqual(['posts 1–8; nothing says where it ends'])
      expect(unplaced.map(({ post, homes }) => [post.text, homes[0]?.thread])).toEqual([[STRAY, threads[0]?.id]])
    }
  })

  it('joins nothing where two threads could go on', () => {
    const [, write] = FORMS[0] ?? ['', (_: number, words: string) => words]
    const one = WORDS.map((words, k) => write(k + 1, words))
    const loaf = ['Rye bread needs an old sour', 'I weigh water first', 'A wet dough forgives', 'Leave it overnight']
    const other = loaf.map((words, k) => write(k + 1, words))
    const { threads } = unrollTexts([...other, ...within(one, 4, STRAY)])
    for (const { posts } of threads) {
      const numbers = posts.flatMap(({ number }) => number ?? [])
      expect(new Set(numbers).size).toBe(numbers.length)
    }
  })
})
