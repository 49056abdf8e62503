// Scores the engine on the tangle bags beside the repository, when they are there: `npm run bench:unroll`.
import { existsSync } from 'node:fs'
import { sha256 } from '../../src/fixity.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { LEVELS, readTangle, TANGLE } from '../fit/tangle.ts'

interface Scores {
  readonly [name: string]: number | null
}

/** What the scorer counts of one bag; of that, read here: each link's probability and whether it is right. */
interface BagScore {
  readonly probabilities: readonly (readonly [p: number, right: 0 | 1])[]
}

const TENTHS = 10
/** Times that right and wrong are drawn as the probabilities say. */
const DRAWS = 500

const COLUMNS = [
  'setF1',
  'orderedF1',
  'linkF1',
  'oneToOne',
  'vi',
  'tauAll',
  'gapF1',
  'ece',
  'sure',
  'sureRight',
] as const

async function scoreTangle(): Promise<ReadonlyMap<string, readonly BagScore[]>> {
  const { scoreBag } = await import(`${TANGLE}/score.mjs`)
  const byLevel = new Map<string, BagScore[]>()
  for (const bag of readTangle()) {
    const answer = unroll([bag.extraction], { order: bag.order, digest: sha256 })
    const document = {
      threads: answer.threads.map((t) => ({
        ...t,
        posts: t.posts.map((p) => ({ sources: p.post.sources, link: p.link })),
      })),
    }
    byLevel.set(bag.level, [...(byLevel.get(bag.level) ?? []), scoreBag(bag.truth, document)])
  }
  return byLevel
}

/**
 * Of the links said to be so probable, how many are right: what calibrated means, tenth by tenth, all levels together.
 */
function printReliability(bags: readonly BagScore[]): void {
  const links = bags.flatMap(({ probabilities }) => probabilities)
  console.log('\nlinks said to be right with  on average  that are right  links')
  for (let tenth = 0; tenth < TENTHS; tenth += 1) {
    const said = links.filter(([p]) => Math.min(TENTHS - 1, Math.floor(p * TENTHS)) === tenth)
    if (said.length === 0) continue
    const mean = (at: 0 | 1) => percent(said.reduce((sum, link) => sum + link[at], 0) / said.length)
    console.log(
      `${tenth * TENTHS} to ${(tenth + 1) * TENTHS} %`.padEnd(29) + `${mean(0)}`.padEnd(12),
      mean(1).padEnd(15),
      said.length,
    )
  }
}

/**
 * The calibration error that exact probabilities would show on so few links: right and wrong drawn as they say. An
 * error within it tells nothing against them.
 */
function printExactErrors(level: string, bags: readonly BagScore[]): void {
  const given = bags.flatMap(({ probabilities }) => probabilities.map(([p]) => p))
  const random = makeRandom(1)
  const errors = Array.from({ length: DRAWS }, () =>
    calibrationError(given.map((p) => [p, random() < p ? 1 : 0] as const)),
  ).sort((a, b) => a - b)
  const [low, middle, high] = [0.05, 0.5, 0.95].map((share) => errors[share * DRAWS]?.toFixed(3))
  console.log(`${level.padEnd(7)}${String(middle).padEnd(8)}${low} to ${high}`)
}

/** Mean distance of what is said from what is right, by tenths. */
function calibrationError(links: readonly (readonly [p: number, right: 0 | 1])[]): number {
  const excess = new Float64Array(TENTHS)
  for (const [p, right] of links) excess[Math.min(TENTHS - 1, Math.floor(p * TENTHS))]! += p - right
  return excess.reduce((sum, one) => sum + Math.abs(one), 0) / links.length
}

/** A linear congruential generator (Numerical Recipes): the same draws in every run. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

if (existsSync(TANGLE)) {
  const { summarise } = await import(`${TANGLE}/score.mjs`)
  const bags = await scoreTangle()
  console.log(`level ${COLUMNS.join(' ')}`)
  for (const level of LEVELS) {
    const scores = summarise(bags.get(level) ?? []) as Scores
    console.log(level, COLUMNS.map((column) => scores[column]).join(' '))
  }
  printReliability([...bags.values()].flat())
  console.log('\nlevel  ece that exact probabilities would show: middle, and 9 times in 10')
  for (const [level, scored] of bags) printExactErrors(level, scored)
} else console.log('no tangle bags beside the repository: nothing scored')
