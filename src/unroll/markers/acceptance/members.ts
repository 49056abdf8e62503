// Which candidates of one author are written alike: listed as members of families as the posts are read, and grouped
// once all are known. What a family's company says for one of its members is for families.ts.

import { countsAloud } from '../candidates/doubts.ts'
import { type Judgement, judgementOf } from '../candidates/judgement.ts'
import { type Form, type Marker, mayStandAmongBare, RUN_FORMS } from '../marker.ts'
import { buildFamily, type Family, isRating, RATED_OF, rhythmOf, type Sighting, WIDEST_STEP } from './company.ts'
import { isRun } from './runs.ts'

export interface NumberedText {
  readonly text: string
  /** Any text that is the same for posts of one author. */
  readonly author: string
  /** UTC ISO time, or null. */
  readonly createdAt: string | null
  /** Place on the page; compared only where a time is missing. */
  readonly index: number
}

/** A marker with the families it may belong to: those that share its total, then those that share its form only. */
export interface Candidate {
  readonly marker: Marker
  readonly sighting: Sighting
  readonly families: readonly Membership[]
}

export interface Membership {
  readonly members: Members
  /** What its company weighs, of 1, and how far it reaches: less where only the form or only the total is the same. */
  readonly share: number
  readonly widest: number
}

/** Candidates of one author that are written alike. */
interface Members {
  readonly sightings: Sighting[]
  /** How many of its posts count days aloud. */
  loud: number
  /** Made when the first of them is judged, when all are known. */
  group: Group | null
}

interface Group {
  readonly family: Family
  readonly daily: boolean
  readonly rated: boolean
  /** Whether they count on from 1; asked of forms that number posts only so. */
  readonly runs: boolean
}

/** A family without the total (`1/9 … 10/8`) is weaker company than one with it. */
const LOOSE_SHARE = 0.6
/** Up to here something in the post speaks against the number (`7/7` is an idiom). */
export const DOUBTED_PRIOR = 0.15
/** A family that keeps a day's rhythm, or says so in its hashtags, counts days. */
const DAILY_SHARE = 0.5

export const SAFE_FORMS: ReadonlySet<Form> = new Set<Form>(['n/', '/n'])

/** One author's families by how their markers are written, then by total; ANY_TOTAL holds all of a style. */
export type Styles = Map<string, Map<string | number, Members>>

/** The candidates of one post. */
export interface Listed {
  readonly candidates: readonly Candidate[]
  readonly markers: readonly Marker[]
}

export const NONE_LISTED: Listed = { candidates: [], markers: [] }
const ANY_TOTAL = 'any'
const ANY_STYLE = 'any'
const OPEN_TOTAL = 'open'
const NO_TOTAL = 'none'

/** The candidates of a post; each joins its families. */
export function listCandidates(post: NumberedText, markers: readonly Marker[], authors: Map<string, Styles>): Listed {
  if (markers.length === 0) return NONE_LISTED
  const styles = reach(authors, post.author, newMap)
  const time = post.createdAt === null ? Number.NaN : Date.parse(post.createdAt)
  const counts = markers.some(isCounter) && countsAloud(post.text) ? 1 : 0
  const candidates: Candidate[] = []
  for (const marker of markers) {
    const { total } = marker
    const sighting: Sighting = {
      number: marker.number ?? -1,
      total,
      time: Number.isNaN(time) ? null : time,
      index: post.index,
      judgement: judgementBeside(marker, post.text),
    }
    const families = familiesOf(marker, styles)
    for (const { members } of families) {
      members.sightings.push(sighting)
      members.loud += counts
    }
    candidates.push({ marker, sighting, families })
  }
  return { candidates, markers }
}

/** Read only where the number may be a mark. */
function judgementBeside({ number, total, cue }: Marker, text: string): Judgement | null {
  return number === null || total === null || cue !== null || !RATED_OF.has(total) ? null : judgementOf(text)
}

/** A marker that is the whole post fits head and tail alike. */
function familiesOf(marker: Marker, styles: Styles): readonly Membership[] {
  const { number, total, openEnded, form, bracket, place, prior } = marker
  if (number === null) return []
  const wanted = openEnded ? OPEN_TOTAL : (total ?? NO_TOTAL)
  const sides = place === 'alone' ? BOTH_SIDES : place === 'head' || place === 'own-line-before' ? FRONT : BACK
  const families: Membership[] = []
  for (const side of sides) families.push(membership(styles, `${side} ${bracket}${form}`, wanted))
  if (RUN_FORMS.has(form)) return families
  for (const side of sides) families.push(membership(styles, `${side} ${bracket}${form}`, ANY_TOTAL))
  // Who writes `1/7`, `(2/7)`, `3/7:` goes on counting, on either side of the text.
  if (total !== null && prior > DOUBTED_PRIOR)
    families.push({ members: membersOf(styles, ANY_STYLE, total), share: LOOSE_SHARE, widest: WIDEST_STEP })
  if (!mayStandAmongBare(marker)) return families
  for (const side of sides) families.push(membership(styles, `${side} ${bracket}n/`, ANY_TOTAL))
  return families
}

const FRONT = ['front'] as const
const BACK = ['back'] as const
const BOTH_SIDES = [...FRONT, ...BACK]

function membership(styles: Styles, style: string, total: string | number): Membership {
  const members = membersOf(styles, style, total)
  return total === ANY_TOTAL ? { members, share: LOOSE_SHARE, widest: 1 } : { members, share: 1, widest: WIDEST_STEP }
}

function membersOf(styles: Styles, style: string, total: string | number): Members {
  return reach(reach(styles, style, newMap), total, newMembers)
}

function newMap<K, V>(): Map<K, V> {
  return new Map()
}

function newMembers(): Members {
  return { sightings: [], loud: 0, group: null }
}

export function reach<K, V>(map: Map<K, V>, key: K, make: () => NoInfer<V>): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Nobody counts days as `3/`, and "Day 3:" may be told in one go: only a day's rhythm says that it was not. */
function isCounter({ form, openEnded }: Marker): boolean {
  return !SAFE_FORMS.has(form) && !openEnded && form !== 'label n'
}

/** Time tells posts from days; without it the hashtags do. */
export function groupOf(members: Members, form: Form): Group {
  if (members.group !== null) return members.group
  const { sightings, loud } = members
  const rhythm = rhythmOf(sightings)
  const isLoud = loud / sightings.length >= DAILY_SHARE
  const daily = rhythm === 'days' || (rhythm === 'unknown' && isLoud)
  const runs = RUN_FORMS.has(form) && isRun(sightings, form)
  const group = { family: buildFamily(sightings), daily, rated: isRating(sightings), runs }
  members.group = group
  return group
}
