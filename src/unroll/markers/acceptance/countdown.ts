// Numbers that run backwards where the order of the posts is known. `5. 4. 3. 2. 1.` in an author's own order counts
// down: it ranks things and numbers no posts. `4/4 3/4 2/4 1/4` on a page without times is a page with the newest post
// on top.
import { addTo } from '../../../grouping.ts'
import type { Form, Marker } from '../marker.ts'
import type { Acceptance } from './families.ts'

/** Falling numbers in a row that show the direction; among others it takes more. */
const LEAST_RUN = 3
const LEAST_RUN_AMONG_OTHERS = 4
/** Forms in which people rank. */
const RANKING: ReadonlySet<Form> = new Set<Form>([
  'n.',
  'n)',
  'n:',
  'n-',
  '#n',
  'keycap',
  'circled',
  'label n',
  'roman',
  'n',
  '~n~',
  'letter',
  'ordinal',
])

/**
 * @param sorted in the order in which the posts were written, as far as anybody knows
 * @param isTimed whether times say so, each another: then no form counts down but to rank
 */
export function refuseCountdowns(sorted: readonly Acceptance[], isTimed = false): readonly Acceptance[] {
  const refused = new Set<number>()
  const takes = isTimed ? ({ total }: Marker) => total === null : isRanking
  for (const places of groupByForm(sorted, takes)) {
    const least = countRises(sorted, places) === 0 ? LEAST_RUN : LEAST_RUN_AMONG_OTHERS
    for (const run of listFalls(sorted, places))
      if (run.length >= least && numberAt(sorted, run.at(-1)) === 1) for (const at of run) refused.add(at)
  }
  if (refused.size === 0) return sorted
  return sorted.map((acceptance, at) =>
    refused.has(at) ? { ...acceptance, marker: null, why: () => 'its family counts down' } : acceptance,
  )
}

/** Whether the numbers of threads on a page fall from top to bottom; from one thread to the next they may leap. */
export function runsBackwards(page: readonly Acceptance[]): boolean {
  const groups = groupByForm(page, (marker) => !isRanking(marker))
  if (groups.some((places) => countRises(page, places, 1) > 0)) return false
  return groups.some((places) => listFalls(page, places).some((run) => run.length >= LEAST_RUN))
}

function isRanking({ form, total }: Marker): boolean {
  return total === null && RANKING.has(form)
}

function groupByForm(
  sorted: readonly Acceptance[],
  takes: (marker: Marker) => boolean,
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  sorted.forEach(({ marker }, at) => {
    if (marker?.number == null || !takes(marker)) return
    addTo(groups, `${marker.form} ${marker.bracket} ${marker.total}`, at)
  })
  return [...groups.values()]
}

function numberAt(sorted: readonly Acceptance[], at: number | undefined): number | null {
  return sorted[at ?? -1]?.marker?.number ?? null
}

/** Steps upwards of no more than `most`. */
function countRises(sorted: readonly Acceptance[], places: readonly number[], most = Number.POSITIVE_INFINITY): number {
  return places.filter((at, k) => {
    const step = (numberAt(sorted, at) ?? 0) - (numberAt(sorted, places[k - 1]) ?? 0)
    return k > 0 && step > 0 && step <= most
  }).length
}

/** Runs of places whose numbers fall by one. */
function listFalls(sorted: readonly Acceptance[], places: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const at of places) {
    const run = runs.at(-1)
    const last = numberAt(sorted, run?.at(-1))
    if (run !== undefined && last !== null && numberAt(sorted, at) === last - 1) run.push(at)
    else runs.push([at])
  }
  return runs
}
