// One kind of capture read from end to end: what was read, and how far it agrees with what the bytes themselves
// declare.
import { ADAPTERS } from '../../src/adapters/index.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import type { Extraction, Post, Thread, Unrolled } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { capturesOf, type RealCapture } from './captures.ts'
import { type Truth, truthOf } from './truths.ts'
import { accountFor } from './unexplained.ts'

export interface Row {
  readonly kind: string
  files: number
  /** Files that say what others hold. */
  truths: number
  read: number
  refused: number
  posts: number
  readonly parents: { right: number; wrong: number; missed: number }
  /** Neighbours in unrolled threads whose order the bytes tell: in that order, of all. */
  readonly order: [right: number, of: number]
  /** Posts whose words lie between the page's own marks, of the marks. */
  readonly marks: [right: number, of: number]
  /** Declared counts: met, short and said so, off without a word. */
  readonly counts: { met: number; said: number; off: number }
  readonly letters: { total: number; lost: number }
  /** Where the most letters are lost, the worst first. */
  readonly worst: { name: string; lost: number; total: number; pieces: readonly string[] }[]
  /** How many files carry a note of this code. */
  readonly notes: Map<string, number>
  readonly readers: Map<string, number>
  /** What must not be: throws, silence, two readers, wrong parents. One line each. */
  readonly faults: string[]
}

/** Words of a marked-off post that must be in ours: links are expanded and pictures become words. */
const WORDS_FOUND = 0.9

