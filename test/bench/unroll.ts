// Scores the engine on the tangle bags beside the repository, when they are there: `npm run bench:unroll`.
import { existsSync } from 'node:fs'
import { unroll } from '../../src/unroll/unroll.ts'
import { digest } from '../fit/samples.ts'
import { LEVELS, readTangle, TANGLE } from '../fit/tangle.ts'

interface Scores {
  readonly [name: string]: number | null
}

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

export async function scoreTangle(): Promise<Readonly<Record<string, Scores>>> {
  const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)
  const byLevel = new Map<string, unknown[]>()
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
  return Object.fromEntries([...byLevel].map(([level, bags]) => [level, summarise(bags)]))
}

if (existsSync(TANGLE)) {
  const scores = await scoreTangle()
  console.log(`level ${COLUMNS.join(' ')}`)
  for (const level of LEVELS) console.log(level, COLUMNS.map((column) => scores[level]?.[column]).join(' '))
} else console.log('no tangle bags beside the repository: nothing scored')
