// The company test: what one post alone cannot tell, the author's other posts do.

import { describe, expect, it } from 'vitest'
import { acceptMarkers } from '../../../../src/unroll/markers/acceptance/families.ts'
import type { NumberedText } from '../../../../src/unroll/markers/acceptance/members.ts'
import { stripMarker } from '../../../../src/unroll/markers/strip.ts'
import fc from '../../../laws.ts'

const START_MS = Date.UTC(2026, 1, 1)
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Posts of one author, `stepMs` apart; null gives no times. */
function write(texts: readonly string[], stepMs: number | null, author = 'mira'): NumberedText[] {
  return texts.map((text, index) => ({
    text,
    author,
    createdAt: stepMs === null ? null : new Date(START_MS + index * stepMs).toISOString(),
    index,
  }))
}

function numbersIn(posts: readonly NumberedText[]): (number | null)[] {
  return acceptMarkers(posts).map(({ marker }) => marker?.number ?? null)
}

describe('acceptMarkers', () => {
  it('believes a lone number of an author who numbers nearly all posts, and of no other', () => {
    const lone = 'You can still be there with us. 3/3'
    const numbering = ['1/ Ropes', '2/ Tar', '3/ Patience', '4/ Oil', '5/ Home', lone]
    expect(numbersIn(write(numbering, null))).toEqual([1, 2, 3, 4, 5, 3])
    expect(numbersIn(write(['Ropes', 'Tar', 'Patience', 'Oil', 'Home', lone], null)).at(-1)).toBeNull()
    expect(numbersIn(write([...numbering.slice(0, 5), 'undone by holes in its plot. 5/10'], null)).at(-1)).toBeNull()
  })

  it('takes no marks for numbers: of five or ten, none of them the first, some given twice', () => {
    const marks = ['The ferry café 4/5', 'A quay hotel 3/5', 'The otter film 5/5', 'The tram museum 4/5']
    expect(numbersIn(write(marks, null))).toEqual([null, null, null, null])
    expect(numbersIn(write(['How they fared: 1/5', ...marks], null))).not.toContain(null)
  })

  const VERDICTS = [
    ['dull', 'burnt', 'overpriced'],
    ['stale', 'soggy', 'disappointing'],
    ['decent', 'fine', 'average'],
    ['lovely', 'crisp', 'delicious'],
    ['superb', 'perfect', 'the best yet'],
  ]
  const DISHES = ['The dumplings', 'The goulash', 'The trifle', 'The kedgeree', 'The samosas']
  const FORMS = [
    (mark: number, text: string) => `${mark}/5 ${text}`,
    (mark: number, text: string) => `${text}. ${mark}/5`,
  ]
  const mixed = fc
    .tuple(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.shuffledSubarray(DISHES, { minLength: 5 }),
      fc.nat(2),
    )
    .filter(([order]) => !isFall(order) && !isFall(order.toReversed()))

  function isFall(order: readonly number[]): boolean {
    return order.every((mark, k) => k === 0 || mark < (order[k - 1] ?? 0))
  }

  it('takes no marks for numbers that say what the words beside them say, each of five given once', () => {
    fc.assert(
      fc.property(mixed, fc.constantFrom(...FORMS), ([order, dishes, pick], form) => {
        const marks = order.map((mark, k) => form(mark + 1, `${dishes[k]}: ${VERDICTS[mark]?.[pick]}`))
        expect(numbersIn(write(marks, null))).toEqual([null, null, null, null, null])
      }),
    )
  })

  it('believes numbers of five that stand in their order, that words deny, or of which few posts judge', () => {
    fc.assert(
      fc.property(mixed, fc.constantFrom(...FORMS), ([order, dishes, pick], form) => {
        const numbers = order.map((mark) => mark + 1)
        const judging = (mark: number) => `${dishes[mark]}: ${VERDICTS[mark]?.[pick]}`
        const inOrder = [0, 1, 2, 3, 4].map((mark) => form(mark + 1, judging(mark)))
        expect(numbersIn(write(inOrder, null))).toEqual([1, 2, 3, 4, 5])
        const denied = order.map((mark) => form(mark + 1, judging(4 - mark)))
        expect(numbersIn(write(denied, null))).toEqual(numbers)
        const few = order.map((mark) =>
          form(mark + 1, mark % 4 === 0 ? judging(mark) : `${dishes[mark]} are made at dawn`),
        )
        expect(numbersIn(write(few, null))).toEqual(numbers)
      }),
    )
  })

  it.each([
    ['a tail', ['Ropes. 1/3', 'Tar. 2/3', 'Patience. 3/3'], [1, 2, 3]],
    ['weak items', ['1. Ropes', '2. Tar', '3. Patience'], [1, 2, 3]],
    ['bare brackets', ['(1) Ropes', '(2) Tar', '(3) Patience'], [1, 2, 3]],
    ['one past the total', ['12/13 Ropes', '13/13 Tar', '14/13 (because I can) Patience'], [12, 13, 14]],
    ['a short total', ['(1/2) Ropes', '(2/2) Tar', '(3/2) I was wrong'], [1, 2, 3]],
    ['a fraction by its looks', ['2/12 The siege', '3/12 A strike', '4/12 The truce'], [2, 3, 4]],
    ['numbered updates', ['(Update 1/2) Ropes', '(Update 2/2) Tar'], [1, 2]],
    ['an unnumbered first post', ['A thread on ropes 🧵', '2/ Tar', '3/ Patience'], [null, 2, 3]],
    ['a total at the end alone', ['1/ Ropes', '2/ Tar', '3/3 Patience'], [1, 2, 3]],
    ['a total at the start alone', ['1/3 Ropes', '2/ Tar', '3/ Patience'], [1, 2, 3]],
    ['braces before an arrow', ['Ropes {1/3} ↓', 'Tar {2/3} ↓', 'Patience {3/3}'], [1, 2, 3]],
    ['brackets that come and go', ['1/4 Ropes', '2/4 Tar', '(3/4) Patience', '4/4 Home'], [1, 2, 3, 4]],
    [
      'an idiom among most of its numbers',
      ['1/7 Ropes', '2/7 Tar', '3/7 Patience', '4/7 Oil', '7/7 Home'],
      [1, 2, 3, 4, 7],
    ],
    ['a first number behind, the others before', ['Ropes 🧵 1/3', '2/3 Tar', '3/3 Patience'], [1, 2, 3]],
    ['sides and a hole', ['Ropes 🧵 1/3', '3/3 Patience'], [1, 3]],
    [
      'the last alone, where it says END',
      ['1/10 Ropes', '2/10 Tar', '3/10 Patience', '10/10 Home. END'],
      [1, 2, 3, 10],
    ],
    ['a hole', ['1/ Ropes', '2/ Tar', '4/ Patience'], [1, 2, 4]],
  ])('accepts %s, with times and without', (_, texts, numbers) => {
    expect(numbersIn(write(texts, 2 * MINUTE_MS))).toEqual(numbers)
    expect(numbersIn(write(texts, null))).toEqual(numbers)
  })

  it('leaves an idiom alone that stands where its number is taken', () => {
    const texts = ['7/11 Ropes', '8/11 Tar', '9/11 Patience', '10/11 Oil', 'Nobody spoke of 9/11', '11/11 Home']
    expect(numbersIn(write(texts, null))).toEqual([7, 8, 9, 10, null, 11])
  })

  it('prefers the counter to the list item of the same post', () => {
    const posts = write(['1. Ropes\n[1/3]', '2. Tar\n[2/3]', '3. Patience\n[3/3]'], MINUTE_MS)
    expect(acceptMarkers(posts).map(({ marker }) => marker?.form)).toEqual(['n/m', 'n/m', 'n/m'])
  })

  it.each([
    ['a challenge', ['17/100 #100DaysOfCode parsers', '18/100 #100DaysOfCode trees', '19/100 #100DaysOfCode graphs']],
    ['a photo a day', ['40/365 the pier', '41/365 the crane', '42/365 the lock', '43/365 the gate', '44/365 the key']],
    ['an evening walk', ['3/30 rain', '4/30 fog', '5/30 sun', '6/30 wind', '7/30 rain again']],
    ['game scores', ['Wordle 411 3/6', 'Wordle 412 4/6', 'Wordle 413 5/6', 'Wordle 414 2/6']],
  ])('leaves %s alone: it has company, and a rhythm of days', (_, texts) => {
    expect(numbersIn(write(texts, DAY_MS))).toEqual(texts.map(() => null))
  })

  it.each([
    ['days of a month', ['1. Mai 1945: Ropes', '2. Mai 1945: Tar', '3. Mai 1945: Patience']],
    ['films', ['The hobbit, part 1', 'Dune: part 2', 'Henry, part 3']],
    ['a countdown aloud', ['3...', '2...', '1...', 'go!']],
    ['what is counted in no order', ['3 Dogs came in', '1 Cat went out', '2 Birds watched']],
  ])('leaves %s alone', (_, texts) => {
    expect(numbersIn(write(texts, null))).toEqual(texts.map(() => null))
  })

  it.each([
    ['circles', ['①/③ Ropes', '②/③ Tar', '③/③ Patience']],
    ['part and Han numeral', ['その一。縄', 'その二。タール', '其の三 根気']],
    ['a Korean counter', ['1편. Ropes', '2편. Tar', '3편. Patience']],
    ['a word that carries on behind', ['縄 1/3 続く', 'タール 2/3 続く', '根気 3/3']],
    ['text behind that begins with one', ['1/ Ropes', '2/ 3 boats of tar', '3/ 5 days of patience']],
    ['an end in brackets', ['Ropes. (1/n)', 'Tar. (2/n)', 'Patience. (3/end)']],
  ])('reads numbers with %s', (_, texts) => {
    expect(numbersIn(write(texts, null))).toEqual([1, 2, 3])
  })

  it('reads the number of an update, which stays in the text', () => {
    const posts = write(['Update 1: Ropes', 'Update 2: Tar', 'UPDATE #3 Patience'], MINUTE_MS)
    expect(numbersIn(posts)).toEqual([1, 2, 3])
    const stripped = acceptMarkers(posts).map(({ marker }, at) => stripMarker(posts[at]?.text ?? '', marker).text)
    expect(stripped).toEqual(posts.map(({ text }) => text))
  })

  it('knows hashtag counters and game scores without times', () => {
    const counter = ['17/100 #100DaysOfCode parsers', '18/100 #100DaysOfCode trees', '19/100 #100DaysOfCode graphs']
    expect(numbersIn(write(counter, null))).toEqual([null, null, null])
    expect(numbersIn(write(['Wordle 411 3/6', 'Wordle 412 4/6', 'Wordle 413 5/6'], null))).toEqual([null, null, null])
  })

  it('leaves stray look-alikes and lists inside one post', () => {
    const texts = [
      'A waltz is in 3/4',
      'Staffed 24/7',
      '1. rope 2. tar 3. patience',
      'Packing:\n1. rope\n2. tar\n3. knife',
      '4) is wrong',
    ]
    expect(numbersIn(write(texts, 90 * MINUTE_MS))).toEqual(texts.map(() => null))
  })

  it('never lets one author keep company with another', () => {
    const posts = [...write(['3. Ropes'], MINUTE_MS, 'mira'), ...write(['4. Tar'], MINUTE_MS, 'tom')]
    expect(numbersIn(posts)).toEqual([null, null])
  })

  it('believes a bare END only of an author who numbers', () => {
    expect(acceptMarkers(write(['1/ Ropes', '2/ Tar', 'And so it goes. END'], MINUTE_MS))[2]?.marker?.form).toBe('end')
    expect(acceptMarkers(write(['And so it goes. END'], MINUTE_MS))[0]?.marker).toBeNull()
    expect(acceptMarkers(write(['And so it goes.\n/END'], MINUTE_MS))[0]?.marker?.form).toBe('end')
  })

  it.each([
    ['He asked how I was.', 'Fine.'].join('\n\n'),
    'Nobody knows how it ENDS',
    'WHEN WILL IT END',
    'This is the END',
    'I took it to the end/',
    'Love you x/x',
    '9/11? I remember where I was.',
    '24/7? No thanks.',
    '1/2+ cup of sugar, then stir.',
    '5/m is what they asked for.',
    '1/some people say otherwise.',
    ['Quiz', '3/5', 'I should read more.'].join('\n'),
  ])('takes no words for a number or an end, alone or beside numbers: %s', (text) => {
    expect(acceptMarkers(write([text], MINUTE_MS))[0]?.marker).toBeNull()
    expect(acceptMarkers(write(['1/ Ropes', '2/ Tar', '3/ Patience', text], MINUTE_MS))[3]?.marker).toBeNull()
  })

  it('says why, and how sure it is', () => {
    const [first] = acceptMarkers(write(['1/3 Ropes', '2/3 Tar', '3/3 Patience'], MINUTE_MS))
    expect(first?.p).toBeGreaterThan(0.95)
    expect(first?.why()).toBe('2 stands beside 1, 60 s apart')
  })

  it('does not depend on the order of timed posts', () => {
    const posts = write(
      ['1/ a', '2/ b', '3/ c', '7/10 for effort', '44/100 #100DaysOfCode', 'x 3/4', '4/ d'],
      3 * MINUTE_MS,
    )
    const byText = (list: readonly NumberedText[]) =>
      new Map(acceptMarkers(list).map(({ marker }, at) => [list[at]?.text, marker?.number ?? null]))
    fc.assert(
      fc.property(fc.shuffledSubarray(posts, { minLength: posts.length }), (shuffled) => {
        expect(byText(shuffled)).toEqual(byText(posts))
      }),
      { numRuns: 100 },
    )
  })

  it('takes twenty thousand posts of one author in one form', () => {
    const texts = Array.from({ length: 20_000 }, (_, at) => `${(at % 25) + 1}/ rope`)
    expect(numbersIn(write(texts, null)).filter((number) => number !== null)).toHaveLength(20_000)
  })

  it('keeps "Part 3 of what …" as the words it is, in company too', () => {
    const texts = [1, 2, 3].map((n) => `Part ${n} of what the tide left behind.`)
    const posts = texts.map((text, index) => ({ text, author: 'ida', createdAt: null, index }))
    expect(acceptMarkers(posts).map(({ marker }) => marker)).toEqual([null, null, null])
  })
})
