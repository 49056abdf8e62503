// Prints held-out bags that were put together wrongly, for people who label errors by hand: `tsx test/fit/fit.ts C 10`.
import { listChains } from '../../src/unroll/solve/chains.ts'
import { totalOf } from '../../src/unroll/solve/passes.ts'
import { makeScore, type Score } from '../../src/unroll/solve/score/joins.ts'
import type { Judged } from './curves.ts'
import type { Sample } from './samples.ts'

export function showErrors(
  judged: readonly Judged[],
  level: string,
  most: number,
  toWeights: (theta: Float64Array) => Map<string, number>,
): void {
  const wrong = judged.filter(
    ({ sample, solution }) => sample.source.level === level && solution.next.some((j, i) => j !== sample.trueNext[i]),
  )
  for (const { sample, solution, theta } of wrong.slice(0, most)) {
    const score = makeScore(sample.bag, new Int32Array(sample.bag.size).fill(-1), toWeights(theta))
    const [found, truth] = [totalOf(solution.next, score), totalOf(sample.trueNext, score)]
    console.log(`##### ${sample.source.name.slice(-14)} found ${found.toFixed(2)} truth ${truth.toFixed(2)}`)
    showChains('found', sample, score, listChains(solution.next), listChains(sample.trueNext), false)
    showChains('truth', sample, score, listChains(sample.trueNext), listChains(solution.next), true)
  }
}

function showChains(
  label: string,
  sample: Sample,
  score: Score,
  chains: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  texts: boolean,
): void {
  const known = new Set(others.map((chain) => chain.toSorted((a, b) => a - b).join()))
  for (const chain of chains) {
    if (known.has(chain.toSorted((a, b) => a - b).join())) continue
    console.log(
      `   ${label} ${chain.map((x) => sayPost(sample, x)).join(' ')} ${score([], { posts: chain, closed: true }).toFixed(2)}`,
    )
    if (texts)
      for (const x of chain) console.log(`        ${sayPost(sample, x)} ${shorten(sample.bag.posts[x]?.text ?? '')}`)
  }
}

function sayPost({ bag, lines }: Sample, x: number): string {
  const [number = -1, total = -1] = [bag.number[x], bag.total[x]]
  return `${lines[x]?.[0]}${number < 0 ? '' : `[${number}${total < 0 ? '' : `/${total}`}]`}`
}

function shorten(text: string): string {
  const line = text.replaceAll('\n', '⏎')
  return line.length > 90 ? `${line.slice(0, 55)} … ${line.slice(-32)}` : line
}
