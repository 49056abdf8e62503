// One author's posts as the solver sees them: numbers in typed arrays, nothing of the page. It holds no opinions.
import { addTo } from '../../grouping.ts'
import { flagsOf, floatsOf, intsOf } from '../columns.ts'
import { type PageLayout, readLayout } from '../evidence/page-layout.ts'
import { makeTimeline, type Timeline } from '../evidence/timeline/timeline.ts'
import { compareMeanings, type Meaning } from '../evidence/words/meaning.ts'
import { startVocabulary, type Vocabulary } from '../evidence/words/vocabulary.ts'
import { readWords, type Words } from '../evidence/words/words.ts'
import type { Acceptance } from '../markers/acceptance/families.ts'
import type { Marker } from '../markers/marker.ts'
import { firstAtLeast } from '../sorted.ts'
import { holdsSingles, isTimelineOf } from './singles.ts'

export const NONE = -1

/** One post on its way into a bag. */
export interface BagPost {
  readonly text: string
  /** Milliseconds since 1970, or null. */
  readonly time: number | null
  /** Rank of its id among the ids of the bag, or null where ids do not rise with time. */
  readonly idRank: number | null
  /** Rank on its page, or null where page order means nothing. */
  readonly page: number | null
  /** Posts of different walls are not linked by inference. */
  readonly wall: number
  /** It stands in a block that shows each thread in one run: only its neighbours on the page may be its neighbours. */
  readonly inRun: boolean
  /** Its predecessor is known, or known to be nobody: nothing is inferred. */
  readonly settled: boolean
  /** Whether a platform names it; absent: not known. */
  readonly named?: boolean
  /** It answers a post that is not here by its name: only one without a name can be that. Absent: no. */
  readonly afterNameless?: boolean
  readonly acceptance: Acceptance
  /** It says in words that a thread starts, or ends, with it. */
  readonly starts: boolean
  readonly ends: boolean
}

export interface Bag extends PageLayout {
  readonly size: number
  readonly posts: readonly BagPost[]
  readonly number: Int32Array
  readonly total: Int32Array
  /** Posts whose markers are written alike and promise the same total. */
  readonly family: Int32Array
  /** Posts whose markers are written alike. */
  readonly form: Int32Array
  readonly starts: Uint8Array
  readonly ends: Uint8Array
  /** NaN when unknown. */
  readonly time: Float64Array
  readonly idRank: Int32Array
  readonly page: Int32Array
  readonly wall: Int32Array
  readonly inRun: Uint8Array
  readonly settled: Uint8Array
  readonly length: Int32Array
  readonly words: readonly Words[]
  /** How near two posts are in what they are about. */
  readonly alike: Meaning
  /** Distinct topical tokens of each post as ascending numbers. */
  readonly tokens: readonly Int32Array[]
  /** log((posts + 1) / posts with the token). */
  readonly rarity: Float64Array
  /** Sum of the rarities of each post's tokens. */
  readonly mass: Float64Array
  /** 1 where a token is a hashtag or a mention. */
  readonly tags: Uint8Array
  /** Whether any is. */
  readonly hasTags: boolean
  readonly numbers: NumberIndex
  /** Share of numbered posts, 0 to 1. */
  readonly numbered: number
  /** Dated posts, many of which answer somebody or stand far apart: a timeline, where most posts stand alone. */
  readonly isTimeline: boolean
  /** Nothing says that its posts without numbers make threads. */
  readonly hasSingles: boolean
  readonly timeline: Timeline | null
  /** Times in rising order, without unknowns. */
  readonly sortedTimes: Float64Array
}

/** Which posts bear which number in a family. */
interface NumberIndex {
  /** Posts of a family with a number, in bag order. */
  find(family: number, number: number): readonly number[]
  /** The next number above, or null. */
  above(family: number, number: number): number | null
  /** The next number below, or null. */
  below(family: number, number: number): number | null
}

