// The document pass: candidates of many posts of one author are grouped by form and total and accepted by the company
// they keep. A stray `3/7` numbers a thread two times in three; with a neighbouring number beside it nearly always.

import { findMarkers } from '../candidates/candidates.ts'
import { type Marker, type MarkerFinder, RUN_FORMS } from '../marker.ts'
import { type Company, type Family, RATED_OF, type Sighting, weighCompany } from './company.ts'
import {
  type Candidate,
  DOUBTED_PRIOR,
  groupOf,
  type Listed,
  listCandidates,
  type Membership,
  NONE_LISTED,
  type NumberedText,
  reach,
  SAFE_FORMS,
  type Styles,
} from './members.ts'

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

/** Below this a candidate stays text. */
const ACCEPT_P = 0.5
const SURE_END_P = 0.9
/** Log-odds of having no neighbour, by how much a form means by itself. Measured on posts outside threads. */
const ALONE_SAFE = -0.8
const ALONE_FRACTION = -2.2
const ALONE_ITEM = -4
/** What speaks against a number by itself weighs little where most numbers up to its total are there. */
const COVERED = 4
const MIN_COVERED = 3
/** A family counts days. */
const DAILY = -7
/**
 * Who numbers all else numbers this as well: log-odds where every post of the author bears a number, less where fewer
 * do.
 */
const HABIT = 2
/** What numbers posts only in a run, and stands in none. */
const NO_RUN = -9
/** A family whose numbers jump to and fro, or say what the words beside them say, gives marks. */
const RATED = -4

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
  const own = families[0]
  // Marks among marks of their total are no better numbers for what else is written so.
  const asked = own !== undefined && groupOf(own.members, marker.form).rated ? [own] : families
  for (const membership of asked) {
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
