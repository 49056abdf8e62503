// Sightings of one post whose words differ a little: a scrape shortens a link, loses an emoji, straightens a quote.
// Finds which posts of different pages are the same although their normal forms are not. It merges nothing.
import { addTo } from '../../grouping.ts'
import type { Author } from '../../model.ts'
import { normalForm } from './normal.ts'

/** One distinct text as some pages show it. */
export interface NearText {
  readonly id: string
  /** Whether a platform names it: two posts with names of their own are two. */
  readonly named: boolean
  readonly text: string
  readonly author: Author | null
  /** Pages it stands on: two texts of one page are two posts. */
  readonly pages: ReadonlySet<number>
}

/** Share of the longer text's shingles that the other must have. */
const LEAST_OVERLAP = 0.9
/** Letters to a shingle. */
const SHINGLE = 5
/** A text of fewer letters may be anybody's. */
const LEAST_LETTERS = 40
/**
 * Shingles of smallest hash by which texts are brought together: at the least overlap they share one in all but 1 of
 * 10^6.
 */
const SKETCH = 8
/** Of more texts that share a shingle each is compared with this many that are no copies of each other. */
const MOST_COMPARED = 50

const WORD = /\S+/gu
const DOTTED = /[^.]\.[^.]/
const NUMBER = /\p{N}+/gu
const NOT_LETTER = /[^\p{L}]+/gu
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * By the id of each text that is a copy: the id all its copies go by, a platform's where there is one, else the
 * smallest.
 */
export function matchNearCopies(texts: readonly NearText[]): ReadonlyMap<string, string> {
  const prints = texts.map(printOf).filter((print) => print.letters >= LEAST_LETTERS)
  const pairs = listPairs(prints).sort(
    (a, b) => b.overlap - a.overlap || compare(a.one.id, b.one.id) || compare(a.other.id, b.other.id),
  )
  const groups = new Map<string, NearText[]>()
  const groupOf = (text: NearText): NearText[] => groups.get(text.id) ?? [text]
  for (const { one, other } of pairs) {
    const [left, right] = [groupOf(one), groupOf(other)]
    if (left === right || !mayJoin(left, right)) continue
    const group = [...left, ...right]
    for (const { id } of group) groups.set(id, group)
  }
  return new Map([...groups].map(([id, group]) => [id, nameOf(group)]))
}

function mayJoin(left: readonly NearText[], right: readonly NearText[]): boolean {
  return left.every((a) => right.every((b) => !(a.named && b.named) && areApart(a.pages, b.pages)))
}

function nameOf(group: readonly NearText[]): string {
  const named = group.find((one) => one.named)
  return named?.id ?? group.map(({ id }) => id).reduce((least, id) => (compare(id, least) < 0 ? id : least))
}

/** What of a text is compared: its letters in runs, and beside them its numbers, which must be the same. */
interface Print {
  readonly text: NearText
  readonly letters: number
  readonly shingles: ReadonlySet<string>
  readonly numbers: string
}

function printOf(text: NearText): Print {
  const words = withoutAddresses(normalForm(text.text)).toLowerCase()
  const letters = words.replace(NOT_LETTER, '')
  const shingles = new Set<string>()
  for (let at = 0; at + SHINGLE <= letters.length; at++) shingles.add(letters.slice(at, at + SHINGLE))
  return { text, letters: letters.length, shingles, numbers: (words.match(NUMBER) ?? []).sort().join(' ') }
}

/** Without words that hold a dot between letters and a slash behind it. */
function withoutAddresses(text: string): string {
  return text.includes('/') ? text.replace(WORD, (word) => (isAddress(word) ? ' ' : word)) : text
}

function isAddress(word: string): boolean {
  const dotted = word.includes('/') ? DOTTED.exec(word) : null
  return dotted !== null && word.lastIndexOf('/') >= dotted.index + dotted[0].length
}

interface Pair {
  readonly one: NearText
  readonly other: NearText
  readonly overlap: number
}

/** Pairs that are near enough; only those that share a shingle of their sketches are compared. */
function listPairs(prints: readonly Print[]): Pair[] {
  const sharing = new Map<string, Print[]>()
  for (const print of prints) for (const shingle of sketch(print.shingles)) addTo(sharing, shingle, print)
  const pairs = new Map<string, Pair>()
  for (const some of sharing.values())
    if (some.length > MOST_COMPARED) pairWithFirsts(some, pairs)
    else for (const [at, a] of some.entries()) addPairs(a, some.slice(at + 1), pairs)
  return [...pairs.values()]
}

/** Whether any of the others is near. */
function addPairs(a: Print, others: readonly Print[], pairs: Map<string, Pair>): boolean {
  let isNear = false
  for (const b of others) {
    const pair = pairOf(a, b)
    const key = `${pair.one.id} ${pair.other.id}`
    if (!pairs.has(key) && areNear(a, b)) pairs.set(key, pair)
    isNear ||= pairs.has(key)
  }
  return isNear
}

/**
 * Many texts hold what many copy, or a phrase that is often said: each is held against the first of each kind, so that
 * cost is linear.
 */
function pairWithFirsts(some: readonly Print[], pairs: Map<string, Pair>): void {
  const firsts: Print[] = []
  for (const print of some.toSorted((a, b) => compare(a.text.id, b.text.id)))
    if (!addPairs(print, firsts, pairs) && firsts.length < MOST_COMPARED) firsts.push(print)
}

function sketch(shingles: ReadonlySet<string>): readonly string[] {
  const hashed = [...shingles].map((shingle) => [hash(shingle), shingle] as const)
  return hashed
    .sort((a, b) => a[0] - b[0] || compare(a[1], b[1]))
    .slice(0, SKETCH)
    .map(([, shingle]) => shingle)
}

/** FNV-1a over UTF-16 units: any even spread will do. */
function hash(shingle: string): number {
  let value = FNV_OFFSET
  for (let at = 0; at < shingle.length; at++) value = Math.imul(value ^ shingle.charCodeAt(at), FNV_PRIME)
  return value >>> 0
}

function areNear(a: Print, b: Print): boolean {
  const [x, y] = [a.text, b.text]
  if ((x.named && y.named) || a.numbers !== b.numbers || !mayBeOne(x, y)) return false
  return areApart(x.pages, y.pages) && overlapOf(a, b) >= LEAST_OVERLAP
}

/** Two handles must be one; else the text that lacks one must be a scrape's, which knows a name at most. */
function mayBeOne(a: NearText, b: NearText): boolean {
  const [x, y] = [a.author, b.author]
  if (x?.handle != null && y?.handle != null) return x.handle.toLowerCase() === y.handle.toLowerCase()
  if (!isBare(a) && !isBare(b)) return false
  return x?.name == null || y?.name == null || x.name === y.name
}

function isBare({ named, author }: NearText): boolean {
  return !named && author?.handle == null
}

function pairOf(a: Print, b: Print): Pair {
  const [one, other] = compare(a.text.id, b.text.id) < 0 ? [a, b] : [b, a]
  return { one: one.text, other: other.text, overlap: overlapOf(one, other) }
}

function overlapOf({ shingles: a }: Print, { shingles: b }: Print): number {
  let both = 0
  for (const shingle of a) if (b.has(shingle)) both++
  return both / Math.max(a.size, b.size, 1)
}

function areApart(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const page of a) if (b.has(page)) return false
  return true
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
