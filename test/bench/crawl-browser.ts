// Part of `npm run bench:crawl`: the same pages of a loopback site by our browser and by a bare loop over as many tabs
// of the same Chromium, used again as ours are, that waits for rest, takes the document and keeps nothing. Rounds
// alternate; no new one is begun once a kind of page has had its time. Alone: `tsx test/bench/crawl-browser.ts [PAGES A
// ROUND]`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import puppeteer, { type Page } from 'puppeteer-core'
import { createBrowserFetcher } from '../../src/fetch/browser/browser.ts'
import { findBrowser } from '../../src/fetch/browser/find.ts'
import { startProxy } from '../../src/fetch/browser/proxy.ts'
import { buildGuardedConnector } from '../../src/fetch/guard.ts'
import { routeTo } from '../site/fixture-web.ts'

const TABS = 4
const HOSTS = 20
const ROUNDS = 5
/** For each kind of page: both are told within two minutes or so. */
const BUDGET_MS = 45_000
const pages = Number(process.argv[2] ?? 20)

const site = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'crawl-site.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const port = Number(
  await new Promise<string>((resolve) => site.stdout.once('data', (data: Buffer) => resolve(String(data)))),
)
const reach = { allowPrivate: [], route: routeTo(port) }
const found = await findBrowser(process.env)
const urls = (kind: string, round: number) =>
  Array.from({ length: pages }, (_, at) => `http://host${at % HOSTS}.example/${kind}/${round * pages + at}.html`)

/** As many at a time as there are tabs. */
async function overTabs<T>(tabs: readonly T[], list: readonly string[], visit: (tab: T, url: string) => Promise<void>) {
  const queue = [...list]
  const start = performance.now()
  const drain = async (tab: T) => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) await visit(tab, url)
  }
  await Promise.all(tabs.map(drain))
  return list.length / ((performance.now() - start) / 1000)
}

async function openBare() {
  // Through a proxy too, as the site's names lead nowhere else; its own share is small beside a page's.
  const proxy = await startProxy(buildGuardedConnector(reach))
  const browser = await puppeteer.launch({
    executablePath: found.executablePath,
    headless: found.isShell ? 'shell' : true,
    env: { ...process.env, ...found.env },
    pipe: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--blink-settings=imagesEnabled=false',
      `--proxy-server=http://127.0.0.1:${proxy.port}`,
    ],
  })
  const tabs = await Promise.all(Array.from({ length: TABS }, () => browser.newPage()))
  const visit = async (page: Page, url: string) => {
    await page.goto(url, { waitUntil: 'networkidle0' })
    if ((await page.content()).length < 1000) throw new Error(`${url} came back empty`)
  }
  return {
    run: (list: readonly string[]) => overTabs(tabs, list, visit),
    close: async () => {
      await browser.close()
      await proxy.close()
    },
  }
}

function openOurs() {
  const fetcher = createBrowserFetcher({ now: () => new Date(), reach, userAgent: 'Unspool/bench' })
  const never = new AbortController().signal
  const visit = async (_: number, url: string) => {
    const captures = await fetcher.fetch(url, never)
    if ((captures.at(-1)?.body.length ?? 0) < 1000) throw new Error(`${url} came back empty`)
  }
  const slots = Array.from({ length: TABS }, (_, at) => at)
  return { run: (list: readonly string[]) => overTabs(slots, list, visit), close: fetcher.close }
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0

const [bare, ours] = [await openBare(), openOurs()]
for (const kind of ['thread', 'scripted']) {
  await bare.run(urls(kind, 0).slice(0, TABS * 2))
  await ours.run(urls(kind, 0).slice(0, TABS * 2))
  const [theirs, own]: [number[], number[]] = [[], []]
  const end = performance.now() + BUDGET_MS
  for (let round = 1; round <= ROUNDS && (round === 1 || performance.now() < end); round++) {
    theirs.push(await bare.run(urls(kind, 2 * round)))
    own.push(await ours.run(urls(kind, 2 * round + 1)))
  }
  const ratios = own.map((rate, at) => rate / (theirs[at] ?? rate))
  const [rate, other] = [median(own).toFixed(1), median(theirs).toFixed(1)]
  console.log(
    `browser, ${kind} pages, ${TABS} tabs: ${rate} pages/s, bare loop ${other}; ratio ${median(ratios).toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(', ')})`,
  )
}
await Promise.all([bare.close(), ours.close()])
site.kill()
