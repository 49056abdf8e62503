// Pages that fall due at any moment between two questions of the crawl: none may be neither ready nor waited for.
import { afterEach, expect, it } from 'vitest'
import { htmlPage, listSources, openBenches } from './bench.ts'

const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const NOTE = htmlPage(`<!doctype html><title>Wicks</title><article><h1>Wicks</h1>
  <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p></article>`)

/** Time goes on by so much each time that somebody asks for it, and stands still otherwise. */
function makeTicking(stepMs: number): () => Date {
  let time = Date.UTC(2026, 10, 23, 12)
  return () => {
    time += stepMs
    return new Date(time)
  }
}

/** After the first failure of a host, in these tests (run.ts), ms. */
const PAUSE_AFTER_FAILURE = 40

it.each([13, 14, 15, 16])(
  'looks again at a page that failed, though its pause ends between two questions: the %ith and the one before',
  async (questions) => {
    let asked = 0
    const bench = await makeBench(listSources('http://shy.example/wicks'), {
      'shy.example/wicks': (_, response) => {
        asked++
        response.writeHead(asked === 1 ? 503 : 200, { 'content-type': 'text/html; charset=utf-8' })
        response.end(asked === 1 ? '' : NOTE.body)
      },
    })
    const { code } = await bench.crawl({
      now: makeTicking(PAUSE_AFTER_FAILURE / questions),
      args: ['--browser', 'never'],
    })
    expect({ asked, code }).toEqual({ asked: 2, code: 0 })
  },
)
