// Two weeks of a site that lives: edits, deletions, moves, log-ins, days of 503, other robots.txt, broken connections.
// What the archive says in the end, and what it says of each day, is what the site's own log says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { makeDice } from '../archive/torture/dice.ts'
import type { Handler } from '../site/fixture-web.ts'
import { openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const DAY = 86_400_000
const DAYS = 14
const HOST = 'mole.example'
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

type Mood = 'well' | 'down' | 'wall' | 'hung up'

interface Article {
  readonly id: number
  path: string
  words: number
  /** Numbers of its comments, and how often each was mended. */
  readonly comments: Map<number, number>
  isThere: boolean
}

/** What was shown of one article, whole, at one look. */
interface Shown {
  readonly day: number
  readonly id: number
  readonly path: string
  readonly words: readonly string[]
}

type Dice = () => number

/** A blog that changes by dice, and keeps a log of what it showed. */
function openSite(random: Dice) {
  const articles: Article[] = []
  const moved = new Map<string, string>()
  const shown: Shown[] = []
  const gone: { readonly day: number; readonly path: string }[] = []
  const site = { day: 0, mood: 'well' as Mood, closed: '', asked: [] as string[] }
  let comments = 0
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const write = (): void => {
    const id = articles.length + 1
    articles.push({ id, path: `/2024/05/tar-${id}/`, words: 0, comments: new Map([[++comments, 0]]), isThere: true })
  }
  const live = (): void => {
    const there = articles.filter(({ isThere }) => isThere)
    const one = pick(there)
    const deed = Math.floor(random() * 9)
    if (one === undefined || deed === 0) write()
    else if (deed === 1) one.words += 1
    else if (deed === 2) one.comments.set(++comments, 0)
    else if (deed === 3) one.comments.delete(pick([...one.comments.keys()]) ?? -1)
    else if (deed === 4) {
      const mended = pick([...one.comments.keys()])
      if (mended !== undefined) one.comments.set(mended, one.comments.get(mended)! + 1)
    } else if (deed === 5) one.isThere = false
    else if (deed === 6) {
      const path = `/moved-${site.day}/tar-${one.id}/`
      moved.set(one.path, path)
      one.path = path
    } else if (deed === 7) {
      const back = pick(articles.filter(({ isThere }) => !isThere))
      if (back !== undefined) back.isThere = true
    } else site.closed = site.closed === '' ? one.path : ''
  }
  const answer: Handler = (request, response) => {
    const path = request.url ?? '/'
    const send = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
      void response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
    if (path === '/robots.txt')
      return send(200, `User-agent: *\nDisallow: ${site.closed}\n`, { 'content-type': 'text/plain' })
    site.asked.push(path)
    if (site.mood === 'down') return send(503, 'back next week')
    if (site.mood === 'hung up') return void request.socket.destroy()
    if (path === '/feed/') return send(200, feedOf(articles), { 'content-type': 'application/rss+xml' })
    const to = moved.get(path)
    if (to !== undefined) return send(301, '', { location: to })
    if (site.mood === 'wall') return send(200, WALL)
    const article = articles.find((one) => one.path === path)
    if (article?.isThere !== true) {
      gone.push({ day: site.day, path })
      return send(404, '<!doctype html><title>Page not found</title><h1>Page not found</h1>')
    }
    shown.push({ day: site.day, id: article.id, path, words: wordsOf(article) })
    send(200, drawArticle(article, site.day))
  }
  return { site, articles, shown, gone, moved, write, live, answer }
}

const WALL = `<!doctype html><html><head><title>Log In</title></head><body class="login"><h1>Log in</h1>
  <p>You must be logged in to view this page.</p><form action="/wp-login.php" method="post">
  <label>Username <input name="log"></label><label>Password <input type="password" name="pwd"></label>
  <button>Log In</button></form></body></html>`

/** The article's words and those of its comments, as the archive should tell them. */
function wordsOf({ id, words, comments }: Article): readonly string[] {
  return [articleWords(id, words), ...[...comments].map(([number, mended]) => commentWords(number, mended))]
}

function articleWords(id: number, words: number): string {
  return `The keeper of lamp ${id} wrote this down in winter ${words}, when the boat could not land for six weeks on end.`
}

function commentWords(number: number, mended: number): string {
  return `Which boat was number ${number}, and who had asked for it? ${'I mean it. '.repeat(mended)}`.trim()
}

function feedOf(articles: readonly Article[]): string {
  const items = articles
    .filter(({ isThere }) => isThere)
    .map(({ id, path }) => `<item><title>Tar ${id}</title><link>http://${HOST}${path}</link></item>`)
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Mole</title><link>http://${HOST}/</link>${items.join('')}</channel></rss>`
}

function drawArticle(article: Article, day: number): string {
  const { id, path, words, comments } = article
  const listed = [...comments].map(
    ([number, mended]) => `<li class="comment" id="comment-${number}"><cite class="fn">Jon</cite>
      <div class="comment-content"><p>${commentWords(number, mended)}</p></div></li>`,
  )
  return `<!doctype html><html><head><title>Tar ${id}</title><link rel="canonical" href="http://${HOST}${path}">
    <link rel="stylesheet" href="/wp-content/themes/x/style.css?${day}"></head><body class="single single-post postid-${id}">
    <article id="post-${id}" class="post hentry"><h1 class="entry-title">Tar ${id}</h1>
    <div class="entry-content"><p>${articleWords(id, words)}</p></div></article>
    <ol class="commentlist">${listed.join('')}</ol><script>var nonce = ${day}</script></body></html>`
}

const MOODS: readonly (readonly [from: number, to: number, mood: Mood])[] = [
  [3, 3, 'wall'],
  [6, 8, 'down'],
  [11, 11, 'hung up'],
]

async function liveOn(seed: number) {
  const random = makeDice(seed)
  const open = openSite(random)
  for (let at = 0; at < 4; at++) open.write()
  const source = 'every = "1d"\nbrowser = "never"\nrevisit = ["1d"]\n[[source]]\nurl = "http://mole.example/feed/"\n'
  const bench = await makeBench(source, { [`${HOST}/robots.txt`]: open.answer }, { [HOST]: open.answer })
  const clock = makeClock()
  bench.web.followClock(clock.now)
  const ends: string[] = []
  const codes: number[] = []
  for (; open.site.day < DAYS; open.site.day++) {
    const { day } = open.site
    open.site.mood = MOODS.find(([from, to]) => day >= from && day <= to)?.[2] ?? 'well'
    if (day > 0) for (let deeds = Math.floor(random() * 3); deeds > 0; deeds--) open.live()
    const { code } = await bench.crawl({ now: clock.now, pauseMs: 0, args: ['--now'] })
    codes.push(code)
    ends.push(clock.now().toISOString())
    clock.ahead(DAY * 1.1)
  }
  return { ...open, bench, clock, ends, codes }
}

type Life = Awaited<ReturnType<typeof liveOn>>

/** By what was written: when it was first and last seen, as the site's log has it. */
function loggedWords({ shown }: Life): Map<string, readonly [number, number]> {
  const seen = new Map<string, readonly [number, number]>()
  for (const { day, words } of shown) for (const one of words) seen.set(one, [seen.get(one)?.[0] ?? day, day])
  return seen
}

function dayOf({ ends }: Life, time: string): number {
  return ends.findIndex((end) => time <= end)
}

function archivedWords(life: Life): Map<string, readonly [number, number]> {
  const rows = life.bench.ask<{ text: string; first: string; last: string }>(
    'SELECT text, min(first_seen_at) AS first, max(last_seen_at) AS last FROM post_history GROUP BY text',
  )
  return new Map(rows.map(({ text, first, last }) => [text, [dayOf(life, first), dayOf(life, last)]]))
}

/** By address: since when it is gone, where the last answer of it was that. */
function loggedGone({ shown, gone }: Life): Map<string, number> {
  const lastAt = (path: string) => Math.max(-1, ...shown.filter((one) => one.path === path).map(({ day }) => day))
  const since = gone.filter(({ day, path }) => lastAt(path) !== -1 && day > lastAt(path))
  return new Map(since.reverse().map(({ day, path }) => [`http://${HOST}${path}`, day]))
}

/** By its number: since when a comment is on no page of its article, which was looked at. */
function loggedGoneComments({ shown, gone }: Life): Map<string, number> {
  const found = new Map<string, number>()
  const numberOf = (words: string) => /number (\d+)/.exec(words)?.[1]
  const all = new Set(shown.flatMap(({ words }) => words.map(numberOf).filter((one) => one !== undefined)))
  for (const number of all) {
    const withIt = shown.filter(({ words }) => words.some((one) => numberOf(one) === number))
    const { id, day: lastAt } = withIt.at(-1)!
    const paths = new Set(withIt.map(({ path }) => path))
    const later = [
      ...shown.filter((one) => one.id === id && one.day > lastAt && paths.has(one.path)),
      ...gone.filter((one) => one.day > lastAt && paths.has(one.path)),
    ].map(({ day }) => day)
    if (later.length > 0) found.set(number, Math.min(...later))
  }
  return found
}

/** What was to be read at the end of a day, the latest words of each. */
function loggedUntil({ shown }: Life, until: number): readonly string[] {
  const latest = new Map<string, string>()
  for (const { day, words } of shown)
    if (day <= until) for (const one of words) latest.set(/(?:lamp|number) \d+/.exec(one)![0], one)
  return [...latest.values()].sort()
}

async function archivedUntil({ bench, ends, clock }: Life, day: number): Promise<readonly string[]> {
  const to = join(bench.dir, `until-${day}.jsonl`)
  const args = ['export', '--archive', bench.archive, '--format', 'jsonl', '--as-of', ends[day]!, '--to', to]
  const { code, err } = await command(null, args, { now: clock.now })
  expect([code, err]).toEqual([0, ''])
  return [...new Set(readFileSync(to, 'utf8').match(/(?:The keeper of|Which boat was) [^"<]+/g))].sort()
}

const SEED = Number(process.env['LAW_SEED'] ?? 3)

it('after two weeks the archive agrees with the log of the site', async () => {
  const life = await liveOn(SEED)
  expect(archivedWords(life)).toEqual(loggedWords(life))
  const pages = life.bench.ask<{ url: string; since: string }>(
    'SELECT url, gone_since_at_least AS since FROM gone_pages',
  )
  expect(new Map(pages.map(({ url, since }) => [url, dayOf(life, since)]))).toEqual(loggedGone(life))
  const posts = life.bench.ask<{ number: string; since: string }>(
    "SELECT substr(id, instr(id, 'comment') + 8) AS number, gone_since_at_least AS since FROM gone_posts WHERE id GLOB '*comment*'",
  )
  expect(new Map(posts.map(({ number, since }) => [number, dayOf(life, since)]))).toEqual(loggedGoneComments(life))
  for (const day of [2, 5, 10, DAYS - 1]) expect(await archivedUntil(life, day)).toEqual(loggedUntil(life, day))
})
