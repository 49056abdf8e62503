// The site of the crawl benchmark, in a process of its own: any host, 60 KB pages of 60 posts, 20 ms to answer. Prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const LATENCY_MS = 20
const POSTS = 60
/** Moves each post into its place once more, as pages do that draw themselves. */
const SCRIPT =
  '<script>for (const post of [...document.querySelectorAll(".content-tweet")]) post.parentNode.append(post)</script>'
/** Words of nobody's: letters drawn from the numbers of page, post and place. */
function wordOf(seed: number): string {
  let state = (seed * 2_654_435_761) >>> 0
  return Array.from({ length: 4 + (state % 5) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCharCode(97 + ((state >>> 16) % 26))
  }).join('')
}

function pageOf(name: string, seed: number): string {
  const posts = Array.from({ length: POSTS }, (_, i) => {
    const words = Array.from({ length: 120 }, (_, n) => wordOf(seed * 10_007 + i * 131 + n + 1)).join(' ')
    return `<div id="tweet_${i + 1}" class="content-tweet allow-preview" data-tweet="${1_700_000_000_000_000 + seed * 1000 + i}" data-screenname="${name}">${i + 1}/${POSTS} ${words}</div>`
  })
  return `<!doctype html><html><head><title>Thread by @${name}</title></head><body><div class="t-main"><h1>Thread</h1>${posts.join('\n')}</div></body></html>`
}

const server = createServer((request, response) => {
  const [, kind = '', number = '0'] = (request.url ?? '').split('/')
  const isPage = kind === 'thread' || kind === 'scripted'
  const seed = Number(number.replace('.html', ''))
  const script = kind === 'scripted' ? SCRIPT : ''
  const body = isPage ? pageOf(`author${seed}`, seed) + script : 'User-agent: *\nAllow: /\n'
  setTimeout(
    () => response.writeHead(200, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain' }).end(body),
    LATENCY_MS,
  )
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
