// The law of merging under torture: random archives that overlap, merged in shuffled orders, some of them twice, with
// kills -9 in the middle. All that comes of the same archives has one digest.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { mergeArchives } from '../../../src/pipeline/merge.ts'
import { readCapture, storePending } from '../../../src/pipeline/pipeline.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { differingTables, digestTables, NOT_FROM_WARC, type TableDigests } from '../rows.ts'
import { type Fault, problemsOf, within } from './check.ts'
import { childCommand, runFor, runToEnd } from './child-process.ts'
import { makePage } from './pages.ts'
import { captureAt } from './years.ts'

export interface MergeReport {
  readonly rounds: number
  readonly archives: number
  /** Merges that were killed on their way and run again. */
  readonly kills: number
  /** Merges of an archive that was in already. */
  readonly repeats: number
  readonly rows: number
  /** Rounds whose outcomes had one digest. */
  readonly same: number
  readonly faults: readonly Fault[]
}

const MOST_ARCHIVES = 4
const MOST_RUNS = 3
const MOST_CAPTURES = 8
/** Archives draw from so many captures: some have the same. */
const POOL = 60
/** Some of the pages that are threads may be asked out of an archive. */
const THREADS = 8
const REDACTED_SHARE = 0.25
const LATEST_KILL_MS = 500
const signal = new AbortController().signal
/** The merging itself is a run too; it is not what was merged. */
const MERGED = {
  runs: "command <> 'merge'",
  events: "run_key NOT IN (SELECT key FROM runs WHERE command = 'merge')",
  warc_files: "key NOT IN (SELECT warc_file_key FROM runs WHERE command = 'merge')",
}

/** A record in the place of a redacted one is made at each merge; those behind it move. */
const PLACES = ['warc_offset', 'warc_length']
const LEFT_OUT = { ...NOT_FROM_WARC, runs: PLACES, captures: PLACES, events: PLACES, warc_files: ['closed_bytes'] }

/** `dir` is an empty folder. */
export async function tortureMerge(dir: string, rounds: number, random: () => number): Promise<MergeReport> {
  const tally = { archives: 0, kills: 0, repeats: 0, rows: 0, same: 0 }
  const faults: Fault[] = []
  for (let round = 0; round < rounds; round++) {
    const folder = join(dir, String(round))
    mkdirSync(folder)
    const archives = await makeArchives(folder, random)
    tally.archives += archives.length
    const straight = join(folder, 'straight')
    await mergeArchives(straight, archives, { now: () => new Date(), version: 'torture', signal })
    const shuffled = join(folder, 'shuffled')
    await mergeShuffled(shuffled, archives, random, tally)
    const [expected, found] = [straight, shuffled].map(digestOf) as [TableDigests, TableDigests]
    const differing = differingTables(expected, found)
    if (differing.length === 0) tally.same++
    tally.rows += Object.values(found).reduce((sum, { rows }) => sum + rows, 0)
    const say = `other rows of ${differing.join(', ')}`
    const others: readonly Fault[] = differing.length === 0 ? [] : [{ kind: 'other', say }]
    const damaged = problemsOf(shuffled).map(
      ({ where, what }): Fault => ({ kind: 'damaged', say: `${where}: ${what}` }),
    )
    faults.push(...within(`round ${round}`, [...others, ...damaged]))
    rmSync(folder, { recursive: true, force: true })
  }
  return { rounds, ...tally, faults }
}

async function makeArchives(folder: string, random: () => number): Promise<readonly string[]> {
  const upTo = (most: number): number => 1 + Math.floor(random() * most)
  const archives: string[] = []
  for (let n = 0; n < 1 + upTo(MOST_ARCHIVES - 1); n++) {
    const archive = join(folder, `archive${n}`)
    const pages = Array.from({ length: upTo(MOST_RUNS) }, () =>
      Array.from({ length: upTo(MOST_CAPTURES) }, () => Math.floor(random() * POOL)),
    )
    fill(archive, pages)
    const victim = pages.flat().find((at) => at % 20 < THREADS)
    if (victim !== undefined && random() < REDACTED_SHARE)
      await redactFromArchive(archive, makePage(`years-${victim}`).thread, 'torture', {
        now: () => new Date(),
        version: 'torture',
      })
    archives.push(archive)
  }
  return archives
}

function fill(archive: string, runs: readonly (readonly number[])[]): void {
  const writer = openArchiveWriter(archive, { now: () => new Date(), version: 'torture' })
  const reader = openArchiveReader(archive)
  for (const pages of runs) {
    const run = writer.beginRun({ command: 'add', options: { pages } })
    for (const at of pages) {
      const capture = captureAt(at)
      const row = writer.appendCapture(capture, run)
      const { extraction, adapter } = readCapture(capture)
      writer.storeExtraction(row.id, extraction, adapter)
    }
    storePending(writer)
    writer.endRun(run)
  }
  reader.close()
  writer.close()
}

/** One at a time, in any order, some twice; each merge is killed at a random moment, then run to its end. */
async function mergeShuffled(
  target: string,
  archives: readonly string[],
  random: () => number,
  tally: { kills: number; repeats: number },
): Promise<void> {
  const repeated = archives.filter(() => random() < 0.5)
  tally.repeats += repeated.length
  for (const archive of shuffle([...archives, ...repeated], random)) {
    const { code } = await runFor(childCommand('merge-once', target, '', archive), {
      lines: 0,
      ms: random() * LATEST_KILL_MS,
    })
    if (code === null) tally.kills++
    await runToEnd('merge-once', target, '', archive)
  }
}

function shuffle<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function digestOf(dir: string): TableDigests {
  return digestTables(join(dir, 'archive.sqlite'), LEFT_OUT, MERGED)
}
