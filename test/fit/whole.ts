// Choices for the fit of whole chains: for every post where to stand, for every end of a chain what to follow. The true
// arrangement is one option, every single move away from it another.

import { isPossible, tallyClosing, tallyOpening, tallyPair } from '../../src/unroll/evidence/evidence.ts'
import { tallyCompany } from '../../src/unroll/evidence/words/word-signals.ts'
import { type Bag, NONE } from '../../src/unroll/solve/bag.ts'
import { type ChainPiece, type Listener, reportJoin } from '../../src/unroll/solve/score/joins.ts'
import { STRUCTURE } from '../../src/unroll/solve/score/structure.ts'
import { after, before, type Chains, link, sameChain, unlink } from '../../src/unroll/solve/search/arrangement.ts'
import type { SignalNames } from './samples.ts'

export interface Choices {
  /** Options of choice c: start[c] .. start[c+1]-1; the first is the truth. */
  readonly start: Int32Array
  /** Signals of option o: at[o] .. at[o+1]-1. */
  readonly at: Int32Array
  readonly signal: Int16Array
  readonly value: Float32Array
}

type Vector = Map<number, number>

export class ChoiceBuilder {
  readonly #names: SignalNames
  readonly #start: number[] = [0]
  readonly #at: number[] = [0]
  readonly #signal: number[] = []
  readonly #value: number[] = []
  constructor(names: SignalNames) {
    this.#names = names
  }
  /** Options as vectors beside the first, which is the truth. */
  add(options: readonly Vector[]): void {
    if (options.length < 2) return
    for (const option of options) {
      for (const [signal, value] of option) {
        if (Math.abs(value) < 1e-6) continue
        this.#signal.push(signal)
        this.#value.push(value)
      }
      this.#at.push(this.#signal.length)
    }
    this.#start.push(this.#at.length - 1)
  }
  done(): Choices {
    return {
      start: Int32Array.from(this.#start),
      at: Int32Array.from(this.#at),
      signal: Int16Array.from(this.#signal),
      value: Float32Array.from(this.#value),
    }
  }
  get names(): SignalNames {
    return this.#names
  }
}

/** Signals of a join, times `sign`, added to `vector`; false when impossible. */
class Collector {
  readonly #bag: Bag
  readonly #names: SignalNames
  readonly #structure: Int32Array
  readonly #cache = new Map<string, readonly (readonly [number, number])[]>()
  constructor(bag: Bag, names: SignalNames) {
    this.#bag = bag
    this.#names = names
    this.#structure = Int32Array.from(STRUCTURE, (name) => names.indexOf(name))
  }
  collect(vector: Vector, sign: number, left: readonly number[], right: ChainPiece): boolean {
    const add = (signal: number, value: number): void => {
      vector.set(signal, (vector.get(signal) ?? 0) + sign * value)
    }
    const all = (list: readonly (readonly [number, number])[], share: number): void => {
      for (const [signal, value] of list) add(signal, value * share)
    }
    const listener: Listener = {
      allows: (i, j) => isPossible(this.#bag, i, j),
      structure: (signal, value) => add(this.#structure[signal]!, value),
      pair: (i, j) =>
        all(
          this.#static('p', i, j, (t) => tallyPair(this.#bag, i, j, t)),
          1,
        ),
      opening: (post) =>
        all(
          this.#static('o', post, 0, (t) => tallyOpening(this.#bag, post, t)),
          1,
        ),
      closing: (post) =>
        all(
          this.#static('c', post, 0, (t) => tallyClosing(this.#bag, post, t)),
          1,
        ),
      company: (m, post, share) =>
        all(
          this.#static('m', m, post, (t) => tallyCompany(this.#bag, m, post, t)),
          share,
        ),
    }
    return reportJoin(this.#bag, left, right, listener)
  }
  #static(
    kind: string,
    i: number,
    j: number,
    f: (t: (s: string, v: number) => void) => void,
  ): readonly (readonly [number, number])[] {
    const key = `${kind} ${i} ${j}`
    const known = this.#cache.get(key)
    if (known !== undefined) return known
    const list: [number, number][] = []
    f((s, v) => list.push([this.#names.indexOf(s), v]))
    this.#cache.set(key, list)
    return list
  }
}

/** All choices around one arrangement. */
export function addChoices(bag: Bag, chains: Chains, builder: ChoiceBuilder): void {
  const collector = new Collector(bag, builder.names)
  for (let x = 0; x < bag.size; x++) {
    builder.add(placeOptions(bag, chains, x, collector))
    const ends = endOptions(bag, chains, x, collector)
    builder.add(ends)
  }
}

function placeOptions(bag: Bag, chains: Chains, x: number, collector: Collector): Vector[] {
  const { next, previous } = chains
  const [p, q] = [previous[x]!, next[x]!]
  unlink(chains, x)
  const options: Vector[] = []
  const option = (a: number, b: number): Vector | null => {
    const vector: Vector = new Map()
    if (a === NONE && b === NONE) return vector
    const [left, right] = [before(chains, a), after(chains, b)]
    if (!collector.collect(vector, 1, left, { posts: [x, ...right.posts], closed: right.closed })) return null
    if (!collector.collect(vector, -1, left, right)) return null
    collector.collect(vector, -1, [], { posts: [x], closed: true })
    return vector
  }
  const push = (v: Vector | null): void => {
    if (v !== null) options.push(v)
  }
  const truth = option(p, q)
  if (truth !== null) {
    options.push(truth)
    if (p !== NONE || q !== NONE) push(option(NONE, NONE))
    for (let y = 0; y < bag.size; y++) {
      if (y === x) continue
      if (!(y === p && next[y] === q)) push(option(y, next[y]!))
      if (previous[y] === NONE && !(p === NONE && y === q)) push(option(NONE, y))
    }
  }
  if (p !== NONE || q !== NONE) link(chains, x, p, q)
  return options
}

function endOptions(bag: Bag, chains: Chains, x: number, collector: Collector): Vector[] {
  const { next, previous } = chains
  const p = previous[x]!
  const options: Vector[] = [new Map()]
  const consider = (i: number): void => {
    const t = i === NONE ? NONE : next[i]!
    const [fromX, fromT, toP, toI] = [after(chains, x), after(chains, t), before(chains, p), before(chains, i)]
    const vector: Vector = new Map()
    if (!collector.collect(vector, 1, toI, fromX)) return
    if (!(p === NONE && t === NONE) && !collector.collect(vector, 1, toP, fromT)) return
    if (!collector.collect(vector, -1, toP, fromX)) return
    if (i !== NONE && !collector.collect(vector, -1, toI, fromT)) return
    options.push(vector)
  }
  if (p !== NONE) consider(NONE)
  for (let i = 0; i < bag.size; i++) if (i !== p && !sameChain(chains, i, x)) consider(i)
  return options
}

/** Bags are made of threads, so single posts are rarer in them than in life: their weights are held near zero. */
const LONE_PRIOR = 10

export function trainChoices(
  sets: readonly Choices[],
  names: readonly string[],
  l2: number,
  steps: number,
  from: Float64Array | null = null,
): Float64Array {
  const signals = names.length
  const priors = Float64Array.from(names, (name) => l2 * (name.startsWith('alone') && from === null ? LONE_PRIOR : 1))
  const prior = from ?? new Float64Array(signals)
  const theta = Float64Array.from(prior)
  const [m, v] = [new Float64Array(signals), new Float64Array(signals)]
  for (let step = 1; step <= steps; step++) {
    const gradient = theta.map((t, s) => (t - prior[s]!) * priors[s]!)
    for (const set of sets) addGradient(set, theta, gradient)
    const rate = 0.1 * (step < steps * 0.6 ? 1 : step < steps * 0.85 ? 0.3 : 0.1)
    for (let s = 0; s < signals; s++) {
      m[s] = 0.9 * m[s]! + 0.1 * gradient[s]!
      v[s] = 0.98 * v[s]! + 0.02 * gradient[s]! ** 2
      theta[s] = theta[s]! - (rate * (m[s]! / (1 - 0.9 ** step))) / (Math.sqrt(v[s]! / (1 - 0.98 ** step)) + 1e-9)
    }
  }
  return theta
}

function addGradient({ start, at, signal, value }: Choices, theta: Float64Array, gradient: Float64Array): void {
  const scores: number[] = []
  for (let c = 0; c + 1 < start.length; c++) {
    let max = Number.NEGATIVE_INFINITY
    scores.length = 0
    for (let o = start[c]!; o < start[c + 1]!; o++) {
      let sum = 0
      for (let k = at[o]!; k < at[o + 1]!; k++) sum += value[k]! * theta[signal[k]!]!
      scores.push(sum)
      if (sum > max) max = sum
    }
    let total = 0
    for (let o = 0; o < scores.length; o++) total += scores[o] = Math.exp(scores[o]! - max)
    for (let o = 0; o < scores.length; o++) {
      const slope = scores[o]! / total - (o === 0 ? 1 : 0)
      if (slope > -1e-5 && slope < 1e-5) continue
      const option = start[c]! + o
      for (let k = at[option]!; k < at[option + 1]!; k++) gradient[signal[k]!]! += slope * value[k]!
    }
  }
}

/** Summed log-likelihood of the truths among their options, and how many choices that is. */
export function likelihood(
  { start, at, signal, value }: Choices,
  theta: Float64Array,
): readonly [sum: number, count: number] {
  let [sum, count] = [0, 0]
  for (let c = 0; c + 1 < start.length; c++) {
    const scores: number[] = []
    for (let o = start[c]!; o < start[c + 1]!; o++) {
      let score = 0
      for (let k = at[o]!; k < at[o + 1]!; k++) score += value[k]! * theta[signal[k]!]!
      scores.push(score)
    }
    const max = Math.max(...scores)
    sum += scores[0]! - max - Math.log(scores.reduce((t, x) => t + Math.exp(x - max), 0))
    count++
  }
  return [sum, count]
}
