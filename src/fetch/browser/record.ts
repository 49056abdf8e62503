// Writes down what a browser's page receives: each main document and redirect, the JSON its scripts fetch, and the
// document as the scripts left it at the end and whenever they threw something away. One capture each; styles and
// scripts are not kept.
import type { HTTPRequest, HTTPResponse, Page } from 'puppeteer-core'
import type { Capture } from '../../model.ts'
import { withoutFragment } from '../../url.ts'
import { atMost } from '../at-most.ts'
import { makeCapture, mediaTypeOf, type RawCapture } from '../fetcher.ts'
import { headerOf, redactHeaders } from '../redact.ts'
import { type Attendant, type DocumentAnswer, isRedirection } from './intercept.ts'
import { orHung } from './page-world.ts'
import type { Tab } from './tabs.ts'

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
const ATTACHED = /^\s*attachment/i
const WEB_PAGE = /^https?:/
const SCRIPTED: ReadonlySet<string> = new Set(['xhr', 'fetch'])
const MEDIA: ReadonlySet<string> = new Set(['image', 'media', 'font'])

export interface Recording {
  /**
   * Everything so far: documents in order, answers to scripts, documents kept on the way, then the final document when
   * the page is HTML. `cut` says why that one is not the whole page.
   */
  finish(cut: Capture['truncated']): Promise<readonly Capture[]>
  /** What was received, without asking the page, which may hang; nothing when that is redirects only. */
  salvage(): readonly Capture[]
  /** Keeps a document as it was, parts of which are gone from the page by now. */
  keep(html: string): void
  /** Takes note of the document as it is, for when the page does not live to its end. */
  remember(): Promise<void>
  /** Where the page went last, whether it arrived or not. */
  lastUrl(): string
  /** The page, or a click, led to where the visit may not go. */
  declined(): boolean
  /** No more is taken from the tab, and its page goes nowhere on its own. */
  hold(): void
  end(): void
}

interface Asked {
  readonly input: string
  readonly url: string
  readonly now: () => Date
  /** Whether pictures, films and fonts are kept too. */
  readonly media: boolean
  readonly mayFollow: (url: string) => boolean
  readonly headersFor: Attendant['headersFor']
}

/** Starts recording; call before the page goes anywhere. */
export async function recordPage(tab: Tab, asked: Asked): Promise<Recording> {
  const { page } = tab
  const documents: Capture[] = []
  const kept: Capture[] = []
  const state = { isHeld: false, declined: false, remembered: null as Capture | null }
  const answers = recordAnswers(page, asked)
  const follow = followPage(page, asked.url)
  await tab.interception.attend({
    receive: (answer) => documents.push(captureAnswer(answer, asked, at(asked), DOCUMENT_LIMIT_BYTES)),
    mayGo: (url) => {
      const may = !state.isHeld && asked.mayFollow(url)
      if (!may && !state.isHeld) state.declined = true
      return may
    },
    headersFor: asked.headersFor,
  })
  const all = () => [...documents, ...answers.received(), ...kept]
  const print = (html: string, cut: Capture['truncated']) =>
    captureDocument({ html, url: page.url(), cut }, asked, shownOf(documents))
  return {
    lastUrl: follow.last,
    declined: () => state.declined,
    keep: (html) => kept.push(print(html, null)),
    remember: async () => {
      if (isWebPage(page, documents)) state.remembered = print(await orHung(page.content()), 'disconnect')
    },
    salvage: () => {
      const isEmpty = documents.every(({ status }) => isRedirection(status)) && !state.declined
      return isEmpty ? [] : [...all(), ...(state.remembered === null ? [] : [state.remembered])]
    },
    finish: async (cut) => {
      await answers.settled()
      return isWebPage(page, documents) ? [...all(), print(await orHung(page.content()), cut)] : all()
    },
    hold: () => {
      state.isHeld = true
    },
    end: () => {
      answers.end()
      follow.end()
    },
  }
}

/** When a script leads to where nothing answers, the browser shows a page of its own. */
function isWebPage(page: Page, documents: readonly Capture[]): boolean {
  const main = shownOf(documents)
  return (main === null || HTML_TYPE.test(main.mediaType ?? '')) && WEB_PAGE.test(page.url())
}

/** The document that the page shows: a download leaves it as it was. */
function shownOf(documents: readonly Capture[]): Capture | null {
  const isShown = ({ status, headers, mediaType }: Capture) =>
    !isRedirection(status) &&
    mediaType !== 'application/octet-stream' &&
    !ATTACHED.test(headerOf(headers, 'content-disposition') ?? '')
  return documents.findLast(isShown) ?? null
}

function followPage(page: Page, start: string): { readonly last: () => string; readonly end: () => void } {
  let last = start
  const follow = (request: HTTPRequest) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) last = request.url()
  }
  page.on('request', follow)
  return { last: () => last, end: () => void page.off('request', follow) }
}

interface Answers {
  readonly received: () => readonly Capture[]
  readonly settled: () => Promise<unknown>
  readonly end: () => void
}

/** JSON that scripts fetch, and media when they are asked for, in order of arrival. */
function recordAnswers(page: Page, asked: Asked): Answers {
  const slots: (Capture | null)[] = []
  const pending: Promise<void>[] = []
  const receive = (response: HTTPResponse) => {
    if (slots.length >= MAX_ANSWERS || !isWanted(response, asked)) return
    const slot = slots.push(null) - 1
    const moment = at(asked)
    pending.push(
      readAnswer(response).then((answer) => {
        slots[slot] = answer === null ? null : captureAnswer(answer, asked, moment, ANSWER_LIMIT_BYTES)
      }),
    )
  }
  page.on('response', receive)
  return {
    received: () => slots.filter((capture) => capture !== null),
    settled: () => atMost(Promise.all(pending), REST_TIMEOUT_MS),
    end: () => void page.off('response', receive),
  }
}

function isWanted(response: HTTPResponse, { media }: Asked): boolean {
  const kind = response.request().resourceType()
  if (media && MEDIA.has(kind)) return response.ok()
  return SCRIPTED.has(kind) && JSON_TYPE.test(typeOf(response) ?? '')
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

/** A document as the page's scripts made it. */
interface Print {
  readonly html: string
  readonly url: string
  readonly cut: Capture['truncated']
}

function captureDocument({ html, url, cut: why }: Print, asked: Asked, main: Capture | null): Capture {
  const kept = cut(new TextEncoder().encode(html), DOCUMENT_LIMIT_BYTES)
  return makeCapture({
    ...common(asked, at(asked)),
    finalUrl: withoutFragment(url),
    status: main?.status ?? null,
    headers: [['content-type', 'text/html; charset=utf-8']],
    redactedHeaders: [],
    mediaType: 'text/html',
    body: kept.body,
    // Without a whole main document there was nothing whole to build on.
    truncated: main === null ? 'disconnect' : (kept.truncated ?? why),
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
