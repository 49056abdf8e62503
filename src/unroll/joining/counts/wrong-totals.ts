// A total written wrong in one post: `7/21` among `/12`. Where an order of the posts places it, the solver does;
// without one it stands alone, and its thread lacks just its number. It takes that place where no other post and no
// other thread could.
import { addTo } from '../../../grouping.ts'
import type { Link, MergedPost } from '../../../model.ts'
import { accountOf } from '../../../post.ts'
import { logOdds } from '../../given/replies.ts'
import { isRepost } from '../../identity.ts'
import { NONE } from '../../solve/bag.ts'
import { listChains, reverseLinks } from '../../solve/chains.ts'
import { type Counted, isBefore, keyOf } from '../counted.ts'
import { type Lines, numberOf } from '../lines.ts'

/** By judgement: another thread would have lost all its posts but the very one that this thread lacks. */
const SLIP_P = 0.85
/** Posts that bear one total, for another one to be a slip. */
const LEAST_POSTS = 4

/** The posts on either side of a number that lacks. A lone `1/21` opens a thread of its own, as all lone firsts do. */
interface Hole {
  readonly before: number
  /** NONE at the end. */
  readonly after: number
}

/** Puts such posts into their threads, in place. */
export function mendTotals(counted: Counted, lines: Lines): void {
  const lone = listLone(counted, lines)
  if (lone.size === 0) return
  const holes = listHoles(counted, lines)
  for (const [key, [at = NONE, ...others]] of lone) {
    const [hole, ...rivals] = holes.get(key) ?? []
    if (hole === undefined || others.length + rivals.length > 0) continue
    if (fits(counted, hole.before, at) && fits(counted, at, hole.after)) insert(lines, hole, at)
  }
}

/**
 * Posts that stand alone with a total that no other post of their author has, by whose, how written, and their number.
 */
function listLone(counted: Counted, lines: Lines): ReadonlyMap<string, readonly number[]> {
  const { posts, settled } = counted
  const previous = reverseLinks(lines.next)
  const isCounted = (at: number): boolean => lines.acceptances[at]?.marker?.total != null
  const isLone = (at: number): boolean => previous[at] === NONE && lines.next[at] === NONE && settled[at] !== 1
  const alone = [...posts.keys()].filter((at) => isCounted(at) && isLone(at) && !isRepost(posts[at]?.text ?? ''))
  const authors = new Set(alone.map((at) => accountOf(posts[at]?.author ?? null)))
  const [bearers, found] = [new Map<string, number[]>(), new Map<string, number[]>()]
  const totalOf = (at: number): string => keyOf(counted, lines, at, lines.acceptances[at]?.marker?.total ?? 0)
  if (alone.length > 0)
    posts.forEach(({ author }, at) => {
      if (isCounted(at) && authors.has(accountOf(author))) addTo(bearers, totalOf(at), at)
    })
  for (const at of alone)
    if (bearers.get(totalOf(at))?.length === 1) addTo(found, keyOf(counted, lines, at, numberOf(lines, at)), at)
  return found
}

/** Where threads that agree on their total lack one number, by whose, how written, and that number. */
function listHoles(counted: Counted, lines: Lines): ReadonlyMap<string, readonly Hole[]> {
  const holes = new Map<string, Hole[]>()
  for (const chain of listChains(lines.next)) {
    const total = lines.acceptances[chain[0] ?? NONE]?.marker?.total ?? null
    const isOne = (at: number): boolean => lines.acceptances[at]?.marker?.total === total
    if (total === null || chain.length < LEAST_POSTS || !chain.every(isOne)) continue
    chain.forEach((before, k) => {
      const after = chain[k + 1] ?? NONE
      const number = numberOf(lines, before) + 1
      const next = after === NONE ? total + 1 : numberOf(lines, after)
      if (next === number + 1 && counted.settled[after] !== 1)
        addTo(holes, keyOf(counted, lines, before, number), { before, after })
    })
  }
  return holes
}

/** What ids and times do not refute. */
function fits({ posts }: Counted, a: number, b: number): boolean {
  return b === NONE || isBefore(posts[a] as MergedPost, posts[b] as MergedPost)
}

function insert({ next, links, acceptances }: Lines, { before, after }: Hole, at: number): void {
  next[before] = at
  next[at] = after
  const said = acceptances[before]?.marker?.total
  const { number, total } = acceptances[at]?.marker ?? {}
  const say = `${number} is the one number that lacks of ${said}, and nothing else is of ${total}: a slip`
  const link: Link = { basis: 'inferred', p: SLIP_P, evidence: [{ kind: 'total-slip', say, weight: logOdds(SLIP_P) }] }
  links[at] = link
  if (after !== NONE) links[after] = link
}
