// Every platform that the fixtures show, crawled under its real name: what each page says completes it is asked for.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageUrl } from '../../src/crawl/addresses.ts'
import { fetchUrlOf } from '../../src/pipeline/pipeline.ts'
import { type Bench, listSources, makeBench } from './bench.ts'
import { byHost, findRudeness } from './manners.ts'
import type { Ran } from './run.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const PAUSE_MS = 5
/** Platforms whose pages come in parts, each with a fixture that says where the next one is. */
const PAGED = [
  ...['activitypub', 'blogger', 'bluesky', 'discourse', 'feed', 'hackernews', 'lemmy', 'mastodon', 'nitter', 'reddit'],
  ...['substack', 'telegram', 'wordpress', 'wp-json'],
]

interface Case {
  readonly platform: string
  readonly url: string
  readonly status: number
  /** Further pages on hosts of the loopback web. */
  readonly next: readonly string[]
}

const cases = readCases()
let bench: Bench
let ran: Ran

beforeAll(async () => {
  bench = await makeBench(`max_pages = 500\n${listSources(...new Set(cases.map(({ url }) => pageUrl(url) ?? url)))}`)
  ran = await bench.crawl({ args: ['--browser', 'never'], pauseMs: PAUSE_MS })
}, 120_000)
afterAll(() => bench.close())

function readCases(): readonly Case[] {
  const dirs = readdirSync(FIXTURES).flatMap((platform) =>
    readdirSync(join(FIXTURES, platform)).map((name) => ({ platform, dir: join(FIXTURES, platform, name) })),
  )
  return dirs.flatMap(({ platform, dir }) => {
    if (!existsSync(join(dir, 'case.json')) || !existsSync(join(dir, 'posts.json'))) return []
    const { url, status } = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8')) as Case
    const { next } = JSON.parse(readFileSync(join(dir, 'posts.json'), 'utf8')) as Case
    // What is fetched as its JSON twin is not read itself.
    if (url === null || fetchUrlOf(url) !== url) return []
    return [{ platform, url, status: status ?? 200, next: next.filter(isOnLoopback) }]
  })
}

function isOnLoopback(url: string): boolean {
  return url.startsWith('http://') && new URL(url).hostname.endsWith('.example')
}

it('has a fixture with further pages of each paged platform', () => {
  const paged = new Set(cases.filter(({ next }) => next.length > 0).map(({ platform }) => platform))
  expect(PAGED.filter((platform) => !paged.has(platform))).toEqual([])
})

it('asks for every further page, and for each once', () => {
  const asked = bench.web.requests.map(({ host, path }) => `http://${host}${path}`)
  const wanted = cases.flatMap(({ next }) => next.map((url) => pageUrl(url) ?? url))
  expect(wanted.length).toBeGreaterThan(30)
  expect(wanted.filter((url) => !asked.includes(url))).toEqual([])
  expect(asked.filter((url, at) => asked.indexOf(url) !== at)).toEqual([])
})

it('reads every platform, and says nothing of faults', () => {
  expect(ran.err).not.toMatch(/fault of the program/)
  const read = bench.ask<{ url: string }>("SELECT url FROM frontier WHERE outcome = 'new'").map(({ url }) => url)
  const pages = cases.filter(({ status }) => status === 200)
  const platforms = new Set(
    pages.filter(({ url }) => read.includes(pageUrl(url) ?? url)).map(({ platform }) => platform),
  )
  expect([...new Set(pages.map(({ platform }) => platform))].filter((platform) => !platforms.has(platform))).toEqual([])
})

it('asks one thing at a time of each of more than 30 hosts', () => {
  expect(byHost(bench.web.requests).size).toBeGreaterThan(30)
  // Platforms' APIs have limits of their own; that nothing overlaps holds for them too.
  expect(findRudeness(bench.web.requests, () => 0)).toEqual([])
})
