// An address at which something else stands one day: both are kept, and somebody is told, once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { SitePage } from '../site/fixture-web.ts'
import { htmlPage, listSources, openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const DAY = 86_400_000
const URL_OF_POST = 'http://lamp.example/mercury'
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const MERCURY = [
  'The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.',
  'What he says of mercury is not found anywhere else, and was copied by his daughter in 1911 from an almanac.',
  'The lens floats in a trough of it, and turns at the touch of a finger.',
]
const SPINS = [
  'Play now at the most trusted house of the year and claim a bonus of up to two thousand with no deposit whatsoever.',
  'Our experts have reviewed more than four hundred platforms so that you can begin to win today.',
]
const TEASERS = ['Oil and water', 'Fog signals', 'The boat came', 'A winter']
const teaser = (title: string, at: number) =>
  `<h2><a href="/p${at}">${title}</a></h2><p>When the fog came in we went down to the quay for ${title.toLowerCase()},
  and stayed there until the evening, as all had done before us.</p><a href="/p${at}">Read more</a>`

const ARTICLE = article('Mercury under the lens', MERCURY)
const SQUATTER = article('Five hundred free spins', SPINS)
const FRONT = htmlPage(`<!doctype html><html lang="en"><head><title>Lamp notes</title>
  <link rel="canonical" href="http://lamp.example/"><meta property="og:type" content="website"></head><body class="home blog">
  <main>${TEASERS.map((title, at) => `<article>${teaser(title, at)}</article>`).join('')}</main></body></html>`)
/** One whose markup does not say what it is. */
const PLAIN_FRONT =
  htmlPage(`<!doctype html><html lang="en"><head><title>Lamp notes – a diary of the coast</title></head>
  <body><h1>Lamp notes</h1><div id="content">${TEASERS.map((title, at) => `<div>${teaser(title, at)}</div>`).join('')}</div></body></html>`)
const TO_FRONT: SitePage = { status: 302, headers: { location: 'http://lamp.example/' }, body: '' }

function article(title: string, words: readonly string[]): SitePage {
  return htmlPage(`<!doctype html><html lang="en"><head><title>${title} – Lamp notes</title></head><body><article><h1>${title}</h1>
    <time datetime="2021-03-04T10:00:00Z">4 March 2021</time>${words.map((one) => `<p>${one}</p>`).join('')}</article></body></html>`)
}

/** Crawls a page that is another each day, and gives what was told on each. */
async function crawlDays(days: readonly SitePage[]) {
  let day = 0
  const bench = await makeBench(`every = "1d"\nbrowser = "never"\nfollow = []\n${listSources(URL_OF_POST)}`, {
    'lamp.example/mercury': (_, response) => {
      const { status, headers, body } = days[day]!
      response.writeHead(status, headers).end(body)
    },
    'lamp.example/': FRONT,
  })
  const clock = makeClock()
  bench.web.followClock(clock.now)
  const ran = []
  for (; day < days.length; day++) {
    ran.push(await bench.crawl({ now: clock.now, args: ['--now'] }))
    clock.ahead(DAY)
  }
  const events = () =>
    bench.ask<{ detail: string }>("SELECT detail FROM events WHERE type = 'page replaced' ORDER BY key")
  return { bench, ran, events: () => events().map(({ detail }) => JSON.parse(detail)) }
}

describe('an address at which nothing is left of the article that stood there', () => {
  it.each([
    ['a stranger', SQUATTER, 'now it is "Five hundred free spins"'],
    ['the front page', FRONT, 'no article with a title is there now'],
    ['a front page that reads like an article', PLAIN_FRONT, 'now it is "Lamp notes'],
    ['a way to the front page', TO_FRONT, 'no article with a title is there now'],
  ])('but %s is told, once, and both are kept', async (_, page, now) => {
    const { bench, ran, events } = await crawlDays([ARTICLE, page, page])
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(ran[1]!.err).toContain(`${URL_OF_POST}: nothing is left of "Mercury under the lens", seen on `)
    expect(ran[1]!.err).toContain(now)
    expect([ran[0]!.err, ran[2]!.err]).toEqual(['', ''])
    expect(events()).toMatchObject([{ url: URL_OF_POST, title: 'Mercury under the lens' }])
    expect(
      bench
        .ask('SELECT text FROM post_contents')
        .map((row) => JSON.stringify(row))
        .join(),
    ).toContain('his daughter')
    const report = bench.ask<{ id: string }>("SELECT id FROM runs WHERE command = 'crawl' ORDER BY started_at")[1]!.id
    const read = (ending: string) => readFileSync(join(bench.archive, 'reports', `${report}.${ending}`), 'utf8')
    expect(read('md')).toContain('## Pages that say something else altogether')
    expect(JSON.parse(read('json')).replaced).toMatchObject([{ url: URL_OF_POST }])
    await command(null, ['rebuild', '--archive', bench.archive])
    expect(events()).toHaveLength(1)
  })

  it('is told where it was added before, and added again', async () => {
    const { bench } = await crawlDays([ARTICLE])
    const place = ['--archive', bench.archive, '--browser', 'never']
    const other = await makeBench('', { 'lamp.example/mercury': SQUATTER })
    const ran = await command(other.web, ['add', URL_OF_POST, ...place], { now: makeClock().now })
    expect(ran.err).toContain('nothing is left of "Mercury under the lens"')
    expect((await command(other.web, ['add', URL_OF_POST, ...place])).err).toBe('')
  })

  it('says nothing of words that come back', async () => {
    const { ran } = await crawlDays([ARTICLE, SQUATTER, ARTICLE, SQUATTER])
    expect(ran.map(({ err }) => err !== '')).toEqual([false, true, false, false])
  })
})

it.each([
  [
    'mended here and there',
    article(
      'Mercury under a lens',
      MERCURY.map((one) => one.replace('finger', 'hand')),
    ),
  ],
  ['written on', article('Mercury under the lens', [...SPINS, ...MERCURY, ...SPINS])],
  ['cut to its first words', article('Mercury', [MERCURY[0]!])],
  [
    'in capitals, and set otherwise',
    article(
      'MERCURY',
      MERCURY.map((one) => one.toUpperCase().replaceAll(',', ' —')),
    ),
  ],
])('an article %s is the same', async (_, page) => {
  const { ran, bench } = await crawlDays([ARTICLE, page])
  expect(ran.map(({ err }) => err)).toEqual(['', ''])
  expect(bench.ask('SELECT outcome FROM frontier')).toEqual([{ outcome: 'changed' }])
})
