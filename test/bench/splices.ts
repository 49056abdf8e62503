// How sure links are where numbers alone join pieces of threads: pages of test/fit/splices.ts, of the texts of the tangle
// beside the repository: `npx tsx test/bench/splices.ts`.
import { sha256 } from '../../src/fixity.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { spliceBags } from '../fit/spliced-bags.ts'
import { SPLICE_KINDS } from '../fit/splices.ts'
import { readTangle, TANGLE, type TangleBag } from '../fit/tangle.ts'

const SURE = 0.95
/** Levels with threads long enough to be cut, on pages without ids and times. */
const LEVELS = 'DEHI'

interface Told {
  /** Of each link what is said of it, and 1 when it is right. */
  readonly links: readonly (readonly [p: number, right: number])[]
  /** Of each thread that is called complete. */
  readonly complete: readonly Claim[]
}

interface Claim {
  /** Whether it is a whole one. */
  readonly right: boolean
  /** Whether its statement names a link or a place that is less sure. */
  readonly doubted: boolean
}

const DOUBT = / less sure \(p | alone \(p /

const { scoreBag } = await import(`${TANGLE}/score.mjs`)
const bags = spliceBags(readTangle().filter(({ level }) => LEVELS.includes(level)))
const told = bags.map((bag) => ({ kind: bag.level, ...tellOf(bag) }))
console.log(
  'page                links   right  said on average  links at p >= 0.95  right  called complete  right  without a doubt  right',
)
for (const kind of SPLICE_KINDS) print(kind, ...told.filter((one) => one.kind === kind))
print('all', ...told)

function tellOf({ extraction, order, truth }: TangleBag): Told {
  const { threads } = unroll([extraction], { order, digest: sha256 })
  const answer = threads.map(({ posts }) => ({
    posts: posts.map(({ post, link }) => ({ sources: post.sources, link })),
    gaps: [],
  }))
  const whole = new Set(truth.threads.map((thread) => thread.map(([line]) => line).join()))
  const complete = threads.filter(({ completeness, posts }) => completeness === 'complete' && posts.length > 1)
  return {
    links: scoreBag(truth, { threads: answer }).probabilities,
    complete: complete.map(({ posts, statement }) => ({
      right: whole.has(posts.map(({ post }) => post.sources[0]?.line).join()),
      doubted: DOUBT.test(statement),
    })),
  }
}

function print(kind: string, ...list: readonly Told[]): void {
  const links = list.flatMap((one) => one.links)
  const sure = links.filter(([p]) => p >= SURE)
  const complete = list.flatMap((one) => one.complete)
  const undoubted = complete.filter(({ doubted }) => !doubted)
  const cells = [
    [links.length, 7],
    [shareOf(links.map(([, right]) => right)), 8],
    [shareOf(links.map(([p]) => p)), 17],
    [sure.length, 20],
    [shareOf(sure.map(([, right]) => right)), 7],
    [complete.length, 17],
    [shareOf(complete.map(({ right }) => Number(right))), 7],
    [undoubted.length, 17],
    [shareOf(undoubted.map(({ right }) => Number(right))), 7],
  ] as const
  console.log(kind.padEnd(18) + cells.map(([cell, width]) => String(cell).padStart(width)).join(''))
}

function shareOf(list: readonly number[]): string {
  return list.length === 0 ? '–' : ((list.reduce((sum, one) => sum + one, 0) / list.length) * 100).toFixed(1)
}
