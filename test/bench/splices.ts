// How sure links are where numbers alone join pieces of threads: pages of test/fit/splices.ts, of the texts of the tangle
// beside the repository: `npx tsx test/bench/splices.ts`.
import { sha256 } from '../../src/fixity.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { spliceBags } from '../fit/spliced-bags.ts'
import { SPLICE_KINDS } from '../fit/splices.ts'
import { readTangle, TANGLE, type TangleBag } from '../fit/tangle.ts'

const SURE = 0.95

interface Tally {
  links: number
  right: number
  sure: number
  sureRight: number
  sureReal: number
  complete: number
  completeRight: number
  threads: number
}

const { scoreBag } = await import(`${TANGLE}/score.mjs`)
const only = process.argv[2]
const byKind = new Map<string, Tally>()
for (const bag of spliceBags(
  readTangle().filter(({ level }) => 'DEHI'.includes(level)),
  Number(process.argv[3] ?? 1),
))
  if (only === undefined || only === 'all' || only === bag.level) add(bag)
console.log('kind, links, right, ECE-like mean p, at p >= 0.95, right among them, called complete, right among them')
for (const kind of [...SPLICE_KINDS, 'all']) {
  const t = byKind.get(kind)
  if (t === undefined) continue
  const share = (a: number, b: number): string => (b === 0 ? '–' : ((a / b) * 100).toFixed(1))
  console.log(
    kind.padEnd(18),
    t.threads,
    t.links,
    share(t.right, t.links),
    share(t.sureReal, t.links),
    '|',
    t.sure,
    share(t.sure, t.links),
    share(t.sureRight, t.sure),
    '|',
    t.complete,
    share(t.completeRight, t.complete),
  )
}

function add(bag: TangleBag): void {
  const answer = unroll([bag.extraction], { order: bag.order, digest: sha256 })
  const threads = answer.threads.map((t) => ({
    ...t,
    posts: t.posts.map((p) => ({ sources: p.post.sources, link: p.link })),
  }))
  const { probabilities } = scoreBag(bag.truth, { threads }) as { probabilities: [number, 0 | 1][] }
  const whole = new Set(bag.truth.threads.map((thread) => thread.map(([line]) => line).join()))
  for (const kind of [bag.level, 'all']) {
    const t = byKind.get(kind) ?? {
      links: 0,
      right: 0,
      sure: 0,
      sureRight: 0,
      sureReal: 0,
      complete: 0,
      completeRight: 0,
      threads: 0,
    }
    byKind.set(kind, t)
    for (const [p, right] of probabilities) {
      t.links++
      t.right += right
      t.sureReal += p
      if (p >= SURE) {
        t.sure++
        t.sureRight += right
      }
    }
    for (const { completeness, posts } of answer.threads) {
      t.threads++
      if (completeness !== 'complete' || posts.length < 2) continue
      t.complete++
      if (whole.has(posts.map(({ post }) => post.sources[0]?.line).join())) t.completeRight++
    }
  }
}
