// `npm run torture [-- laws | crawl [KILLS] | captures | archive [KILLS [CUTS [FLIPS [DISKS]]]]]`: the laws of unrolling on 10,000
// cases each, a crawl killed with -9 many times over, hostile variants of the captures beside the repository, or an archive
// under kills, power cuts, flipped bits and bad disks. Prints what came of it; without a word the first two.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isUnhurt, tortureArchive } from './archive/torture/torture.ts'
import { tortureCrawl } from './crawl/torture.ts'

const CASES = '10000'
const LAWS_TIMEOUT_MS = '600000'
const USUAL_KILLS = 200

const [what = 'both', ...numbers] = process.argv.slice(2)
if (!['laws', 'crawl', 'captures', 'archive', 'both'].includes(what))
  throw new Error('npm run torture [-- laws | crawl [KILLS] | captures | archive [KILLS [CUTS [FLIPS [DISKS]]]]]')
const isBoth = what === 'both'
const isWell = [
  !(isBoth || what === 'laws') || tortureLaws(),
  what !== 'captures' || tortureCaptures(),
  !(isBoth || what === 'crawl') || (await killCrawls(Number(numbers[0] ?? USUAL_KILLS))),
  what !== 'archive' || (await hurtArchive(numbers.map(Number))),
]
process.exitCode = isWell.every(Boolean) ? 0 : 1

function tortureLaws(): boolean {
  return runTests(['test/unroll/laws', '--testTimeout', LAWS_TIMEOUT_MS], { LAW_CASES: CASES })
}

function tortureCaptures(): boolean {
  return runTests(['test/real/hostile.test.ts'], { TORTURE: 'captures' })
}

function runTests(args: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts', ...args]
  return spawnSync('npx', vitest, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}

/** Numbers of the rounds; those not given are the full ones. A number of 0 leaves a part out. */
async function hurtArchive([kills = 1000, cuts = 300, flips = 1000, disks = 20]: readonly number[]): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), 'unspool-torture-'))
  const report = await tortureArchive(dir, { kills, cuts, flips, disks }, Math.random)
  console.log(JSON.stringify(report, null, 2))
  rmSync(dir, { recursive: true, force: true })
  return isUnhurt(report)
}

async function killCrawls(times: number): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), 'unspool-torture-'))
  const report = await tortureCrawl(dir, times, Math.random)
  console.log(JSON.stringify(report, null, 2))
  rmSync(dir, { recursive: true, force: true })
  return report.faults.length === 0
}
