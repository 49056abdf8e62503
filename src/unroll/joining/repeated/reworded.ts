// Posts of a thread that was shown twice, the second time with words mended: what was copied letter by letter is one
// post already, the rest would be a thread of its own that seems to lack all others. Each such post stands behind the
// one it says again, where nothing but its number says whose it is. So does a post that was mended at once, `3/5 3/5
// 4/5`, with all that follows it.
import { addTo } from '../../../grouping.ts'
import type { Link, MergedPost } from '../../../model.ts'
import { logOdds } from '../../given/replies.ts'
import { NONE } from '../../solve/bag.ts'
import { listChains } from '../../solve/chains.ts'
import { type Counted, keyOf } from '../counted.ts'
import { connect, disconnect, type Lines, numberOf, type WayBack, withWayBack } from '../lines.ts'

/** Share of the longer text's words that the other has. */
const LEAST_SHARED = 0.75
/** By judgement: threads with the same words under each of their numbers are one nearly always. */
const REWORDED_P = 0.9
const WORD = /\p{L}+/gu

/** Takes in place the posts of each shorter thread into the longer one that says the same. */
export function joinReworded(counted: Counted, given: Lines): void {
  if (!counted.posts.some(isNameless)) return
  const chains = listChains(given.next).filter((chain) => chain.every((at) => isBare(counted, given, at)))
  if (chains.length < 2) return
  const lines = withWayBack(given)
  const bearers = new Map<string, number[]>()
  const chainOf = new Map<number, readonly number[]>()
  for (const chain of chains)
    for (const at of chain) {
      chainOf.set(at, chain)
      addTo(bearers, keyOf(counted, lines, at, numberOf(lines, at)), at)
    }
  for (const chain of chains) {
    const twins = chain.map((at) => findTwin(counted, lines, bearers, at))
    const home = chainOf.get(twins[0] ?? NONE)
    if (home === undefined || home.length <= chain.length || twins.some((twin) => chainOf.get(twin) !== home)) continue
    for (const [k, at] of chain.entries()) if (k > 0) disconnect(lines, chain[k - 1] ?? NONE, at)
    for (const [k, at] of chain.entries()) insert(lines, twins[k] ?? NONE, at)
  }
  for (const chain of chains) {
    const [head = NONE, tail = NONE] = [chain[0], chain.at(-1)]
    // A chain whose numbers rise leads back to none that leads to it.
    if (numberOf(lines, tail) <= numberOf(lines, head) || lines.previous[head] !== NONE) continue
    const twin = findTwin(counted, lines, bearers, head)
    if (twin !== NONE && lines.next[twin] === NONE) connect(lines, twin, head, linkAgain(lines, head))
  }
}

/** Whether neither a platform nor a time says anything of a numbered post. */
function isBare({ posts, settled }: Counted, { acceptances }: Lines, at: number): boolean {
  return isNameless(posts[at] as MergedPost) && settled[at] !== 1 && acceptances[at]?.marker?.number != null
}

function isNameless({ ref, createdAt }: MergedPost): boolean {
  return ref === null && createdAt === null
}

/** The only other post of that number, where it says nearly the same; else NONE. */
function findTwin(counted: Counted, lines: Lines, bearers: ReadonlyMap<string, readonly number[]>, at: number): number {
  const alike = bearers.get(keyOf(counted, lines, at, numberOf(lines, at))) ?? []
  const twin = alike.length === 2 ? alike.find((other) => other !== at) : undefined
  if (twin === undefined || lines.acceptances[twin]?.marker?.total !== lines.acceptances[at]?.marker?.total) return NONE
  return saysTheSame(counted.posts[twin]?.text ?? '', counted.posts[at]?.text ?? '') ? twin : NONE
}

function saysTheSame(a: string, b: string): boolean {
  const [x, y] = [new Set(a.toLowerCase().match(WORD)), new Set(b.toLowerCase().match(WORD))]
  const shared = [...x].filter((word) => y.has(word)).length
  return shared > 0 && shared >= LEAST_SHARED * Math.max(x.size, y.size)
}

/** What followed the twin follows the post now, and is as sure as it was. */
function insert(lines: Lines & WayBack, twin: number, at: number): void {
  const after = lines.next[twin] ?? NONE
  const onward = after === NONE ? null : (lines.links[after] ?? null)
  connect(lines, twin, at, linkAgain(lines, at))
  if (after !== NONE && onward !== null) connect(lines, at, after, onward)
}

function linkAgain(lines: Lines, at: number): Link {
  const say = `${numberOf(lines, at)} again, in nearly the same words`
  return { basis: 'inferred', p: REWORDED_P, evidence: [{ kind: 'reworded', say, weight: logOdds(REWORDED_P) }] }
}
