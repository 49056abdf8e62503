// The table of forms against every way by which HTTP fetches, robots.txt and a browser's tunnel among them. See
// browser/ssrf.test.ts for what a page does, and test/crawl/ssrf.test.ts for what leads a crawl astray.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError, UnspoolError } from '../../src/errors.ts'
import type { Fetcher } from '../../src/fetch/fetcher.ts'
import { buildGuardedConnector, type Reach, TUNNEL } from '../../src/fetch/guard.ts'
import { createHttpFetcher } from '../../src/fetch/http/http.ts'
import { createRobots } from '../../src/fetch/manners/robots.ts'
import { type FixtureWeb, type Handler, routeTo, startFixtureWeb } from '../site/fixture-web.ts'
import { formsAt, SSRF_FORMS, type SsrfForm } from './ssrf-forms.ts'
import { expectNothingDialled, lookupForms, startTrap, type Trap, UNUSED } from './trap.ts'

const never = new AbortController().signal
const PUBLIC = 'public.example'
const WEB = new Set(['http:', 'https:', 'ws:', 'wss:'])
const names = SSRF_FORMS.map(({ name }, at) => [name, at] as const)

let trap: Trap
let web: FixtureWeb
let forms: readonly SsrfForm[] = []
let reach: Reach
let http: Fetcher

beforeAll(async () => {
  trap = await startTrap()
  forms = formsAt(trap.port)
  const redirects = forms.map(({ url }, at): [string, Handler] => [
    `${PUBLIC}/${at}`,
    // As bytes, the way servers send what does not fit into Latin-1.
    (_, response) => response.writeHead(302, { location: asLatin1(url) }).end(),
  ])
  web = await startFixtureWeb('no-fixtures', { pages: Object.fromEntries(redirects) })
  const route = routeTo(web.port)
  reach = {
    allowPrivate: [],
    route: (host, port, protocol) => (host === PUBLIC ? route(host, port, protocol) : null),
    lookup: lookupForms,
  }
  http = open(reach)
})

afterAll(async () => {
  await http.close()
  await trap.close()
  await web.close()
})

/** Line ends cannot stand in a header at all. */
function asLatin1(url: string): string {
  return Buffer.from(url.replaceAll(/[\r\n\t]/g, '')).toString('latin1')
}

const open = (reach: Reach) =>
  createHttpFetcher({ userAgent: 'test', now: () => new Date(0), reach, limits: { totalMs: 500 } })

async function expectRefusal(work: Promise<unknown>, { dns }: SsrfForm): Promise<void> {
  // Where a public address is left, the failure is the network's.
  await expect(work).rejects.toThrow(dns?.includes(UNUSED) === true ? UnspoolError : RefusedError)
  expectNothingDialled(trap, web.port)
}

it('has at least 120 forms, each once', () => {
  expect(SSRF_FORMS.length).toBeGreaterThanOrEqual(120)
  for (const key of ['name', 'url'] as const)
    expect(new Set(SSRF_FORMS.map((form) => form[key])).size).toBe(forms.length)
})

describe.each(names)('%s', (_, at) => {
  it('is no page', async () => {
    const form = forms[at]!
    await expectRefusal(http.fetch(form.url, never), form)
    await expectRefusal(http.fetch(form.url.replace(/^http:/, 'https:'), never), form)
  })

  it('is no target of a redirect', async () => {
    const from = `http://${PUBLIC}/${at}`
    const form = forms[at]!
    // Beside a base of the same scheme, `http:x` is a path (WHATWG URL, "special relative").
    if (URL.canParse(form.url, from) && new URL(form.url, from).host === PUBLIC) await http.fetch(from, never)
    else await expectRefusal(http.fetch(from, never), form)
    expectNothingDialled(trap, web.port)
  })

  it('has no robots.txt', async () => {
    const form = forms[at]!
    if (!URL.canParse(form.url)) return
    expect((await createRobots(http, () => 0).check(form.url, never)).allowed).toBe(false)
    expectNothingDialled(trap, web.port)
  })

  it('is no end of a tunnel', async () => {
    const form = forms[at]!
    const url = URL.canParse(form.url) ? new URL(form.url) : null
    if (url === null || !WEB.has(url.protocol)) return
    const options = { hostname: url.hostname, host: url.host, port: url.port || '80', protocol: TUNNEL }
    const work = new Promise((resolve, reject) => {
      buildGuardedConnector(reach)(options, (error, socket) => (error === null ? resolve(socket) : reject(error)))
    })
    if (form.dns?.includes(UNUSED) === true) work.catch(() => undefined)
    else await expect(work).rejects.toThrow(RefusedError)
    expectNothingDialled(trap, web.port)
  })
})

describe('a name that is public first and private afterwards', () => {
  it('gives what it gave, and then no more', async () => {
    let connections = 0
    const route = routeTo(web.port)
    const once: Reach = {
      allowPrivate: [],
      route: (host, port, protocol) => (connections++ === 0 ? route(host, port, protocol) : null),
      lookup: lookupForms,
    }
    const url = 'http://loopback.attacker.example/x'
    const earlier = open(once)
    expect(await earlier.fetch(url, never)).toMatchObject([{ status: 404 }])
    await earlier.close()
    const later = open(once)
    await expect(later.fetch(url, never)).rejects.toThrow(RefusedError)
    await later.close()
    expectNothingDialled(trap, web.port)
  })
})

it('would have caught it: what is allowed reaches the trap, and is seen to', async () => {
  const hosts = ['127.0.0.1', '[::1]', 'localhost']
  const allowing = open({ allowPrivate: hosts, route: null })
  for (const host of hosts) await allowing.fetch(`http://${host}:${trap.port}/${host}`, never)
  await allowing.close()
  expect(trap.caught).toEqual(['/127.0.0.1', '/[::1]', '/localhost'])
  expect(trap.dialled(web.port).length).toBeGreaterThanOrEqual(3)
})
