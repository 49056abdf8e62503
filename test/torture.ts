// `npm run torture [-- laws | crawl [KILLS]]`: the laws of unrolling on 10,000 cases each, or a crawl killed with -9 many times
// over. Prints what came of it; without a word it does both.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tortureCrawl } from './crawl/torture.ts'

const CASES = '10000'
const LAWS_TIMEOUT_MS = '600000'
const USUAL_KILLS = 200

const [what = 'both', kills = String(USUAL_KILLS)] = process.argv.slice(2)
if (!['laws', 'crawl', 'both'].includes(what)) throw new Error('npm run torture [-- laws | crawl [KILLS]]')
const isWell = [what === 'crawl' || tortureLaws(), what === 'laws' || (await killCrawls(Number(kills)))]
process.exitCode = isWell.every(Boolean) ? 0 : 1

function tortureLaws(): boolean {
  const args = [
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    'test/unroll/laws',
    '--testTimeout',
    LAWS_TIMEOUT_MS,
  ]
  return spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, LAW_CASES: CASES } }).status === 0
}

async function killCrawls(times: number): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), 'unspool-torture-'))
  const report = await tortureCrawl(dir, times, Math.random)
  console.log(JSON.stringify(report, null, 2))
  rmSync(dir, { recursive: true, force: true })
  return report.faults.length === 0
}
