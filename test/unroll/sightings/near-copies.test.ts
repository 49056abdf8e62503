// Which texts of different pages are copies though their words differ a little, however many there are.
import { describe, expect, it } from 'vitest'
import { matchNearCopies, type NearText } from '../../../src/unroll/sightings/near-copies.ts'

const MILL = 'The tide mill at Orsey stands on a dam and grinds twice a day, whenever the pond is full of sea water'
const GOAT =
  'The goat of the ferryman ate two tickets, a timetable and half of a hat that belonged to the mayor of Orsey'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Copies of one text on a page each, all different by their last letters. */
function copiesOf(text: string, count: number, name: string): readonly NearText[] {
  return Array.from({ length: count }, (_, k) => ({
    id: `text:${name}${k}`,
    named: false,
    text: `${text} ${LETTERS[k % 26]}${LETTERS[Math.floor(k / 26)]}`,
    author: null,
    pages: new Set([k]),
  }))
}

describe('near copies of one text', () => {
  it.each([2, 50, 51, 300])('are one post, be they %i', (count) => {
    const names = matchNearCopies(copiesOf(MILL, count, 'mill'))
    expect([names.size, new Set(names.values()).size]).toEqual([count, 1])
  })

  it('are one post each where two texts that share a phrase are copied many times', () => {
    const phrase = 'as everybody in the harbour of Orsey has known since the winter of the great flood'
    const texts = [...copiesOf(`${MILL}, ${phrase}`, 80, 'mill'), ...copiesOf(`${GOAT}, ${phrase}`, 80, 'goat')]
    const names = matchNearCopies(texts)
    const namesOf = (kind: string): Set<string | undefined> =>
      new Set(texts.flatMap(({ id }) => (id.startsWith(`text:${kind}`) ? [names.get(id)] : [])))
    expect([namesOf('mill').size, namesOf('goat').size, new Set(names.values()).size]).toEqual([1, 1, 2])
  })

  it('are found whatever the order of the pages', () => {
    const texts = copiesOf(MILL, 70, 'mill')
    expect([...matchNearCopies(texts.toReversed())].sort()).toEqual([...matchNearCopies(texts)].sort())
  })
})
