// Waits until a page has finished filling itself: no request under way and no change of the document for a while.
// Pages that never rest (tickers, long polls) are taken as they are at the limit.
import { type Page, TimeoutError } from 'puppeteer-core'

/** Rest that counts as the end. */
const QUIET_MS = 500
const SIZE = 'document.documentElement ? document.documentElement.innerHTML.length : 0'

/** Resolves when the page rests, at the latest after `maxMs`. Throws only when the page is gone. */
export async function settle(page: Page, maxMs: number): Promise<void> {
  const until = Date.now() + maxMs
  for (let left = maxMs; left > 0; left = until - Date.now()) {
    const before = await page.evaluate(SIZE)
    if (!(await isNetworkIdle(page, left))) return
    if ((await page.evaluate(SIZE)) === before) return
  }
}

async function isNetworkIdle(page: Page, timeout: number): Promise<boolean> {
  try {
    await page.waitForNetworkIdle({ idleTime: QUIET_MS, timeout })
    return true
  } catch (error) {
    if (error instanceof TimeoutError) return false
    throw error
  }
}
