// The misbehaviour of a real web, on demand: each entry is one case, named by what is wrong. Served under
// fault.example.
import { gzipSync } from 'node:zlib'
import type { Handler, SitePage } from './fixture-web.ts'

/** The host that misbehaves. */
export const FAULTY = 'fault.example'
/** What an undamaged body holds. */
export const WHOLE = '<!doctype html><title>Whole</title><p>A body that arrives in one piece.</p>\n'.repeat(400)

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const GZIP = { ...HTML, 'content-encoding': 'gzip' }

/** All faults, by path. */
export const FAULTS: Readonly<Record<string, SitePage | Handler>> = {
  '/whole': page(200, HTML, WHOLE),
  '/gzip': page(200, GZIP, gzipSync(WHOLE)),
  '/gzip-cut': page(200, GZIP, gzipSync(WHOLE).subarray(0, 150)),
  '/gzip-bomb': page(200, GZIP, gzipSync(Buffer.alloc(32 * 1024 * 1024))),
  '/gzip-lie': page(200, GZIP, WHOLE),
  '/gzip-six': page(200, { ...HTML, 'content-encoding': 'gzip, gzip, gzip, gzip, gzip, gzip' }, six(WHOLE)),
  '/redirect': redirect(301, '/redirect-2'),
  '/redirect-2': redirect(302, 'http://other.example/landed#part'),
  '/self': redirect(302, '/self'),
  '/loop-a': redirect(302, '/loop-b'),
  '/loop-b': redirect(302, '/loop-a'),
  ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`/hops-${n}`, redirect(307, `/hops-${n + 1}`)])),
  '/to-file': redirect(302, 'file:///etc/passwd'),
  '/to-private': redirect(302, 'http://10.0.0.1/admin'),
  '/to-nowhere': page(302, {}, ''),
  '/to-password': redirect(302, 'http://user:secret@other.example/'),
  '/wrong-charset': page(200, HTML, Buffer.from('<p>na\u00efve caf\u00e9</p>', 'latin1')),
  '/busy': page(429, { ...HTML, 'retry-after': '120' }, 'slow down'),
  '/busy-until': page(
    503,
    { ...HTML, date: 'Fri, 02 Jan 2026 03:04:05 GMT', 'retry-after': 'Fri, 02 Jan 2026 03:05:05 GMT' },
    'back in a minute',
  ),
  '/down': page(503, HTML, 'down'),
  '/forbidden': page(403, HTML, 'members only'),
  '/gone': page(410, HTML, 'gone'),
  '/cookie': page(200, { ...HTML, 'set-cookie': 'session=canary-7f3a', 'X-Made-By': 'hand' }, WHOLE),
  '/huge': endless(64 * 1024, 0),
  '/drip': endless(1, 20),
  '/silent': () => undefined,
  '/short': shortBody,
  '/reset': (request) => request.socket.destroy(),
  '/not-http': (request) => request.socket.end('I am not HTTP at all\r\n\r\n'),
  '/long-head': page(200, { ...HTML, 'x-long': 'x'.repeat(40_000) }, WHOLE),
}

/** The faults as pages of `FAULTY`, ready for `startFixtureWeb`. */
export function faultyPages(): Readonly<Record<string, SitePage | Handler>> {
  return Object.fromEntries(Object.entries(FAULTS).map(([path, fault]) => [`${FAULTY}${path}`, fault]))
}

function page(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | string): SitePage {
  return { status, headers, body }
}

function redirect(status: number, location: string): SitePage {
  return page(status, { location }, '')
}

function six(text: string): Uint8Array {
  return Array.from({ length: 6 }).reduce<Uint8Array>((body) => gzipSync(body), Buffer.from(text))
}

/** Writes `size` bytes each `pauseMs`, for ever. */
function endless(size: number, pauseMs: number): Handler {
  return (_, response) => {
    response.writeHead(200, HTML)
    const chunk = Buffer.alloc(size, 'x')
    const write = () => {
      if (response.destroyed) return
      const flows = response.write(chunk)
      if (pauseMs > 0) setTimeout(write, pauseMs)
      else if (flows) setImmediate(write)
      else response.once('drain', write)
    }
    write()
  }
}

/** Promises more than it sends. */
function shortBody(...[request, response]: Parameters<Handler>): void {
  response.writeHead(200, { ...HTML, 'content-length': String(WHOLE.length) })
  response.write(WHOLE.slice(0, 1000), () => request.socket.destroy())
}
