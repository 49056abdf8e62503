// Preview cards show the first posts of a thread and no more. Where cards run together and no line tells them apart, no
// chain is longer than a card: longer ones are cut where they hold least.
import type { Block, Link } from '../../model.ts'
import { logOdds } from '../given/replies.ts'
import { NONE } from '../solve/bag.ts'
import { listChains } from '../solve/chains.ts'

/** A preview card shows at most this many posts, whatever its thread has (Thread Reader App, 2023–2026). */
export const CARD_POSTS = 3

/** Cuts in place; both lists are written on. */
export function cutCards(
  next: Int32Array,
  links: (Link | null)[],
  cardOf: (post: number) => Block | null,
  hasCards: boolean,
): void {
  if (!hasCards) return
  for (const chain of listChains(next)) {
    const run = chain.filter((post) => cardOf(post)?.kind === 'card' && cardOf(post) === cardOf(chain[0] ?? NONE))
    if (run.length !== chain.length || chain.length <= CARD_POSTS) continue
    for (const at of weakestCuts(chain, links)) {
      next[chain[at - 1] ?? NONE] = NONE
      links[chain[at] ?? NONE] = null
    }
  }
}

/** Places in the chain before which it is cut, so that no piece is longer than a card and the links kept weigh most. */
function weakestCuts(chain: readonly number[], links: readonly (Link | null)[]): readonly number[] {
  const weights = chain.map((post) => logOdds(links[post]?.p ?? 0))
  /** Least weight lost with a cut before each place, and the cut before that one. */
  const best: { readonly lost: number; readonly from: number }[] = [{ lost: 0, from: NONE }]
  for (let at = 1; at <= chain.length; at++) {
    const own = at === chain.length ? 0 : Math.max(0, weights[at] ?? 0)
    const froms = Array.from({ length: Math.min(CARD_POSTS, at) }, (_, back) => at - 1 - back)
    const from = froms.reduce((least, one) => ((best[one]?.lost ?? 0) <= (best[least]?.lost ?? 0) ? one : least))
    best.push({ lost: (best[from]?.lost ?? 0) + own, from })
  }
  const cuts: number[] = []
  for (let at = best.at(-1)?.from ?? NONE; at > 0; at = best[at]?.from ?? NONE) cuts.push(at)
  return cuts
}
