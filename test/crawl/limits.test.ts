// What never ends and what is cut: a crawl gives each page its time, and walks on where a server stops telling.
import { afterEach, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { FAULTS } from '../site/faults.ts'
import { makeSocial, SOCIAL } from '../site/social.ts'
import { htmlPage, listSources, openBenches } from './bench.ts'

const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

it('cuts a drip that never ends at the total deadline, keeps what came, and goes on with the host', async () => {
  const page = htmlPage(
    '<!doctype html><title>Next</title><article><h1>Next</h1><p>What stands behind it.</p></article>',
  )
  const bench = await makeBench(`${listSources('http://drip.example/endless', 'http://drip.example/next')}`, {
    'drip.example/endless': FAULTS['/drip']!,
    'drip.example/next': page,
  })
  const ran = await bench.crawl({ args: ['--browser', 'never'], limits: { totalMs: 400 } })
  expect(ran.err).not.toMatch(/fault of the program/)
  const [kept] = bench.ask<{ bytes: number; truncated: string; outcome: string }>(
    "SELECT bytes, truncated FROM captures WHERE url = 'http://drip.example/endless'",
  )
  expect(kept).toMatchObject({ truncated: 'time' })
  expect(kept!.bytes).toBeGreaterThan(0)
  const [cut, next] = bench.web.requests.filter(({ path }) => path !== '/robots.txt')
  expect(next!.at).toBeGreaterThanOrEqual(cut!.at + 400)
  expect(bench.ask("SELECT outcome FROM frontier WHERE url = 'http://drip.example/next'")).toEqual([{ outcome: 'new' }])
  expect(bench.ask("SELECT 1 FROM frontier WHERE state = 'waiting' AND due_at IS NULL")).toEqual([])
})

it('reads all of a discussion of which a server shows 60 posts at once', async () => {
  const social = makeSocial()
  const ids = social.addThread(
    'nora',
    Array.from({ length: 45 }, (_, i) => `Step ${i + 1} of patching a sail. ${i + 1}/45`),
  )
  const asked = ids
    .slice(0, 30)
    .flatMap((id, at) => [
      social.answer(id, 'odd', `Would step ${at + 1} do for a tent?`),
      social.answer(id, 'per', `I never needed step ${at + 1}.`),
    ])
  const bench = await makeBench(listSources(`http://${SOCIAL}/@nora/${ids[20]}`), {}, { [SOCIAL]: social.handler })
  await bench.crawl({ pauseMs: 1 })
  const read = bench.ask<{ id: string }>('SELECT platform_post_id AS id FROM post_contents').map(({ id }) => id)
  const idsRead = new Set(read.map((id) => id.split('/').at(-1)))
  expect([...ids, ...asked].filter((id) => !idsRead.has(id))).toEqual([])
  const [row] = bench.ask("SELECT present, completeness FROM completeness_report WHERE id LIKE 'mastodon:%'")
  expect(row).toEqual({ present: 45, completeness: 'complete' })
})

it('lets sixteen hosts wait for their turns at once, and Node finds no fault with it', async () => {
  const page = htmlPage('<!doctype html><title>Note</title><article><h1>Note</h1><p>What stands here.</p></article>')
  const urls = Array.from({ length: 16 }, (_, at) => [`host${at}.example/a`, `host${at}.example/b`]).flat()
  const bench = await makeBench(
    listSources(...urls.map((url) => `http://${url}`)),
    Object.fromEntries(urls.map((url) => [url, page])),
  )
  const warnings: string[] = []
  const note = ({ name }: Error) => void warnings.push(name)
  process.on('warning', note)
  await bench.crawl({ args: ['--browser', 'never'], pauseMs: 200 })
  process.off('warning', note)
  expect(warnings).toEqual([])
  expect(bench.ask("SELECT count(*) AS n FROM frontier WHERE outcome = 'new'")).toEqual([{ n: urls.length }])
})

it.each(['0', '1'])('leaves a host for another run that asks for a pause of %s s without end', async (seconds) => {
  const busy = { status: 429, headers: { 'retry-after': seconds }, body: 'slow down' }
  const bench = await makeBench(listSources('http://busy.example/a'), { 'busy.example/a': busy })
  const ran = await bench.crawl({ args: ['--browser', 'never'] })
  expect(ran.code).toBe(EXIT_CODES.rateLimited.code)
  expect(bench.web.requests.filter(({ path }) => path === '/a').length).toBeLessThan(10)
  expect(bench.ask("SELECT attempts FROM frontier WHERE state = 'waiting'")).toEqual([{ attempts: 0 }])
})

it('tells when a host may be asked again as the next look, not when its pages were due', async () => {
  const busy = { status: 429, headers: { 'retry-after': '7200' }, body: 'slow down' }
  const bench = await makeBench(listSources('http://busy.example/a', 'http://busy.example/b'), {
    'busy.example/a': busy,
    'busy.example/b': busy,
  })
  for (const looks of [1, 0]) {
    const { out } = await bench.crawl({ args: ['--browser', 'never', '--json'] })
    const { report } = JSON.parse(out.trim().split('\n').at(-1) ?? '') as {
      report: { looks: { failed: number }; nextDue: string; endedAt: string }
    }
    expect(report.looks.failed).toBe(looks)
    expect(Date.parse(report.nextDue) - Date.parse(report.endedAt)).toBeGreaterThan(3_600_000)
  }
})
