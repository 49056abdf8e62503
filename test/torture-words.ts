// What a torture found, in the words of what was promised: one line a promise, the count of what went wrong first.
import type { Fault, FaultKind } from './archive/torture/check.ts'
import type { CrowdReport } from './archive/torture/crowd.ts'
import type { DiskReport } from './archive/torture/disk.ts'
import type { FlipReport } from './archive/torture/flips.ts'
import type { KillReport } from './archive/torture/kills.ts'
import type { MergeReport } from './archive/torture/merging.ts'
import type { PowerReport } from './archive/torture/power.ts'
import type { RebuildReport } from './archive/torture/rebuilding.ts'
import type { FloorReport } from './crawl/floor.ts'
import type { TortureReport as CrawlReport } from './crawl/torture.ts'
import type { OrderReport } from './real/order.ts'

/** Share of the flips that verify must find. */
const FOUND = 0.99

export interface Told {
  readonly line: string
  readonly isWell: boolean
  /** Everything that was wrong, and what stands behind the line. */
  readonly faults: readonly string[]
}

export function tellKills({ kills, byDeed, ended, acknowledged, faults }: KillReport): Told {
  const deeds = Object.entries(byDeed).map(([deed, times]) => `${deed} ${times}`)
  const done = ended === 0 ? '' : `, ${ended} of them after the end`
  return tell(
    `${kills} × kill -9 during ${deeds.join(', ')}${done}: ${countLost(faults)} of ${acknowledged} acknowledged lost, ${count(faults, 'partial')} partial threads, ${sayIntegrity(faults)}`,
    faults,
  )
}

export function tellPower(report: PowerReport | null): Told {
  if (report === null) return skipped('power loss', 'there is no strace on this machine')
  const { cuts, calls, syncs, unsynced, faults } = report
  return tell(
    `power-loss model, ${cuts} cuts in ${calls} recorded calls with ${syncs} syncs, ${unsynced} of them beside writes that were not synced: ${countLost(faults) + count(faults, 'partial')} lost, ${count(faults, 'damaged')} corrupt`,
    faults,
  )
}

export function tellFlips(report: FlipReport): Told {
  const { flips, inDatabase, inWarc, found, changing, foundChanging, servedSilently } = report
  const { recovered, missed, lostByRecover, inBackup, foundInBackup } = report
  const isFound = found >= flips * FOUND && foundChanging >= changing * FOUND && foundInBackup === inBackup
  return {
    line: `${flips} single bit flips (${inDatabase} in the database, ${inWarc} in WARC files): ${percent(found, flips)} found by verify, ${percent(foundChanging, changing)} of the ${changing} that changed something; ${servedSilently} served silently; recover, tried on ${recovered}, lost ${lostByRecover.length} other rows; of ${inBackup} in a backup ${percent(foundInBackup, inBackup)} found`,
    isWell: isFound && servedSilently === 0 && lostByRecover.length === 0,
    faults: [...missed.map((place) => `not found: ${place}`), ...lostByRecover],
  }
}

export function tellOrder({ rounds, captures, runs, same, faults }: OrderReport): Told {
  return {
    line: `${captures} captures in any order in ${runs} runs: the findings of all at once and of a rebuild in ${same} of ${rounds} rounds`,
    isWell: faults.length === 0,
    faults,
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}

export function tellDisks({ tries, byFault, skipped: left, stopped, acknowledged, faults }: DiskReport): Told {
  const kinds = Object.entries(byFault).map(([fault, times]) => `${fault} ${times}`)
  return tell(
    `ENOSPC and EIO, ${tries - left} tries (${kinds.join(', ')}), ${left} not possible here: ${stopped} clear stops with exit code 9, ${count(faults, 'other')} others, ${countLost(faults) + count(faults, 'partial')} of ${acknowledged} acknowledged lost, ${count(faults, 'damaged')} damaged; the next run goes on`,
    faults,
  )
}

export function tellCrowd(report: CrowdReport): Told {
  const { minutes, adds, crawls, waits, reads, slowestReadMs, walPeakBytes, acknowledged, faults } = report
  const read = Object.values(reads).reduce((sum, times) => sum + times, 0)
  const peak = (walPeakBytes / 1e6).toFixed(1)
  return tell(
    `two writers (${adds} adds, ${crawls} crawls, ${waits} waits for the lock) and three readers (${read} commands, the slowest ${slowestReadMs} ms) for ${minutes} minutes: ${count(faults, 'busy')} BUSY reached a person, WAL file at most ${peak} MB, ${countLost(faults)} of ${acknowledged} acknowledged lost, ${sayIntegrity(faults)}`,
    faults,
  )
}

export function tellRebuild(report: RebuildReport): Told {
  const { captures, runs, posts, threads, conversations, rows, before, after, torn, told, seconds } = report
  const isSame = before === after
  const isTold = told.length === 1
  return {
    line: `rebuild of ${captures} captures (${runs} runs, ${posts} posts, ${threads} threads, ${conversations} discussions) in ${seconds.rebuilding.toFixed(0)} s, the last record cut to ${torn} bytes${isTold ? ' and named' : ' AND NOT NAMED'}: the digest over ${rows} ordered rows of facts and findings is ${isSame ? 'equal' : 'NOT EQUAL'} (${after.slice(0, 16)})`,
    isWell: isSame && isTold && report.faults.length === 0,
    faults: [...report.differing.map((table) => `other rows in ${table}`), ...report.faults],
  }
}

export function tellMerge({ rounds, archives, kills, repeats, rows, same, faults }: MergeReport): Told {
  return tell(
    `merge law, ${rounds} rounds of random archives (${archives} in all, ${rows} rows), shuffled, ${repeats} repeats, ${kills} kills in the middle: one digest in ${same} of ${rounds}`,
    faults,
  )
}

export function tellCrawl({ kills, ended, acknowledged, captures, faults }: CrawlReport): Told {
  return {
    line: `${kills} × kill -9 of a crawl at random points, ${ended} ended before: ${faults.length} faults in ${acknowledged} acknowledged looks (none lost, none fetched twice after its commit), every WARC of ${captures} captures re-read whole against the index, integrity_check, all URLs done at the end`,
    isWell: faults.length === 0,
    faults,
  }
}

export function tellFloor(report: FloorReport | null): Told {
  if (report === null) return skipped('the floor of a crawl', 'this machine mounts no file system')
  const { diskMib, floorMib, looks, allLooks, leftFree, faults } = report
  return tell(
    `ENOSPC on a tmpfs of ${diskMib} MiB: the floor of ${floorMib} MiB stopped the crawl first, after ${looks} looks, with ${(leftFree / 1e6).toFixed(1)} MB free at the least; with room again all ${allLooks} were done`,
    faults,
  )
}

function tell(line: string, faults: readonly Fault[]): Told {
  return { line, isWell: faults.length === 0, faults: faults.map(({ kind, say }) => `${kind}: ${say}`) }
}

function skipped(what: string, why: string): Told {
  return { line: `${what}: not tried, ${why}`, isWell: true, faults: [] }
}

function count(faults: readonly Fault[], kind: FaultKind): number {
  return faults.filter((fault) => fault.kind === kind).length
}

function countLost(faults: readonly Fault[]): number {
  return count(faults, 'lost')
}

function sayIntegrity(faults: readonly Fault[]): string {
  const damaged = count(faults, 'damaged') + count(faults, 'other')
  return damaged === 0 ? 'integrity ok, every WARC re-read whole against the index' : `${damaged} OTHER FAULTS`
}
