// The signals of a whole chain, one step at a time: how numbers run, where unnumbered posts stand in the count, how a
// chain opens and closes. What two posts say by themselves is in evidence.ts; this is what only their company tells.
import { type Bag, NONE } from '../bag.ts'

/** Where the count stands after some posts of a chain. */
export interface Count {
  /** The post before, NONE at the opening. */
  before: number
  /** The last numbered post, NONE before the first. */
  last: number
  /** Unnumbered posts since, or since the opening. */
  since: number
  /** Posts so far, as far back as the chain is looked at. */
  length: number
}

const KINDS = ['half-total', 'other-total', 'other-form'] as const
const LOOSE_FITS = ['exact', 'rises', 'falls', 'exact-bridged', 'rises-bridged', 'falls-bridged'] as const
const FITS = ['exact', 'lacks-one', 'lacks-two', 'lacks-few', 'lacks-many', 'overfull', 'repeat', 'falls'] as const
const WAYS = ['run', 'bridge', 'long-bridge'] as const
const OPENS = ['opens-exact', 'opens-lacking-one', 'opens-lacking-more', 'opens-overfull', 'opens-anew'] as const
const SINGLES = [
  'run-with-total',
  'passes-over',
  'passes-cut',
  'tail-at-cut',
  'unnumbered-at-total',
  'unnumbered-within-total',
  'unnumbered-past-total',
  'unnumbered-though-known',
  'unnumbered-uncounted',
  'unnumbered-after-unnumbered',
  'unnumbered-among-numbered',
  'end-then-more',
  'start-inside',
  'end-at-total',
  'end-inside-total',
  'end-with-more-known',
  'head-one',
  'head-two',
  'head-late',
  'head-known',
  'head-unnumbered',
  'head-unnumbered-among-numbered',
  'head-alone-family',
  'tail-full',
  'tail-over',
  'tail-short-one',
  'tail-short',
  'tail-next-known',
  'tail-open',
  'tail-unnumbered',
  'tail-uncounted',
  'tail-end',
  'alone',
  'alone-numbered',
  'alone-unnumbered',
  'alone-among-numbered',
] as const

/** Names of the structural signals; their place in this list is their number. */
export const STRUCTURE: readonly string[] = [
  ...WAYS.flatMap((way) => FITS.map((fit) => `${way}-${fit}`)),
  ...KINDS.flatMap((kind) => LOOSE_FITS.map((fit) => `${kind}-${fit}`)),
  ...OPENS,
  ...SINGLES,
]

type Single = (typeof SINGLES)[number]

const LOOSE_AT = WAYS.length * FITS.length
const OPENS_AT = LOOSE_AT + KINDS.length * LOOSE_FITS.length
const SINGLE_AT = Object.fromEntries(SINGLES.map((name, k) => [name, OPENS_AT + OPENS.length + k])) as Record<
  Single,
  number
>

/** Receives the number of a signal and its value. */
export type Emit = (signal: number, value: number) => void

export function startCount(): Count {
  return { before: NONE, last: NONE, since: 0, length: 0 }
}

/** Counts one more post. */
export function countOn(bag: Bag, count: Count, post: number): void {
  count.before = post
  count.length++
  if (bag.number[post] === NONE) count.since++
  else {
    count.last = post
    count.since = 0
  }
}

/** Signals of the first post of a chain. */
export function emitHead(bag: Bag, post: number, emit: Emit): void {
  const n = bag.number[post] ?? NONE
  const family = bag.family[post] ?? NONE
  if (n === NONE) {
    emit(SINGLE_AT['head-unnumbered'], 1)
    emit(SINGLE_AT['head-unnumbered-among-numbered'], bag.numbered)
    return
  }
  // Some count from nought: there 1 is the second.
  const place = n === 1 && bag.numbers.below(family, 1) === 0 ? 2 : n
  emit(SINGLE_AT[place <= 1 ? 'head-one' : place === 2 ? 'head-two' : 'head-late'], 1)
  if (place <= 1) return
  if (bag.numbers.below(family, n) === n - 1) emit(SINGLE_AT['head-known'], 1)
  else if (bag.numbers.below(family, n) === null) emit(SINGLE_AT['head-alone-family'], 1)
}

/** Signals of one more post, j, after those counted so far. */
export function emitStep(bag: Bag, count: Count, j: number, emit: Emit): void {
  const i = count.before
  if (bag.ends[i] === 1) emit(SINGLE_AT['end-then-more'], 1)
  if (bag.starts[j] === 1) emit(SINGLE_AT['start-inside'], 1)
  if (bag.cut?.length === count.length && !bag.cut.whole.has(i) && !bag.cut.whole.has(j))
    emit(SINGLE_AT['passes-cut'], 1)
  if (bag.number[j] === NONE) emitUnnumbered(bag, count, j, emit)
  else if (count.last === NONE) emit(OPENS_AT + openingFit(bag.number[j] ?? 0, count.since), 1)
  else emitNumbered(bag, count, j, emit)
}

