// Where the author's numbers contradict what is given: the order of replies and ids, each other, or their own total.
// What is given wins; this says that something else is written. It changes nothing.
import type { Evidence, MergedPost, Note, Thread, ThreadPost } from '../../model.ts'
import { compareIds } from '../../post.ts'
import { isOrderedId } from '../identity.ts'
import type { Numbered } from './numbered.ts'

/** Contradictions of one kind named one by one; the rest are counted. */
const MOST_NAMED = 3
/** Clocks of whole seconds, and of several machines, are astray by less. */
const CLOCK_MS = 60_000
/** Numbers that stand twice, where a count begins anew elsewhere than with 1; one alone is a slip. */
const LEAST_AGAIN = 2

/** One clause each, for the thread's statement. */
export function sayContradictions(posts: readonly Numbered[]): readonly string[] {
  return isPlain(posts) ? NO_CLAUSES : [...sayTotals(posts), ...sayRepeats(posts), ...sayFalls(posts)]
}

/** Each number above the one before, all of one total: nearly every thread, and nothing is made to find that out. */
function isPlain(posts: readonly Numbered[]): boolean {
  let [before, sum]: [number, number | null] = [Number.NEGATIVE_INFINITY, null]
  for (const { number, total } of posts) {
    if ((number !== null && number <= before) || (total !== null && sum !== null && total !== sum)) return false
    before = number ?? before
    sum = total ?? sum
  }
  return true
}

/**
 * What a number says against the link to its post, for the table of evidence; null where it says nothing against it.
 */
export function contradictLink(before: number | null, number: number | null): Evidence | null {
  if (before === null || number === null || number > before) return null
  const say = number === before ? `${number} stands twice` : `its number says otherwise: ${number} after ${before}`
  return { kind: 'number-against', say, weight: 0 }
}

/** Remarks of each thread whose numbers, ids or times run another way than its posts stand. */
export function noteContradictions(threads: readonly Thread[]): readonly Note[] {
  return threads.filter(({ posts }) => !runsAsGiven(posts)).flatMap(remarksOn)
}

/** Numbers, ids and times all rise: in nearly every thread. */
function runsAsGiven(posts: readonly ThreadPost[]): boolean {
  let before: MergedPost | null = null
  for (const { post } of posts) {
    if (before !== null && (hasEarlierId(before, post) || isDatedEarlier(before, post))) return false
    before = post
  }
  return isRising(posts)
}

function remarksOn(thread: Thread): readonly Note[] {
  const falls = listFalls(thread.posts).filter(({ isAnew }) => !isAnew)
  return [
    ...remark(
      thread,
      'numbers-against-order',
      falls.map(sayFall),
      'the numbers run another way than what is given, which counts',
    ),
    ...remark(
      thread,
      'ids-against-order',
      listEarlier(thread.posts, hasEarlierId),
      'what is declared counts, not the ids',
    ),
    ...remark(
      thread,
      'times-against-order',
      listEarlier(thread.posts, isDatedEarlier),
      'what joins them counts, not the clock',
    ),
  ]
}

const NO_NOTES: readonly Note[] = []
const NO_CLAUSES: readonly string[] = []

function remark({ id, posts }: Thread, code: string, clauses: readonly string[], why: string): readonly Note[] {
  if (clauses.length === 0) return NO_NOTES
  const message = `In the thread ${id} ${nameSome(clauses)}: ${why}.`
  return [{ level: 'info', code, message, input: posts[0]?.post.provenance.input ?? null, about: [id] }]
}

type Pair = (before: MergedPost, post: MergedPost) => boolean

/** Posts that were written before the one they follow. */
function listEarlier(posts: readonly ThreadPost[], isEarlier: Pair): readonly string[] {
  const earlier: string[] = []
  let before: MergedPost | null = null
  for (const { post, position } of posts) {
    if (before !== null && isEarlier(before, post)) earlier.push(`post ${position} is older than post ${position - 1}`)
    before = post
  }
  return earlier
}

/** Ids that rise, nearly all, are compared before anything is asked of their kind. */
const hasEarlierId: Pair = ({ ref: a }, { ref: b }) =>
  a !== null &&
  b !== null &&
  compareIds(b.id, a.id) < 0 &&
  a.platform === b.platform &&
  isOrderedId(a) &&
  isOrderedId(b)

/** Only clocks tell, and they by more than they err. */
const isDatedEarlier: Pair = (a, b) => {
  if (a.createdAt === null || b.createdAt === null || a.createdAt <= b.createdAt) return false
  if (isOrderedId(a.ref) && isOrderedId(b.ref)) return false
  return Date.parse(a.createdAt) - Date.parse(b.createdAt) > CLOCK_MS
}

/** Whether numbers fall, each standing once: an order was mistaken, and no count begun anew. */
export function isJumbled(posts: readonly Numbered[]): boolean {
  const falls = listFalls(posts)
  return falls.length > 0 && falls.every(({ isAnew }) => !isAnew)
}

function sayTotals(posts: readonly Numbered[]): readonly string[] {
  const totals = posts.flatMap(({ total }) => total ?? []).filter((total, at, all) => total !== all[at - 1])
  const [first, ...others] = totals
  return others.length === 0
    ? []
    : [`the total changed from ${first} to ${others.slice(0, MOST_NAMED).join(', then ')}`]
}

function sayRepeats(posts: readonly Numbered[]): readonly string[] {
  const numbers = posts.flatMap(({ number }) => number ?? [])
  const twice = numbers.filter((number, at) => number === numbers[at - 1])
  return twice.length === 0 ? [] : [nameSome(twice.map((number) => `${number} stands twice`))]
}

function sayFalls(posts: readonly Numbered[]): readonly string[] {
  const falls = listFalls(posts)
  return falls.length === 0 ? [] : [nameSome(falls.map(sayFall))]
}

interface Fall {
  readonly before: number
  readonly number: number
  /** The count begins again: numbers stand twice. */
  readonly isAnew: boolean
}

function listFalls(posts: readonly Pick<Numbered, 'number'>[]): readonly Fall[] {
  if (isRising(posts)) return NO_FALLS
  const numbers = posts.flatMap(({ number }) => number ?? [])
  const runs = splitAtFalls(numbers.filter((number, at) => number !== numbers[at - 1]))
  const seen = new Set<number>()
  return runs.flatMap((run, k) => {
    const before = runs[k - 1]?.at(-1)
    const again = run.filter((number) => seen.has(number)).length
    for (const number of run) seen.add(number)
    const isAnew = again > 0 && (run[0] === 1 || (again >= LEAST_AGAIN && 2 * again >= run.length))
    return before === undefined ? [] : [{ before, number: run[0] ?? before, isAnew }]
  })
}

function splitAtFalls(numbers: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  numbers.forEach((number, at) => {
    if (at === 0 || number < (numbers[at - 1] ?? 0)) runs.push([number])
    else runs.at(-1)?.push(number)
  })
  return runs
}

const NO_FALLS: readonly Fall[] = []

/** Nearly every thread's do. */
function isRising(posts: readonly Pick<Numbered, 'number'>[]): boolean {
  let before = Number.NEGATIVE_INFINITY
  for (const { number } of posts) {
    if (number === null) continue
    if (number < before) return false
    before = number
  }
  return true
}

function sayFall({ before, number, isAnew }: Fall): string {
  return isAnew ? `the count begins anew after ${before}` : `${before} stands before ${number}`
}

function nameSome(clauses: readonly string[]): string {
  const rest = clauses.length - MOST_NAMED
  return clauses.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
