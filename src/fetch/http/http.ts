// Fetches over HTTP: every hop of a redirect is a capture, bytes are taken as sent and decoded by us, everything is
// bounded in time and size. Keeps no cookies, retries nothing, asks no robots.txt (see manners/robots.ts).
import { Agent, request } from 'undici'
import { RefusedError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import { urlOf, withoutFragment } from '../../url.ts'
import { unlessAborted } from '../at-most.ts'
import { type Ask, type Fetcher, makeCapture, mediaTypeOf } from '../fetcher.ts'
import { buildGuardedConnector, checkUrl, PUBLIC_ONLY, type Reach } from '../guard.ts'
import { explainNetworkError } from '../network-error.ts'
import { headerOf, redactHeaders } from '../redact.ts'
import { acceptFor } from './accept.ts'
import { readBody } from './body.ts'
import { conditionalHeaders, fillNotModified } from './conditional.ts'
import { ACCEPTED_ENCODINGS, decodeBody } from './decode.ts'
import { locationOf } from './redirect.ts'

/** From the first request to the last byte of the last hop. */
const TOTAL_TIMEOUT_MS = 60_000
/** From the request to the end of the answer's head. */
const HEADERS_TIMEOUT_MS = 15_000
/** Bytes of one body as sent. */
const RAW_LIMIT_BYTES = 20 * 1024 * 1024
/** Bytes of an answer's head. */
const HEAD_LIMIT_BYTES = 16 * 1024
const MAX_REDIRECTS = 5
/** Connections to one origin; manners between requests are the crawl's business. */
const CONNECTIONS_PER_ORIGIN = 4

interface HttpOptions {
  /** See `userAgentOf`. */
  readonly userAgent: string
  readonly now: () => Date
  readonly reach?: Reach
  readonly limits?: Partial<HttpLimits>
}

export interface HttpLimits {
  readonly totalMs: number
  readonly headersMs: number
  readonly rawBytes: number
}

const LIMITS: HttpLimits = { totalMs: TOTAL_TIMEOUT_MS, headersMs: HEADERS_TIMEOUT_MS, rawBytes: RAW_LIMIT_BYTES }

interface Session extends HttpOptions {
  readonly agent: Agent
  readonly limits: HttpLimits
  readonly ask: Ask
}

const NOTHING_MORE: Ask = { previous: null, headersFor: () => ({}), mayFollow: () => true }

/** A fetcher whose inputs are http and https URLs. */
export function createHttpFetcher(options: HttpOptions): Fetcher {
  const limits = { ...LIMITS, ...options.limits }
  const agent = new Agent({
    connect: buildGuardedConnector(options.reach ?? PUBLIC_ONLY),
    connections: CONNECTIONS_PER_ORIGIN,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.totalMs,
    maxHeaderSize: HEAD_LIMIT_BYTES,
  })
  const session = { ...options, limits, agent }
  return {
    fetch: (input, signal, ask = NOTHING_MORE) => fetchHops(input, { ...session, ask }, signal),
    // Kept-alive sockets of hung servers must not hold up the end.
    close: () => agent.destroy(),
  }
}

async function fetchHops(input: string, session: Session, signal: AbortSignal): Promise<readonly Capture[]> {
  const asked = checkUrl(input)
  const deadline = AbortSignal.timeout(session.limits.totalMs)
  const hops: Capture[] = []
  for (let next: URL | null = asked; next !== null; ) {
    const path = [...hops.map((hop) => hop.finalUrl ?? ''), withoutFragment(next.href)]
    checkPath(path)
    const hop: Capture = await fetchHop(next, { input, asked, path }, session, { signal, deadline })
    hops.push(hop)
    if (isEvidence(hop, next)) session.ask.onRedirect?.(hop)
    const target = redirectOf(hop, next)
    next = target !== null && session.ask.mayFollow(target) ? target : null
  }
  return hops
}

function checkPath(path: readonly string[]): void {
  if (new Set(path).size < path.length)
    throw new RefusedError(`${path.join(' → ')}: the site redirects in a circle; it may want a cookie or a login`)
  if (path.length > MAX_REDIRECTS + 1)
    throw new RefusedError(`${path.join(' → ')}: more than ${MAX_REDIRECTS} redirects; try the last address directly`)
}

/** The head of an answer, its body still coming. */
interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: AsyncIterable<Uint8Array>
  readonly at: string
}

interface Signals {
  readonly signal: AbortSignal
  readonly deadline: AbortSignal
}

/** What a person or a crawl asked for, before any redirect, and the way from there. */
interface Wanted {
  /** As it was typed. */
  readonly input: string
  readonly asked: URL
  /** From there to here, by the redirects. */
  readonly path: readonly string[]
}

async function fetchHop(url: URL, wanted: Wanted, session: Session, signals: Signals): Promise<Capture> {
  const { input, asked, path } = wanted
  const { status, headers, body, at } = await send(url, path.join(' → '), session, signals)
  const raw = await readBody(body, session.limits.rawBytes, signals)
  const decoded = await decodeBody(raw.body, headerOf(headers, 'content-encoding'))
  const answer = {
    input,
    url: withoutFragment(asked.href),
    finalUrl: withoutFragment(url.href),
    originalUrl: null,
    capturedAt: at,
    capturedAtBasis: 'observed',
    method: 'http',
    status,
    ...redactHeaders(headers, session.ask.headersFor(url)),
    mediaType: mediaTypeOf(headerOf(headers, 'content-type')),
    body: decoded.body,
    truncated: raw.truncated ?? decoded.truncated,
  } as const
  return makeCapture(fillNotModified(answer, session.ask.previous))
}

/** `where` is what errors say. */
async function send(url: URL, where: string, session: Session, signals: Signals): Promise<Answer> {
  const { signal, deadline } = signals
  const either = AbortSignal.any([signal, deadline])
  try {
    const asked = request(url, {
      dispatcher: session.agent,
      signal: either,
      headers: headersOf(url, session),
      // Names as sent, in order: evidence. undici then gives a flat list, which its types do not tell.
      responseHeaders: 'raw',
    })
    // undici looks at the signal only once it is connected, which may take long.
    const { statusCode, headers, body } = await unlessAborted(asked, either)
    return { status: statusCode, headers: pairs(headers), body, at: session.now().toISOString() }
  } catch (error) {
    signal.throwIfAborted()
    throw explainNetworkError(where, error, deadline.aborted ? session.limits.totalMs : null)
  }
}

function headersOf(url: URL, { userAgent, ask }: Session): Readonly<Record<string, string>> {
  const own = { 'user-agent': userAgent, accept: acceptFor(url), 'accept-encoding': ACCEPTED_ENCODINGS }
  return { ...own, ...ask.headersFor(url), ...conditionalHeaders(ask.previous, withoutFragment(url.href)) }
}

function pairs(flat: unknown): (readonly [string, string])[] {
  const list: readonly unknown[] = Array.isArray(flat) ? flat : []
  return list.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(list[at + 1])] as const] : []))
}

function redirectOf(hop: Capture, from: URL): URL | null {
  const target = locationOf(hop)
  if (target === null) return null
  const url = urlOf(target, from)
  if (url === null) throw new RefusedError(`${from.href} redirects to ${target}, which is no address`)
  return checkUrl(url.href)
}

/** A redirect, unless it carries a password, which would be archived. */
function isEvidence(hop: Capture, from: URL): boolean {
  const location = locationOf(hop)
  const target = urlOf(location, from)
  return location !== null && (target === null || `${target.username}${target.password}` === '')
}
