// Tabs of one browser, used again and again: opening one costs more than loading a page. What a page left behind is
// taken away before the next comes, unless the browser runs with a person's own profile.
import type { Browser, BrowserContext, CDPSession, Page } from 'puppeteer-core'
import { atMost } from '../at-most.ts'
import { type Interception, interceptPage } from './intercept.ts'

/** A tab that cannot be cleaned or closed by then is given up. */
const LEAVE_TIMEOUT_MS = 3_000
/** Visits of one tab: whatever leaks does not add up. */
const MOST_VISITS = 100
const WEB = /^https?:\/\//

export interface Tab {
  readonly page: Page
  readonly session: CDPSession
  readonly mainFrame: string
  readonly interception: Interception
  /** Of its own; null in a person's profile. */
  readonly context: BrowserContext | null
  /** Whose documents were in it since it was clean: pages and frames. */
  readonly origins: Set<string>
  visits: number
}

interface TabOptions {
  readonly media: boolean
  /** True for a person's profile: cookies are what it is for. */
  readonly isPersonal: boolean
  /** Added to the browser's own User-Agent. */
  readonly userAgent: string | null
}

export interface Tabs {
  take(): Promise<Tab>
  /** `isSound` is false for a tab whose visit failed. */
  giveBack(tab: Tab, isSound: boolean): Promise<void>
}

export function createTabs(browser: Browser, options: TabOptions): Tabs {
  const free: Tab[] = []
  return {
    take: async () => free.pop() ?? openTab(browser, options),
    giveBack: async (tab, isSound) => {
      tab.visits++
      if (isSound && tab.visits < MOST_VISITS && (await isCleaned(tab))) free.push(tab)
      else await closeTab(tab)
    },
  }
}

async function openTab(browser: Browser, options: TabOptions): Promise<Tab> {
  const context = options.isPersonal
    ? null
    : await browser.createBrowserContext({ downloadBehavior: { policy: 'deny' } })
  const page = await (context ?? browser).newPage()
  const session = await page.createCDPSession()
  const { frameTree } = await session.send('Page.getFrameTree')
  const mainFrame = frameTree.frame.id
  const interception = await interceptPage(session, mainFrame, options.media)
  const tab = { page, session, mainFrame, interception, context, origins: new Set<string>(), visits: 0 }
  await prepare(tab, options)
  return tab
}

async function prepare({ page, origins }: Tab, { userAgent }: TabOptions): Promise<void> {
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  page.on('popup', (popup) => void popup?.close().catch(() => undefined))
  page.on('framenavigated', (frame) => {
    if (WEB.test(frame.url())) origins.add(new URL(frame.url()).origin)
  })
  await page.setBypassServiceWorker(true)
  // An answer out of the cache is no observation.
  await page.setCacheEnabled(false)
  if (userAgent !== null) await page.setUserAgent({ userAgent: `${await page.browser().userAgent()} ${userAgent}` })
}

async function isCleaned(tab: Tab): Promise<boolean> {
  const cleaning = clean(tab).then(
    () => true,
    () => false,
  )
  return (await atMost(cleaning, LEAVE_TIMEOUT_MS)) === true
}

async function clean({ page, session, context, origins, mainFrame, interception }: Tab): Promise<void> {
  await interception.attend(null)
  if (context !== null) await forgetSession(session, mainFrame)
  await page.goto('about:blank')
  if (context === null) return
  const stored = [...origins].map((origin) =>
    session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
  )
  await Promise.all([session.send('Network.clearBrowserCookies'), ...stored])
  origins.clear()
}

/**
 * A tab's own storage outlives its pages and is in no list of stored data. Pages that may have none throw, in there.
 */
async function forgetSession(session: CDPSession, frameId: string): Promise<void> {
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId })
  await session.send('Runtime.evaluate', { expression: 'sessionStorage.clear()', contextId })
}

async function closeTab({ page, context }: Tab): Promise<void> {
  const closing = (context ?? page).close().catch(() => undefined)
  await atMost(closing, LEAVE_TIMEOUT_MS)
}
