// `npm run torture -- crawl [KILLS]`: kills a crawl with -9 many times over and prints what came of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tortureCrawl } from './crawl/torture.ts'

const [what, kills = '200'] = process.argv.slice(2)
if (what !== 'crawl') throw new Error('npm run torture -- crawl [KILLS]')
const dir = mkdtempSync(join(tmpdir(), 'unspool-torture-'))
const report = await tortureCrawl(dir, Number(kills), Math.random)
console.log(JSON.stringify(report, null, 2))
rmSync(dir, { recursive: true, force: true })
process.exitCode = report.faults.length === 0 ? 0 : 1