/** @param isTimeline what the posts are part of, when that is known to be more than they */
export function makeBag(posts: readonly BagPost[], isTimeline = isTimelineOf(posts)): Bag {
  const size = posts.length
  const markers = posts.map((post) => post.acceptance.marker)
  const names = new Map<string, number>()
  const nameOf = (key: string | null): number => (key === null ? NONE : intern(names, key))
  const number = intsOf(markers, (marker) => marker?.number ?? NONE)
  const total = intsOf(markers, (marker) => marker?.total ?? NONE)
  const form = intsOf(markers, (marker) => nameOf(marker?.number == null ? null : formKey(marker)))
  const family = intsOf(markers, (marker, at) => (form[at] === NONE ? NONE : nameOf(`${form[at]} ${marker?.total}`)))
  const texts = posts.map(bareText)
  const vocabulary = startVocabulary()
  const words = texts.map((text) => readWords(text, vocabulary))
  const { tokens, rarity, tags } = indexTokens(words, vocabulary)
  const numbers = indexNumbers(family, number)
  const page = intsOf(posts, (post) => post.page ?? NONE)
  const numbered = number.reduce((sum, n) => sum + (n === NONE ? 0 : 1), 0) / Math.max(1, size)
  return {
    size,
    posts,
    number,
    total,
    form,
    family,
    words,
    alike: compareMeanings(texts, words),
    tokens,
    rarity,
    mass: floatsOf(tokens, (own) => own.reduce((sum, token) => sum + (rarity[token] ?? 0), 0)),
    tags,
    hasTags: tags.includes(1),
    numbers,
    page,
    starts: flagsOf(posts, (post) => post.starts),
    ends: flagsOf(posts, (post) => post.ends),
    time: floatsOf(posts, (post) => post.time ?? Number.NaN),
    idRank: intsOf(posts, (post) => post.idRank ?? NONE),
    wall: intsOf(posts, (post) => post.wall),
    inRun: flagsOf(posts, (post) => post.inRun),
    settled: flagsOf(posts, (post) => post.settled),
    length: intsOf(posts, (post) => post.text.length),
    numbered,
    isTimeline,
    hasSingles: holdsSingles(posts),
    timeline: isTimeline ? makeTimeline(posts) : null,
    ...readLayout({ number, total, family, page, numbers }),
    sortedTimes: Float64Array.from(posts.flatMap((post) => post.time ?? [])).sort(),
  }
}

const TAG = /^[#@]/

/** The head of a post and a line of its own before it are one style; so are tail and the line after. */
const SIDE: Readonly<Record<Marker['place'], string>> = {
  head: 'before',
  'own-line-before': 'before',
  tail: 'after',
  'own-line-after': 'after',
  alone: 'before',
}

export function formKey(marker: Marker): string {
  return `${marker.form} ${SIDE[marker.place]} ${marker.bracket}`
}

function bareText({ text, acceptance: { marker, twin } }: BagPost): string {
  if (marker === null) return text
  if (twin === undefined) return cutOut(text, marker)
  return marker.start < twin.start ? cutOut(cutOut(text, twin), marker) : cutOut(cutOut(text, marker), twin)
}

function cutOut(text: string, { start, end }: Marker): string {
  return `${text.slice(0, start)} ${text.slice(end)}`.trim()
}

function intern(names: Map<string, number>, key: string): number {
  const known = names.get(key)
  if (known !== undefined) return known
  names.set(key, names.size)
  return names.size - 1
}

function indexTokens(
  words: readonly Words[],
  { stems }: Vocabulary,
): { tokens: Int32Array[]; rarity: Float64Array; tags: Uint8Array } {
  const counts = new Int32Array(stems.size)
  const tokens = words.map((post) => {
    for (const { number } of post.tokens) counts[number]! += 1
    return intsOf(post.tokens, ({ number }) => number).sort()
  })
  const tags = flagsOf([...stems.keys()], (written) => TAG.test(written))
  return { tokens, rarity: floatsOf(counts, (count) => Math.log((words.length + 1) / count)), tags }
}

function indexNumbers(family: Int32Array, number: Int32Array): NumberIndex {
  const byNumber = new Map<number, Map<number, number[]>>()
  family.forEach((name, at) => {
    if (name === NONE) return
    const numbers = byNumber.get(name) ?? new Map<number, number[]>()
    byNumber.set(name, numbers)
    addTo(numbers, number[at] ?? NONE, at)
  })
  const sorted = new Map(
    [...byNumber].map(([name, numbers]) => [name, Int32Array.from(numbers.keys()).sort()] as const),
  )
  return {
    find: (name, value) => byNumber.get(name)?.get(value) ?? [],
    above: (name, value) => stepFrom(sorted.get(name), value, 1),
    below: (name, value) => stepFrom(sorted.get(name), value, -1),
  }
}

/** The neighbour of a value in a sorted list. */
function stepFrom(sorted: Int32Array | undefined, value: number, direction: 1 | -1): number | null {
  if (sorted === undefined) return null
  return sorted[direction === 1 ? firstAtLeast(sorted, value + 1) : firstAtLeast(sorted, value) - 1] ?? null
}
