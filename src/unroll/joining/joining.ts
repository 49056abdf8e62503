// Threads joined by what their posts say, once the solver, which weighs links one by one, has found them. Each file in
// the rooms beside this one reads one sign; here stands in which order, because each reads what those before it joined.
import type { Extraction, PageOrder } from '../../model.ts'
import type { Given } from '../given/given.ts'
import type { ReplyForest } from '../given/replies.ts'
import type { Merged } from '../sightings/copies.ts'
import type { AuthorLinks } from '../solve/author.ts'
import { joinCrossed } from './counts/crossed.ts'
import { nestCounts } from './counts/nested.ts'
import { carryCounts } from './counts/new-totals.ts'
import { rejoinCounts } from './counts/parted.ts'
import { type SharedCounts, shareCounts } from './counts/several-authors.ts'
import { mendTotals } from './counts/wrong-totals.ts'
import { continueThroughQuotes } from './repeated/quoted.ts'
import { joinReworded } from './repeated/reworded.ts'
import { placeAddenda } from './unnumbered/addenda.ts'
import { placeOpeners } from './unnumbered/openers.ts'
import { placePasted } from './unnumbered/pasted.ts'
import { openLoops } from './withdrawn/loops.ts'
import { releasePoints } from './withdrawn/points.ts'

/** What is known of the posts besides the links between them. */
export interface Surroundings {
  readonly extractions: readonly Extraction[]
  readonly merged: Merged
  readonly forest: ReplyForest
  readonly given: Given
  /** Posts by author. */
  readonly groups: readonly (readonly number[])[]
  /** Behind which wall each post stands. */
  readonly walls: readonly string[]
  readonly order: PageOrder
  /** Pages whose own order means nothing. */
  readonly shuffled: ReadonlySet<number>
  /** Pages whose order says who writes behind whom, and of which no post is read apart from the others. */
  readonly ordered: ReadonlySet<number>
}

/** Joins threads in place, and takes back what then turns out wrong. */
export function joinThreads(around: Surroundings, lines: AuthorLinks): SharedCounts {
  const { merged, forest, given, groups } = around
  const counted = { posts: merged.posts, walls: around.walls, settled: given.settled }
  const placed = { ...counted, places: merged.places, order: around.order, shuffled: around.shuffled }
  joinCrossed(counted, lines)
  mendTotals(counted, lines)
  rejoinCounts(counted, lines)
  joinReworded(counted, lines)
  carryCounts(counted, lines)
  placeOpeners(counted, groups, lines)
  nestCounts(placed, groups, lines)
  placeAddenda(placed, groups, lines)
  placePasted({ ...around, settled: given.settled }, lines)
  continueThroughQuotes(merged.posts, merged.byId, (at) => forest.known[at] != null, lines)
  const shared = shareCounts({ ...merged, parent: forest.parent, ordered: around.ordered }, lines)
  openLoops(given.branches, lines)
  releasePoints(lines)
  return shared
}
