// Waits until a page has finished filling itself: no request under way and no change of the document for a while.
// Pages that never rest (tickers, long polls) are taken as they are at the limit.
import { type Page, TimeoutError } from 'puppeteer-core'
import { orHung } from './page-world.ts'

/** Rest that counts as the end. */
const QUIET_MS = 500
const SIZE = 'document.documentElement ? document.documentElement.innerHTML.length : 0'

/** Resolves when the page rests, at the latest after `maxMs`. Throws only when the page hangs or is gone. */
export async function settle(page: Page, maxMs: number): Promise<void> {
  const until = Date.now() + maxMs
  for (let left = maxMs; left > 0; left = until - Date.now()) {
    const before = await orHung(page.evaluate(SIZE))
    if (!(await isNetworkIdle(page, QUIET_MS, left))) return
    if ((await orHung(page.evaluate(SIZE))) === before) return
  }
}

/** Whether no request is under way for `idleTime` ms, waiting `timeout` ms at most. */
export async function isNetworkIdle(page: Page, idleTime: number, timeout: number): Promise<boolean> {
  try {
    await page.waitForNetworkIdle({ idleTime, timeout })
    return true
  } catch (error) {
    if (error instanceof TimeoutError) return false
    throw error
  }
}
