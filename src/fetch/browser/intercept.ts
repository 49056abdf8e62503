// Stands between the network and a browser's page: main documents are read before the page gets them (a page that hangs
// or moves on no longer gives its bytes away), the page goes only where the visit may, secret headers are put on what
// they are for, films and fonts are not loaded. All else passes untouched.
import type { CDPSession, Protocol } from 'puppeteer-core'
import { urlOf } from '../../url.ts'

type Paused = Protocol.Fetch.RequestPausedEvent

/** The answer to a navigation of the page itself, not of a frame in it. */
export interface DocumentAnswer {
  readonly url: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** After content decoding. */
  readonly body: Uint8Array
}

/** What one visit wants of the traffic of its page. */
export interface Attendant {
  /** Called for each main document and redirect, in order. */
  receive(answer: DocumentAnswer): void
  /** Asked before the page itself goes anywhere, redirects included. */
  mayGo(url: string): boolean
  /** Headers to add to a request, or null when no request of this visit gets any. */
  readonly headersFor: ((url: URL) => Readonly<Record<string, string>>) | null
}

export interface Interception {
  /** From now on the traffic belongs to this visit; with null, the page goes nowhere. */
  attend(attendant: Attendant | null): Promise<void>
}

/** Pictures are off by a flag of the browser (see launch.ts); films and fonts, here, unless `media`. */
export async function interceptPage(session: CDPSession, mainFrame: string, media: boolean): Promise<Interception> {
  let current: Attendant | null = null
  const added = new Set<string>()
  session.on('Fetch.requestPaused', (paused) => {
    // Fails only when the page is gone, and then nobody waits for it.
    decide(session, paused, { mainFrame, media, attendant: current, added }).catch(() => undefined)
  })
  const enable = (withHeaders: boolean) => session.send('Fetch.enable', { patterns: patternsOf(media, withHeaders) })
  await enable(false)
  return {
    attend: async (attendant) => {
      const changes = (attendant?.headersFor ?? null) !== null || (current?.headersFor ?? null) !== null
      current = attendant
      if (changes) await enable((attendant?.headersFor ?? null) !== null)
    },
  }
}

function patternsOf(media: boolean, withHeaders: boolean): Protocol.Fetch.RequestPattern[] {
  return [
    { resourceType: 'Document', requestStage: 'Request' },
    { resourceType: 'Document', requestStage: 'Response' },
    ...(media ? [] : [{ resourceType: 'Media' as const }, { resourceType: 'Font' as const }]),
    ...(withHeaders ? [{ urlPattern: '*', requestStage: 'Request' as const }] : []),
  ]
}

interface Setting {
  readonly mainFrame: string
  readonly media: boolean
  readonly attendant: Attendant | null
  /** `name:value` of every header that was ever added. */
  readonly added: Set<string>
}

async function decide(session: CDPSession, paused: Paused, setting: Setting): Promise<void> {
  const { requestId, frameId, resourceType, request } = paused
  const { attendant, mainFrame } = setting
  const isMain = resourceType === 'Document' && frameId === mainFrame
  if (isAnswered(paused)) {
    const answer = isMain ? await readAnswer(session, paused) : null
    if (answer !== null) attendant?.receive(answer)
    await session.send('Fetch.continueRequest', { requestId })
  } else if (isUnwanted(paused, setting)) {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
  } else if (isMain && attendant?.mayGo(request.url) !== true) {
    // Aborted, the page stays what it was; any other reason would put an error page in its place.
    await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
  } else {
    await session.send('Fetch.continueRequest', { requestId, ...withHeaders(request, setting) })
  }
}

function isAnswered({ responseStatusCode, responseErrorReason }: Paused): boolean {
  return responseStatusCode !== undefined || responseErrorReason !== undefined
}

function isUnwanted({ resourceType }: Paused, { media }: Setting): boolean {
  return !media && (resourceType === 'Media' || resourceType === 'Font')
}

/** What was added for one host goes away again when a redirect leads to another. */
function withHeaders({ url, headers }: Protocol.Network.Request, { attendant, added }: Setting) {
  const [target, headersFor] = [urlOf(url), attendant?.headersFor ?? null]
  if (target === null || headersFor === null) return {}
  const given = Object.entries(headersFor(target)).map(([name, value]) => ({ name, value }))
  for (const header of given) added.add(keyOf(header))
  const own = Object.entries(headers).map(([name, value]) => ({ name, value }))
  return { headers: [...own.filter((header) => !added.has(keyOf(header))), ...given] }
}

function keyOf({ name, value }: { readonly name: string; readonly value: string }): string {
  return `${name.toLowerCase()}:${value}`
}

/** Null when there is no answer, or one that broke off. */
async function readAnswer(session: CDPSession, paused: Paused): Promise<DocumentAnswer | null> {
  const status = paused.responseStatusCode ?? null
  const body = status === null ? null : isRedirection(status) ? new Uint8Array() : await readBody(session, paused)
  if (status === null || body === null) return null
  const headers = (paused.responseHeaders ?? []).map(({ name, value }) => [name, value] as const)
  return { url: paused.request.url, status, headers, body }
}

async function readBody(session: CDPSession, { requestId }: Paused): Promise<Uint8Array | null> {
  try {
    const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId })
    return Buffer.from(body, base64Encoded ? 'base64' : 'utf8')
  } catch {
    return null
  }
}

/** Any 3xx: Chromium keeps no body of it. */
export function isRedirection(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400
}
