// fast-check as the tests use it: the same cases on every machine, so that a failure is the change's. `npm run torture`
// throws other dice (LAW_SEED) and more of them (LAW_CASES).
import fc from 'fast-check'

/** Any number: it chooses which cases `npm test` looks at. */
const SEED = 20_261_123

fc.configureGlobal({ seed: Number(process.env['LAW_SEED'] ?? SEED) })

/** For laws whose cases take long. */
export const LAW_TIMEOUT_MS = Number(process.env['LAW_TIMEOUT_MS'] ?? 600_000)

/** How many cases of a law to look at. */
export function lawCases(usual: number): number {
  return Number(process.env['LAW_CASES'] ?? usual)
}

export default fc
