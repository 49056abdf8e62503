// Our WACZ in the field's replay tool: ReplayWeb.page shows its pages in a real Chromium. The tool is under the AGPL
// and wants a newer Node to be installed, so it is no dependency: UNSPOOL_REPLAYWEBPAGE names a folder with `ui.js` and
// `sw.js` of npm's replaywebpage (2.5.3 was tried); without it nothing is tested here.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../../src/fetch/browser/find.ts'
import { openExports } from '../export/package/open.ts'

const TOOL = process.env['UNSPOOL_REPLAYWEBPAGE'] ?? ''
const WAIT_MS = 25_000
const RANGE = /bytes=(\d*)-(\d*)/

describe.skipIf(TOOL === '')('ReplayWeb.page', () => {
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    const { folder, run } = openExports()
    expect(await run('wacz', 'threads.wacz')).toMatchObject({ code: 0 })
    server = createServer((request, response) => answer(join(folder, 'threads.wacz'), request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await launch()
  })

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  it.each([
    [
      'a thread page',
      'http://threads.reader.example/thread/1767612801741758466.html',
      '20240315080000',
      /eleven weeks/,
    ],
    ['an article', 'http://gauges.example/2024/05/low-water/', '20240507120000', /argue about the second reading/],
    ['a later capture', 'http://gauges.example/2024/05/low-water/', '20240607120000', /argue about the second reading/],
    ['the same bytes again', 'http://club.example/diary', '20240704080000', /Log in to continue/],
  ])('shows %s', async (_, url, time, words) => {
    const { port } = server.address() as AddressInfo
    const page = await browser.newPage()
    page.on('dialog', (dialog) => void dialog.dismiss()) // hostile markup of the fixture runs here, as it would have
    await page.goto(`http://localhost:${port}/?${new URLSearchParams({ url, time })}`)
    const frame = await page.waitForFrame(async (one) => one.url().includes(`/${time}mp_/`), { timeout: WAIT_MS })
    expect(await textWith(page, frame.url(), words)).toMatch(words)
    await page.close()
  })
})

/** Waits for words in a frame; gives what is there in the end. */
async function textWith(page: Page, url: string, words: RegExp): Promise<string> {
  let text = ''
  for (const end = Date.now() + WAIT_MS; Date.now() < end && !words.test(text); ) {
    const frame = page.frames().find((one) => one.url() === url)
    text = (await frame?.content().catch(() => '')) ?? ''
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return text
}

async function launch(): Promise<Browser> {
  const { executablePath, env, isShell } = await findBrowser({ ...process.env, UNSPOOL_BROWSER: 'packaged' })
  return puppeteer.launch({
    executablePath,
    env: { ...process.env, ...env, LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en-US' }, // the tool fails on the locale C.UTF-8
    headless: isShell ? 'shell' : true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}

function answer(wacz: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const html = (body: string): [string, Buffer] => [
    'text/html',
    Buffer.from(`<!doctype html><script src="/ui.js"></script>${body}`),
  ]
  const script = (name: string): [string, Buffer] => ['text/javascript', readFileSync(join(TOOL, name))]
  const [url, time] = [searchParams.get('url'), searchParams.get('time')]
  const embed = `<replay-web-page source="/a.wacz" url="${url}" ts="${time}" replayBase="/replay/" embed="replayonly"></replay-web-page>`
  const pages: Readonly<Record<string, () => [string, Buffer]>> = {
    '/': () => html(`${embed}<style>replay-web-page { width: 1000px; height: 800px }</style>`),
    '/replay/': () => html('<replay-app-main></replay-app-main>'),
    '/ui.js': () => script('ui.js'),
    '/sw.js': () => script('sw.js'),
    '/replay/sw.js': () => script('sw.js'),
    '/a.wacz': () => ['application/wacz', readFileSync(wacz)],
  }
  const [type, body] = pages[pathname]?.() ?? ['text/plain', null]
  if (body === null) response.writeHead(404).end()
  else sendRange(type, body, request, response)
}

function sendRange(type: string, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [isPart, first = '', last = ''] = RANGE.exec(request.headers.range ?? '') ?? []
  const start = first === '' ? Math.max(0, body.length - Number(last || body.length)) : Number(first)
  const end = first === '' || last === '' ? body.length : Math.min(Number(last) + 1, body.length)
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', 'content-length': end - start }
  const range = `bytes ${start}-${end - 1}/${body.length}`
  response.writeHead(isPart ? 206 : 200, isPart ? { ...headers, 'content-range': range } : headers)
  response.end(request.method === 'HEAD' ? undefined : body.subarray(start, end))
}
