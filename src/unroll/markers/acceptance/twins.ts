// Numbers on both sides of a post: `1/5 … (1/5)`, `3/ … 3/7`, `1. … (1/7)` on the first of them. One counts, the one
// that tells more; the other says the same and leaves the text with it. Whether either is believed is decided before
// (families.ts).

import type { Marker } from '../marker.ts'
import type { Acceptance } from './families.ts'

/** Posts whose two numbers agree, from which on it is a habit and no chance. */
const LEAST_TWINS = 2

/** @param acceptances of one author */
export function pairTwins(acceptances: readonly Acceptance[]): readonly Acceptance[] {
  const twins = acceptances.map(findTwin)
  const found = twins.filter((twin) => twin !== null)
  if (found.length === 0) return acceptances
  const isHabit = found.length >= LEAST_TWINS
  return acceptances.map((acceptance, at) => {
    const { marker } = acceptance
    const twin = twins[at] ?? null
    if (marker === null || twin === null || !(isHabit || saysAll(marker, twin) || tellsTotal(twin))) return acceptance
    return marker.total === null && twin.total !== null
      ? { ...acceptance, marker: twin, twin: marker }
      : { ...acceptance, twin }
  })
}

/** A candidate at the other end of the post that gives it the same number. */
function findTwin({ marker, candidates }: Acceptance): Marker | null {
  if (marker === null || marker.number === null || candidates.length < 2) return null
  return candidates.find((one) => one !== marker && isTwin(marker, one)) ?? null
}

function isTwin(marker: Marker, other: Marker): boolean {
  const isApart = other.end <= marker.start || other.start >= marker.end
  // `Part 1, 1/5`: two counts, which agree by chance.
  const isPart = marker.place === other.place && (marker.form === 'part n' || other.form === 'part n')
  const isCounted = marker.total === other.total || marker.total === null || other.total === null
  return isApart && !isPart && other.number === marker.number && isCounted
}

/** Who counts `1.` `2.` `3.` may tell on the first post how many there will be. */
function tellsTotal({ number, total, bracket }: Marker): boolean {
  return bracket !== '' && number === 1 && total !== null && total > 2
}

function saysAll(marker: Marker, twin: Marker): boolean {
  return marker.total !== null && marker.total === twin.total
}
