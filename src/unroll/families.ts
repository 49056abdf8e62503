// The document pass: candidates of many posts of one author are grouped by form and total and accepted by the company
// they keep. A stray `3/7` numbers a thread two times in three; with a neighbouring number beside it nearly always.
import {
  buildFamily,
  type Company,
  type Family,
  rhythmOf,
  type Sighting,
  WIDEST_STEP,
  weighCompany,
} from './company.ts'
import type { Form, Marker } from './marker.ts'
import { findMarkers } from './markers.ts'
import { countsAloud } from './markers-doubts.ts'

export interface NumberedText {
  readonly text: string
  /** Any text that is the same for posts of one author. */
  readonly author: string
  /** UTC ISO time, or null. */
  readonly createdAt: string | null
  /** Place on the page; compared only where a time is missing. */
  readonly index: number
}

/** What the document makes of one post's candidates. */
export interface Acceptance {
  /** The believed marker, or null. */
  readonly marker: Marker | null
  /** Probability that `marker` (or, when null, the best candidate) numbers a thread; 0 without candidates. */
  readonly p: number
  /** One clause for people. */
  readonly why: string
  /** All candidates of the post, the likeliest first. */
  readonly candidates: readonly Marker[]
}

interface Candidate {
  readonly marker: Marker
  readonly sighting: Sighting
  readonly keys: readonly string[]
}

/** A family in the making. */
interface Members {
  readonly sightings: Sighting[]
  /** How many of its posts count days aloud. */
  loud: number
}

interface Group {
  readonly family: Family
  readonly daily: boolean
}

/** Below this a candidate stays text. */
const ACCEPT_P = 0.5
const SURE_END_P = 0.9
/** Log-odds of having no neighbour, by how much a form means by itself. Measured on posts outside threads. */
const ALONE_SAFE = -0.8
const ALONE_FRACTION = -2.2
const ALONE_ITEM = -4
/** A family without the total (`1/9 … 10/8`) is weaker company than one with it. */
const LOOSE_SHARE = 0.6
/** A family that keeps a day's rhythm, or says so in its hashtags, counts days. */
const DAILY = -7
const DAILY_SHARE = 0.5

const SAFE_FORMS: ReadonlySet<Form> = new Set<Form>(['n/', '/n'])

/** Shared by all posts without candidates: most posts of a large archive. */
const NOT_NUMBERED: Acceptance = { marker: null, p: 0, why: 'no candidate', candidates: [] }

/** One acceptance a post, in the order given. Cost O(n log n) in posts, whatever the sizes of the families. */
export function acceptMarkers(posts: readonly NumberedText[]): readonly Acceptance[] {
  const found = posts.map((post) => findMarkers(post.text).map((marker) => toCandidate(post, marker)))
  const groups = groupFamilies(posts, found)
  const decided = found.map((candidates) => decide(candidates, groups))
  const numbering = new Set(posts.filter((_, at) => isNumbered(decided[at])).map((post) => post.author))
  return decided.map((acceptance, at) => doubtLooseEnd(acceptance, numbering.has(posts[at]?.author ?? '')))
}

function isNumbered(acceptance: Acceptance | undefined): boolean {
  return acceptance?.marker?.number != null
}

/** A bare END is an end sign only of an author who numbers; `/END` says so by itself. */
function doubtLooseEnd(acceptance: Acceptance, numbers: boolean): Acceptance {
  const { marker, p } = acceptance
  if (marker === null || marker.number !== null || numbers || p >= SURE_END_P) return acceptance
  return { ...acceptance, marker: null, p: p / 2, why: 'an end word without numbers' }
}

function toCandidate(post: NumberedText, marker: Marker): Candidate {
  const time = post.createdAt === null ? Number.NaN : Date.parse(post.createdAt)
  const sighting = { number: marker.number ?? -1, time: Number.isNaN(time) ? null : time, index: post.index }
  return { marker, sighting, keys: familyKeys(post.author, marker) }
}

/** The family with the total, then the one without. A marker that is the whole post fits head and tail alike. */
function familyKeys(author: string, marker: Marker): readonly string[] {
  if (marker.number === null) return []
  const side = marker.place === 'head' || marker.place === 'own-line-before' ? 'front' : 'back'
  const sides = marker.place === 'alone' ? ['front', 'back'] : [side]
  const loose = sides.map((name) => `${author}\n${name}\n${marker.form}${marker.bracket}`)
  return [...loose.map((key) => `${key}\n${marker.openEnded ? 'x' : (marker.total ?? '')}`), ...loose]
}

function groupFamilies(posts: readonly NumberedText[], found: readonly (readonly Candidate[])[]): Map<string, Group> {
  const members = new Map<string, Members>()
  found.forEach((candidates, at) => {
    const counts = candidates.some(isCounter) && countsAloud(posts[at]?.text ?? '') ? 1 : 0
    for (const { sighting, keys } of candidates)
      for (const key of keys) {
        const own = membersOf(members, key)
        own.sightings.push(sighting)
        own.loud += counts
      }
  })
  return new Map([...members].map(([key, { sightings, loud }]) => [key, toGroup(sightings, loud)]))
}

/** Nobody counts days as `3/`. */
function isCounter({ marker }: Candidate): boolean {
  return !SAFE_FORMS.has(marker.form) && !marker.openEnded
}

function membersOf(members: Map<string, Members>, key: string): Members {
  const known = members.get(key)
  if (known !== undefined) return known
  const own: Members = { sightings: [], loud: 0 }
  members.set(key, own)
  return own
}

/** Time tells posts from days; without it the hashtags do. */
function toGroup(list: readonly Sighting[], loud: number): Group {
  const rhythm = rhythmOf(list)
  const isLoud = loud / list.length >= DAILY_SHARE
  return { family: buildFamily(list), daily: rhythm === 'days' || (rhythm === 'unknown' && isLoud) }
}

function decide(candidates: readonly Candidate[], groups: ReadonlyMap<string, Group>): Acceptance {
  if (candidates.length === 0) return NOT_NUMBERED
  const markers = candidates.map((candidate) => candidate.marker)
  const judged = candidates.map((candidate) => judge(candidate, groups)).sort((a, b) => b.p - a.p)
  const best = judged[0]
  if (best === undefined) return NOT_NUMBERED
  return { marker: best.p >= ACCEPT_P ? best.marker : null, p: best.p, why: best.why, candidates: markers }
}

function judge({ marker, sighting, keys }: Candidate, groups: ReadonlyMap<string, Group>) {
  if (marker.number === null) return { marker, p: marker.prior, why: 'an end sign' }
  const company = keys.map((key, at) => companyIn(groups.get(key), marker, sighting, at >= keys.length / 2))
  const best = company.reduce((a, b) => (b.weight > a.weight ? b : a))
  const p = 1 / (1 + Math.exp(-Math.log(marker.prior / (1 - marker.prior)) - best.weight))
  return { marker, p, why: best.say }
}

function companyIn(group: Group | undefined, marker: Marker, sighting: Sighting, loose: boolean): Company {
  const alone =
    SAFE_FORMS.has(marker.form) || marker.openEnded ? ALONE_SAFE : marker.total === null ? ALONE_ITEM : ALONE_FRACTION
  if (group === undefined) return { weight: alone, say: 'no neighbouring number' }
  if (group.daily) return { weight: DAILY, say: 'its family counts days' }
  const company = weighCompany(group.family, sighting, alone, loose ? 1 : WIDEST_STEP)
  return loose && company.weight > 0 ? { ...company, weight: company.weight * LOOSE_SHARE } : company
}
