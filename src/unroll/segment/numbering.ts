// Which of the numbers in a scrape number its posts, and whether they stand before or after them. Both readings are
// tried; the sequence of the numbers speaks for a numbering, whatever it explains must be explained without it too.
import { type Marker, mayStandAmongBare, type Place } from '../markers/marker.ts'
import type { NumberedRow } from './model.ts'
import type { Row } from './rows.ts'

/** One way of numbering: the form with its bracket (with a total any bracket), and the end of the post it stands at. */
export interface Numbering {
  readonly key: string
  readonly side: 'opens' | 'closes'
}

/** Natural logarithms of how a number follows the number before it in the same stretch of text. */
const NEXT = Math.log(0.85)
const SKIPPED = Math.log(0.04)
const RESTARTED = Math.log(0.05)
const REPEATED = Math.log(0.01)
const ASTRAY = Math.log(0.003)
const FIRST_ONE = Math.log(0.6)
const FIRST_TWO = Math.log(0.15)
const FIRST_OTHER = Math.log(0.03)
/** How likely text has such a hit by chance: alone on a line, a safe form, a fraction, an item, the next item. */
const CHANCE_LINE = Math.log(0.0005)
const CHANCE_SAFE = Math.log(0.001)
const CHANCE_FRACTION = Math.log(0.004)
const CHANCE_ITEM = Math.log(0.03)
const CHANCE_NEXT_ITEM = Math.log(0.25)
/** Items of one list stand within this many lines of each other. */
const LIST_ROWS = 3
/** Ways of numbering that are tried, the most frequent first. */
const MAX_KEYS = 5
/** Posts that bear the same number at both ends, from which on their author does so. */
const LEAST_TWINS = 2

/** The numbering keys met in the rows, the most frequent first. */
export function numberingKeys(rows: readonly Row[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { marker } of rows)
    if (marker !== null && marker.number !== null) counts.set(keyOf(marker), (counts.get(keyOf(marker)) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_KEYS)
    .map(([key]) => key)
}

/** Keys that number one post before and behind: the second repeats the number of the first, time and again. */
export function twinNumberings(rows: readonly Row[]): readonly (readonly Numbering[])[] {
  const marked = rows.flatMap(({ marker }) => (marker?.number == null ? [] : [marker]))
  const counts = new Map<string, { readonly pair: readonly Numbering[]; count: number }>()
  marked.forEach((marker, at) => {
    const before = marked[at - 1]
    if (before?.number !== marker.number || keyOf(before) === keyOf(marker)) return
    const [opens, closes] = [keyOf(before), keyOf(marker)]
    const twins = counts.get(`${opens}|${closes}`) ?? {
      pair: [numbering(opens, 'opens'), numbering(closes, 'closes')],
      count: 0,
    }
    counts.set(`${opens}|${closes}`, { ...twins, count: twins.count + 1 })
  })
  return [...counts.values()].filter(({ count }) => count >= LEAST_TWINS).map(({ pair }) => pair)
}

function numbering(key: string, side: Numbering['side']): Numbering {
  return { key, side }
}

/** Each row with its part under these numberings. An end sign closes its post, or opens it: `END/ The last …`. */
export function assignParts(rows: readonly Row[], numberings: readonly Numbering[]): readonly NumberedRow[] {
  const sides = new Map(numberings.map(({ key, side }) => [key, side]))
  let item: { readonly at: number; readonly number: number } | null = null
  return rows.map((row, at) => {
    const number = row.marker?.number ?? null
    const role = roleOf(row.marker, sides)
    if (role !== null || number === null) return { row, role, number: role === null ? null : number, isNextItem: false }
    const isNextItem =
      item !== null && isItem(row.marker as Marker) && number === item.number + 1 && at - item.at <= LIST_ROWS
    item = { at, number }
    return { row, role, number: null, isNextItem }
  })
}

/** Log-likelihood of one run's numbers: as a sequence where they are used, as chance where they are not. */
export function scoreNumbers(parts: readonly NumberedRow[]): number {
  let [score, last] = [0, null as number | null]
  let opened: number | null = null
  for (const { row, role, number, isNextItem } of parts) {
    if (row.marker === null || row.marker.number === null) continue
    if (role !== null && number !== null) {
      // Some number a post at both ends.
      score += role === 'closes' && opened === number ? NEXT : sequence(last, number)
      opened = role === 'opens' ? number : null
      last = number
    } else score += isNextItem ? CHANCE_NEXT_ITEM : chance(row.marker)
  }
  return score
}

function keyOf({ form, bracket, total, place }: Pick<Marker, 'form' | 'bracket' | 'total' | 'place'>): string {
  return total === null ? `${form} ${bracket}` : `total ${place === 'alone' ? place : standsAt(place)}`
}

function standsAt(place: Place): Numbering['side'] {
  return place === 'head' || place === 'own-line-before' ? 'opens' : 'closes'
}

function roleOf(marker: Marker | null, sides: ReadonlyMap<string, 'opens' | 'closes'>): NumberedRow['role'] {
  if (marker === null) return null
  if (marker.number === null) return marker.place === 'alone' ? 'closes' : standsAt(marker.place)
  const bare = mayStandAmongBare(marker) ? sides.get(keyOf({ ...marker, form: 'n/', total: null })) : null
  const side = sides.get(keyOf(marker)) ?? bare ?? null
  if (marker.place === 'alone') return side
  return standsAt(marker.place) === side ? side : null
}

function sequence(last: number | null, number: number): number {
  if (last === null) return number <= 1 ? FIRST_ONE : number === 2 ? FIRST_TWO : FIRST_OTHER
  if (number === last + 1) return NEXT
  if (number <= 1) return RESTARTED
  if (number > last && number <= last + 3) return SKIPPED
  if (number === 2) return RESTARTED + FIRST_TWO
  return number === last ? REPEATED : ASTRAY
}

function chance(marker: Marker): number {
  if (isItem(marker)) return CHANCE_ITEM
  if (marker.place === 'alone') return CHANCE_LINE
  return marker.total === null ? CHANCE_SAFE : CHANCE_FRACTION
}

/** Lists in a text count as `1.`, `2)`; hardly ever as `1/7`. */
function isItem({ total, openEnded, form }: Marker): boolean {
  return total === null && !openEnded && form !== 'n/' && form !== '/n'
}
