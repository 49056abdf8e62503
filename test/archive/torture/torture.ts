// Everything that may befall an archive, so many times each: kills, power cuts, flipped bits, bad disks. Used by the
// test (few) and by `npm run torture -- archive` (many).
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Told, tellDisks, tellFlips, tellKills, tellPower } from '../../torture-words.ts'
import { runToEnd } from './child-process.ts'
import { failDisks } from './disk.ts'
import { flipBits } from './flips.ts'
import { killOften } from './kills.ts'
import { makePage, pageUrls, startPageSite } from './pages.ts'
import { cutPower } from './power.ts'
import { writeSources } from './scene.ts'

/** How often each; 0 leaves it out. */
export interface Rounds {
  readonly kills: number
  readonly cuts: number
  readonly flips: number
  readonly disks: number
}

const PAGES_TO_FLIP = 10

/** One line a part, as each comes to its end. `dir` is an empty folder; `random` is from [0, 1). */
export async function* tortureArchive(dir: string, rounds: Rounds, random: () => number): AsyncGenerator<Told> {
  const folder = (name: string): string => {
    mkdirSync(join(dir, name))
    return join(dir, name)
  }
  const { kills, cuts, flips, disks } = rounds
  if (kills > 0) yield tellKills(await killOften(folder('kills'), kills, random))
  if (cuts > 0) yield tellPower(await cutPower(folder('power'), cuts, random))
  if (flips > 0) yield tellFlips(await flipBits(await prepareFlips(folder('flips')), flips, random))
  if (disks > 0) yield tellDisks(await failDisks(folder('disks'), disks, random))
}

/** Pages that were added, crawled, and one that was redacted: rows of every kind. */
async function prepareFlips(folder: string): Promise<string> {
  const archive = join(folder, 'archive')
  const site = await startPageSite()
  await runToEnd('add', archive, 'flips', String(PAGES_TO_FLIP))
  await runToEnd('crawl', archive, '', String(site.port), writeSources(folder, pageUrls('flips', PAGES_TO_FLIP)))
  await runToEnd('redact', archive, '', makePage('flips-0').thread)
  await site.close()
  return archive
}
