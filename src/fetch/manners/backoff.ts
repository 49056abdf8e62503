// How long to leave a host alone after it failed. Pure: randomness comes from outside.

/** The longest first pause; each further failure doubles it. */
const BASE_MS = 2_000
const CEILING_MS = 15 * 60_000
/** Failures in a row after which a host is left alone for a while, whatever else there is to ask of it. */
const CIRCUIT_FAILURES = 5
const CIRCUIT_PAUSE_MS = 30 * 60_000

/**
 * The pause after the `failures`-th failure in a row (from 1), ms: anything up to an exponential limit ("full jitter"),
 * so that many who failed together do not come back together. `random` is from [0, 1). A host's own wish counts
 * instead.
 */
export function backoffMs(failures: number, random: number, askedMs: number | null): number {
  if (askedMs !== null) return askedMs
  if (isCircuitOpen(failures)) return CIRCUIT_PAUSE_MS
  return Math.round(random * Math.min(BASE_MS * 2 ** failures, CEILING_MS))
}

/** Whether so many failures in a row mean that the host is down. */
export function isCircuitOpen(failures: number): boolean {
  return failures >= CIRCUIT_FAILURES
}
