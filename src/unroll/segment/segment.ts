// Cuts text scrapes into posts. A scrape is lines of text whose posts are not marked off; the cut is the likeliest one
// under a small model (segment/model.ts), found exactly, and each post says how sure its boundary is.
import type { Block, Extraction, Post, Scrape } from '../../model.ts'
import { CARD_POSTS } from './cards.ts'
import { buildLattice, findBest } from './lattice.ts'
import { type NumberedRow, prepareSpans, type Style } from './model.ts'
import { assignParts } from './numbering.ts'
import { buildPost } from './posts.ts'
import { readRows } from './rows.ts'
import { fitStyle, isNumbered, splitRuns } from './style.ts'

/** A declared count is used in blocks of up to this many lines. */
const MAX_COUNTED_ROWS = 2000
/** How strongly, at most, a declared count pushes, and how finely the push is sought. */
const MAX_PUSH = 24
const PUSH_STEPS = 14

/** The extraction with its scrapes turned into posts, behind the posts it had. Pure; never throws on any text. */
export function segmentScrapes(extraction: Extraction): Extraction {
  if (extraction.scrapes.length === 0) return extraction
  const posts: Post[] = [...extraction.posts]
  for (const scrape of extraction.scrapes)
    for (const post of cutScrape(scrape, extraction.blocks, posts.length)) posts.push(post)
  return { ...extraction, posts, scrapes: [] }
}

function cutScrape(scrape: Scrape, blocks: readonly Block[], firstIndex: number): readonly Post[] {
  const rows = readRows(scrape)
  const { style, numberings } = fitStyle(rows)
  const runs = splitRuns(assignParts(rows, numberings))
  const pushes = pushesOf(runs, blocks, style)
  const posts: Post[] = []
  for (const run of runs) {
    const perPost = pushes.get(run[0]?.row.line.block ?? null) ?? 0
    const lattice = buildLattice(prepareSpans(run, { ...style, perPost }, isNumbered(run)))
    for (const span of lattice.best) posts.push(buildPost(scrape, { run, lattice }, span, firstIndex + posts.length))
  }
  return posts
}

/** For each block whose count of posts is declared: what to add per post so that the best cut has as many. */
function pushesOf(runs: readonly (readonly NumberedRow[])[], blocks: readonly Block[], style: Style) {
  const pushes = new Map<string | null, number>()
  for (const block of blocks) {
    const own = runs.filter((run) => run[0]?.row.line.block === block.key)
    const rows = own.reduce((sum, run) => sum + run.length, 0)
    const wanted = wantedPosts(block)
    if (wanted !== null && wanted <= rows && rows <= MAX_COUNTED_ROWS) pushes.set(block.key, pushTo(own, wanted, style))
  }
  return pushes
}

function wantedPosts(block: Block): number | null {
  if (block.declaredTotal === null || block.kind === 'list') return null
  return block.kind === 'card' ? Math.min(CARD_POSTS, block.declaredTotal) : block.declaredTotal
}

/** Bisection: the number of posts in the best cut grows with what each post is given. */
function pushTo(runs: readonly (readonly NumberedRow[])[], wanted: number, style: Style): number {
  if (countPosts(runs, style, 0) === wanted) return 0
  let [low, high] = [-MAX_PUSH, MAX_PUSH]
  for (let step = 0; step < PUSH_STEPS; step++) {
    const middle = (low + high) / 2
    const count = countPosts(runs, style, middle)
    if (count === wanted) return middle
    if (count < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function countPosts(runs: readonly (readonly NumberedRow[])[], style: Style, perPost: number): number {
  return runs.reduce(
    (sum, run) => sum + findBest(prepareSpans(run, { ...style, perPost }, isNumbered(run))).best.length,
    0,
  )
}
