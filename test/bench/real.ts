// Judges the engine on real archives beside the repository, when they are there: declared replies, whole timelines, and
// timelines with ids and reply fields taken away. `tsx test/bench/real.ts`.
import { existsSync } from 'node:fs'
import type { PageOrder, Post, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import { digest } from '../fit/samples.ts'
import { extractionOf } from '../fit/tangle.ts'
import { REAL, readTimelines, trueLines } from '../fit/timelines.ts'
import { addScores, sayScore, scoreDeclared } from '../real/declared-score.ts'
import { groupSets, readDeclaredSets } from '../real/declared-sets.ts'

const unrollPosts = (posts: readonly Post[], order: PageOrder = 'none'): Unrolled =>
  unroll([extractionOf(posts)], { order, digest })

function linesOf({ threads }: Unrolled): readonly string[] {
  return threads
    .filter((thread) => thread.posts.length > 1)
    .map((thread) => thread.posts.map((post) => post.post.ref?.id ?? post.post.text).join(' '))
}

function scoreSets(found: readonly string[], truth: readonly string[]): string {
  const want = new Set(truth)
  const hits = found.filter((one) => want.has(one)).length
  const [precision, recall] = [hits / (found.length || 1), hits / (truth.length || 1)]
  return `precision ${(100 * precision).toFixed(1)} recall ${(100 * recall).toFixed(1)} F1 ${((200 * hits) / (found.length + truth.length || 1)).toFixed(1)} (${found.length} found, ${truth.length} true)`
}

function judgeDeclared(name: string, posts: readonly Post[]): void {
  const answer = unrollPosts(posts)
  const parents = new Map(answer.edges.map((edge) => [edge.child, edge.parent]))
  const claimed = posts.filter((post) => post.parent !== null)
  const right = claimed.filter((post) => parents.get(`x:${post.ref?.id}`) === `x:${post.parent?.ref?.id}`).length
  const lines = scoreSets(
    linesOf(answer),
    trueLines(posts).map((one) => one.join(' ')),
  )
  console.log(`${name}: ${posts.length} posts, parents ${right} of ${claimed.length}; main lines ${lines}`)
}

function judgeBare(name: string, posts: readonly Post[]): void {
  const byId = new Map(posts.map((post) => [post.ref?.id ?? '', post]))
  const truth = trueLines(posts).map((line) => line.map((id) => byId.get(id)?.text ?? '').join(' '))
  const bare = posts.map((post) => ({ ...post, ref: null, parent: null }))
  const start = performance.now()
  const found = linesOf(unrollPosts(bare, 'page'))
  const sorted = (lines: readonly string[]): readonly string[] => lines
  console.log(
    `${name}, times and text only: ${scoreSets(sorted(found), truth)}; ${Math.round(((performance.now() - start) * 1000) / posts.length)} µs a post`,
  )
}

function run(): void {
  for (const [kind, sets] of groupSets(readDeclaredSets()))
    console.log(`${kind}: ${sayScore(addScores(sets.map(scoreDeclared)))}`)
  for (const { name, posts } of readTimelines()) {
    judgeDeclared(`timeline of ${name}`, posts)
    judgeBare(`timeline of ${name}`, posts)
  }
}

if (existsSync(REAL)) run()
else console.log('no real archives beside the repository: nothing judged')
