// Which posts of the count are here, in words. A post without a number has one where the numbers around it leave just
// its place; what opens a thread, follows the end of its count, or stands beside a hole, has none.
import type { Gap } from '../../model.ts'
import { isJumbled } from '../gaps/contradictions.ts'
import type { Numbered } from '../gaps/numbered.ts'
import { highestOf, lowestOf } from '../gaps/stretches.ts'

type Range = readonly [from: number, to: number]

/**
 * `posts 1–9, 11–17 of 17`, or `5 posts` where nothing is numbered.
 * @param most posts promised, 0 where nobody says
 */
export function sayPosts(posts: readonly Numbered[], gaps: readonly Gap[], most: number): string {
  const of = most === 0 ? '' : ` of ${most}`
  const first = posts.findIndex((post) => post.number !== null)
  if (first < 0) return `${sayCount(posts.length)}${of}`
  const openers = countOpeners(posts, first, gaps)
  const places = placeNumbers(posts, openers, most, gaps)
  const numbers = places.flatMap((place) => place ?? [])
  const runs = listRuns(isJumbled(posts) ? numbers.toSorted((a, b) => a - b) : numbers)
  const others = places.length - numbers.length - openers
  const isTwice = runs.some(([from], at) => from <= (runs[at - 1]?.[1] ?? -1))
  if (isTwice || (isCrowded(posts) && others > numbers.length))
    return `${sayCount(posts.length)}${posts.length > most ? '' : of}, ${sayNumbered(posts)}`
  const said = runs.map(sayRange).join(', ')
  const noun = said === String(numbers[0]) ? 'post' : 'posts'
  return `${sayOpening(openers)}${noun} ${said}${of}${sayOthers(others)}`
}

/** Posts whose places the numbers of others leave open, and nobody declares. */
export interface Filled {
  readonly numbers: readonly number[]
  /** Probability that the least sure of them stands where it does. */
  readonly p: number
}

/** Posts with neither number nor END of which only their places say which they are. Parameters as above. */
export function listFilled(posts: readonly Numbered[], gaps: readonly Gap[], most: number): Filled {
  const first = posts.findIndex((post) => post.number !== null)
  if (first < 0 || posts.every((post) => post.number !== null)) return { numbers: [], p: 1 }
  const places = placeNumbers(posts, countOpeners(posts, first, gaps), most, gaps)
  const filled = [...posts.keys()].filter(
    (at) => posts[at]?.number === null && posts[at]?.ends === false && places[at] !== null && isInferredAt(posts, at),
  )
  const sides = filled.flatMap((at) => [posts[at]?.linkP ?? 1, posts[at + 1]?.linkP ?? 1])
  return { numbers: filled.flatMap((at) => places[at] ?? []), p: Math.min(1, ...sides) }
}

/** Whether a link of this post is inferred: to the one before it or, of a first one, from the one behind it. */
function isInferredAt(posts: readonly Numbered[], at: number): boolean {
  return posts[at === 0 ? 1 : at]?.isInferred === true
}

/** Runs of numbers that follow each other, or stand twice. */
export function listRuns(numbers: readonly number[]): readonly Range[] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run !== undefined && (number === run[1] + 1 || number === run[1])) run[1] = number
    else runs.push([number, number])
  }
  return runs
}

export function sayRange([from, to]: Range): string {
  return from === to ? String(from) : `${from}–${to}`
}

/** Whether more posts stand between two numbers than they leave room for. */
function isCrowded(posts: readonly Numbered[]): boolean {
  let last = -1
  return posts.some(({ number }, at) => {
    if (number === null) return false
    const before = posts[last]?.number ?? null
    const isTight = before !== null && number > before && at - last > number - before
    last = at
    return isTight
  })
}

/**
 * Posts before the first number that the count leaves no room for ("A thread 🧵", then 1), or goes back beyond: "And
 * the rest", then 21.
 */
function countOpeners(posts: readonly Numbered[], first: number, gaps: readonly Gap[]): number {
  const room = Math.max(0, (posts[first]?.number ?? 0) - 1)
  const lost = gaps.find((gap) => gap.class === 'head')?.count ?? 0
  return first > 0 && lost >= Math.max(1, room) ? first : Math.max(0, first - room)
}

/** The number of each post, null where none is known. */
function placeNumbers(
  posts: readonly Numbered[],
  openers: number,
  most: number,
  gaps: readonly Gap[],
): readonly (number | null)[] {
  const places = posts.map(({ number }) => number)
  const first = places.findIndex((number) => number !== null)
  placeOpening(places, first, openers, gaps)
  let from = first
  posts.forEach(({ number }, to) => {
    if (number === null || to <= first) return
    if (number - (places[from] ?? 0) === to - from) countOn(places, from, to)
    from = to
  })
  countOn(places, from, Math.min(places.length, from + 1 + roomBehind(posts, from, most, gaps)))
  return places
}

/** Gives the posts between two places the numbers after the first one's. */
function countOn(places: (number | null)[], from: number, to: number): void {
  for (let at = from + 1; at < to; at++) places[at] = (places[at - 1] ?? 0) + 1
}

/** Posts before the first number count up to it. Where some are missing among them, only the very first is known. */
function placeOpening(places: (number | null)[], first: number, openers: number, gaps: readonly Gap[]): void {
  const isBroken = gaps.some(({ after, before }) => after !== null && (before ?? places.length) <= first + 1)
  const number = places[first] ?? 0
  for (let at = openers; at < first; at++) places[at] = isBroken ? null : number - (first - at)
  if (isBroken && openers < first) places[openers] = 1
}

/**
 * Numbers that posts behind the last numbered one take: up to the total or to END, where nothing is known to be missing
 * among them.
 */
function roomBehind(posts: readonly Numbered[], last: number, most: number, gaps: readonly Gap[]): number {
  if (gaps.some((gap) => gap.class === 'missing' && (gap.after ?? 0) > last)) return 0
  if (most === 0) return Math.max(0, posts.findLastIndex(({ ends }) => ends) - last)
  return Math.max(0, most - (posts[last]?.number ?? 0))
}

function sayOpening(openers: number): string {
  if (openers === 0) return ''
  return openers === 1 ? 'an opening post, ' : `${openers} opening posts, `
}

function sayOthers(others: number): string {
  return others === 0 ? '' : `, ${others === 1 ? 'one' : others} more without a number`
}

function sayCount(posts: number): string {
  return `${posts} ${posts === 1 ? 'post' : 'posts'}`
}

/** Numbers that stand more than once, or that few posts bear, count parts of the thread and not its posts. */
function sayNumbered(posts: readonly Numbered[]): string {
  const numbered = posts.filter(({ number }) => number !== null).length
  return `${numbered} of them numbered, ${sayRange([lowestOf(posts) ?? 0, highestOf(posts) ?? 0])}`
}
