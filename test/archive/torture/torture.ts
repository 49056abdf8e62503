// Everything that may befall an archive, so many times each: kills, power cuts, flipped bits, bad disks. Used by the test (few)
// and by `npm run torture -- archive` (many).
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DiskReport, fillDisks } from './disk.ts'
import { type FlipReport, flipBits } from './flips.ts'
import { type KillReport, killOften, runToEnd } from './kills.ts'
import { cutPower, type PowerReport } from './power.ts'

export interface Rounds {
  readonly kills: number
  readonly cuts: number
  readonly flips: number
  readonly disks: number
}

/** Null: not asked for, or not to be had on this machine. */
export interface TortureReport {
  readonly kills: KillReport | null
  readonly power: PowerReport | null
  readonly flips: FlipReport | null
  readonly disks: DiskReport | null
}

/** Share of the flips that changed something which verify must find. */
const FOUND = 0.99
const PAGES_TO_FLIP = '10'

/** `dir` is an empty folder; `random` is from [0, 1). */
export async function tortureArchive(dir: string, rounds: Rounds, random: () => number): Promise<TortureReport> {
  const folder = (name: string): string => {
    mkdirSync(join(dir, name))
    return join(dir, name)
  }
  const flipped = join(dir, 'flips')
  if (rounds.flips > 0) await runToEnd('add', flipped, 'flips', PAGES_TO_FLIP)
  return {
    kills: rounds.kills > 0 ? await killOften(folder('kills'), rounds.kills, random) : null,
    power: rounds.cuts > 0 ? cutPower(folder('power'), rounds.cuts, random) : null,
    flips: rounds.flips > 0 ? await flipBits(flipped, rounds.flips, random) : null,
    disks: rounds.disks > 0 ? fillDisks(folder('disks'), rounds.disks, random) : null,
  }
}

export function isUnhurt({ kills, power, flips, disks }: TortureReport): boolean {
  const faults = [kills, power, disks].flatMap((report) => report?.faults ?? [])
  return faults.length === 0 && (flips === null || areFlipsFound(flips))
}

function areFlipsFound({ flips, harmless, found, servedSilently, lostByRecover }: FlipReport): boolean {
  return found >= (flips - harmless) * FOUND && servedSilently === 0 && lostByRecover === 0
}
