// Fetches with a real Chromium, for pages whose posts appear only when their JavaScript runs. One browser, a fresh
// context a page; every connection passes the guard (see proxy.ts). A crash or hang costs one page. No cookies are kept.
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { RefusedError, TransientFetchError, type UnspoolError } from '../errors.ts'
import type { Capture } from '../model.ts'
import { atMost } from './at-most.ts'
import type { Fetcher } from './fetcher.ts'
import { findBrowser } from './find-browser.ts'
import { buildGuardedConnector, checkUrl, PUBLIC_ONLY, type Reach } from './guard.ts'
import { launchBrowser, stopBrowser } from './launch.ts'
import { explainNetworkError } from './network-error.ts'
import { type GuardedProxy, startProxy } from './proxy.ts'
import { type Recording, recordPage } from './record.ts'
import { settle } from './settle.ts'

/** One page, from opening to closing. */
export const PAGE_TIMEOUT_MS = 60_000
/** Until the main document is there. */
const LOAD_TIMEOUT_MS = 30_000
/** After that, for scripts to fill it. */
const SETTLE_TIMEOUT_MS = 10_000
/** A page that cannot be closed is left to the end of the browser. */
const LEAVE_TIMEOUT_MS = 3_000

/** Chromium's word for a port that belongs to other services than the web's. */
const UNSAFE_PORT = 'ERR_UNSAFE_PORT'

export interface BrowserOptions {
  readonly now: () => Date
  readonly reach?: Reach
  /** Added to the browser's own User-Agent, so that sites know who asks. */
  readonly userAgent?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly limits?: Partial<BrowserLimits>
}

export interface BrowserLimits {
  readonly pageMs: number
  readonly loadMs: number
  readonly settleMs: number
}

const LIMITS: BrowserLimits = { pageMs: PAGE_TIMEOUT_MS, loadMs: LOAD_TIMEOUT_MS, settleMs: SETTLE_TIMEOUT_MS }

interface Machine {
  readonly browser: Browser
  readonly proxy: GuardedProxy
}

interface Visit {
  readonly url: URL
  readonly input: string
  readonly options: BrowserOptions
  readonly limits: BrowserLimits
}

/** A fetcher whose inputs are http and https URLs. The browser starts with the first page, and again after a crash. */
export function createBrowserFetcher(options: BrowserOptions): Fetcher {
  const limits = { ...LIMITS, ...options.limits }
  let starting: Promise<Machine> | null = null
  const stop = async () => {
    const machine = starting
    starting = null
    if (machine !== null) await machine.then(stopMachine, () => undefined)
  }
  const machine = async () => {
    if (starting !== null && !(await starting).browser.connected) await stop()
    starting ??= startMachine(options)
    starting.catch(stop)
    return starting
  }
  return {
    fetch: async (input, signal) => {
      const visit = { url: checkUrl(input), input, options, limits }
      signal.throwIfAborted()
      return visitPage(visit, await machine(), stop, signal)
    },
    close: stop,
  }
}

async function startMachine(options: BrowserOptions): Promise<Machine> {
  const found = await findBrowser(options.env ?? process.env)
  const proxy = await startProxy(buildGuardedConnector(options.reach ?? PUBLIC_ONLY))
  try {
    return { proxy, browser: await launchBrowser(found, proxy.port) }
  } catch (error) {
    await proxy.close()
    throw error
  }
}

async function stopMachine({ browser, proxy }: Machine): Promise<void> {
  await stopBrowser(browser)
  await proxy.close()
}

async function visitPage(
  visit: Visit,
  machine: Machine,
  stop: () => Promise<void>,
  signal: AbortSignal,
): Promise<readonly Capture[]> {
  let context: BrowserContext | null = null
  let recording: Recording | null = null
  try {
    context = await machine.browser.createBrowserContext({ downloadBehavior: { policy: 'deny' } })
    const page = await context.newPage()
    await prepare(page, machine.browser, visit.options)
    recording = await recordPage(page, { input: visit.input, url: withoutFragment(visit.url), now: visit.options.now })
    return await orStopped(watch(page, visit, recording), page, visit.limits.pageMs, signal)
  } catch (error) {
    // A browser that opens no page will not open the next one either.
    if (context === null) await stop()
    signal.throwIfAborted()
    const saved = recording?.salvage() ?? []
    if (saved.length > 0) return saved
    throw explain(error, new URL(recording?.lastUrl() ?? visit.url), machine.proxy)
  } finally {
    if (context !== null) await leave(context)
  }
}

async function leave(context: BrowserContext): Promise<void> {
  const closing = context.close().catch(() => undefined)
  await atMost(closing, LEAVE_TIMEOUT_MS)
}

async function prepare(page: Page, browser: Browser, options: BrowserOptions): Promise<void> {
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  await page.setBypassServiceWorker(true)
  if (options.userAgent !== undefined)
    await page.setUserAgent({ userAgent: `${await browser.userAgent()} ${options.userAgent}` })
}

/** Loads, settles, records. */
async function watch(page: Page, visit: Visit, recording: Recording): Promise<readonly Capture[]> {
  await page.goto(visit.url.href, { waitUntil: 'domcontentloaded', timeout: visit.limits.loadMs })
  await settle(page, visit.limits.settleMs)
  return recording.finish()
}

/** The work, unless the person, the deadline or a crash ends it first. */
function orStopped<T>(work: Promise<T>, page: Page, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const browser = page.browser()
    const late = setTimeout(() => reject(new Error(`the page was not ready after ${ms / 1000} s`)), ms)
    const abort = () => reject(signal.reason)
    const gone = () => reject(new Error('the browser crashed'))
    signal.addEventListener('abort', abort, { once: true })
    browser.once('disconnected', gone)
    page.once('error', (error) => reject(new Error('the page crashed in the browser', { cause: error })))
    work.then(resolve, reject).finally(() => {
      clearTimeout(late)
      signal.removeEventListener('abort', abort)
      browser.off('disconnected', gone)
    })
  })
}

/** The browser says only that a connection failed; the proxy knows why. */
function explain(error: unknown, at: URL, proxy: GuardedProxy): UnspoolError {
  const cause = proxy.failureOf(at.hostname)
  if (cause !== null) return explainNetworkError(at, cause, null)
  const why = error instanceof Error ? error.message : String(error)
  // Mail, databases and the like: no later try helps.
  if (why.includes(UNSAFE_PORT))
    return new RefusedError(`${at.href}: browsers do not go to this port; correct the address`)
  return new TransientFetchError(`${at.href}: ${why}; try again later`, { cause: error })
}

function withoutFragment(url: URL): string {
  return url.href.split('#', 1)[0] ?? url.href
}