/** 0 where n posts without numbers stand before n + 1; 4 where one does before 1: some count from their second post. */
function openingFit(number: number, before: number): number {
  const lacking = number - before - 1
  if (number === 1 && before === 1) return 4
  return lacking < 0 ? 3 : Math.min(lacking, 2)
}

function emitNumbered(bag: Bag, { last, since }: Count, j: number, emit: Emit): void {
  const a = bag.number[last] ?? 0
  const b = bag.number[j] ?? 0
  const family = bag.family[last] ?? NONE
  const kind = kinship(bag, last, j)
  if (kind !== NONE) {
    emit(LOOSE_AT + kind * LOOSE_FITS.length + looseFit(a, b, since), 1)
    return
  }
  emit(wayOf(since) * FITS.length + runFit(a, b, since), 1)
  if (bag.total[j] !== NONE) emit(SINGLE_AT['run-with-total'], 1)
  if (b > a + 1 && (bag.numbers.above(family, a) ?? b) < b) emit(SINGLE_AT['passes-over'], 1)
}

function wayOf(since: number): number {
  return since === 0 ? 0 : since === 1 ? 1 : 2
}

function runFit(a: number, b: number, since: number): number {
  if (b <= a) return b === a ? 6 : 7
  const lacking = b - a - since - 1
  if (lacking < 0) return 5
  return lacking < 3 ? lacking : lacking < 6 ? 3 : 4
}

/**
 * A repeated number counts as falling: as a rise it would cost the bags of the fit more (D 1.6, E 1 points of exact
 * threads).
 */
function looseFit(a: number, b: number, since: number): number {
  return (b === a + since + 1 ? 0 : b > a ? 1 : 2) + (since > 0 ? 3 : 0)
}

/** NONE where form and total are the same, else the kind of difference. */
function kinship(bag: Bag, i: number, j: number): number {
  if (bag.form[i] !== bag.form[j]) return 2
  if (bag.total[i] === bag.total[j]) return NONE
  return bag.total[i] === NONE || bag.total[j] === NONE ? 0 : 1
}

function emitUnnumbered(bag: Bag, { last, since }: Count, j: number, emit: Emit): void {
  if (last === NONE) {
    emit(SINGLE_AT['unnumbered-after-unnumbered'], 1)
    emit(SINGLE_AT['unnumbered-among-numbered'], bag.numbered)
    return
  }
  const family = bag.family[last] ?? NONE
  const total = bag.total[last] ?? NONE
  const slot = (bag.number[last] ?? 0) + since + 1
  if (total === NONE) emit(SINGLE_AT['unnumbered-uncounted'], 1)
  else
    emit(
      SINGLE_AT[
        slot > total ? 'unnumbered-past-total' : slot === total ? 'unnumbered-at-total' : 'unnumbered-within-total'
      ],
      1,
    )
  const isKnown = bag.numbers.find(family, slot).length > 0
  if (isKnown) emit(SINGLE_AT['unnumbered-though-known'], 1)
  if (bag.ends[j] !== 1) return
  if (total !== NONE) emit(SINGLE_AT[slot >= total ? 'end-at-total' : 'end-inside-total'], 1)
  if (isKnown) emit(SINGLE_AT['end-with-more-known'], 1)
}

/** Signals of a chain that ends here, all its posts counted. */
export function emitTail(bag: Bag, { before, last, since, length }: Count, emit: Emit): void {
  if (length === bag.cut?.length) emit(SINGLE_AT['tail-at-cut'], 1)
  if (bag.ends[before] === 1) emit(SINGLE_AT['tail-end'], 1)
  if (since > 0) emit(SINGLE_AT['tail-unnumbered'], 1)
  if (last === NONE) return
  const family = bag.family[last] ?? NONE
  const total = bag.total[last] ?? NONE
  const slot = (bag.number[last] ?? 0) + since
  if (total !== NONE) {
    const short = total - slot
    emit(
      SINGLE_AT[short < 0 ? 'tail-over' : short === 0 ? 'tail-full' : short === 1 ? 'tail-short-one' : 'tail-short'],
      1,
    )
  } else emit(SINGLE_AT[since === 0 ? 'tail-open' : 'tail-uncounted'], 1)
  if (bag.numbers.find(family, slot + 1).length > 0) emit(SINGLE_AT['tail-next-known'], 1)
}

/** Signals of a chain of one. */
export function emitAlone(bag: Bag, post: number, emit: Emit): void {
  emit(SINGLE_AT['alone'], 1)
  emit(SINGLE_AT[bag.number[post] === NONE ? 'alone-unnumbered' : 'alone-numbered'], 1)
  emit(SINGLE_AT['alone-among-numbered'], bag.numbered)
}
