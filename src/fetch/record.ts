// Writes down what a browser's page receives: each main document and redirect, the JSON its scripts fetch, and at the end
// the document as the scripts left it. One capture each; pictures, styles and scripts are not kept.
import type { HTTPRequest, HTTPResponse, Page } from 'puppeteer-core'
import type { Capture } from '../model.ts'
import { atMost } from './at-most.ts'
import { makeCapture, mediaTypeOf, type RawCapture } from './fetcher.ts'
import { type DocumentAnswer, interceptPage, isRedirect } from './intercept.ts'
import { headerOf, redactHeaders } from './redact.ts'

/** Bytes kept of one answer to a script. */
const ANSWER_LIMIT_BYTES = 20 * 1024 * 1024
/** Bytes kept of one document. */
const DOCUMENT_LIMIT_BYTES = 100 * 1024 * 1024
/** Answers to scripts kept of one page: enough for any thread, not for a ticker. */
const MAX_ANSWERS = 500
/** An answer that is still coming by then is not waited for. */
const REST_TIMEOUT_MS = 2_000

const JSON_TYPE = /^(application|text)\/([\w.-]+\+)?json$/
const HTML_TYPE = /^(text\/html|application\/xhtml\+xml)$/
const WEB_PAGE = /^https?:/

export interface Recording {
  /** Everything so far: documents in order, then answers, then the final document when the page is HTML. */
  finish(): Promise<readonly Capture[]>
  /** What was received, without asking the page, which may hang; nothing when that is redirects only. */
  salvage(): readonly Capture[]
  /** Where the page went last, whether it arrived or not. */
  lastUrl(): string
}

export interface Asked {
  readonly input: string
  readonly url: string
  readonly now: () => Date
}

/** Starts recording; call before the page goes anywhere. */
export async function recordPage(page: Page, asked: Asked): Promise<Recording> {
  const documents: Capture[] = []
  const answers = recordAnswers(page, asked)
  const lastUrl = followPage(page, asked.url)
  await interceptPage(page, (answer) => documents.push(captureAnswer(answer, asked, at(asked), DOCUMENT_LIMIT_BYTES)))
  const all = () => [...documents, ...answers.received()]
  return {
    lastUrl,
    salvage: () => (documents.some(({ status }) => !isRedirect(status)) ? all() : []),
    finish: async () => {
      await answers.settled()
      const main = documents.at(-1) ?? null
      const isHtml = main === null || HTML_TYPE.test(main.mediaType ?? '')
      // When a script leads to where nothing answers, the browser shows a page of its own.
      return isHtml && WEB_PAGE.test(page.url()) ? [...all(), await captureFinal(page, asked, main)] : all()
    },
  }
}

function followPage(page: Page, start: string): () => string {
  let last = start
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) last = request.url()
  })
  return () => last
}

interface Answers {
  readonly received: () => readonly Capture[]
  readonly settled: () => Promise<unknown>
}

/** JSON that scripts fetch, in order of arrival. */
function recordAnswers(page: Page, asked: Asked): Answers {
  const slots: (Capture | null)[] = []
  const pending: Promise<void>[] = []
  page.on('response', (response) => {
    if (slots.length >= MAX_ANSWERS || !isScripted(response.request()) || !JSON_TYPE.test(typeOf(response) ?? ''))
      return
    const slot = slots.push(null) - 1
    const moment = at(asked)
    pending.push(
      readAnswer(response).then((answer) => {
        slots[slot] = answer === null ? null : captureAnswer(answer, asked, moment, ANSWER_LIMIT_BYTES)
      }),
    )
  })
  return {
    received: () => slots.filter((capture) => capture !== null),
    settled: () => atMost(Promise.all(pending), REST_TIMEOUT_MS),
  }
}

function isScripted(request: HTTPRequest): boolean {
  return request.resourceType() === 'xhr' || request.resourceType() === 'fetch'
}

/** Null when the answer breaks off or the page moves on: there are no bytes to keep. */
async function readAnswer(response: HTTPResponse): Promise<DocumentAnswer | null> {
  try {
    // Here Chromium tells names in lower case and joins repeated headers.
    const headers = Object.entries(response.headers())
    return { url: response.url(), status: response.status(), headers, body: await response.buffer() }
  } catch {
    return null
  }
}

function captureAnswer(answer: DocumentAnswer, asked: Asked, moment: string, limit: number): Capture {
  return makeCapture({
    ...common(asked, moment),
    finalUrl: withoutFragment(answer.url),
    status: answer.status,
    ...redactHeaders(answer.headers),
    mediaType: mediaTypeOf(headerOf(answer.headers, 'content-type')),
    ...cut(answer.body, limit),
  })
}

async function captureFinal(page: Page, asked: Asked, main: Capture | null): Promise<Capture> {
  const kept = cut(new TextEncoder().encode(await page.content()), DOCUMENT_LIMIT_BYTES)
  return makeCapture({
    ...common(asked, at(asked)),
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

type Common = 'input' | 'url' | 'originalUrl' | 'method' | 'capturedAt' | 'capturedAtBasis'

function common({ input, url }: Asked, moment: string): Pick<RawCapture, Common> {
  return { input, url, originalUrl: null, method: 'browser', capturedAt: moment, capturedAtBasis: 'observed' }
}

function cut(whole: Uint8Array, limit: number): Pick<Capture, 'body' | 'truncated'> {
  return whole.length > limit
    ? { body: whole.subarray(0, limit), truncated: 'length' }
    : { body: whole, truncated: null }
}

function at(asked: Asked): string {
  return asked.now().toISOString()
}

function typeOf(response: HTTPResponse): string | null {
  return mediaTypeOf(response.headers()['content-type'] ?? null)
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url
}
