// The law of findings over captures that other people published: whatever their order, and in however many runs they
// come, the findings are those of unrolling all of them at once, and of a rebuild.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Capture } from '../../src/model.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { addRun, findingsOf, unrollAll } from '../archive/at-once.ts'
import { differingTables } from '../archive/rows.ts'
import { makeOptions } from '../archive/samples.ts'
import { capturesOf, kindsOfCaptures } from './captures.ts'

export interface OrderReport {
  readonly rounds: number
  readonly captures: number
  readonly runs: number
  /** Rounds whose three outcomes were one. */
  readonly same: number
  /** What differed, and in which captures. */
  readonly faults: readonly string[]
}

const KINDS = 2
/** Captures of one kind that lie beside each other: often one account's, or one thread's. */
const NEIGHBOURS = 6
const MOST_RUNS = 4
const MOST_BYTES = 250_000
const signal = new AbortController().signal

export async function tortureOrder(dir: string, rounds: number, random: () => number): Promise<OrderReport> {
  const kinds = kindsOfCaptures().map((kind) => () => smallOf(kind))
  const faults: string[] = []
  let [captures, runs] = [0, 0]
  for (let round = 0; kinds.length > 0 && round < rounds; round++) {
    const folder = join(dir, `round${round}`)
    mkdirSync(folder)
    const drawn = shuffled(
      Array.from({ length: KINDS }, () => neighbours(pick(kinds, random)(), random)).flat(),
      random,
    )
    const parts = splitUp(drawn.map(capturedInTurn), random)
    const differing = await compareOutcomes(join(folder, 'archive'), parts)
    if (differing.length > 0) faults.push(`${differing.join(', ')}: ${parts.map(namesOf).join(' | ')}`)
    captures += drawn.length
    runs += parts.length
    rmSync(folder, { recursive: true })
  }
  return { rounds, captures, runs, same: rounds - faults.length, faults }
}

function capturedInTurn(capture: Capture, at: number): Capture {
  return { ...capture, capturedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() }
}

/** Names of tables that are not the same bit by bit, at once, and rebuilt. */
async function compareOutcomes(dir: string, parts: readonly (readonly Capture[])[]): Promise<readonly string[]> {
  for (const [at, captures] of parts.entries()) addRun(dir, captures, at)
  const bitByBit = findingsOf(dir)
  unrollAll(dir)
  const together = findingsOf(dir)
  await rebuildArchive(dir, { ...makeOptions('2027-01-01T00:00:00.000Z'), signal })
  return [...new Set([...differingTables(bitByBit, together), ...differingTables(findingsOf(dir), together)])]
}

const small = new Map<string, readonly Capture[]>()

/** Kept: a folder is read once. */
function smallOf(kind: string): readonly Capture[] {
  const known = small.get(kind)
  if (known !== undefined) return known
  const captures = [...capturesOf(kind)].map(({ page }) => page.capture).filter(({ body }) => body.length < MOST_BYTES)
  small.set(kind, captures)
  return captures
}

function neighbours(captures: readonly Capture[], random: () => number): readonly Capture[] {
  const at = Math.floor(random() * Math.max(1, captures.length - NEIGHBOURS))
  return captures.slice(at, at + NEIGHBOURS)
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

function splitUp<T>(list: readonly T[], random: () => number): readonly (readonly T[])[] {
  const parts: T[][] = Array.from({ length: MOST_RUNS }, () => [])
  for (const one of list) pick(parts, random).push(one)
  return parts.filter(({ length }) => length > 0)
}

function namesOf(captures: readonly Capture[]): string {
  return captures.map(({ input }) => input).join(' ')
}
