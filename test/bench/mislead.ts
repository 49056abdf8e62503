// How sure the engine is of posts made to mislead it, and the counts that limits of belief cite: of the texts of the
// tangle and of whole timelines beside the repository, `npm run bench:mislead`.
import { sha256 } from '../../src/fixity.ts'
import { fittedFor } from '../../src/unroll/evidence/weights/fitted.ts'
import type { Bag } from '../../src/unroll/solve/bag.ts'
import { toSolvedBag } from '../../src/unroll/solve/certainty/certainty.ts'
import { isVouchedFor } from '../../src/unroll/solve/certainty/ties.ts'
import { solveBag } from '../../src/unroll/solve/passes.ts'
import { holdsSingles } from '../../src/unroll/solve/singles.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { makeSample } from '../fit/samples.ts'
import { readBare } from '../fit/spliced-bags.ts'
import { makeRandom, shuffle } from '../fit/splices.ts'
import { readTangle, type TangleBag } from '../fit/tangle.ts'
import { readTimelines, sortByTime, trueLines } from '../fit/timelines.ts'
import { MISLEADING, type Misleading, mislead } from './misleading.ts'

const SURE = 0.95
const LEAST_THREADS = 3
const NONE = -1
const DAY_MS = 86_400_000
/** Posts of a stretch of a timeline, and the share of them that stands in threads of three or more. */
const STRETCHES = [40, 100]
const LEAST_IN_THREADS = 0.12

const tangle = readTangle()
const dated = tangle.filter(({ level }) => level === 'A' || level === 'B')
const sources = tangle.map(readBare).filter(({ length }) => length >= LEAST_THREADS)
const random = makeRandom(1)
const made = new Map(
  MISLEADING.map((kind) => [kind, sources.map((threads) => mislead(kind, shuffle(threads, random), random))] as const),
)

console.log('bag               bags  links at p >= 0.95  right  called complete  right')
for (const [kind, bags] of made) printKind(kind, bags)
console.log('\nposts without a number in the hole of a count, and those that words vouch for')
for (const kind of ['own-in-hole', 'single-in-hole'] as const) printVouched(kind)
printPauses()
printSingles()

function printKind(kind: Misleading, bags: readonly TangleBag[]): void {
  const count = { sure: 0, right: 0, complete: 0, whole: 0 }
  for (const { extraction, order, truth } of bags) {
    const lines = truth.threads.map((thread) => thread.map(([line]) => line ?? 0))
    const follows = new Set(lines.flatMap((own) => own.slice(1).map((line, k) => `${own[k]} ${line}`)))
    for (const { posts, completeness } of unroll([extraction], { order, digest: sha256 }).threads) {
      const found = posts.map(({ post }) => post.sources[0]?.line ?? 0)
      posts.forEach(({ link }, k) => {
        if (k === 0 || (link?.p ?? 0) < SURE) return
        count.sure++
        if (follows.has(`${found[k - 1]} ${found[k]}`)) count.right++
      })
      if (completeness !== 'complete' || found.length === 1) continue
      count.complete++
      // Where a post is lost none is whole; one that opens a whole thread or is added to it takes nothing away.
      const isThere = lines.some((own) => ` ${found.join(' ')} `.includes(` ${own.join(' ')} `))
      if ((kind === 'own-in-hole' || kind === 'singles-around') && isThere) count.whole++
    }
  }
  const cells = [
    bags.length,
    count.sure,
    share(count.right, count.sure),
    count.complete,
    share(count.whole, count.complete),
  ]
  console.log(kind.padEnd(16), cells.map((cell, k) => String(cell).padStart([5, 19, 6, 16, 6][k] ?? 0)).join(' '))
}

/** Links to and from posts that stand between two numbers, in the arrangement that the engine finds. */
function printVouched(kind: Misleading): void {
  const links = (made.get(kind) ?? []).flatMap((source) => {
    const { bag } = makeSample(source)
    const solved = toSolvedBag(bag, solveBag(bag, new Int32Array(bag.size).fill(NONE), fittedFor(bag)))
    return listInHoles(bag, solved).map((j) => isVouchedFor(bag, solved, j))
  })
  console.log(kind.padEnd(16), links.length, 'links,', links.filter(Boolean).length, 'vouched for')
}

function listInHoles({ number }: Bag, { next, previous }: Pick<ReturnType<typeof toSolvedBag>, 'next' | 'previous'>) {
  return [...number.keys()].flatMap((at) => {
    const [before = NONE, after = NONE] = [previous[at], next[at]]
    if (number[at] !== NONE || before === NONE || after === NONE) return []
    return number[before] !== NONE && number[after] === (number[before] ?? NONE) + 2 ? [at, after] : []
  })
}

function printPauses(): void {
  const days = dated.map(makeSample).flatMap(({ bag, trueNext }) =>
    [...trueNext.entries()].flatMap(([i, j]) => {
      if (j === NONE || bag.number[i] === NONE || bag.number[j] === NONE) return []
      return [((bag.time[j] ?? 0) - (bag.time[i] ?? 0)) / DAY_MS]
    }),
  )
  const longer = [1, 7, 30].map((least) => `${days.filter((one) => one > least).length} take more than ${least}`)
  console.log(`\nof ${days.length} true links of dated numbers ${longer.join(', ')} days`)
}

function printSingles(): void {
  const looking = dated.filter((source) => holdsSingles(makeSample(source).bag.posts)).length
  console.log(`\nof ${dated.length} dated bags of threads ${looking} look as if they held single posts`)
  const stretches = STRETCHES.flatMap((size) => readTimelines().flatMap(({ posts }) => cut(sortByTime(posts), size)))
  console.log(`of ${stretches.length} stretches of timelines ${stretches.filter(holdsSingles).length} do`)
}

/** Stretches with threads in them, whose posts are looked at as if they bore numbers. */
function cut(posts: ReturnType<typeof sortByTime>, size: number) {
  const starts = Array.from({ length: Math.ceil(posts.length / size) }, (_, k) => k * size)
  return starts.flatMap((from) => {
    const stretch = posts.slice(from, from + size)
    const idOf = ({ ref }: (typeof posts)[number]): string => ref?.id ?? ''
    const ids = new Set(stretch.map(idOf))
    const lines = trueLines(stretch).map((line) => line.filter((id) => ids.has(id)))
    const inThreads = new Set(lines.filter(({ length }) => length > 2).flat())
    if (stretch.length <= 10 || inThreads.size < LEAST_IN_THREADS * stretch.length) return []
    const looks = stretch.map((post) => ({
      text: post.text,
      time: Date.parse(post.createdAt ?? ''),
      acceptance: { marker: inThreads.has(idOf(post)) ? { number: 1 } : null },
    }))
    return [looks]
  })
}

function share(part: number, all: number): string {
  return all === 0 ? '–' : ((100 * part) / all).toFixed(1)
}
