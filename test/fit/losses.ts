// Fits the weights of lost posts on true threads of the bags, as they are and with more posts and markers taken out at
// random (seeded), and says how well holes of unseen authors are told from skipped numbers.

import { settingOf, tallyLoss } from '../../src/unroll/gaps/losses.ts'
import type { Numbered } from '../../src/unroll/gaps/numbered.ts'
import { listSteps, listStretches, type Stretch } from '../../src/unroll/gaps/stretches.ts'
import { listChains } from '../../src/unroll/solve/chains.ts'
import type { Sample } from './samples.ts'

const L2 = 1
const STEPS = 300
const SEED = 1
/** What is done to a true thread beyond what the bag did: share of posts dropped, share of markers erased. */
const DAMAGES = [
  [0.05, 0],
  [0.1, 0],
  [0.05, 0.2],
  [0.1, 0.2],
  [0.08, 0.3],
] as const
/** A damaged copy of a thread says this much of what the thread itself says. */
const COPY_WEIGHT = 0.3

/** One stretch: a vector for each of its steps, and the steps at which posts were lost. */
export interface Choice {
  readonly options: readonly ReadonlyMap<string, number>[]
  readonly lost: readonly number[]
  readonly weight: number
}

export interface Known {
  readonly posts: readonly Numbered[]
  /** Posts whose step from the one before hides lost posts. */
  readonly lost: ReadonlySet<number>
}

/** The posts of a bag as the gap finder sees them. */
export function toNumbered({ bag, source, lines }: Sample, x: number, linkP: number | null): Numbered {
  const { text, acceptance, ends } = bag.posts[x]!
  const { marker } = acceptance
  return {
    number: marker?.number ?? null,
    total: marker?.total ?? null,
    ends,
    linkP,
    isDeclared: false,
    text: marker === null ? text : `${text.slice(0, marker.start)}${text.slice(marker.end)}`.trim(),
    time: source.extraction.posts[(lines[x]?.[0] ?? 1) - 1]?.createdAt ?? null,
  }
}

/** The stretches of one bag's true threads, whole and damaged. */
export function listChoices(sample: Sample): readonly Choice[] {
  const random = makeRandom(SEED)
  return knownThreads(sample).flatMap((thread) => [
    ...choicesOf(thread, 1),
    ...DAMAGES.flatMap(([drop, erase]) => choicesOf(damage(thread, drop, erase, random), COPY_WEIGHT)),
  ])
}

export function knownThreads(sample: Sample): readonly Known[] {
  const owner = new Map(sample.lines.flatMap((own, at) => own.map((line) => [line, at] as const)))
  const gaps = new Set(sample.source.truth.gaps.map(([a, b]) => `${owner.get(a)} ${owner.get(b)}`))
  return listChains(sample.trueNext).map((chain) => ({
    posts: chain.map((x, k) => toNumbered(sample, x, k === 0 ? null : 1)),
    lost: new Set(chain.flatMap((x, k) => (gaps.has(`${chain[k - 1]} ${x}`) ? [k] : []))),
  }))
}

function damage({ posts, lost }: Known, drop: number, erase: number, random: () => number): Known {
  const kept: Numbered[] = []
  const newlyLost = new Set<number>()
  let isLost = false
  posts.forEach((post, k) => {
    isLost ||= lost.has(k)
    if (random() < drop) {
      isLost = true
      return
    }
    if (isLost && kept.length > 0) newlyLost.add(kept.length)
    kept.push(random() < erase ? { ...post, number: null, total: null } : post)
    isLost = false
  })
  return { posts: kept, lost: newlyLost }
}

/** Numerical Recipes' linear congruence: the fit needs no better chance, only the same one every time. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function choicesOf({ posts, lost }: Known, weight: number): readonly Choice[] {
  const stretches = listStretches(posts)
  const setting = settingOf(posts, stretches)
  return stretches.list.map((stretch: Stretch) => {
    const steps = listSteps(stretch, posts.length)
    const options = steps.map((step) => {
      const vector = new Map<string, number>()
      tallyLoss(setting, stretch, step, (name, value) => vector.set(name, (vector.get(name) ?? 0) + value))
      return vector
    })
    return { options, lost: steps.flatMap((step, k) => (lost.has(step) ? [k] : [])), weight }
  })
}

/** Conditional logit by Adam from zero: full batches, so that the same bags give the same weights. */
export function fitLosses(choices: readonly Choice[]): Map<string, number> {
  const names = [...new Set(choices.flatMap(({ options }) => options.flatMap((option) => [...option.keys()])))].sort()
  const theta = new Map(names.map((name) => [name, 0]))
  const [m, v] = [new Map<string, number>(), new Map<string, number>()]
  for (let step = 1; step <= STEPS; step++) {
    const gradient = new Map([...theta].map(([name, value]) => [name, L2 * value]))
    for (const choice of choices) addSlope(choice, theta, gradient)
    const rate = 0.1 * (step < STEPS * 0.6 ? 1 : step < STEPS * 0.85 ? 0.3 : 0.1)
    for (const [name, slope] of gradient) {
      m.set(name, 0.9 * (m.get(name) ?? 0) + 0.1 * slope)
      v.set(name, 0.98 * (v.get(name) ?? 0) + 0.02 * slope ** 2)
      const [a, b] = [m.get(name)! / (1 - 0.9 ** step), v.get(name)! / (1 - 0.98 ** step)]
      theta.set(name, theta.get(name)! - (rate * a) / (Math.sqrt(b) + 1e-9))
    }
  }
  return theta
}

function addSlope({ options, lost, weight }: Choice, theta: Map<string, number>, gradient: Map<string, number>): void {
  const odds = options.map((option) => {
    let sum = 0
    for (const [name, value] of option) sum += value * (theta.get(name) ?? 0)
    return Math.exp(sum)
  })
  const all = odds.reduce((sum, one) => sum + one, 1)
  options.forEach((option, k) => {
    const slope = weight * (odds[k]! / all - (lost.includes(k) ? 1 / lost.length : 0))
    for (const [name, value] of option) gradient.set(name, (gradient.get(name) ?? 0) + slope * value)
  })
}
