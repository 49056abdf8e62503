// A name that is public when it is first asked for and private afterwards, in a real browser: each connection is judged
// by the address it is made to, whatever an earlier one of the same name was.
import type { lookup } from 'node:dns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowserFetcher } from '../../../src/fetch/browser/browser.ts'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import type { Route } from '../../../src/fetch/guard.ts'
import { type FixtureWeb, routeTo, startFixtureWeb } from '../../site/fixture-web.ts'
import { expectNothingDialled, startTrap, type Trap, UNUSED } from '../trap.ts'

const never = new AbortController().signal
const REBINDS = 'rebinds.example'
const HOME = 'home.example'
const SOCKET = 'socket.example'

let trap: Trap
let web: FixtureWeb
let browser: Fetcher
let lookups: string[] = []
let isRebound = true

/** Public once for each name, and this machine ever after. */
const rebind = ((name: string, _options: unknown, done: LookupDone) => {
  const address = lookups.includes(name) ? '127.0.0.1' : UNUSED
  lookups.push(name)
  done(null, [{ address, family: address.includes(':') ? 6 : 4 }])
}) as typeof lookup
type LookupDone = (error: null, found: readonly { address: string; family: number }[]) => void

beforeAll(async () => {
  trap = await startTrap()
  const loop = (urls: readonly string[]) => `<!doctype html><p id="out">none</p><script>
    (async () => {
      let failed = 0
      for (let n = 0; n < 4; n++) for (const url of ${JSON.stringify(urls)}) {
        try { out.textContent = 'reached ' + await (await fetch(url + n, { mode: 'no-cors' })).text(); return } catch { failed++ }
      }
      out.textContent = 'failed ' + failed
    })()
    new WebSocket('ws://${SOCKET}:${trap.port}/')
    setTimeout(() => new WebSocket('ws://${SOCKET}:${trap.port}/again'), 200)
    for (const n of [1, 2, 3]) setTimeout(() => document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://${REBINDS}:${trap.port}/frame' + n })), n * 100)
  </script><body>`
  const urls = ['http:', 'https:'].map((scheme) => `${scheme}//${REBINDS}:${trap.port}/secret`)
  const page = (body: string) => ({ status: 200, headers: { 'content-type': 'text/html' }, body })
  web = await startFixtureWeb('no-fixtures', {
    pages: {
      [`${HOME}/`]: page(loop(urls)),
      [`${REBINDS}/start`]: (_, response) => {
        // From here on the name means something else.
        isRebound = true
        response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end(loop([`/secret`, ...urls]))
      },
    },
  })
  const toSite = routeTo(web.port)
  const route: Route = (host, port, protocol) =>
    host === HOME || (host === REBINDS && !isRebound) ? toSite(host, port, protocol) : null
  browser = createBrowserFetcher({
    reach: { allowPrivate: [], route, lookup: rebind },
    now: () => new Date(0),
    env: { ...process.env, UNSPOOL_BROWSER: 'packaged' },
    limits: { pageMs: 60_000, loadMs: 40_000, settleMs: 20_000 },
  })
})

afterAll(async () => {
  await browser.close()
  await trap.close()
  await web.close()
})

async function visit(url: string): Promise<string> {
  const captures = await browser.fetch(url, never).catch((error: unknown) => String(error))
  return typeof captures === 'string' ? captures : Buffer.from(captures.at(-1)?.body ?? []).toString()
}

describe('a name that turns private', () => {
  it('is not reached as a page, however often it is tried', async () => {
    lookups = []
    for (const _ of [1, 2, 3]) await visit(`http://${REBINDS}:${trap.port}/`)
    expect(lookups.filter((name) => name === REBINDS).length).toBeGreaterThan(1)
    expectNothingDialled(trap, web.port)
  }, 90_000)

  it('is not reached by what a page asks for: scripts, frames, sockets', async () => {
    lookups = []
    expect(await visit(`http://${HOME}/`)).toContain('failed 8')
    for (const name of [REBINDS, SOCKET]) expect(lookups.filter((one) => one === name).length).toBeGreaterThan(1)
    expectNothingDialled(trap, web.port)
  }, 90_000)

  it('is not reached by the page that it was itself when it was public', async () => {
    isRebound = false
    lookups = []
    expect(await visit(`http://${REBINDS}/start`)).toContain('failed 12')
    expect(isRebound).toBe(true)
    expectNothingDialled(trap, web.port)
  }, 90_000)
})
