// The site of the crawl benchmark, in a process of its own: any host, 60 KB pages of 60 posts, 20 ms to answer. Prints
// its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makePage } from './made-pages.ts'

const LATENCY_MS = 20
/** Moves each post into its place once more, as pages do that draw themselves. */
const SCRIPT =
  '<script>for (const post of [...document.querySelectorAll(".content-tweet")]) post.parentNode.append(post)</script>'

const server = createServer((request, response) => {
  const [, kind = '', number = '0'] = (request.url ?? '').split('/')
  const isPage = kind === 'thread' || kind === 'scripted'
  const seed = Number(number.replace('.html', ''))
  const script = kind === 'scripted' ? SCRIPT : ''
  const body = isPage ? makePage(seed) + script : 'User-agent: *\nAllow: /\n'
  setTimeout(
    () => response.writeHead(200, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain' }).end(body),
    LATENCY_MS,
  )
})
server.listen(0, () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
