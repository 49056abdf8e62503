// What the engine makes of posts with declared parents, beside the truth: parents, main lines, and lost posts it
// states.
import { sha256 } from '../../src/fixity.ts'
import type { Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import type { DeclaredSet } from './declared-sets.ts'

/** Each as [right, of]; `found` is how many main lines the engine gives. */
export interface DeclaredScore {
  readonly posts: number
  readonly parents: readonly [number, number]
  readonly lines: readonly [number, number]
  readonly found: number
  readonly holes: readonly [number, number]
}

export function scoreDeclared({ extractions, replies, lines, lost }: DeclaredSet): DeclaredScore {
  const answer = unroll(extractions, { order: 'page', digest: sha256 })
  const parents = new Map(answer.edges.map((edge) => [edge.child, edge.parent]))
  const claimed = replies.filter(({ parent }) => parent !== null)
  const found = new Set(linesOf(answer))
  const stated = statedHoles(answer)
  return {
    posts: replies.length,
    parents: [claimed.filter(({ id, parent }) => parents.get(id) === parent).length, claimed.length],
    lines: [lines.filter((line) => found.has(line.join(' '))).length, lines.length],
    found: found.size,
    holes: [lost.filter((id) => stated.has(id)).length, lost.length],
  }
}

export function addScores(scores: readonly DeclaredScore[]): DeclaredScore {
  const pair = (of: (score: DeclaredScore) => readonly [number, number]): readonly [number, number] => [
    scores.reduce((sum, one) => sum + of(one)[0], 0),
    scores.reduce((sum, one) => sum + of(one)[1], 0),
  ]
  return {
    posts: scores.reduce((sum, { posts }) => sum + posts, 0),
    parents: pair(({ parents }) => parents),
    lines: pair(({ lines }) => lines),
    found: scores.reduce((sum, { found }) => sum + found, 0),
    holes: pair(({ holes }) => holes),
  }
}

export function sayScore({ posts, parents, lines, found, holes }: DeclaredScore): string {
  const of = ([right, all]: readonly [number, number]): string => `${right} of ${all}`
  return `${posts} posts; parents ${of(parents)}; main lines ${of(lines)} (${found} found); lost posts stated ${of(holes)}`
}

function linesOf({ threads }: Unrolled): readonly string[] {
  return threads.filter(({ posts }) => posts.length > 1).map(({ posts }) => posts.map(({ post }) => post.id).join(' '))
}

const ID_IN_WORDS = /\b(?:x|mastodon):[^\s,;]+[^\s,;.]/g

/**
 * Ids that a person is told are not here: in a gap's reason, in a remark, or as what a reply of a partial conversation
 * answers.
 */
function statedHoles({ threads, conversations, edges, notes }: Unrolled): ReadonlySet<string> {
  const words = [
    ...threads.flatMap(({ gaps }) => gaps.map(({ reason }) => reason)),
    ...notes.map(({ message }) => message),
  ]
  const stated = new Set(words.flatMap((text) => text.match(ID_IN_WORDS) ?? []))
  const parents = new Map(edges.map((edge) => [edge.child, edge.parent]))
  for (const { completeness, replies } of conversations)
    for (const { post, parent } of completeness === 'partial' ? replies : [])
      if (parent === null) stated.add(parents.get(post.id) ?? '')
  return stated
}
