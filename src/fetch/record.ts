// Writes down what a browser's page receives: each main document and redirect, the JSON its scripts fetch, and at the end
// the document as the scripts left it. One capture each; pictures, styles and scripts are not kept.
import type { HTTPRequest, HTTPResponse, Page } from 'puppeteer-core'
import type { Capture } from '../model.ts'
import { atMost } from './at-most.ts'
import { makeCapture, mediaTypeOf, type RawCapture } from './fetcher.ts'
import { redactHeaders } from './redact.ts'

/** Bytes kept of one answer. */
const ANSWER_LIMIT_BYTES = 20 * 1024 * 1024
/** Bytes kept of the final document. */
const DOCUMENT_LIMIT_BYTES = 100 * 1024 * 1024
/** Answers to scripts kept of one page: enough for any thread, not for a ticker. */
const MAX_ANSWERS = 500
/** An answer that is still coming by then is not waited for. */
const REST_TIMEOUT_MS = 2_000

const JSON_TYPE = /^(application|text)\/([\w.-]+\+)?json$/
const HTML_TYPE = /^(text\/html|application\/xhtml\+xml)$/

export interface Recording {
  /** Everything so far: documents in order, then answers, then the final document when the page is HTML. */
  finish(): Promise<readonly Capture[]>
  /** What was received, without asking the page, which may hang; nothing when that is redirects only. */
  salvage(): readonly Capture[]
  /** Where the page went last, whether it arrived or not. */
  lastUrl(): string
}

interface Asked {
  readonly input: string
  readonly url: string
  readonly now: () => Date
}

/** Starts recording; call before the page goes anywhere. */
export function recordPage(page: Page, asked: Asked): Recording {
  const documents: Capture[] = []
  const answers: Capture[] = []
  const pending: Promise<void>[] = []
  page.on('response', (response) => {
    const list = listFor(response, page, documents, answers)
    if (list === null || pending.length > MAX_ANSWERS) return
    pending.push(keep(response, asked, asked.now().toISOString(), list))
  })
  let lastUrl = asked.url
  page.on('request', (request) => {
    if (isMainNavigation(request, page)) lastUrl = request.url()
  })
  const all = () => [...documents, ...answers]
  return {
    lastUrl: () => lastUrl,
    salvage: () => (documents.some((document) => !isRedirect(document.status)) ? all() : []),
    finish: async () => {
      await atMost(Promise.all(pending), REST_TIMEOUT_MS)
      const main = documents.at(-1) ?? null
      if (main !== null && !HTML_TYPE.test(main.mediaType ?? '')) return all()
      return [...all(), await captureDocument(page, asked, main)]
    },
  }
}

function listFor(response: HTTPResponse, page: Page, documents: Capture[], answers: Capture[]): Capture[] | null {
  const request = response.request()
  if (isMainNavigation(request, page)) return documents
  if (request.isNavigationRequest()) return null
  const isScripted = request.resourceType() === 'xhr' || request.resourceType() === 'fetch'
  return isScripted && JSON_TYPE.test(typeOf(response) ?? '') ? answers : null
}

function isMainNavigation(request: HTTPRequest, page: Page): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame()
}

function isRedirect(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400
}

/** Never rejects: an answer that breaks off has no bytes to keep; the final document still tells what it did. */
async function keep(response: HTTPResponse, asked: Asked, at: string, list: Capture[]): Promise<void> {
  try {
    // Chromium keeps no body of a redirect.
    const whole = isRedirect(response.status()) ? new Uint8Array() : await response.buffer()
    list.push(captureAnswer(response, asked, at, whole))
  } catch {
    if (list.length === 0) return
  }
}

function captureAnswer(response: HTTPResponse, asked: Asked, at: string, whole: Uint8Array): Capture {
  return makeCapture({
    ...common(asked, at),
    finalUrl: withoutFragment(response.url()),
    status: response.status(),
    // Chromium tells names in lower case and joins repeated headers.
    ...redactHeaders(Object.entries(response.headers())),
    mediaType: typeOf(response),
    ...cut(whole, ANSWER_LIMIT_BYTES),
  })
}

async function captureDocument(page: Page, asked: Asked, main: Capture | null): Promise<Capture> {
  const html = await page.content()
  const kept = cut(new TextEncoder().encode(html), DOCUMENT_LIMIT_BYTES)
  return makeCapture({
    ...common(asked, asked.now().toISOString()),
    finalUrl: withoutFragment(page.url()),
    status: main?.status ?? null,
    headers: [['content-type', 'text/html; charset=utf-8']],
    redactedHeaders: [],
    mediaType: 'text/html',
    body: kept.body,
    // Without a whole main document there was nothing whole to build on.
    truncated: main === null ? 'disconnect' : kept.truncated,
  })
}

function common(
  asked: Asked,
  at: string,
): Pick<RawCapture, 'input' | 'url' | 'originalUrl' | 'method' | 'capturedAt' | 'capturedAtBasis'> {
  return {
    input: asked.input,
    url: asked.url,
    originalUrl: null,
    method: 'browser',
    capturedAt: at,
    capturedAtBasis: 'observed',
  }
}

function cut(whole: Uint8Array, limit: number): Pick<Capture, 'body' | 'truncated'> {
  return whole.length > limit
    ? { body: whole.subarray(0, limit), truncated: 'length' }
    : { body: whole, truncated: null }
}

function typeOf(response: HTTPResponse): string | null {
  return mediaTypeOf(response.headers()['content-type'] ?? null)
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url
}
