// A small web on loopback: fixtures answer under the host and path of their case.json's URL, by Host header. Tests, the
// demo and crawls share it. `faults` adds programmed misbehaviour (see faults.ts); nothing here judges what it serves.
import type { lookup } from 'node:dns'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Reach, Route } from '../../src/fetch/guard.ts'

/** What a page answers with. */
export interface SitePage {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** Answers by hand, for everything that is not a page. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface SiteRequest {
  /** ms since the epoch. */
  readonly at: number
  /** When the answer ended or broke; null while it runs. */
  endedAt: number | null
  readonly host: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface FixtureWeb {
  readonly port: number
  /** Every request, in order of arrival. */
  readonly requests: readonly SiteRequest[]
  /** `http://host/path` of everything served. */
  readonly urls: readonly string[]
  /** Leads every host name to this site; hand it to a fetcher's options. */
  readonly dispatcherOptions: { readonly reach: Reach }
  /** From now on the web's answers bear the time of this clock: for tests in which years pass. */
  followClock(now: () => Date): void
  close(): Promise<void>
}

export interface WebOptions {
  /** By `host/path`; they win over fixtures. */
  readonly pages?: Readonly<Record<string, SitePage | Handler>>
  /** By host: answers what no page does, robots.txt aside. */
  readonly hosts?: Readonly<Record<string, Handler>>
}

const ALLOW_ALL: SitePage = {
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: 'User-agent: *\nAllow: /\n',
}
const NOT_FOUND: SitePage = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'nothing here\n' }

/** Serves `fixturesDir/<platform>/<case>`; a folder that does not exist gives a web of `pages` only. */
export async function startFixtureWeb(fixturesDir: string, options: WebOptions = {}): Promise<FixtureWeb> {
  const pages = new Map<string, SitePage | Handler>([
    ...readFixtures(fixturesDir),
    ...Object.entries(options.pages ?? {}),
  ])
  const requests: SiteRequest[] = []
  let clock: (() => Date) | null = null
  const server = createServer((request, response) => {
    if (clock !== null) response.setHeader('date', clock().toUTCString())
    const log = logRequest(request)
    requests.push(log)
    response.on('close', () => {
      log.endedAt = Date.now()
    })
    answer(pages, options.hosts ?? {}, log, request, response)
  })
  const port = await listen(server)
  return {
    port,
    requests,
    urls: [...pages.keys()].map((key) => `http://${key}`),
    dispatcherOptions: { reach: { allowPrivate: [], route: routeTo(port), lookup: knowNobody } },
    followClock: (now) => {
      clock = now
    },
    close: () => closeServer(server),
  }
}

/** Plain HTTP for any name goes to the loopback site; https has no certificate and address literals stay themselves. */
export function routeTo(port: number): Route {
  return (host, _, protocol) => (protocol === 'http:' && NAME.test(host) ? { host: '127.0.0.1', port } : null)
}

/**
 * Nothing that is not on this web is asked for in earnest: https has no certificate here, and a test needs no internet.
 */
const knowNobody = ((_name: string, _options: unknown, done: (error: Error) => void) =>
  done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))) as typeof lookup

/** Has a letter and an inner dot and no colon: neither an address literal nor localhost. */
const NAME = /^(?=.*[a-z])[^:]+\.[^:]+$/i
const BODY_FILES = ['page.html', 'page.json', 'page.txt', 'page.jsonl', 'page.xml']

function readFixtures(dir: string): [string, SitePage][] {
  const cases = subfolders(dir).flatMap((platform) => subfolders(platform).flatMap(readCase))
  const keys = cases.map(([key]) => key)
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at)
  if (twice.length > 0) throw new Error(`two fixtures claim one URL: ${twice.join(', ')}`)
  return cases
}

function subfolders(dir: string): string[] {
  if (!existsSync(dir)) return []
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map((entry) => join(dir, entry.name)).sort()
}

interface FixtureCase {
  readonly url: string | null
  readonly status: number | null
  readonly headers?: Readonly<Record<string, string>>
}

function readCase(dir: string): [string, SitePage][] {
  const body = BODY_FILES.map((name) => join(dir, name)).find((path) => existsSync(path))
  if (body === undefined || !existsSync(join(dir, 'case.json'))) return []
  const { url, status, headers }: FixtureCase = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8'))
  if (url === null || !/^https?:/.test(url)) return []
  const page = { status: status ?? 200, headers: withoutLength(headers ?? {}), body: readFileSync(body) }
  return [[keyOf(new URL(url)), page]]
}

/** The fixture's own length and encoding described other bytes. */
function withoutLength(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const dropped = new Set(['content-length', 'content-encoding', 'transfer-encoding', 'connection'])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name.toLowerCase())))
}

function keyOf(url: URL): string {
  return `${url.hostname}${url.pathname}${url.search}`
}

function logRequest(request: IncomingMessage): SiteRequest {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  return { at: Date.now(), endedAt: null, host, path: request.url ?? '/', headers: request.headers }
}

type Pages = ReadonlyMap<string, SitePage | Handler>

function answer(
  pages: Pages,
  hosts: Readonly<Record<string, Handler>>,
  log: SiteRequest,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const other = log.path === '/robots.txt' ? ALLOW_ALL : (hosts[log.host] ?? NOT_FOUND)
  const found = pages.get(`${log.host}${log.path}`) ?? other
  if (typeof found === 'function') found(request, response)
  else response.writeHead(found.status, found.headers).end(request.method === 'HEAD' ? '' : found.body)
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
