// Pages to torture an archive with: each a numbered thread by an author of its own, in JSON lines, the same for the
// same name. And a site that serves them.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sha256 } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import { type FixtureWeb, type Handler, startFixtureWeb } from '../../site/fixture-web.ts'
import { makeCapture } from '../samples.ts'

export interface MadePage {
  readonly capture: Capture
  /** Id of the thread in it. */
  readonly thread: string
  readonly posts: number
}

const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
const MOST_POSTS = 9
const MEDIA_TYPE = 'application/jsonl'
const HOSTS = ['north.example', 'east.example', 'south.example', 'west.example']
/** What a host takes to answer, ms. */
const LATENCY_MS = 4

/** A page whose name begins with `big` has this many bytes more, which hardly compress. */
const BIG_BYTES = 40_000

export function makePage(name: string): MadePage {
  const dice = Buffer.from(sha256(name), 'hex')
  const posts = 2 + (dice[0]! % (MOST_POSTS - 1))
  const id = (n: number): string => `${dice.readUInt32BE(4)}${100 + n}`
  const lines = Array.from({ length: posts }, (_, at) =>
    JSON.stringify({
      ...{ platform: 'torture', id: id(at + 1), author: `keeper-${name}` },
      createdAt: new Date(Date.UTC(2025, 0, 1, 0, at)).toISOString(),
      text: `${at + 1}/${posts} ${wordsOf(sha256(`${name} ${at}`))}`,
    }),
  )
  if (name.startsWith('big')) lines[0] = lines[0]!.replace(/}$/, `,"ballast":"${fillerOf(name)}"}`)
  const url = `http://torture.example/${name}`
  const changes = { mediaType: MEDIA_TYPE, headers: [], url, finalUrl: url, input: url }
  return { capture: makeCapture(lines.join('\n'), changes), thread: `torture:${id(1)}`, posts }
}

function fillerOf(name: string): string {
  return Array.from({ length: BIG_BYTES / 64 }, (_, at) => sha256(`${name} filler ${at}`)).join('')
}

export function wordsOf(hex: string): string {
  return [...Buffer.from(hex, 'hex')].map((byte) => WORDS[byte % WORDS.length]).join(' ')
}

/** Addresses of so many pages on the site. */
export function pageUrls(seed: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `http://${HOSTS[at % HOSTS.length]}/${seed}-${at}`)
}

export function pageOfUrl(url: string): MadePage {
  return makePage(new URL(url).pathname.slice(1))
}

/** Every path of its hosts is the page of that name. */
export function startPageSite(): Promise<FixtureWeb> {
  const serve: Handler = (request, response) => {
    const { body } = makePage((request.url ?? '').slice(1)).capture
    setTimeout(() => response.writeHead(200, { 'content-type': MEDIA_TYPE }).end(body), LATENCY_MS)
  }
  return startFixtureWeb('', { hosts: Object.fromEntries(HOSTS.map((host) => [host, serve])) })
}

export interface PageServers {
  readonly hosts: readonly string[]
  urls(seed: string, count: number): readonly string[]
  close(): Promise<void>
}

/** The same pages under addresses of the loopback net, for the program as it is: nothing is led elsewhere. */
export async function startPageServers(count: number): Promise<PageServers> {
  const servers = await Promise.all(Array.from({ length: count }, (_, at) => startServer(`127.0.0.${at + 2}`)))
  const places = servers.map((server) => server.address() as AddressInfo)
  return {
    hosts: places.map(({ address }) => address),
    urls: (seed, pages) =>
      Array.from({ length: pages }, (_, at) => {
        const { address, port } = places[at % places.length]!
        return `http://${address}:${port}/${seed}-${at}`
      }),
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

function startServer(address: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isRobots = request.url === '/robots.txt'
    if (isRobots) response.writeHead(404).end()
    else
      response.writeHead(200, { 'content-type': MEDIA_TYPE }).end(makePage((request.url ?? '').slice(1)).capture.body)
  })
  return new Promise((resolve) => server.listen(0, address, () => resolve(server)))
}