export function measure(kind: string): Row {
  const row = newRow(kind)
  const files = new Set<string>()
  for (const capture of capturesOf(kind)) {
    if (!files.has(capture.path)) {
      files.add(capture.path)
      if (capture.isTruth) row.truths += 1
      else row.files += 1
    }
    try {
      measureOne(row, capture)
    } catch (error) {
      row.faults.push(`${capture.name}: threw ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  row.worst.sort((one, other) => other.lost - one.lost)
  return row
}

function newRow(kind: string): Row {
  return {
    kind,
    files: 0,
    truths: 0,
    read: 0,
    refused: 0,
    posts: 0,
    parents: { right: 0, wrong: 0, missed: 0 },
    order: [0, 0],
    marks: [0, 0],
    counts: { met: 0, said: 0, off: 0 },
    letters: { total: 0, lost: 0 },
    worst: [],
    notes: new Map(),
    readers: new Map(),
    faults: [],
  }
}

function measureOne(row: Row, capture: RealCapture): void {
  const { page, name, isTruth } = capture
  const claims = ADAPTERS.filter((adapter) => !adapter.generic && adapter.recognises(page))
  if (claims.length > 1) row.faults.push(`${name}: claimed by ${claims.map((one) => one.name).join(' and ')}`)
  const { adapter, extraction } = readPosts(page)
  const isRead = hasContent(extraction)
  if (!isRead && extraction.notes.length === 0) row.faults.push(`${name}: neither read nor refused`)
  if (isTruth) return
  if (isRead) row.read += 1
  else row.refused += 1
  countUp(row.readers, adapter?.name ?? 'nobody')
  for (const code of new Set(extraction.notes.map((note) => note.code))) countUp(row.notes, code)
  const unrolled = unrollTogether([extraction])
  row.posts += postsIn(unrolled).size
  compareCounts(row, name, extraction, unrolled)
  const truth = truthOf(row.kind, capture)
  if (truth !== null) compare(row, name, extraction, unrolled, truth)
  const { total, lost, pieces } = accountFor(page, extraction, adapter?.name ?? '')
  row.letters.total += total
  row.letters.lost += lost
  if (lost > 0) row.worst.push({ name, lost, total, pieces })
}

/** Posts, lines to cut into posts, where to go on, or which posts there are elsewhere. */
function hasContent({ posts, scrapes, next, declared }: Extraction): boolean {
  return posts.length + scrapes.length + next.length + (declared.tree?.length ?? 0) > 0
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Everything the engine placed somewhere, scrapes cut into posts included. */
function postsIn({ threads, conversations, unplaced }: Unrolled): ReadonlySet<string> {
  const inThreads = threads.flatMap((thread) => [...thread.posts, ...thread.branches.flatMap(({ posts }) => posts)])
  const replies = conversations.flatMap((one) => [
    ...(one.root === null ? [] : [one.root]),
    ...one.replies.map(({ post }) => post),
  ])
  return new Set(
    [...inThreads.map(({ post }) => post), ...replies, ...unplaced.map(({ post }) => post)].map(({ id }) => id),
  )
}

function compare(row: Row, name: string, { posts }: Extraction, unrolled: Unrolled, truth: Truth): void {
  compareParents(row, name, posts, truth)
  for (const thread of unrolled.threads) compareOrder(row, thread, truth)
  if (truth.marked === null) return
  row.marks[1] += truth.marked.length
  const right = truth.marked.filter((words, i) => shareOf(words, posts[i]?.text ?? '') >= WORDS_FOUND).length
  row.marks[0] += posts.length === truth.marked.length ? right : 0
  if (right < truth.marked.length || posts.length !== truth.marked.length)
    row.faults.push(`${name}: ${right} of ${truth.marked.length} marked posts, ${posts.length} read`)
}

function compareParents(row: Row, name: string, posts: readonly Post[], truth: Truth): void {
  const found = new Map(posts.flatMap((post) => namesOf(post, truth).map((one) => [one, post] as const)))
  for (const [child, told] of truth.parents) {
    const post = found.get(child)
    const verdict = post === undefined ? 'missed' : verdictOn(post, told ?? truth.rootOf(child), truth)
    row.parents[verdict] += 1
    if (verdict === 'right') continue
    const said = post === undefined ? 'no such post' : `we say ${parentIn(post, truth)}`
    row.faults.push(`${name}: ${child} answers ${told}, ${said}`)
  }
}

function namesOf({ ref, key }: Post, { nameOf }: Truth): string[] {
  return [...new Set([key, ref?.id ?? key, nameOf(ref?.id ?? key), nameOf(key)])].filter((name) => name !== '')
}

function parentIn({ parent }: Post, { nameOf }: Truth): string | null {
  const id = parent?.ref?.id ?? parent?.key ?? null
  return id === null ? null : nameOf(id)
}

/**
 * Answers to the page have no parent among the posts of the truth. What the product says was only guessed from an @name
 * is no error.
 */
function verdictOn(post: Post, told: string | null, truth: Truth): 'right' | 'wrong' | 'missed' {
  const ours = parentIn(post, truth)
  const isRootless = told !== null && !truth.parents.has(told) && told === truth.rootOf(told)
  if (ours === told || (ours === null && (isRootless || told === truth.rootOf(post.key)))) return 'right'
  if (told === null) return ours === null || !truth.parents.has(ours) ? 'right' : guessed(post)
  return ours === null || ours === '' ? 'missed' : guessed(post, truth.parents.get(ours) === told)
}

function guessed({ parent }: Post, isNeighbour = true): 'right' | 'wrong' {
  return parent?.basis === 'inferred' && isNeighbour ? 'right' : 'wrong'
}

function compareOrder(row: Row, { posts }: Thread, truth: Truth): void {
  const moments = posts.map(({ post }) =>
    namesOf(post, truth)
      .map((name) => truth.order.get(name))
      .find((at) => at !== undefined),
  )
  for (let i = 1; i < moments.length; i += 1) {
    const [before, after] = [moments[i - 1], moments[i]]
    if (before === undefined || after === undefined) continue
    row.order[1] += 1
    if (before <= after) row.order[0] += 1
  }
}

function shareOf(told: string, ours: string): number {
  const words = told.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return words.length === 0 ? 1 : words.filter((word) => ours.includes(word)).length / words.length
}

function compareCounts(
  row: Row,
  name: string,
  { declared, blocks, posts, notes, next }: Extraction,
  unrolled: Unrolled,
): void {
  if (declared.replies !== null) {
    const answers = posts.filter(({ kind }) => kind === 'comment').length || posts.length - 1
    const isSaid =
      next.length > 0 ||
      notes.length > 0 ||
      unrolled.conversations.some(({ completeness }) => completeness !== 'complete')
    count(row, name, declared.replies, answers, isSaid)
  }
  // Numbers that authors gave their posts are the engine's business; here the page speaks.
  if (!blocks.some(({ declaredTotal }) => declaredTotal !== null)) return
  for (const { declaredTotal, posts: own, gaps, completeness } of unrolled.threads)
    if (declaredTotal !== null)
      count(row, name, declaredTotal, own.length, gaps.length > 0 || completeness !== 'complete')
}

function count({ counts, faults }: Row, name: string, said: number, have: number, isSaid: boolean): void {
  if (said === have) counts.met += 1
  else if (isSaid) counts.said += 1
  else {
    counts.off += 1
    faults.push(`${name}: declares ${said}, has ${have}, and says nothing of it`)
  }
}
