// Whole timelines beside the repository: every self-thread among singles and answers to others, with all that the
// export holds, and with nothing but times and text, in the export's order and in none. One row a timeline.
import { sha256 } from '../../src/fixity.ts'
import type { PageOrder, Post, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { extractionOf } from '../fit/tangle.ts'
import { readTimelines, sortByTime, type Timeline, trueLines, trueTrees } from '../fit/timelines.ts'

/** Threads as lists of places in the timeline. */
type Threads = readonly (readonly number[])[]

function threadsOf({ threads }: Unrolled): Threads {
  return threads
    .filter((thread) => thread.posts.length > 1)
    .map((thread) => thread.posts.map(({ post }) => Number(post.sources[0]?.line) - 1))
}

const unrollPosts = (posts: readonly Post[], order: PageOrder): Unrolled =>
  unroll([extractionOf(posts)], { order, digest: sha256 })

/** The same posts with times and text alone; ids, parents, quotes and media are gone. */
function bare(post: Post): Post {
  return { ...post, ref: null, parent: null, conversation: null, url: null, media: [], quotes: [] }
}

interface Hits {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

function compare(found: readonly string[], truth: readonly string[]): Hits {
  const want = new Set(truth)
  const hits = found.filter((one) => want.has(one)).length
  const share = (all: number): number => (all === 0 ? 0 : (100 * hits) / all)
  return { precision: share(found.length), recall: share(truth.length), f1: share((found.length + truth.length) / 2) }
}

const inOrder = (threads: Threads): readonly string[] => threads.map((thread) => thread.join())
const asSets = (threads: Threads): readonly string[] => threads.map((thread) => thread.toSorted((a, b) => a - b).join())

function judge({ name, posts }: Timeline): string {
  const numbered = sortByTime(posts).map((post, at) => placed(post, at))
  const place = new Map(numbered.map((post, at) => [post.ref?.id ?? '', at]))
  const toPlaces = (lines: readonly (readonly string[])[]): Threads =>
    lines.map((line) => line.map((id) => place.get(id) ?? -1))
  const [lines, trees] = [toPlaces(trueLines(posts)), toPlaces(trueTrees(posts))]
  const whole = compare(inOrder(threadsOf(unrollPosts(numbered, 'none'))), inOrder(lines))
  const found = threadsOf(unrollPosts(numbered.map(bare), 'page'))
  const sets = compare(asSets(found), asSets(lines))
  const loose = threadsOf(unrollPosts(shuffle(numbered.map(bare)), 'none'))
  const figures = [
    whole.precision,
    whole.recall,
    sets.precision,
    sets.recall,
    sets.f1,
    compare(inOrder(found), inOrder(lines)).f1,
    compare(asSets(found), asSets(trees)).f1,
    compare(asSets(loose), asSets(lines)).f1,
  ]
  return [name, posts.length, lines.length, ...figures.map((figure) => figure.toFixed(1))].join(' ')
}

function placed(post: Post, at: number): Post {
  return { ...post, key: String(at), index: at, provenance: { ...post.provenance, line: at + 1 } }
}

/** Any other order: by the digest of place and text. */
function shuffle(posts: readonly Post[]): readonly Post[] {
  return posts
    .map((post) => [sha256(`${post.index} ${post.text}`), post] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, post], index) => ({ ...post, key: String(index), index }))
}

export function printTimelines(): void {
  console.log('timeline, posts, threads; all fields: precision, recall of main lines;')
  console.log(
    '  times and text: precision, recall, F1 of sets, F1 in order, F1 of sets with branches, F1 in no page order',
  )
  for (const timeline of readTimelines()) console.log(judge(timeline))
}
