// The table of forms against every way that a page in a real browser has to reach an address. See ssrf.test.ts for the
// rest.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnspoolError } from '../../../src/errors.ts'
import { createBrowserFetcher } from '../../../src/fetch/browser/browser.ts'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import type { Reach } from '../../../src/fetch/guard.ts'
import { escapingPage, refreshingPage, serviceWorker, WAYS_OF_WORKER, WAYS_OUT, withWay } from '../../site/escapes.ts'
import { type FixtureWeb, type Handler, routeTo, type SitePage, startFixtureWeb } from '../../site/fixture-web.ts'
import { formsAt, type SsrfForm } from '../ssrf-forms.ts'
import { expectNothingDialled, lookupForms, startTrap, type Trap } from '../trap.ts'

const never = new AbortController().signal
const HOME = 'escape.example'
/** Pages under way at once. */
const TABS = 3
/** Forms on one page: more sockets than a browser opens through one proxy would wait for each other. */
const FORMS_A_PAGE = 12
const ALLOWED = '127.0.0.1'

let trap: Trap
let web: FixtureWeb
let browser: Fetcher
let allowing: Fetcher
let forms: readonly SsrfForm[] = []

beforeAll(async () => {
  trap = await startTrap()
  forms = formsAt(trap.port)
  const allowed = `http://${ALLOWED}:${trap.port}/`
  const worker = serviceWorker(forms.map(({ url }) => url).filter((url) => !isLocalhost(url)))
  const pages: Record<string, SitePage | Handler> = {
    [`${HOME}/allowed`]: escapingPage([{ url: allowed, moved: (way) => `/to-allowed/${way}` }]),
    'localhost/': worker.page,
    'localhost/worker.js': worker.script,
    'localhost/registered': { status: 200, headers: {}, body: '' },
  }
  for (const way of WAYS_OUT) pages[`${HOME}/to-allowed/${way}`] = redirect(withWay(allowed, way))
  for (const [at, { url }] of forms.entries()) {
    pages[`${HOME}/redirect/${at}`] = redirect(url)
    pages[`${HOME}/refresh/${at}`] = refreshingPage(url)
    const start = at - (at % FORMS_A_PAGE)
    pages[`${HOME}/page/${start}`] = escapingPage(
      forms
        .slice(start, start + FORMS_A_PAGE)
        .map((form, n) => ({ url: form.url, moved: () => `/redirect/${start + n}` })),
    )
  }
  web = await startFixtureWeb('no-fixtures', { pages })
  browser = open([])
  allowing = open([ALLOWED])
})

afterAll(async () => {
  await browser.close()
  await allowing.close()
  await trap.close()
  await web.close()
})

function open(allowPrivate: readonly string[]): Fetcher {
  const route = routeTo(web.port)
  const toSite: Reach['route'] = (host, port, protocol) =>
    host === 'localhost' && port === web.port
      ? { host: '127.0.0.1', port }
      : host === HOME
        ? route(host, port, protocol)
        : null
  return createBrowserFetcher({
    reach: { allowPrivate, route: toSite, lookup: lookupForms },
    now: () => new Date(0),
    env: { ...process.env, UNSPOOL_BROWSER: 'packaged' },
    limits: { pageMs: 90_000, loadMs: 60_000, settleMs: 2_000 },
  })
}

function redirect(url: string): Handler {
  const location = Buffer.from(url.replaceAll(/[\r\n\t]/g, '')).toString('latin1')
  return (_, response) => response.writeHead(302, { location, 'access-control-allow-origin': '*' }).end()
}

function isLocalhost(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === 'localhost'
}

/** Several at a time; the outcome of each, in order. */
async function visitAll(urls: readonly string[]): Promise<readonly unknown[]> {
  const outcomes: unknown[] = []
  const queue = [...urls.entries()]
  const tab = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, url] = next
      outcomes[at] = await browser.fetch(url, never).catch((error: unknown) => error)
    }
  }
  await Promise.all(Array.from({ length: TABS }, tab))
  return outcomes
}

describe('with a real browser, no form is', () => {
  it('the address of a page', async () => {
    const outcomes = await visitAll(forms.map(({ url }) => url))
    expect(outcomes.filter((outcome) => !(outcome instanceof UnspoolError))).toEqual([])
    expectNothingDialled(trap, web.port)
  }, 300_000)

  it('the target of a redirect', async () => {
    await visitAll(forms.map((_, at) => `http://${HOME}/redirect/${at}`))
    expectNothingDialled(trap, web.port)
  }, 300_000)

  it('where a page goes by itself', async () => {
    // One of a kind: each such page takes the time it is given to rest.
    const kinds = new Map(forms.map(({ name }, at) => [name.split(':')[0], at]))
    await visitAll([...kinds.values()].map((at) => `http://${HOME}/refresh/${at}`))
    expectNothingDialled(trap, web.port)
  }, 300_000)

  it('what any part of a page reaches', async () => {
    const starts = [...forms.keys()].filter((at) => at % FORMS_A_PAGE === 0)
    const outcomes = await visitAll(starts.map((at) => `http://${HOME}/page/${at}`))
    for (const outcome of outcomes) expect(textOfLast(outcome)).toContain('calm</body>')
    expectNothingDialled(trap, web.port)
  }, 300_000)

  it('what a service worker reaches', async () => {
    await visitAll([`http://localhost:${web.port}/`])
    expect(web.requests.map(({ path }) => path)).toContain('/worker.js')
    expectNothingDialled(trap, web.port)
  }, 60_000)
})

describe('the trap', () => {
  it('would have caught every way out: what is allowed is reached by each', async () => {
    await allowing.fetch(`http://${HOME}/allowed`, never)
    await allowing.fetch(`http://localhost:${web.port}/`, never)
    const ways = [...WAYS_OUT, ...WAYS_OF_WORKER]
    expect(ways.filter((way) => !trap.caught.includes(`/${way}`))).toEqual([])
  }, 60_000)
})

function textOfLast(outcome: unknown): string {
  if (!Array.isArray(outcome)) return String(outcome)
  const last = outcome.at(-1) as { readonly body: Uint8Array } | undefined
  return Buffer.from(last?.body ?? []).toString()
}
