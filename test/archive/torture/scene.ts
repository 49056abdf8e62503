// An archive to be killed in, with others to merge, a backup, and posts that may be redacted; and what must hold of all
// of them when the killing is over.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { isUnfinished } from '../../../src/archive/copies/manifest.ts'
import { type Acknowledged, note, nothingYet, stemOf } from './acknowledged.ts'
import { type Fault, findFaults, problemsOf, within } from './check.ts'
import { runToEnd } from './child-process.ts'
import { makePage, pageUrls } from './pages.ts'

export interface Scene {
  readonly folder: string
  /** Its pages are called by it, so that no two scenes have one. */
  readonly name: string
  readonly dir: string
  readonly others: readonly string[]
  readonly backup: string
  readonly acked: Acknowledged
  /** Of the other archives, from before they were merged. */
  readonly ackedElsewhere: Acknowledged
  /** Threads whose first post a redaction may take. */
  readonly prey: string[]
  /** Of the site that crawls are led to. */
  readonly port: number
}

const PAGES_AT_FIRST = 12
const OTHERS = 3
/** Pages of one crawl: more than it gets to before it is killed. */
const PAGES_A_CRAWL = 200
const REDACTIONS = 3

export async function openScene(folder: string, port: number): Promise<Scene> {
  mkdirSync(folder, { recursive: true })
  const name = basename(folder)
  const [acked, ackedElsewhere] = [nothingYet(), nothingYet()]
  const names = ['archive', ...Array.from({ length: OTHERS }, (_, at) => `other${at}`)]
  for (const one of names) {
    const lines = await runToEnd('add', join(folder, one), `first-${one}-${name}`, String(PAGES_AT_FIRST))
    note(lines, one === 'archive' ? acked : ackedElsewhere)
  }
  // Every fifth page is one that was there before.
  const pages = Array.from({ length: PAGES_AT_FIRST }, (_, at) => at).filter((at) => at % 5 !== 4)
  return {
    ...{ folder, name, port, acked, ackedElsewhere },
    dir: join(folder, 'archive'),
    others: names.slice(1).map((one) => join(folder, one)),
    backup: join(folder, 'backup'),
    prey: pages.map((at) => makePage(`first-archive-${name}-${at}`).thread),
  }
}

/**
 * What a deed needs to know beyond the archive. A redaction takes its prey, and their threads are not whole any more.
 */
export function argumentsOf(scene: Scene, deed: string, seed: string): readonly string[] {
  if (deed === 'merge') return scene.others
  if (deed === 'backup') return [scene.backup]
  if (deed === 'crawl') return [String(scene.port), writeSources(scene.folder, pageUrls(seed, PAGES_A_CRAWL))]
  if (deed !== 'redact') return []
  const taken = scene.prey.splice(0, REDACTIONS)
  for (const id of taken) scene.acked.spared.add(stemOf(id))
  return taken
}

/**
 * What was killed is done to its end: the archive takes in all others, the backup is whole, and nobody lost anything.
 */
export async function closeScene({
  folder,
  dir,
  acked,
  ackedElsewhere,
  backup,
  others,
}: Scene): Promise<readonly Fault[]> {
  const own = others.flatMap((other) => within(basename(other), findFaults(other, nothingYet())))
  await runToEnd('merge-once', dir, 'last', ...others)
  const united = { ...acked, captures: new Map([...acked.captures, ...ackedElsewhere.captures]) }
  const merged = findFaults(dir, united)
  await backupArchive(dir, backup)
  const copied = problemsOf(backup).map(({ where, what }): Fault => ({ kind: 'damaged', say: `${where}: ${what}` }))
  rmSync(folder, { recursive: true, force: true })
  return [...own, ...within('merged', merged), ...within('backup', copied)]
}

/** A killed backup says that it is half, or is the one before; the next makes it whole. Looked at as it lies. */
export function backupFaults({ backup }: Scene): readonly Fault[] {
  if (isUnfinished(backup)) return []
  const copy = `${backup}-looked-at`
  cpSync(backup, copy, { recursive: true })
  const problems = problemsOf(copy)
  rmSync(copy, { recursive: true })
  return problems.map(({ where, what }) => ({ kind: 'damaged', say: `backup: ${where}: ${what}` }))
}

/** Returns the path of a sources file that asks for these pages once an hour. */
export function writeSources(folder: string, urls: readonly string[]): string {
  const path = join(folder, 'sources.toml')
  writeFileSync(path, `every = "1h"\n${urls.map((url) => `[[source]]\nurl = "${url}"\n`).join('')}`)
  return path
}
