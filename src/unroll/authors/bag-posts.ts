// One author's posts with all that the solver needs to know of each.
import type { MergedPost } from '../../model.ts'
import { isRepost } from '../identity.ts'
import type { Acceptance } from '../markers/acceptance/families.ts'
import { endCues, findBounds, foldEnds } from '../markers/candidates/cues.ts'
import type { BagPost } from '../solve/bag.ts'
import type { Gathering } from './gathering.ts'
import { acceptInGroup } from './numbers.ts'
import { isInPageOrder, rankByPage, rankIds } from './order.ts'

/** Posts of one author, ready for the solver, with their places in the list of merged posts. */
interface AuthorBag {
  readonly author: string
  /** `members[k]` is the merged post that is number k of the bag. */
  readonly members: Int32Array
  readonly posts: readonly BagPost[]
}

/** Which posts are settled by declaration or layout. */
interface Settling {
  readonly settled: Uint8Array
}

const OPEN: Settling = { settled: new Uint8Array(0) }

const NO_RANKS: ReadonlyMap<number, number> = new Map()

/** A finger pointing down opens a thread less often than it points at a picture. */
const POINTER = '👇'

function readCues(text: string, { marker }: Acceptance): { readonly starts: boolean; readonly ends: boolean } {
  const ends = foldEnds(text)
  // Some write "Thread" beside each number.
  const isInside = (marker?.number ?? 0) > 1
  const cues = isInside ? endCues(ends) : findBounds(ends)
  return {
    starts: !isInside && cues.some(({ kind, start }) => kind === 'start' && !text.startsWith(POINTER, start)),
    ends: marker?.cue === 'end' || cues.some((cue) => cue.kind === 'end'),
  }
}

/**
 * An author's posts in a fixed order, with all that the solver needs to know of each; `makeBag` makes the bag of them.
 */
export function bagOf(
  gathering: Gathering,
  author: string,
  group: readonly number[],
  given: Settling = OPEN,
): AuthorBag {
  const { posts, places } = gathering
  const usesPage = isInPageOrder(gathering, group)
  const { sorted, acceptances } = acceptInGroup(gathering, author, group, usesPage)
  const ranks = usesPage ? NO_RANKS : (rankByPage(gathering, sorted) ?? rankIds(gathering, sorted))
  const wallOf = numberWalls(gathering)
  const hasNameless = group.some((at) => posts[at]?.ref === null)
  const bagPosts = sorted.map((at, k): BagPost => {
    const post = posts[at] as MergedPost
    const { starts, ends } = readCues(post.text, acceptances[k] as Acceptance)
    const counts = (acceptances[k]?.marker?.number ?? 0) > 1
    const afterNameless = hasNameless && counts && given.settled[at] === 1 && gathering.hasNoParent?.(at) === true
    return {
      text: post.text,
      time: post.createdAt === null ? null : Date.parse(post.createdAt),
      idRank: ranks.get(at) ?? null,
      page: usesPage ? k : null,
      wall: wallOf(at),
      inRun: gathering.units?.has(places[at]?.block ?? '') ?? false,
      settled: given.settled[at] === 1 && !afterNameless,
      named: post.ref !== null,
      afterNameless,
      acceptance: acceptances[k] as Acceptance,
      starts,
      ends,
    }
  })
  return { author, members: Int32Array.from(sorted), posts: bagPosts }
}

/**
 * Walls by number. What is passed on belongs to nobody's thread but its own author's: each stands behind one of its
 * own.
 */
function numberWalls({ posts, walls }: Gathering): (at: number) => number {
  const numbers = new Map<string, number>()
  return (at) => {
    const own = isRepost(posts[at]?.text ?? '') ? `repost ${at}` : (walls[at] ?? '')
    const number = numbers.get(own) ?? numbers.size
    numbers.set(own, number)
    return number
  }
}
