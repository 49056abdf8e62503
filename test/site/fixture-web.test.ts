// Every fixture answers over HTTP under its own name, byte for byte.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fetcher } from '../../src/fetch/fetcher.ts'
import { createHttpFetcher } from '../../src/fetch/http/http.ts'
import { type FixtureWeb, startFixtureWeb } from './fixture-web.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const never = new AbortController().signal

let web: FixtureWeb
let http: Fetcher

beforeAll(async () => {
  web = await startFixtureWeb(FIXTURES)
  http = createHttpFetcher({ ...web.dispatcherOptions, userAgent: 'test', now: () => new Date(0) })
})

afterAll(async () => {
  await http.close()
  await web.close()
})

function httpCases(): [url: string, dir: string][] {
  const dirs = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).map((path) => join(FIXTURES, path))
  return dirs
    .filter((dir) => existsSync(join(dir, 'case.json')))
    .map((dir): [string, string] => [JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8')).url, dir])
    .filter(([url]) => url?.startsWith('http://'))
}

it.each(httpCases())('%s', async (url, dir) => {
  const name = readdirSync(dir).find((file) => file.startsWith('page.'))!
  const [capture] = await http.fetch(url, never)
  expect(Buffer.compare(readFileSync(join(dir, name)), Buffer.from(capture!.body))).toBe(0)
  expect(web.requests.at(-1)).toMatchObject({ host: new URL(url).hostname })
})

it('allows robots, and knows what it does not have', async () => {
  expect((await http.fetch('http://any.example/robots.txt', never))[0]).toMatchObject({ status: 200 })
  expect((await http.fetch('http://any.example/nothing', never))[0]).toMatchObject({ status: 404 })
})
