// The document pass: candidates of many posts of one author are grouped by form and total and accepted by the company
// they keep. A stray `3/7` numbers a thread two times in three; with a neighbouring number beside it nearly always.
import {
  buildFamily,
  type Company,
  type Family,
  isRating,
  RATED_OF,
  rhythmOf,
  type Sighting,
  WIDEST_STEP,
  weighCompany,
} from './company.ts'
import { countsAloud } from './doubts.ts'
import { type Form, type Marker, type MarkerFinder, mayStandAmongBare, RUN_FORMS } from './marker.ts'
import { findMarkers } from './markers.ts'
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

/** What the document makes of one post's candidates. */
export interface Acceptance {
  /** The believed marker, or null. */
  readonly marker: Marker | null
  /** A second marker that says the same at the other end of the post (twins.ts); absent: none. */
  readonly twin?: Marker
  /** Probability that `marker` (or, when null, the best candidate) numbers a thread; 0 without candidates. */
  readonly p: number
  /** One clause for people, made when it is asked for. */
  readonly why: () => string
  /** All candidates of the post, the likeliest first. */
  readonly candidates: readonly Marker[]
}

/** A marker with the families it may belong to: those that share its total, then those that share its form only. */
interface Candidate {
  readonly marker: Marker
  readonly sighting: Sighting
  readonly families: readonly Membership[]
}

