// Pages that try every way out which a browser gives to a page: each way is named, and asks for a path of its name, so
// that a server which is reached tells by which.
import type { SitePage } from './fixture-web.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }

/** Ways by markup; `%` stands for the escaped target. */
const MARKUP: Readonly<Record<string, string>> = {
  'dns-prefetch': '<link rel="dns-prefetch" href="%">',
  preconnect: '<link rel="preconnect" href="%">',
  prefetch: '<link rel="prefetch" href="%">',
  preload: '<link rel="preload" as="fetch" crossorigin href="%">',
  modulepreload: '<link rel="modulepreload" href="%">',
  stylesheet: '<link rel="stylesheet" href="%">',
  import: '<style>@import url("%");</style>',
  background: '<div style="background:url(&quot;%&quot;)">x</div>',
  img: '<img src="%">',
  svg: '<svg><image href="%"/><use href="%#x"/></svg>',
  video: '<video src="%" autoplay></video>',
  audio: '<audio src="%" autoplay></audio>',
  track: '<video><track default src="%"></video>',
  frame: '<iframe src="%"></iframe>',
  refresh: '<iframe srcdoc="<meta http-equiv=refresh content=\'0;url=%\'>"></iframe>',
  object: '<object data="%"></object>',
  embed: '<embed src="%">',
  // One that is not `async` would keep the rest of the page waiting.
  script: '<script async src="%"></script>',
  module: '<script type="module" src="%"></script>',
  form: '<iframe name="form-#"></iframe><form method="post" target="form-#" action="%"></form>',
}

/** Ways by script; `target` is the address to reach. */
const SCRIPTS: Readonly<Record<string, string>> = {
  fetch: 'fetch(target).catch(() => 0)',
  'fetch-opaque': "fetch(target, { mode: 'no-cors', method: 'POST', body: 'x' }).catch(() => 0)",
  xhr: "const xhr = new XMLHttpRequest(); xhr.open('GET', target); xhr.send()",
  beacon: "navigator.sendBeacon(target, 'x')",
  socket: "new WebSocket(target.replace(/^\\s*http/i, 'ws'))",
  events: 'new EventSource(target)',
  open: "window.open(target, 'out')",
  'dynamic-import': 'import(target).catch(() => 0)',
  image: 'new Image().src = target',
  font: "new FontFace('x', 'url(' + JSON.stringify(target) + ')').load().catch(() => 0)",
  worker: "inWorker('fetch(target).catch(() => 0)', target)",
  'worker-script': "inWorker('importScripts(target)', target)",
  'worker-socket': "inWorker('new WebSocket(target)', target.replace(/^\\s*http/i, 'ws'))",
  peer: `const host = new URL(target).host
    const peer = new RTCPeerConnection({ iceServers: [
      { urls: 'stun:' + host }, { urls: ['turn:' + host + '?transport=tcp', 'turn:' + host], username: 'x', credential: 'x' } ] })
    peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))`,
}

/** Ways over an answer of the page's own site that leads on. */
const REDIRECTED: Readonly<Record<string, string>> = {
  'redirected-fetch': 'fetch(moved).catch(() => 0)',
  'redirected-frame': "document.body.append(Object.assign(document.createElement('iframe'), { src: moved }))",
  'redirected-script': "document.body.append(Object.assign(document.createElement('script'), { src: moved }))",
}

/** Pictures, films and fonts are off and pages send no UDP: these ask for nothing even of hosts that are allowed. */
const SILENT = 'dns-prefetch preconnect img image background svg video audio track font peer'.split(' ')

/** The ways that a host which may be reached is known to be reached by. */
export const WAYS_OUT = [...Object.keys(MARKUP), ...Object.keys(SCRIPTS), ...Object.keys(REDIRECTED)].filter(
  (way) => !SILENT.includes(way),
)

/** The ways of a service worker. */
export const WAYS_OF_WORKER = ['service-worker', 'service-worker-socket', 'service-worker-script']

export interface EscapeTarget {
  readonly url: string
  /** A page of the same site that redirects to the URL and the name of the way. */
  readonly moved: (way: string) => string
}

/** One page with every way to every target. It says `calm` when its own script has come to its end. */
export function escapingPage(targets: readonly EscapeTarget[]): SitePage {
  const markup = targets.flatMap(({ url }, at) =>
    Object.entries(MARKUP).map(([way, html]) =>
      html.replaceAll('%', escapeAttribute(withWay(url, way))).replaceAll('#"', `${at}"`),
    ),
  )
  const given = targets.map(({ url, moved }) => ({
    ways: Object.fromEntries(Object.keys(SCRIPTS).map((way) => [way, withWay(url, way)])),
    moved: Object.fromEntries(Object.keys(REDIRECTED).map((way) => [way, moved(way)])),
  }))
  const body = `<!doctype html><meta charset="utf-8"><body><script>${scriptFor(given)}</script>${markup.join('\n')}`
  return { status: 200, headers: HTML, body }
}

/** A page that goes to the URL by itself. */
export function refreshingPage(url: string): SitePage {
  const body = `<!doctype html><meta http-equiv="refresh" content="0;url=${escapeAttribute(url)}"><p>calm</p>`
  return { status: 200, headers: HTML, body }
}

/** A page that registers a service worker, and the worker, which tries the ways that it has. */
export function serviceWorker(urls: readonly string[]): Readonly<Record<'page' | 'script', SitePage>> {
  const asks = urls.map(
    (url) => `attempt(() => fetch(${literal(withWay(url, 'service-worker'))}, { mode: 'no-cors' }).catch(() => 0))
      attempt(() => new WebSocket(${literal(withWay(url, 'service-worker-socket').replace('http', 'ws'))}))
      attempt(() => importScripts(${literal(withWay(url, 'service-worker-script'))}))`,
  )
  const script = `const attempt = (ask) => { try { return ask() } catch { return null } }\n${asks.join('\n')}`
  const page = `<!doctype html><p>calm</p><script>navigator.serviceWorker.register('/worker.js')
    .then(() => fetch('/registered'))</script>`
  return {
    page: { status: 200, headers: HTML, body: page },
    script: { status: 200, headers: { 'content-type': 'text/javascript' }, body: script },
  }
}

/** The URL with the name of the way as its path, where it ends in the root. */
export function withWay(url: string, way: string): string {
  return url.endsWith('/') ? `${url}${way}` : url
}

function scriptFor(given: unknown): string {
  const steps = Object.entries(SCRIPTS).map(([way, code]) => step(`const target = ways[${literal(way)}]; ${code}`))
  const moves = Object.entries(REDIRECTED).map(([way, code]) => step(`const moved = movedTo[${literal(way)}]; ${code}`))
  return `
    const inWorker = (code, target) =>
      new Worker(URL.createObjectURL(new Blob(['const target = ' + JSON.stringify(target) + ';' + code])))
    addEventListener('DOMContentLoaded', () => {
      for (const form of document.forms) try { form.submit() } catch {}
      document.body.append('calm')
    })
    for (const { ways, moved: movedTo } of ${literal(given)}) {
      ${[...steps, ...moves].join('\n')}
    }`
}

function step(code: string): string {
  return `try { ${code} } catch {}`
}

/** A value inside a script element. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('<', '&lt;')
}
