// Kills -9 at random moments of everything that writes: add, rebuild, merge, backup, migrate, redact. (A crawl: test/crawl/torture.ts.)
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MIGRATIONS } from '../../../src/archive/migrations.ts'
import { checkArchive } from '../../../src/archive/verify.ts'
import { type Acknowledged, findFaults, note, nothingYet } from './check.ts'
import { makePage } from './pages.ts'

export interface KillReport {
  readonly kills: number
  readonly byDeed: Readonly<Record<string, number>>
  /** Captures and threads that a child had acknowledged. */
  readonly acknowledged: number
  readonly faults: readonly string[]
}

const DEEDS = ['add', 'rebuild', 'merge', 'backup', 'migrate', 'redact'] as const
type Deed = (typeof DEEDS)[number]

/** A child is killed at most this long after it began to work, ms. */
const LATEST_KILL_MS = 700
/** Kills in one archive; then it is looked at closely and another begins. */
const KILLS_AN_ARCHIVE = 24
const PAGES_AT_FIRST = 12
const OTHERS = 3

interface Scene {
  readonly dir: string
  readonly others: readonly string[]
  readonly backup: string
  readonly acked: Acknowledged
  /** Threads whose first post a redaction may take. */
  readonly prey: string[]
}

/** `random` is from [0, 1); `dir` is an empty folder. */
export async function killOften(dir: string, kills: number, random: () => number): Promise<KillReport> {
  const faults: string[] = []
  const byDeed: Record<string, number> = {}
  let acknowledged = 0
  let scene: Scene | null = null
  for (let kill = 0; kill < kills; kill++) {
    if (kill % KILLS_AN_ARCHIVE === 0) {
      acknowledged += scene === null ? 0 : closeScene(scene, faults)
      scene = await openScene(join(dir, String(kill)))
    }
    const deed = DEEDS[kill % DEEDS.length]!
    byDeed[deed] = (byDeed[deed] ?? 0) + 1
    const found = await killOnce(scene!, deed, String(kill), random() * LATEST_KILL_MS)
    faults.push(...found.map((fault) => `kill ${kill} (${deed}): ${fault}`))
  }
  acknowledged += scene === null ? 0 : closeScene(scene, faults)
  return { kills, byDeed, acknowledged, faults }
}

async function openScene(dir: string): Promise<Scene> {
  mkdirSync(dir, { recursive: true })
  const names = ['archive', ...Array.from({ length: OTHERS }, (_, at) => `other${at}`)]
  const acked = nothingYet()
  for (const name of names) {
    const lines = await runToEnd('add', join(dir, name), `first-${name}-${dir}`, String(PAGES_AT_FIRST))
    if (name === 'archive') note(lines, acked)
  }
  // Every fifth page is one that was there before.
  const pages = Array.from({ length: PAGES_AT_FIRST }, (_, at) => at).filter((at) => at % 5 !== 4)
  const prey = pages.map((at) => makePage(`first-archive-${dir}-${at}`).thread)
  const others = names.slice(1).map((name) => join(dir, name))
  return { dir: join(dir, 'archive'), others, backup: join(dir, 'backup'), acked, prey }
}

/** The close look; returns how much was acknowledged. */
function closeScene({ dir, acked, backup, others }: Scene, faults: string[]): number {
  faults.push(...findFaults(dir, acked))
  for (const other of others) faults.push(...findFaults(other, nothingYet()))
  rmSync(backup, { recursive: true, force: true })
  return acked.captures.size + acked.threads.size
}

async function killOnce(scene: Scene, deed: Deed, seed: string, ms: number): Promise<readonly string[]> {
  const rest = note(await liveFor(startChild(deed, scene.dir, seed, ...argumentsOf(scene, deed)), ms), scene.acked)
  const faults = findFaults(scene.dir, scene.acked, false)
  if (deed === 'migrate') return [...faults, ...migrationFaults(scene.dir, rest)]
  if (deed === 'backup' && rest.some((line) => line.startsWith('backup'))) return [...faults, ...backupFaults(scene)]
  return faults
}

function argumentsOf({ others, backup, prey }: Scene, deed: Deed): readonly string[] {
  if (deed === 'merge') return others
  if (deed === 'backup') return [backup]
  return deed === 'redact' ? prey.splice(0, 2) : []
}

/** A killed backup may be half; the next one must make it whole. Here: the copy as it lies is brought up to date elsewhere. */
function backupFaults({ backup }: Scene): readonly string[] {
  const copy = `${backup}-looked-at`
  cpSync(backup, copy, { recursive: true })
  const isHalf = existsSync(join(copy, 'archive.sqlite.part'))
  const problems = isHalf ? [] : [...checkArchive(copy)].flatMap((found) => ('ok' in found ? [] : [found]))
  rmSync(copy, { recursive: true })
  // Files that were copied after the manifest of the backup before are not in it yet: that is no damage.
  return problems
    .filter(({ what }) => what !== 'is not what the manifest says' && !what.startsWith('is not in the index'))
    .map(({ where, what }) => `backup: ${where}: ${what}`)
}

function migrationFaults(dir: string, lines: readonly string[]): readonly string[] {
  const path = join(dir, 'migrating.sqlite')
  if (!existsSync(path)) return []
  const told = Math.max(0, ...lines.map((line) => Number(line.split(' ')[1] ?? 0)))
  const db = new Database(path)
  const version = Number(db.pragma('user_version', { simple: true }))
  const steps = Number(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'step_*'").pluck().get())
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  db.close()
  if (version > MIGRATIONS.length + 30) for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  return [
    ...(version < told ? [`version ${told} was acknowledged, it is ${version}`] : []),
    ...(steps === Math.max(0, version - MIGRATIONS.length) ? [] : [`${steps} steps are there at version ${version}`]),
    ...(integrity === 'ok' ? [] : [integrity]),
  ]
}

export function startChild(deed: string, dir: string, seed: string, ...rest: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, 'child.ts')
  const args = ['--import', 'tsx', script, deed, dir, seed, ...rest]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

export async function runToEnd(
  deed: string,
  dir: string,
  seed: string,
  ...rest: readonly string[]
): Promise<readonly string[]> {
  return liveFor(startChild(deed, dir, seed, ...rest), null)
}

/** Whole lines of a child that is killed so long after its first word; null: it lives. */
async function liveFor(child: ChildProcess, ms: number | null): Promise<readonly string[]> {
  let text = ''
  await new Promise<void>((resolve) => {
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      if (text === '' && ms !== null) setTimeout(() => child.kill('SIGKILL'), ms)
      text += chunk
    })
    child.on('close', () => resolve())
  })
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'open')
}
