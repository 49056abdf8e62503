// Kills -9 at random moments of everything that writes: add, crawl, rebuild, merge, migrate, backup, redact, refresh.
// After each the archive is looked at closely. (A crawl that is killed again and again on its way:
// test/crawl/torture.ts.)
import { join } from 'node:path'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { note, sizeOf } from './acknowledged.ts'
import { type Fault, findFaults, within } from './check.ts'
import { childCommand, drawEnd, type End, runFor } from './child-process.ts'
import { migrationFaults } from './migrating.ts'
import { startPageSite } from './pages.ts'
import { argumentsOf, backupFaults, closeScene, openScene, type Scene } from './scene.ts'

export interface KillReport {
  readonly kills: number
  readonly byDeed: Readonly<Record<string, number>>
  /** Of these, how many had come to an end before they were killed. */
  readonly ended: number
  /** Captures, looks and threads that a child had acknowledged. */
  readonly acknowledged: number
  readonly faults: readonly Fault[]
}

const DEEDS = ['add', 'crawl', 'rebuild', 'merge', 'migrate', 'backup', 'redact', 'refresh'] as const
type Deed = (typeof DEEDS)[number]

/** A child is killed after at most so many things that it acknowledged, and so many ms. */
const MOST_LINES = 12
const LATEST_KILL_MS = 700
/** Kills in one archive; then another begins. */
const KILLS_AN_ARCHIVE = 24

/** `random` is from [0, 1); `dir` is an empty folder. */
export async function killOften(dir: string, kills: number, random: () => number): Promise<KillReport> {
  const site = await startPageSite()
  const faults: Fault[] = []
  const byDeed: Record<string, number> = {}
  const tally = { ended: 0, acknowledged: 0 }
  for (let from = 0; from < kills; from += KILLS_AN_ARCHIVE) {
    const scene = await openScene(join(dir, String(from)), site.port)
    for (let kill = from; kill < Math.min(from + KILLS_AN_ARCHIVE, kills); kill++) {
      const deed = DEEDS[kill % DEEDS.length]!
      byDeed[deed] = (byDeed[deed] ?? 0) + 1
      const { found, isEnded } = await killOnce(scene, deed, String(kill), drawEnd(random, MOST_LINES, LATEST_KILL_MS))
      if (isEnded) tally.ended++
      faults.push(...within(`kill ${kill} (${deed})`, found))
    }
    tally.acknowledged += sizeOf(scene.acked)
    faults.push(...within(`after ${KILLS_AN_ARCHIVE} kills from ${from}`, await closeScene(scene)))
  }
  await site.close()
  return { kills, byDeed, ...tally, faults }
}

async function killOnce(
  scene: Scene,
  deed: Deed,
  seed: string,
  end: End,
): Promise<{ readonly found: readonly Fault[]; readonly isEnded: boolean }> {
  const command = childCommand(
    deed,
    scene.dir,
    `${scene.name}-${seed}`,
    ...argumentsOf(scene, deed, `${scene.name}-${seed}`),
  )
  const { lines, code, err } = await runFor(command, end)
  const rest = note(lines, scene.acked)
  const isEnded = code !== null
  const unclear: Fault[] = isEnded && code !== 0 ? [{ kind: 'other', say: `ended with code ${code}: ${err}` }] : []
  return { found: [...unclear, ...findFaults(scene.dir, scene.acked), ...faultsOf(scene, deed, rest)], isEnded }
}

function faultsOf(scene: Scene, deed: Deed, lines: readonly string[]): readonly Fault[] {
  if (deed === 'migrate') return migrationFaults(scene.dir, lines)
  if (deed === 'backup' && lines.some((line) => line.startsWith('backup'))) return backupFaults(scene)
  if (deed === 'redact') return lines.flatMap((line) => unredacted(scene, line.split(' ')[1] ?? ''))
  return []
}

/** What was asked out and acknowledged must stay out. */
function unredacted({ dir }: Scene, post: string): readonly Fault[] {
  const reader = openArchiveReader(dir)
  const isKnown = reader.redactionOf(post) !== null && reader.tracePost(post) === null
  reader.close()
  return isKnown ? [] : [{ kind: 'lost', say: `the redaction of ${post} was acknowledged and is not there` }]
}
