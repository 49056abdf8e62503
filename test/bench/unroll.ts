// Scores the engine on the tangle bags beside the repository, when they are there: `npm run bench:unroll`.
import { existsSync } from 'node:fs'
import { unroll } from '../../src/unroll/unroll.ts'
import { digest } from '../fit/samples.ts'
import { LEVELS, readTangle, TANGLE } from '../fit/tangle.ts'

interface Scores {
  readonly [name: string]: number | null
}

/** What the scorer counts of one bag; of that, read here: each link's probability and whether it is right. */
interface BagScore {
  readonly probabilities: readonly (readonly [p: number, right: 0 | 1])[]
}

const TENTHS = 10

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
    const answer = unroll([bag.extraction], { order: bag.order, digest })
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

/** Of the links said to be so probable, how many are right: what calibrated means, tenth by tenth, all levels together. */
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
} else console.log('no tangle bags beside the repository: nothing scored')
