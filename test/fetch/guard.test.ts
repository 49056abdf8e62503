// Every spelling of an address that is not public, against a server that counts who gets through.
import type { lookup } from 'node:dns'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../src/errors.ts'
import { buildGuardedConnector, isPublicAddress, refusalIn, TUNNEL } from '../../src/fetch/guard.ts'
import { createHttpFetcher } from '../../src/fetch/http.ts'
import { type FixtureWeb, routeTo, startFixtureWeb } from '../site/fixture-web.ts'

const PRIVATE_HOSTS = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...['0x7f.0x0.0x0.0x1', '0', '0.0.0.0', '00', '0x0', '127.0.0.1.', '%31%32%37.0.0.1', '127。0。0。1', '①②⑦.0.0.1'],
  ...['localhost', 'LOCALHOST', 'localhost.'],
  ...[
    '10.0.0.1',
    '10.255.255.255',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '0xc0a80001',
    '192.168.257',
  ],
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '100.64.0.1', '100.127.255.255'],
  ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
  ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '255.255.255.254'],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[::127.0.0.1]',
  ],
  ...[
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::]',
    '[2001::1]',
    '[2001:0:7f00:1::]',
  ],
  ...[
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[100::1]',
  ],
]
const OTHER_FORMS = [
  ...['file:///etc/passwd', 'ftp://192.0.2.1/', 'gopher://127.0.0.1/', 'data:text/html,hi', 'javascript:alert(1)'],
  ...[
    'http://user@127.0.0.1/',
    'http://public.example@127.0.0.1/',
    'http://[fe80::1%25eth0]/',
    'http://',
    'ws://127.0.0.1/',
    '',
  ],
]
const never = new AbortController().signal

let trap: Server
let trapped = 0
let port = 0
let web: FixtureWeb

beforeAll(async () => {
  trap = createServer((socket) => {
    trapped += 1
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nSECRET')
  })
  await new Promise<void>((resolve) => trap.listen(0, () => resolve()))
  const address = trap.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  web = await startFixtureWeb('no-fixtures', { pages: redirectsToTrap() })
})

afterAll(async () => {
  trap.close()
  await web.close()
})

/** One page a host that redirects there: the guard must judge every hop. */
function redirectsToTrap() {
  return Object.fromEntries(
    PRIVATE_HOSTS.map((host, at) => [
      `public.example/${at}`,
      {
        status: 302,
        headers: {
          location: encodeURI(`http://${host}:${port}/`)
            .replaceAll('%5B', '[')
            .replaceAll('%5D', ']')
            .replaceAll('%25', '%'),
        },
        body: '',
      },
    ]),
  )
}

const options = { userAgent: 'test', now: () => new Date(0) }

describe('the guard', () => {
  it('covers at least 60 forms', () => {
    expect(PRIVATE_HOSTS.length).toBeGreaterThanOrEqual(60)
  })

  it.each(PRIVATE_HOSTS)('refuses http://%s', async (host) => {
    const http = createHttpFetcher(options)
    await expect(http.fetch(`http://${host}:${port}/`, never)).rejects.toThrow(RefusedError)
    await expect(http.fetch(`https://${host}:${port}/`, never)).rejects.toThrow(RefusedError)
    await http.close()
    expect(trapped).toBe(0)
  })

  it.each(PRIVATE_HOSTS.map((host, at) => [host, at] as const))('refuses a redirect to http://%s', async (_, at) => {
    const { route } = web.dispatcherOptions.reach
    const publicOnly = {
      allowPrivate: [],
      route: (host: string, port: number, protocol: string) =>
        host === 'public.example' ? route!(host, port, protocol) : null,
    }
    const http = createHttpFetcher({ ...options, reach: publicOnly })
    await expect(http.fetch(`http://public.example/${at}`, never)).rejects.toThrow(RefusedError)
    await http.close()
    expect(trapped).toBe(0)
  })

  it.each(OTHER_FORMS)('refuses %j', async (url) => {
    const http = createHttpFetcher(options)
    await expect(http.fetch(url, never)).rejects.toThrow(RefusedError)
    await http.close()
    expect(trapped).toBe(0)
  })

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

describe('names', () => {
  const answers = (...addresses: string[]) =>
    ((_host: string, _options: unknown, done: (error: null, found: { address: string; family: number }[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as typeof lookup
  const connect = (resolve: typeof lookup, protocol: string) =>
    new Promise<Error | null>((done) => {
      const connector = buildGuardedConnector({ allowPrivate: ['mine.example'], route: null }, resolve)
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
