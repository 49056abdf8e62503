// The evidence of an inferred link as people read it. The terms are the model's own; the last one is what the rivals
// and the calibration make of their sum, so that all of them add up to the log-odds of the probability.
import type { Evidence, Link } from '../../../model.ts'
import { logOdds } from '../../given/replies.ts'
import { type Bag, NONE } from '../../solve/bag.ts'
import { reachOf, reportJoin } from '../../solve/score/joins.ts'
import { STRUCTURE } from '../../solve/score/structure.ts'
import { tallyPair } from '../evidence.ts'
import type { Tally } from '../tally.ts'
import { listTerms, pickHeaviest, type Term, type Weights } from '../weights/weigh.ts'
import { tallyCompany } from '../words/word-signals.ts'
import { phraseFor } from './phrases.ts'

/** Terms shown one by one; the rest are summed. A table a person can argue with is short. */
const MOST_TERMS = 6
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Equal terms are one object, by kind, clause and weight: a million links repeat the same few thousand sentences. */
export type EvidencePool = Map<string, Map<string, Map<number, Evidence>>>

/** A solved bag, and by what it was solved. */
interface Arrangement {
  readonly bag: Bag
  /** By post: the one before it, or NONE. */
  readonly previous: Int32Array
  readonly weights: Weights
  readonly pool: EvidencePool
}

/** The link to j from the post before it. */
export function explainLink({ bag, previous, weights, pool }: Arrangement, j: number, probability: number): Link {
  const i = previous[j] ?? NONE
  const terms = listTerms(weights, MOST_TERMS, (tally) => describeLink(bag, previous, j, tally))
  const p = round(probability, 10_000)
  return showTerms(terms, (kind) => sayTerm(bag, i, j, kind), p, pool)
}

/** A link of a long timeline, whose signals are weighed already. */
export function explainShares(shares: ReadonlyMap<string, number>, probability: number, pool: EvidencePool): Link {
  const terms = pickHeaviest(shares, MOST_TERMS)
  return showTerms(terms, (kind) => phraseFor(kind) ?? kind.replaceAll('-', ' '), round(probability, 10_000), pool)
}

function showTerms(terms: readonly Term[], say: (kind: string) => string, p: number, pool: EvidencePool): Link {
  const shown = terms.map(({ kind, weight }) => share(pool, kind, say(kind), round(weight, 100)))
  const sum = shown.reduce((total, term) => total + term.weight, 0)
  const rest = share(pool, 'rivals', SAY_REST, round(logOdds(p) - sum, 10_000))
  return { basis: 'inferred', p, evidence: [...shown, rest] }
}

/** Every signal of the one step to j, given the posts before it. */
function describeLink(bag: Bag, previous: Int32Array, j: number, tally: Tally): void {
  const { window } = reachOf(bag)
  const left: number[] = []
  for (let at = previous[j] ?? NONE; at !== NONE && left.length < window; at = previous[at] ?? NONE) left.unshift(at)
  reportJoin(
    bag,
    left,
    { posts: [j], closed: false },
    {
      allows: () => true,
      structure: (signal, value) => tally(STRUCTURE[signal] ?? '', value),
      pair: (a, b) => tallyPair(bag, a, b, tally),
      opening: () => undefined,
      closing: () => undefined,
      company: (member, post, part) => tallyCompany(bag, member, post, (signal, value) => tally(signal, value * part)),
    },
  )
}

const SAY_REST = 'smaller signals, rivals for the same place, and calibration'

function share(pool: EvidencePool, kind: string, say: string, weight: number): Evidence {
  const byWeight = reach(reach(pool, kind), say)
  const known = byWeight.get(weight)
  if (known !== undefined) return known
  const made = { kind, say, weight }
  byWeight.set(weight, made)
  return made
}

function reach<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const made = new Map<K, V>()
  maps.set(key, made)
  return made
}

/** @param unit 100 for hundredths */
function round(value: number, unit: number): number {
  return Math.round(value * unit) / unit
}

const NUMBER_SIGNAL = /^(?:run|bridge|long-bridge|half-total|other-total|other-form)-/

function sayTerm(bag: Bag, i: number, j: number, kind: string): string {
  const phrase = phraseFor(kind)
  if (phrase !== null) return phrase
  if (NUMBER_SIGNAL.test(kind)) return `${sayMarker(bag, i)} → ${sayMarker(bag, j)}${sayKinship(bag, i, j)}`
  if (kind.startsWith('time-')) return sayTime((bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN), kind)
  if (kind.startsWith('page-')) return sayPage((bag.page[j] ?? 0) - (bag.page[i] ?? 0), kind)
  return kind.replaceAll('-', ' ')
}

function sayMarker(bag: Bag, at: number): string {
  const [n = NONE, total = NONE] = [bag.number[at], bag.total[at]]
  if (n === NONE) return 'no number'
  return total === NONE ? String(n) : `${n}/${total}`
}

function sayKinship(bag: Bag, i: number, j: number): string {
  const form = bag.form[i] === bag.form[j] ? ', same form' : ', another form'
  if (bag.total[i] === NONE || bag.total[j] === NONE) return form
  return `${form}, ${bag.total[i] === bag.total[j] ? 'same total' : 'another total'}`
}

function sayTime(ms: number, kind: string): string {
  if (Number.isNaN(ms)) return kind.replaceAll('-', ' ')
  const seconds = Math.abs(ms) / 1000
  const [size, unit] =
    seconds < 2 * MINUTE
      ? [seconds, 's']
      : seconds < 2 * HOUR
        ? [seconds / MINUTE, 'min']
        : seconds < 2 * DAY
          ? [seconds / HOUR, 'h']
          : [seconds / DAY, 'days']
  return `${Math.round(size)} ${unit} ${ms < 0 ? 'earlier' : 'later'}`
}

/**
 * Three signals of one place, whose weights differ: that it is near, how far this page keeps threads together, and that
 * it does.
 */
function sayPage(far: number, kind: string): string {
  const place = far === 1 ? 'next on the page' : `${far} posts further on the page`
  if (kind.endsWith('-in-runs')) return `${place}, as far as numbers run on there`
  return kind.endsWith('-on-tidy-page') ? `${place}, where one thread stands after the other` : place
}
