// Fetches with a real Chromium, for pages whose posts appear only when their JavaScript runs. Tabs are used again, each
// visit finds them clean; every connection passes the guard (see proxy.ts). A crash or hang costs one page. No cookies
// are kept, but in a profile that a person names.
import PQueue from 'p-queue'
import type { Page } from 'puppeteer-core'
import { RefusedError, TransientFetchError, type UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import { urlOf, withoutFragment } from '../../url.ts'
import type { Ask, Browsing, Fetcher } from '../fetcher.ts'
import { checkUrl, type Reach } from '../guard.ts'
import { explainNetworkError } from '../network-error.ts'
import { giveCookies } from './cookies.ts'
import { createMachines, type Machine, type Machines } from './machines.ts'
import { enterWorld } from './page-world.ts'
import type { GuardedProxy } from './proxy.ts'
import { type Recording, recordPage } from './record.ts'
import { REVEAL_LIMITS, type RevealLimits, reveal } from './reveal.ts'
import { settle } from './settle.ts'
import type { Tab } from './tabs.ts'

/** One page, from opening to closing; a page that hangs is left much earlier. */
const PAGE_TIMEOUT_MS = 150_000
/** Until the main document is there. */
const LOAD_TIMEOUT_MS = 30_000
/** After that, for scripts to fill it. */
const SETTLE_TIMEOUT_MS = 10_000
/** Pages under way at once in all browsers: each is a process of 100 MB and more. */
const MAX_TABS = 4

/** Chromium's word for a port that belongs to other services than the web's. */
const UNSAFE_PORT = 'ERR_UNSAFE_PORT'

interface BrowserOptions {
  readonly now: () => Date
  readonly reach?: Reach
  /** Added to the browser's own User-Agent, so that sites know who asks. */
  readonly userAgent?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly limits?: Partial<BrowserLimits>
  /** For visits that do not say it themselves. */
  readonly browsing?: Browsing
}

interface BrowserLimits extends RevealLimits {
  readonly pageMs: number
  readonly loadMs: number
  readonly settleMs: number
}

const LIMITS: BrowserLimits = {
  pageMs: PAGE_TIMEOUT_MS,
  loadMs: LOAD_TIMEOUT_MS,
  settleMs: SETTLE_TIMEOUT_MS,
  ...REVEAL_LIMITS,
}
const NOTHING_PERSONAL: Browsing = { profile: null, media: false, cookies: [] }

interface Visit {
  readonly url: URL
  readonly input: string
  readonly now: () => Date
  readonly limits: BrowserLimits
  readonly browsing: Browsing
  readonly ask: Ask | null
}

/** A fetcher whose inputs are http and https URLs. The browser starts with the first page, and again after a crash. */
export function createBrowserFetcher(options: BrowserOptions): Fetcher {
  const { now } = options
  const limits = { ...LIMITS, ...options.limits }
  const machines = createMachines(options)
  const queue = new PQueue({ concurrency: MAX_TABS })
  return {
    fetch: async (input, signal, ask) => {
      const browsing = ask?.browsing ?? options.browsing ?? NOTHING_PERSONAL
      const visit = { url: checkUrl(input), input, now, limits, browsing, ask: ask ?? null }
      signal.throwIfAborted()
      return queue.add(() => visitPage(visit, machines, signal), { signal })
    },
    close: machines.close,
  }
}

async function visitPage(visit: Visit, machines: Machines, signal: AbortSignal): Promise<readonly Capture[]> {
  const machine = await machines.get(visit.browsing)
  const held: { tab: Tab | null; recording: Recording | null; isSound: boolean } = {
    ...{ tab: null, recording: null, isSound: false },
  }
  try {
    held.tab = await machine.tabs.take()
    held.recording = await prepare(held.tab, visit)
    const found = await orStopped(watch(held.tab, visit, held.recording), held.tab.page, visit.limits.pageMs, signal)
    held.isSound = true
    return found
  } catch (error) {
    signal.throwIfAborted()
    return salvage(error, held.recording, visit, machine)
  } finally {
    held.recording?.end()
    if (held.tab !== null) await machine.tabs.giveBack(held.tab, held.isSound)
    // A browser that opens no page will not open the next one either.
    if (!held.isSound) await machines.check(machine)
  }
}

/** What there is of a page that did not come to its end, or why there is nothing. */
function salvage(error: unknown, recording: Recording | null, visit: Visit, { proxy }: Machine): readonly Capture[] {
  const saved = recording?.salvage() ?? []
  if (saved.length > 0) return saved
  throw explain(error, new URL(recording?.lastUrl() ?? visit.url), proxy)
}

async function prepare(tab: Tab, { input, url, now, browsing, ask }: Visit): Promise<Recording> {
  await giveCookies(tab.session, browsing.cookies, now().getTime())
  const asked = withoutFragment(url.href)
  return recordPage(tab, {
    ...{ input, url: asked, now, media: browsing.media },
    mayFollow: (target) => {
      const to = urlOf(target)
      return to !== null && (ask === null || withoutFragment(to.href) === asked || ask.mayFollow(to))
    },
    headersFor: ask === null ? null : headersBeside(ask, url),
  })
}

/** The browser has the cookies. Null when there is nothing else: then requests need not be looked at. */
function headersBeside(ask: Ask, asked: URL): ((url: URL) => Readonly<Record<string, string>>) | null {
  const headersFor = (url: URL) => {
    const { cookie: _, ...rest } = ask.headersFor(url)
    return rest
  }
  return Object.keys(headersFor(asked)).length === 0 ? null : headersFor
}

/** Loads, settles, unfolds, records. */
async function watch(tab: Tab, visit: Visit, recording: Recording): Promise<readonly Capture[]> {
  const { page } = tab
  const { limits } = visit
  await page.goto(visit.url.href, { waitUntil: 'domcontentloaded', timeout: limits.loadMs })
  await settle(page, limits.settleMs)
  recording.hold()
  const world = await enterWorld(tab.session, tab.mainFrame)
  return recording.finish(await reveal({ page, world, limits, ...recording }))
}

/** The work, unless the person, the deadline or a crash ends it first. */
function orStopped<T>(work: Promise<T>, page: Page, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const browser = page.browser()
    const late = setTimeout(() => reject(new Error(`the page was not ready after ${ms / 1000} s`)), ms)
    const abort = () => reject(signal.reason)
    const gone = () => reject(new Error('the browser crashed'))
    const broken = (error: Error) => reject(new Error('the page crashed in the browser', { cause: error }))
    signal.addEventListener('abort', abort, { once: true })
    browser.once('disconnected', gone)
    page.once('error', broken)
    work.then(resolve, reject).finally(() => {
      clearTimeout(late)
      signal.removeEventListener('abort', abort)
      browser.off('disconnected', gone)
      page.off('error', broken)
    })
  })
}

/** The browser says only that a connection failed; the proxy knows why. */
function explain(error: unknown, at: URL, proxy: GuardedProxy): UnspoolError {
  const cause = proxy.failureOf(at.hostname)
  if (cause !== null) return explainNetworkError(at.href, cause, null)
  const why = error instanceof Error ? error.message : String(error)
  // Mail, databases and the like: no later try helps.
  if (why.includes(UNSAFE_PORT))
    return new RefusedError(`${at.href}: browsers do not go to this port; correct the address`)
  return new TransientFetchError(`${at.href}: ${why}; try again later`, { cause: error })
}
