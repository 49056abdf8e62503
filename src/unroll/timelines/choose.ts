// Which runs are stated as threads: those that do not overlap and promise most threads right as a whole, each beside
// what a wrong one costs. A most likely arrangement would state whole threads that are right less often.
import type { LikelyRun } from './chain.ts'

/** @param least a run must be likelier than this @returns the chosen runs, earliest first */
export function chooseRuns(runs: readonly LikelyRun[], posts: number, least: number): readonly LikelyRun[] {
  const ending: LikelyRun[][] = Array.from({ length: posts }, () => [])
  for (const run of runs) if (run.p > least) ending[run.to]?.push(run)
  const best = new Float64Array(posts + 1)
  const chosen: (LikelyRun | null)[] = Array(posts + 1).fill(null)
  for (let to = 0; to < posts; to++) {
    best[to + 1] = best[to] ?? 0
    for (const run of ending[to] ?? []) {
      const gain = (best[run.from] ?? 0) + run.p - least
      if (gain > (best[to + 1] ?? 0)) [best[to + 1], chosen[to + 1]] = [gain, run]
    }
  }
  return traceBack(chosen)
}

function traceBack(chosen: readonly (LikelyRun | null)[]): readonly LikelyRun[] {
  const found: LikelyRun[] = []
  for (let to = chosen.length - 1; to > 0; ) {
    const run = chosen[to] ?? null
    if (run === null) to--
    else {
      found.push(run)
      to = run.from
    }
  }
  return found.reverse()
}
