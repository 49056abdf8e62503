// `npm run torture [-- WORD [NUMBERS] [--seed N]]`. Words and their numbers, with what they are when not given:
//   laws [CASES]              10000: the laws of unrolling, so many cases each
//   findings [CASES]          300: the laws of findings made bit by bit, of looks and of merges
//   captures                  hostile variants of the captures beside the repository
//   order [ROUNDS]            60: these captures in any order and any number of runs
//   crawl [KILLS]             200: a crawl killed with -9 many times over; and one on a disk too small for it
//   archive [KILLS [CUTS [FLIPS [DISKS]]]]
//                             1000 300 1000 20: kills, power cuts, flipped bits, bad disks; 0 leaves a part out
//   rebuild [CAPTURES]        20000: a rebuild, the last record cut
//   merge [ROUNDS]            100: random archives merged in any order, with kills
//   crowd [MINUTES]           10: two writers and three readers
// Prints one line a promise and what was wrong; without a word, laws and crawl. The same seed throws the same dice.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crowdArchive } from './archive/torture/crowd.ts'
import { makeDice } from './archive/torture/dice.ts'
import { tortureMerge } from './archive/torture/merging.ts'
import { tortureRebuild } from './archive/torture/rebuilding.ts'
import { tortureArchive } from './archive/torture/torture.ts'
import { stopAtFloor } from './crawl/floor.ts'
import { tortureCrawl } from './crawl/torture.ts'
import { tortureOrder } from './real/order.ts'
import { type Told, tellCrawl, tellCrowd, tellFloor, tellMerge, tellOrder, tellRebuild } from './torture-words.ts'

const LAWS = ['test/unroll/laws', 'test/unroll/neighbourhoods', 'test/unroll/gaps/contradictions']
const FINDINGS_LAWS = ['test/archive/neighbourhood', 'test/archive/copies/merge', 'test/archive/copies/wild']
const LAW_TIMEOUT_MS = '3600000'
const SEEDS = 1_000_000
const FAULTS_SHOWN = 40

interface Order {
  readonly numbers: readonly number[]
  /** An empty folder. */
  readonly dir: string
  readonly random: () => number
}

const WORDS: Readonly<Record<string, (order: Order) => Promise<boolean> | boolean>> = {
  laws: ({ numbers: [cases = 10_000] }) => runLaws(LAWS, cases),
  findings: ({ numbers: [cases = 300] }) => runLaws(FINDINGS_LAWS, cases),
  captures: () => runTests(['test/real/hostile.test.ts'], { TORTURE: 'captures' }),
  order: async ({ numbers: [rounds = 60], dir, random }) => print(tellOrder(await tortureOrder(dir, rounds, random))),
  crawl: async ({ numbers: [kills = 200], dir, random }) => {
    const told = kills > 0 ? [tellCrawl(await tortureCrawl(makeFolder(dir, 'kills'), kills, random))] : []
    return [...told, tellFloor(await stopAtFloor(makeFolder(dir, 'floor')))].map(print).every(Boolean)
  },
  archive: async ({ numbers: [kills = 1000, cuts = 300, flips = 1000, disks = 20], dir, random }) => {
    let isWell = true
    for await (const told of tortureArchive(dir, { kills, cuts, flips, disks }, random)) isWell = print(told) && isWell
    return isWell
  },
  rebuild: async ({ numbers: [captures = 20_000], dir }) => print(tellRebuild(await tortureRebuild(dir, captures))),
  merge: async ({ numbers: [rounds = 100], dir, random }) => print(tellMerge(await tortureMerge(dir, rounds, random))),
  crowd: async ({ numbers: [minutes = 10], dir, random }) => print(tellCrowd(await crowdArchive(dir, minutes, random))),
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } })
const seed = Number(values.seed ?? 1 + Math.floor(Math.random() * SEEDS))
const [word, ...numbers] = positionals
let isAllWell = true
for (const one of word === undefined ? ['laws', 'crawl'] : [word]) isAllWell = (await torture(one)) && isAllWell
process.exitCode = isAllWell ? 0 : 1

async function torture(one: string): Promise<boolean> {
  const deed = WORDS[one]
  if (deed === undefined) throw new Error(`npm run torture -- ${Object.keys(WORDS).join(' | ')} [NUMBERS] [--seed N]`)
  const dir = mkdtempSync(join(tmpdir(), 'unspool-torture-'))
  console.log(`torture ${one} ${numbers.join(' ')} --seed ${seed}`)
  try {
    return await deed({ numbers: numbers.map(Number), dir, random: makeDice(seed) })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function print({ line, isWell, faults }: Told): boolean {
  console.log(`${isWell ? 'ok    ' : 'FAILED'} ${line}`)
  for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(`         ${fault}`)
  if (faults.length > FAULTS_SHOWN) console.log(`         … and ${faults.length - FAULTS_SHOWN} more`)
  return isWell
}

function makeFolder(dir: string, name: string): string {
  mkdirSync(join(dir, name))
  return join(dir, name)
}

function runLaws(tests: readonly string[], cases: number): boolean {
  return runTests([...tests, '--testTimeout', LAW_TIMEOUT_MS], {
    ...{ LAW_CASES: String(cases), LAW_SEED: String(seed), LAW_TIMEOUT_MS },
  })
}

function runTests(args: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts', ...args]
  return spawnSync('npx', vitest, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}
