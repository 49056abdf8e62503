// Pages whose bytes are others at each look, for scripts and numbers of visitors, and that say what they said: they are
// no changed pages, and are looked at less often, like any that rests.
import { afterEach, expect, it } from 'vitest'
import type { Handler } from '../site/fixture-web.ts'
import { listSources, openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const DAY = 86_400_000
const URL_OF_PAGE = 'http://diary.example/lamps'
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

/** A page of one article; `words` is what stands in it, and each visitor is given a number. */
function makePage(): { words: string; readonly handler: Handler } {
  let visitors = 0
  const page = {
    words: 'The lamp was lit at four, and nobody saw the harbour until the fog had gone.',
    handler: ((_, response) => {
      visitors++
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(
        `<!doctype html><title>Lamps</title><script nonce="${visitors}">visitor(${visitors * 7919})</script>
        <article><h1>Lamps</h1><p>${page.words}</p><p>It burned until the morning, as it had for ninety years.</p></article>`,
      )
    }) satisfies Handler,
  }
  return page
}

async function makeDiary() {
  const page = makePage()
  const bench = await makeBench(`every = "1d"\n${listSources(URL_OF_PAGE)}`, {}, { 'diary.example': page.handler })
  const clock = makeClock()
  const lookDaily = async (days: number) => {
    const codes: number[] = []
    for (let day = 0; day < days; day++) {
      codes.push((await bench.crawl({ now: clock.now })).code)
      clock.ahead(DAY)
    }
    return codes
  }
  const state = () => bench.ask<{ outcome: string; due_at: string }>('SELECT outcome, due_at FROM frontier')[0]!
  return { bench, page, clock, lookDaily, state }
}

const LOOKED = 0
const NOTHING_DUE = 10

it('are told as unchanged, and looked at less and less often', async () => {
  const { bench, lookDaily, state } = await makeDiary()
  expect(await lookDaily(6)).toEqual([LOOKED, LOOKED, LOOKED, LOOKED, NOTHING_DUE, LOOKED])
  expect(state().outcome).toBe('unchanged')
  expect(
    bench.ask("SELECT count(DISTINCT digest) AS n FROM captures WHERE host = 'diary.example' AND url LIKE '%lamps'"),
  ).toEqual([{ n: 5 }])
}, 60_000)

it('are due when they were due, when the database is made again', async () => {
  const { bench, clock, lookDaily, state } = await makeDiary()
  await lookDaily(4)
  const before = state().due_at
  expect((await command(bench.web, ['rebuild', '--archive', bench.archive], { now: clock.now })).code).toBe(0)
  expect((await bench.crawl({ now: clock.now })).code).toBe(NOTHING_DUE)
  expect(state().due_at).toBe(before)
}, 60_000)

it('are changed when their words are, and looked at as usual again', async () => {
  const { page, lookDaily, state } = await makeDiary()
  await lookDaily(4)
  page.words = 'The lamp was not lit at four, for want of oil, and a ship went by in the dark.'
  expect(await lookDaily(3)).toEqual([NOTHING_DUE, LOOKED, LOOKED])
  expect(state().outcome).toBe('unchanged')
  page.words = 'The lamp was out.'
  await lookDaily(1)
  expect(state().outcome).toBe('changed')
}, 60_000)
