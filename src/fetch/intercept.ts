// Stands between the network and a browser's page for two purposes: main documents are read before the page gets them
// (a page that hangs or moves on no longer gives its bytes away), films and fonts are not loaded. All else passes untouched.
import type { CDPSession, Page, Protocol } from 'puppeteer-core'

type Paused = Protocol.Fetch.RequestPausedEvent

/** The answer to a navigation of the page itself, not of a frame in it. */
export interface DocumentAnswer {
  readonly url: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** After content decoding. */
  readonly body: Uint8Array
}

/** Calls `receive` for each main document and redirect, in order. Pictures are off by a flag of the browser. */
export async function interceptPage(page: Page, receive: (answer: DocumentAnswer) => void): Promise<void> {
  const session = await page.createCDPSession()
  const { frameTree } = await session.send('Page.getFrameTree')
  session.on('Fetch.requestPaused', (paused) => {
    // Fails only when the page is gone, and then nobody waits for it.
    decide(session, paused, frameTree.frame.id, receive).catch(() => undefined)
  })
  await session.send('Fetch.enable', {
    patterns: [
      { resourceType: 'Media' },
      { resourceType: 'Font' },
      { resourceType: 'Document', requestStage: 'Response' },
    ],
  })
}

async function decide(
  session: CDPSession,
  paused: Paused,
  mainFrame: string,
  receive: (answer: DocumentAnswer) => void,
): Promise<void> {
  const { requestId, resourceType, frameId } = paused
  if (resourceType !== 'Document') {
    await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    return
  }
  const answer = frameId === mainFrame ? await readAnswer(session, paused) : null
  if (answer !== null) receive(answer)
  await session.send('Fetch.continueRequest', { requestId })
}

/** Null when there is no answer, or one that broke off. */
async function readAnswer(session: CDPSession, paused: Paused): Promise<DocumentAnswer | null> {
  const status = paused.responseStatusCode ?? null
  const body = status === null ? null : isRedirect(status) ? new Uint8Array() : await readBody(session, paused)
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

/** Chromium keeps no body of a redirect. */
export function isRedirect(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400
}
