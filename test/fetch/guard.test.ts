// What the guard lets through, and under which name. What it refuses: ssrf.test.ts.
import type { lookup } from 'node:dns'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../src/errors.ts'
import {
  buildGuardedConnector,
  checkUrl,
  isPublicAddress,
  lookupPublicBy,
  refusalIn,
  TUNNEL,
} from '../../src/fetch/guard.ts'
import { createHttpFetcher } from '../../src/fetch/http/http.ts'
import { routeTo } from '../site/fixture-web.ts'

const never = new AbortController().signal

let trap: Server
let port = 0
let trapped = 0

beforeAll(async () => {
  trap = createServer((socket) => {
    trapped += 1
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nSECRET')
  })
  await new Promise<void>((resolve) => trap.listen(0, () => resolve()))
  const address = trap.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})

afterAll(() => void trap.close())

const options = { userAgent: 'test', now: () => new Date(0) }

describe('the guard', () => {
  it('lets through what the person allowed, under that name only', async () => {
    const http = createHttpFetcher({ ...options, reach: { allowPrivate: ['LOCALHOST', '[::1]'], route: null } })
    const [capture] = await http.fetch(`http://localhost:${port}/`, never)
    expect(Buffer.from(capture!.body).toString()).toBe('SECRET')
    expect((await http.fetch(`http://[::1]:${port}/`, never))[0]!.status).toBe(200)
    await expect(http.fetch(`http://127.0.0.1:${port}/`, never)).rejects.toThrow('--allow-private 127.0.0.1')
    await http.close()
  })

  it('leads routed names to their target, and never https', async () => {
    const http = createHttpFetcher({ ...options, reach: { allowPrivate: [], route: routeTo(port) } })
    expect((await http.fetch('http://anything.example/', never))[0]!.status).toBe(200)
    await expect(http.fetch('http://127.0.0.1/', never)).rejects.toThrow(RefusedError)
    await http.close()
  })
})

describe('an address', () => {
  it.each(['http://ann@public.example/', 'http://:secret@public.example/', 'http://ann:secret@public.example/'])(
    'that carries a name or a password, which would be archived, is refused without saying it: %s',
    (url) => {
      expect(() => checkUrl(url)).toThrow(/^public\.example: the address carries a user name or password/)
    },
  )
})

describe('names', () => {
  const answers = (...addresses: string[]) =>
    ((_host: string, _options: unknown, done: (error: null, found: { address: string; family: number }[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as typeof lookup
  const connect = (resolve: typeof lookup, protocol: string) =>
    new Promise<Error | null>((done) => {
      const connector = buildGuardedConnector({ allowPrivate: ['mine.example'], route: null, lookup: resolve })
      connector({ hostname: 'evil.example', host: 'evil.example', protocol, port: String(port) }, (...[error]) =>
        done(error),
      )
    })

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['::127.0.0.1'],
    ['169.254.169.254'],
    [],
  ])('that resolve to %s are refused', async (...addresses) => {
    const before = trapped
    for (const protocol of ['http:', 'https:', TUNNEL]) {
      const error = await connect(answers(...addresses), protocol)
      expect(refusalIn(error)).toBeInstanceOf(RefusedError)
    }
    expect(trapped).toBe(before)
  })
})

describe('names that resolve to public and private addresses', () => {
  const both = [
    { address: '10.0.0.1', family: 4 },
    { address: '1.1.1.1', family: 4 },
    { address: '::1', family: 6 },
    { address: '2606:4700:4700::1111', family: 6 },
  ]
  const resolve = lookupPublicBy(((_host: string, _options: unknown, done: (error: null, found: typeof both) => void) =>
    done(null, both)) as typeof lookup)

  it('lead to the public ones alone, whether one is asked for or all', () => {
    const answers: unknown[] = []
    resolve('mixed.example', { all: true }, (...answer) => answers.push(answer))
    resolve('mixed.example', {}, (...answer) => answers.push(answer))
    expect(answers).toEqual([
      [null, [both[1], both[3]]],
      [null, '1.1.1.1', 4],
    ])
  })
})

describe('public addresses', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each(['', 'example.org', '127.0.0.1', '::ffff:1.1.1.1', 'fe80::1%eth0', '2606:4700:4700::1111%eth0'])(
    '%j is none',
    (address) => {
      expect(isPublicAddress(address)).toBe(false)
    },
  )
})