interface Membership {
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

/** Below this a candidate stays text. */
const ACCEPT_P = 0.5
const SURE_END_P = 0.9
/** Log-odds of having no neighbour, by how much a form means by itself. Measured on posts outside threads. */
const ALONE_SAFE = -0.8
const ALONE_FRACTION = -2.2
const ALONE_ITEM = -4
/** A family without the total (`1/9 … 10/8`) is weaker company than one with it. */
const LOOSE_SHARE = 0.6
/**
 * What speaks against a number by itself (`7/7` is an idiom) weighs little where most numbers up to its total are
 * there.
 */
const DOUBTED_PRIOR = 0.15
const COVERED = 4
const MIN_COVERED = 3
/** A family that keeps a day's rhythm, or says so in its hashtags, counts days. */
const DAILY = -7
const DAILY_SHARE = 0.5
/**
 * Who numbers all else numbers this as well: log-odds where every post of the author bears a number, less where fewer
 * do.
 */
const HABIT = 2
/** What numbers posts only in a run, and stands in none. */
const NO_RUN = -9
/** A family whose numbers jump to and fro gives marks. */
const RATED = -4

const SAFE_FORMS: ReadonlySet<Form> = new Set<Form>(['n/', '/n'])

/** Shared by all posts without candidates: most posts of a large archive. */
const NOT_NUMBERED: Acceptance = { marker: null, p: 0, why: () => 'no candidate', candidates: [] }

/** One acceptance a post, in the order given. Cost O(n log n) in posts, whatever the sizes of the families. */
export function acceptMarkers(
  posts: readonly NumberedText[],
  markersOf: MarkerFinder = findMarkers,
): readonly Acceptance[] {
  const authors = new Map<string, Styles>()
  const listed: Listed[] = []
  for (const post of posts) listed.push(listCandidates(post, markersOf(post.text), authors))
  const decided: Acceptance[] = []
  for (const one of listed) decided.push(one.candidates.length === 0 ? NOT_NUMBERED : decide(one, 0))
  if (!decided.some(isOpen)) return decided
  const habits = measureHabits(posts, decided)
  return decided.map((acceptance, at) => {
    if (!isOpen(acceptance)) return acceptance
    const habit = habits.get(posts[at]?.author ?? '') ?? 0
    return doubtLooseEnd(isEndSign(acceptance) ? acceptance : decide(listed[at] ?? NONE_LISTED, habit), habit > 0)
  })
}

/** Whether what the author does elsewhere may decide it: a number that was not believed, an end sign that was. */
function isOpen(acceptance: Acceptance): boolean {
  return isEndSign(acceptance) || (acceptance.marker === null && acceptance.candidates.length > 0)
}

/** The share of its posts that bear a believed number, by author. */
function measureHabits(posts: readonly NumberedText[], decided: readonly Acceptance[]): ReadonlyMap<string, number> {
  const counts = new Map<string, { all: number; numbered: number }>()
  posts.forEach(({ author }, at) => {
    const count = reach(counts, author, () => ({ all: 0, numbered: 0 }))
    count.all++
    if (isNumbered(decided[at])) count.numbered++
  })
  return new Map([...counts].map(([author, { all, numbered }]) => [author, numbered / all]))
}

function isNumbered(acceptance: Acceptance | undefined): boolean {
  return acceptance?.marker?.number != null
}

function isEndSign({ marker }: Acceptance): boolean {
  return marker !== null && marker.number === null
}

/** A bare END is an end sign only of an author who numbers; `/END` says so by itself. */
function doubtLooseEnd(acceptance: Acceptance, numbers: boolean): Acceptance {
  if (!isEndSign(acceptance) || numbers || acceptance.p >= SURE_END_P) return acceptance
  return { ...acceptance, marker: null, p: acceptance.p / 2, why: () => 'an end word without numbers' }
}

/** One author's families by how their markers are written, then by total; ANY_TOTAL holds all of a style. */
type Styles = Map<string, Map<string | number, Members>>

/** The candidates of one post. */
interface Listed {
  readonly candidates: readonly Candidate[]
  readonly markers: readonly Marker[]
}

const NONE_LISTED: Listed = { candidates: [], markers: [] }
const ANY_TOTAL = 'any'
const ANY_STYLE = 'any'
const OPEN_TOTAL = 'open'
const NO_TOTAL = 'none'

function listCandidates(post: NumberedText, markers: readonly Marker[], authors: Map<string, Styles>): Listed {
  if (markers.length === 0) return NONE_LISTED
  const styles = reach(authors, post.author, newMap)
  const time = post.createdAt === null ? Number.NaN : Date.parse(post.createdAt)
  const counts = markers.some(isCounter) && countsAloud(post.text) ? 1 : 0
  const candidates: Candidate[] = []
  for (const marker of markers) {
    const { total } = marker
    const sighting = { number: marker.number ?? -1, total, time: Number.isNaN(time) ? null : time, index: post.index }
    const families = familiesOf(marker, styles)
    for (const { members } of families) {
      members.sightings.push(sighting)
      members.loud += counts
    }
    candidates.push({ marker, sighting, families })
  }
  return { candidates, markers }
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

function reach<K, V>(map: Map<K, V>, key: K, make: () => NoInfer<V>): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Nobody counts days as `3/`. */
function isCounter({ form, openEnded }: Marker): boolean {
  return !SAFE_FORMS.has(form) && !openEnded
}

/** Time tells posts from days; without it the hashtags do. */
function groupOf(members: Members, form: Form): Group {
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

/** Of one candidate at least. A believed number goes before an end sign, of which it is told too (`cue`). */
function decide({ candidates, markers }: Listed, habit: number): Acceptance {
  let best: Judged | null = null
  for (const candidate of candidates) {
    const judged = judge(candidate, habit)
    if (best === null || rank(judged) > rank(best)) best = judged
  }
  const { marker, p, why } = best as Judged
  const believed = p >= ACCEPT_P ? marker : null
  return { marker: believed, p, why, candidates: withoutStrays(markers, believed) }
}

/** What numbers only in a run and stands in none is no candidate: a score of `1-3` promises no third post. */
function withoutStrays(markers: readonly Marker[], believed: Marker | null): readonly Marker[] {
  const isStray = (one: Marker): boolean => one !== believed && RUN_FORMS.has(one.form)
  return markers.some(isStray) ? markers.filter((one) => !isStray(one)) : markers
}

interface Judged {
  readonly marker: Marker
  readonly p: number
  readonly why: () => string
}

function rank({ marker, p }: Judged): number {
  return marker.number !== null && p >= ACCEPT_P ? 1 + p : p
}

const sayEndSign = (): string => 'an end sign'

function judge({ marker, sighting, families }: Candidate, habit: number): Judged {
  if (marker.number === null) return { marker, p: marker.prior, why: sayEndSign }
  let best: Company | null = null
  for (const membership of families) {
    const company = companyIn(membership, marker, sighting)
    if (best === null || company.weight > best.weight) best = company
  }
  const { weight, say } = best as Company
  const p = 1 / (1 + Math.exp(-Math.log(marker.prior / (1 - marker.prior)) - weight - HABIT * habitFor(marker, habit)))
  return { marker, p, why: say }
}

/** A lone `5/10` may be a mark also where all else is numbered, and a verse is a verse. */
function habitFor({ total, prior }: Marker, habit: number): number {
  return total !== null && (RATED_OF.has(total) || prior <= DOUBTED_PRIOR) ? 0 : habit
}

function companyIn({ members, share, widest }: Membership, marker: Marker, sighting: Sighting): Company {
  const alone =
    SAFE_FORMS.has(marker.form) || marker.openEnded ? ALONE_SAFE : marker.total === null ? ALONE_ITEM : ALONE_FRACTION
  const group = groupOf(members, marker.form)
  if (group.daily) return { weight: DAILY, say: () => 'its family counts days' }
  if (group.rated) return { weight: RATED, say: () => 'its family gives marks' }
  if (RUN_FORMS.has(marker.form) && !group.runs)
    return { weight: NO_RUN, say: () => 'such numbers count only in a run from 1 on' }
  const company = weighCompany(group.family, sighting, alone, widest)
  const weight = company.weight > 0 ? company.weight * share : company.weight
  return { weight: weight + coverage(group.family, marker), say: company.say }
}

/** What the share of the other numbers up to its total that are there speaks for a doubted marker. */
function coverage(family: Family, { number, total, prior }: Marker): number {
  if (number === null || total === null || prior > DOUBTED_PRIOR || number > total || family.size > total) return 0
  const others = family.size - 1
  return others < MIN_COVERED || (family.get(number)?.length ?? 0) > 1 ? 0 : (COVERED * others) / (total - 1)
}
