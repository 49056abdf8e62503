// A crawl on a small disk: its floor stops it before the disk is full, with the exit code for that; when there is room
// again, the next run goes on to the end. Needs root for a file system of its own.
import { spawnSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_CODES } from '../../src/errors.ts'
import { note, nothingYet, sizeOf } from '../archive/torture/acknowledged.ts'
import { type Fault, findFaults } from '../archive/torture/check.ts'
import { childCommand, runFor } from '../archive/torture/child-process.ts'
import { mountDisk } from '../archive/torture/disk.ts'
import { pageUrls, startPageSite } from '../archive/torture/pages.ts'
import { writeSources } from '../archive/torture/scene.ts'

export interface FloorReport {
  readonly diskMib: number
  readonly floorMib: number
  /** Looks before the floor stopped the run, and all of them. */
  readonly looks: number
  readonly allLooks: number
  /** The least that was left free, bytes. */
  readonly leftFree: number
  readonly faults: readonly Fault[]
}

const DISK_MIB = 24
const FLOOR_MIB = 8
const LARGER_MIB = 400
/** Pages of some 25 KB each when compressed: more than the disk holds. */
const PAGES = 400
/** Between two looks at the disk. */
const WATCH_MS = 10

/** Null: this machine does not allow it. `dir` is an empty folder. */
export async function stopAtFloor(dir: string): Promise<FloorReport | null> {
  const disk = join(dir, 'disk')
  mkdirSync(disk)
  if (!mountDisk(disk, DISK_MIB)) return null
  const site = await startPageSite()
  try {
    return await crawlTwice(disk, writeSources(dir, pageUrls('big', PAGES)), site.port)
  } finally {
    spawnSync('umount', ['-l', disk])
    await site.close()
  }
}

async function crawlTwice(disk: string, sources: string, port: number): Promise<FloorReport> {
  const archive = join(disk, 'archive')
  const command = childCommand('crawl', archive, '', String(port), sources, String(FLOOR_MIB))
  let leftFree = Number.POSITIVE_INFINITY
  const watch = setInterval(() => {
    const { bavail, bsize } = statfsSync(disk)
    leftFree = Math.min(leftFree, bavail * bsize)
  }, WATCH_MS)
  const stopped = await runFor(command, null)
  clearInterval(watch)
  const acked = nothingYet()
  note(stopped.lines, acked)
  const looks = sizeOf(acked)
  const faults = [...notEnded(stopped, 'diskFloor'), ...findFaults(archive, acked)]
  spawnSync('mount', ['-o', `remount,size=${LARGER_MIB}m`, disk])
  const finished = await runFor(command, null)
  note(finished.lines, acked)
  const missing: readonly Fault[] =
    acked.looks.size === PAGES ? [] : [{ kind: 'lost', say: `${acked.looks.size} of ${PAGES} pages were looked at` }]
  faults.push(...notEnded(finished, 'ok'), ...missing, ...findFaults(archive, acked))
  return { diskMib: DISK_MIB, floorMib: FLOOR_MIB, looks, allLooks: sizeOf(acked), leftFree, faults }
}

function notEnded(run: { code: number | null; err: string }, name: 'diskFloor' | 'ok'): readonly Fault[] {
  const expected = EXIT_CODES[name].code
  return run.code === expected ? [] : [{ kind: 'other', say: `ended with ${run.code}, not ${expected}: ${run.err}` }]
}
