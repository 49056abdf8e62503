// Holes: the places that chains of numbered posts leave open, and the signals for putting an unnumbered post there.
import { type Bag, NONE } from './bag.ts'
import { isPossible, tallyPage, tallyTime } from './evidence.ts'
import { sharedRarity, tallyWords } from './evidence-words.ts'
import type { Tally } from './tally.ts'

/** Places offered in one hole, before a head and after an open tail: holes of many numbers are mostly posts we lack. */
const MOST_INNER = 6
const MOST_HEAD = 3
const MOST_PROMISED = 3
const MOST_OPEN = 2
/** Members of a chain an unnumbered post is compared to. */
const MOST_COMPANIONS = 24

export type HoleKind = 'head' | 'inner' | 'promised' | 'open'

export interface Hole {
  readonly kind: HoleKind
  readonly chain: readonly number[]
  /** The posts around it; NONE at an end. */
  readonly before: number
  readonly after: number
  /** 0-based place in a run of open numbers, and the length of the run. */
  readonly at: number
  readonly width: number
}

export function listHoles(bag: Bag, chains: readonly (readonly number[])[]): readonly Hole[] {
  return chains.flatMap((chain) => {
    const inner = chain.slice(1).flatMap((after, k) => {
      const before = chain[k] ?? NONE
      const width = (bag.number[after] ?? 0) - (bag.number[before] ?? 0) - 1
      return openRun('inner', chain, before, after, Math.min(width, MOST_INNER), width)
    })
    return [...headHoles(bag, chain), ...inner, ...tailHoles(bag, chain)]
  })
}

function headHoles(bag: Bag, chain: readonly number[]): readonly Hole[] {
  const after = chain[0] ?? NONE
  const width = (bag.number[after] ?? 0) - 1
  return openRun('head', chain, NONE, after, Math.min(width, MOST_HEAD), width)
}

function tailHoles(bag: Bag, chain: readonly number[]): readonly Hole[] {
  const before = chain.at(-1) ?? NONE
  const total = bag.total[before] ?? NONE
  if (bag.ends[before] === 1) return []
  const width = total - (bag.number[before] ?? 0)
  if (total !== NONE) return openRun('promised', chain, before, NONE, Math.min(width, MOST_PROMISED), width)
  return openRun('open', chain, before, NONE, MOST_OPEN, MOST_OPEN)
}

function openRun(
  kind: HoleKind,
  chain: readonly number[],
  before: number,
  after: number,
  offered: number,
  width: number,
): readonly Hole[] {
  return Array.from({ length: Math.max(0, offered) }, (_, at) => ({ kind, chain, before, after, at, width }))
}

export function mayFill(bag: Bag, u: number, hole: Hole): boolean {
  if (hole.before !== NONE && !isPossible(bag, hole.before, u)) return false
  return hole.after === NONE || isPossible(bag, u, hole.after)
}

/** Everything true of "u stands in this hole". */
export function tallyHole(bag: Bag, u: number, hole: Hole, tally: Tally): void {
  const { kind, before, after, at, width } = hole
  tally(`hole-${kind}`, 1)
  tally('hole-among-numbered', bag.numbered)
  if (at > 0) tally(`hole-${kind}-later`, 1)
  if (kind === 'inner' || kind === 'head')
    tally(`hole-${kind}-${width === 1 ? 'single' : width === 2 ? 'double' : 'wide'}`, 1)
  if (kind === 'promised') tally(at === width - 1 ? 'hole-promised-last' : 'hole-promised-inner', 1)
  if (hole.chain.length === 1) tally('hole-lone', 1)
  tallyCues(bag, u, hole, tally)
  for (const [i, j] of [
    [before, u],
    [u, after],
  ] as const) {
    if (i === NONE || j === NONE) continue
    tallyTime(bag, i, j, tally)
    tallyPage(bag, i, j, tally)
    tallyWords(bag, i, j, tally)
  }
  tallyCompany(bag, u, hole.chain, tally)
}

function tallyCues(bag: Bag, u: number, { kind, at, width }: Hole, tally: Tally): void {
  const words = bag.words[u]
  const isFirst = kind === 'head' && at === 0
  const isLast = kind === 'open' || (kind === 'promised' && at === width - 1)
  if (bag.starts[u] === 1) tally(isFirst ? 'start-cue-first' : 'start-cue-inside', 1)
  if (bag.ends[u] === 1) tally(isLast ? 'end-cue-last' : 'end-cue-inside', 1)
  if (words?.opensLow) tally(isFirst ? 'opens-low-first' : 'opens-low-inside', 1)
  if (words?.opensLeaning) tally(isFirst ? 'opens-leaning-first' : 'opens-leaning-inside', 1)
  if (words?.endsPointing) tally(isFirst ? 'points-on-first' : 'points-on-inside', 1)
}

/** How u is like the chain as a whole: topic, first and last words, length, language. */
function tallyCompany(bag: Bag, u: number, chain: readonly number[], tally: Tally): void {
  const members = chain.length <= MOST_COMPANIONS ? chain : chain.slice(0, MOST_COMPANIONS)
  let [shared, best, first, last, language, length] = [0, 0, 0, 0, 0, 0]
  const own = bag.words[u]
  for (const member of members) {
    const overlap = sharedRarity(bag, u, member)
    const likeness = overlap / (overlap + 4)
    shared += likeness
    best = Math.max(best, likeness)
    const words = bag.words[member]
    if (own?.first !== '' && own?.first === words?.first) first++
    if (own?.last !== '' && own?.last === words?.last) last++
    if (own?.language !== NONE && words?.language !== NONE) language += own?.language === words?.language ? 1 : -1
    length += Math.log((bag.length[member] ?? 0) + 20)
  }
  const size = members.length
  tally('company-shared', shared / size)
  tally('company-best', best)
  tally('company-first', first / size)
  tally('company-last', last / size)
  tally('company-language', language / size)
  tally('company-length', Math.abs(length / size - Math.log((bag.length[u] ?? 0) + 20)))
}
