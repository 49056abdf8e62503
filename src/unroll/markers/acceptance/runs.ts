// Forms that number posts only in a run: `1-7`, `3 Text`, `~3~`, `c)`, "Third,". One of them is a score, a sentence or
// an aside; three that count from 1 on, each once or in the order of the posts, are a thread's.

import type { Form } from '../marker.ts'
import { compareSightings, type Sighting } from './company.ts'

/** Numbers, from 1 on; more where each may be a result: `1-3`, `2-3`, `3-3`. */
const LEAST_RUN = 3
const LEAST_OF_TOTAL = 4
/** What may count anything, where it is out of order: "3 Dogs", "1 Cat", "2 Birds". */
const COUNTING: Form = 'n'
const LEAST_SHUFFLED = 4
/** `+2`, `+3`, `+4`: who adds to a post that has no number begins with the second. */
const ADDING: Form = '+n'
/** One number in so many may lack. */
const HOLES = 4
/** Share of the steps of a count that go on with it, where numbers stand several times. */
const IN_ORDER = 0.8

/** @param sightings of one author and this form, and of one total where they tell any */
export function isRun(sightings: readonly Sighting[], form: Form): boolean {
  const numbers = new Set(sightings.map(({ number }) => number))
  const highest = Math.max(...numbers)
  const least = sightings[0]?.total == null ? LEAST_RUN : LEAST_OF_TOTAL
  const isCount =
    numbers.size >= least &&
    (isAddition(numbers, form) || (numbers.has(1) && highest <= numbers.size * (1 + 1 / HOLES)))
  if (!isCount || sightings.some(({ number, total }) => total !== null && number > total)) return false
  const isOnce = numbers.size === sightings.length
  if (isOnce && (form !== COUNTING || numbers.size >= LEAST_SHUFFLED)) return true
  const sorted = [...sightings].sort(compareSightings)
  const steps = sorted.filter(({ number }, k) => number === 1 || isNext(number - (sorted[k - 1]?.number ?? 0)))
  return steps.length >= IN_ORDER * sorted.length
}

/** Of what may also be degrees or points, none may lack. */
function isAddition(numbers: ReadonlySet<number>, form: Form): boolean {
  return form === ADDING && numbers.has(2) && Math.max(...numbers) === numbers.size + 1
}

/** One number may be lost between two. */
function isNext(step: number): boolean {
  return step === 1 || step === 2
}
