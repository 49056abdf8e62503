// The part of `npm run fit` that is about long timelines; alone: `npx tsx test/fit/fit-timelines.ts`. Each account is
// judged by a model that has not seen it; the model that is written has seen all.
import { fitTimelines, fitTrust, readAccount, scoreAccount, type TimelineScore, trustIn } from './long-timelines.ts'
import { readTimelines } from './timelines.ts'
import { writeTimelines } from './write.ts'

const PLAIN = { bias: 0, slope: 1 }

const accounts = readTimelines().map(readAccount)
const scores = accounts.map((account) =>
  scoreAccount(
    account,
    fitTimelines(
      accounts.filter((other) => other !== account),
      PLAIN,
    ),
  ),
)
console.log(
  'accounts held out, percent: precision, recall, F1 of whole threads; links right, and as many as they promise',
)
for (const score of scores) console.log(sayScore(score))
const judged = scores.flatMap((score) => {
  const trust = fitTrust(scores.filter((other) => other !== score).flatMap(({ links }) => links))
  return score.links.map(([p, isLink]) => [trustIn(p, trust), isLink] as const)
})
console.log(`ECE of links, trust held out too: ${expectError(judged).toFixed(3)}`)
const trust = fitTrust(scores.flatMap(({ links }) => links))
writeTimelines(fitTimelines(accounts, trust))

function sayScore({ name, truth, found, right, links }: TimelineScore): string {
  const percent = (all: number): string => ((100 * right) / Math.max(1, all)).toFixed(1)
  const promised = links.reduce((sum, [p]) => sum + p, 0)
  const figures = [percent(found), percent(truth), percent((found + truth) / 2)]
  return `${name} ${figures.join(' ')}; ${links.filter(([, isLink]) => isLink).length} of ${links.length}, ${promised.toFixed(0)}`
}

/** Mean distance of what tenths of the links promise from what they keep. */
function expectError(links: readonly (readonly [p: number, isLink: boolean])[]): number {
  const tenths = Array.from({ length: 10 }, (_, k) => links.filter(([p]) => Math.min(9, Math.floor(10 * p)) === k))
  return tenths.reduce((sum, some) => {
    const [promised, kept] = some.reduce(([a, b], [p, isLink]) => [a + p, b + Number(isLink)], [0, 0])
    return sum + Math.abs(promised - kept) / links.length
  }, 0)
}
