// Signals from number markers: steps, forms, totals, holes that an unnumbered post may fill.
import { type Bag, NONE } from './bag.ts'
import type { Tally } from './tally.ts'

/** A number may repeat; inside a family it does not fall. Totals that differ may belong together (a wrong total); rarely. */
export function isNumberedPair(bag: Bag, i: number, j: number): boolean {
  const [a = NONE, b = NONE] = [bag.number[i], bag.number[j]]
  if (a === NONE || b === NONE) return true
  return bag.form[i] !== bag.form[j] || b >= a
}

export function tallyNumbers(bag: Bag, i: number, j: number, tally: Tally): void {
  const [a = NONE, b = NONE] = [bag.number[i], bag.number[j]]
  if (a !== NONE && b !== NONE) tallyBoth(bag, i, j, tally)
  else if (a !== NONE) tallyAfterNumbered(bag, i, j, tally)
  else if (b !== NONE) tallyBeforeNumbered(bag, i, j, tally)
  else {
    tally('numbers-none', 1)
    tally('numbers-none-among-numbered', bag.numbered)
  }
}

function tallyBoth(bag: Bag, i: number, j: number, tally: Tally): void {
  const [a = NONE, b = NONE, family = NONE] = [bag.number[i], bag.number[j], bag.family[i]]
  const step = b - a
  const size = step < 0 ? 'falls' : step < 4 ? STEPS[step] : 'far'
  const kin = kinship(bag, i, j)
  tally(`number-${size}${kin}`, 1)
  if (kin !== '') return
  if (bag.total[i] !== NONE) tally('number-same-total', 1)
  if (step > 1 && (bag.numbers.above(family, a) ?? b) < b) tally('number-passes-over', 1)
}

function kinship(bag: Bag, i: number, j: number): '' | '-other-form' | '-half-total' | '-other-total' {
  if (bag.form[i] !== bag.form[j]) return '-other-form'
  if (bag.total[i] === bag.total[j]) return ''
  return bag.total[i] === NONE || bag.total[j] === NONE ? '-half-total' : '-other-total'
}

const STEPS = ['same', 'next', 'skip-one', 'skip-two']

/** A numbered post, then one without a number. */
function tallyAfterNumbered(bag: Bag, i: number, j: number, tally: Tally): void {
  const [a = NONE, total = NONE, family = NONE] = [bag.number[i], bag.total[i], bag.family[i]]
  const above = bag.numbers.above(family, a)
  const ends = bag.ends[j] === 1
  if (above === a + 1) tally('after-number-next-known', 1)
  else if (above !== null) tally(above === a + 2 ? 'after-number-hole' : 'after-number-wide-hole', 1)
  else if (total !== NONE) tally(a >= total ? 'after-number-full' : 'after-number-promised', 1)
  else tally('after-number-open', 1)
  if (ends) tally(above === null ? 'after-last-number-end' : 'before-number-end', 1)
  if (bag.starts[j] === 1) tally('after-number-start', 1)
}

/** A post without a number, then a numbered one. */
function tallyBeforeNumbered(bag: Bag, i: number, j: number, tally: Tally): void {
  const [b = NONE, family = NONE] = [bag.number[j], bag.family[j]]
  const below = bag.numbers.below(family, b)
  if (b <= 1) tally('before-first', 1)
  else if (below === b - 1) tally('before-number-previous-known', 1)
  else if (below !== null) tally(below === b - 2 ? 'before-number-hole' : 'before-number-wide-hole', 1)
  else tally(b === 2 ? 'before-second' : b === 3 ? 'before-third' : 'before-later', 1)
  if (bag.starts[i] === 1) tally(b === 2 && below === null ? 'start-before-second' : 'start-before-number', 1)
}
