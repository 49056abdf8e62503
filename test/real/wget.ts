// wget as a recorder: the fixtures' web with redirects, refusals and coded pages, recorded three times: compressed,
// then again with what is unchanged as revisits, then uncompressed.
import { spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { writeInto } from '../cli/run.ts'
import type { FixtureWeb, Handler, SitePage } from '../site/fixture-web.ts'

const PAGE = `<!doctype html><title>Coded</title><article><h1>Coded</h1>${'<p>Words of a page.</p>'.repeat(60)}</article>`
const html = { 'content-type': 'text/html' }

const pages: Readonly<Record<string, SitePage | Handler>> = {
  'moved.example/twice': { status: 302, headers: { location: '/once' }, body: '' },
  'moved.example/once': {
    status: 301,
    headers: { location: 'http://gauges.example/2024/05/low-water/', ...html },
    body: '<p>Moved',
  },
  'moved.example/gone': { status: 410, headers: html, body: '<p>Gone' },
  'coded.example/gzip': (_, answer) =>
    answer.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(PAGE)),
  'coded.example/chunks': (_, answer) => {
    answer.writeHead(200, html).write(PAGE)
    answer.end(PAGE)
  },
}

/** Records every page of the web. Gives the paths of the three WARC files. */
async function record(dir: string, web: FixtureWeb): Promise<readonly string[]> {
  const proxy = await startProxy(web.port)
  const urls = writeInto(dir, 'urls', [...web.urls, 'http://moved.example/nowhere'].join('\n'))
  const run = (...args: string[]) =>
    wget(['-q', '-t', '1', '-e', `http_proxy=http://127.0.0.1:${proxy.port}`, '-O', '/dev/null', '-i', urls, ...args])
  await run(`--warc-file=${join(dir, 'first')}`, '--warc-cdx')
  await run(`--warc-file=${join(dir, 'second')}`, `--warc-dedup=${join(dir, 'first.cdx')}`)
  await run(`--warc-file=${join(dir, 'third')}`, '--no-warc-compression')
  proxy.close()
  return ['first.warc.gz', 'second.warc.gz', 'third.warc'].map((name) => join(dir, name))
}

/** 8: some servers answered with an error, as they should. */
function wget(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('wget', args, { stdio: 'ignore' })
    child.on('close', (code) => (code === 0 || code === 8 ? resolve() : reject(new Error(`wget: ${code}`))))
  })
}

/** Leads requests for any host to the loopback site, which tells hosts by their header. */
function startProxy(port: number): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((asked, answer) => {
    const { host, pathname, search } = new URL(asked.url ?? '')
    const on = request(
      { port, host: '127.0.0.1', path: pathname + search, headers: { ...asked.headers, host } },
      (given) => {
        answer.writeHead(given.statusCode ?? 500, given.headers)
        given.pipe(answer)
      },
    )
    on.end()
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }),
    )
  })
}

export const wgetWeb = { pages, record }
