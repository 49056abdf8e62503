// robots.txt (RFC 9309), asked by crawls before each page. A person who names one page acts as a browser does and is not
// asked; official APIs are governed by their rate limits. The answer is kept as a capture: it is the proof of permission.
import { createRequire } from 'node:module'
import type { Robot } from 'robots-parser'
import { RefusedError, UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import type { Fetcher } from '../fetcher.ts'

/** RFC 9309, 2.5 asks for at least 500 KiB. */
const ROBOTS_LIMIT_BYTES = 512 * 1024
/** RFC 9309, 2.4. */
export const ROBOTS_CACHE_MS = 24 * 60 * 60 * 1000
/** A site that could not say is asked again soon. */
const UNREACHABLE_CACHE_MS = 10 * 60 * 1000
/** Longest Crawl-delay that is obeyed; more is a way to say no, and robots.txt has one already. */
const CRAWL_DELAY_LIMIT_MS = 300_000
/** The name site owners write in robots.txt. */
const ROBOTS_TOKEN = 'Unspool'

const SITEMAP = /^[^\S\n]*sitemap\s*:.*$/gim

interface RobotsVerdict {
  readonly allowed: boolean
  /** True when the site could not say: the answer may be another in an hour. */
  readonly temporary: boolean
  /** For people: which answer of robots.txt says so. */
  readonly reason: string
  /** Null when the site asks for none. */
  readonly crawlDelayMs: number | null
  /** robots.txt and its redirects as fetched; empty when there was no answer. */
  readonly evidence: readonly Capture[]
}

export interface Robots {
  /** Never throws for what the site does; throws the signal's reason, and what keeping the answer throws. */
  check(url: string, signal: AbortSignal): Promise<RobotsVerdict>
}

interface Rules {
  readonly until: number
  readonly judge: (url: string) => RobotsVerdict
}

/** Remembers each site's rules. `now` is in ms since the epoch. */
export function createRobots(fetcher: Fetcher, now: () => number): Robots {
  const known = new Map<string, Promise<Rules>>()
  return {
    check: async (url, signal) => {
      const { origin } = new URL(url)
      const cached = await known.get(origin)
      if (cached !== undefined && now() < cached.until) return cached.judge(url)
      const asking = readRules(origin, fetcher, now, signal)
      known.set(origin, asking)
      // What was interrupted is no answer and must not be remembered.
      asking.catch(() => known.delete(origin))
      return (await asking).judge(url)
    },
  }
}

async function readRules(origin: string, fetcher: Fetcher, now: () => number, signal: AbortSignal): Promise<Rules> {
  const url = `${origin}/robots.txt`
  try {
    const evidence = await fetcher.fetch(url, signal)
    return rulesFrom(url, evidence, now())
  } catch (error) {
    signal.throwIfAborted()
    // An archive that cannot keep the answer is no site that gave none.
    if (!(error instanceof UnspoolError) || error.exit === 'storage' || error.exit === 'integrity') throw error
    const { message } = error
    // Our own guard will not change its mind; a network may.
    const judge = error instanceof RefusedError ? refuse(message) : always(false, `no answer: ${message}`, [])
    return { until: now() + UNREACHABLE_CACHE_MS, judge }
  }
}

/** 4xx means there are no rules; 429, 5xx and anything odd mean "not now", as RFC 9309, 2.3.1 has it. */
function rulesFrom(url: string, evidence: readonly Capture[], now: number): Rules {
  const answer = evidence.at(-1)
  const status = answer?.status ?? 0
  const until = now + ROBOTS_CACHE_MS
  if (answer !== undefined && status >= 200 && status < 300) return { until, judge: judgeBy(url, answer, evidence) }
  if (status >= 400 && status < 500 && status !== 429)
    return { until, judge: always(true, `${url} answered ${status}: no rules`, evidence) }
  return { until: now + UNREACHABLE_CACHE_MS, judge: always(false, `${url} answered ${status}`, evidence) }
}

/** The rules apply to the site asked, wherever a redirect led. */
function judgeBy(url: string, answer: Capture, evidence: readonly Capture[]): Rules['judge'] {
  const rules = parseRobots(url, textOf(answer.body))
  const crawlDelayMs = clampDelay(rules.getCrawlDelay(ROBOTS_TOKEN))
  return (page) => {
    // The file itself may always be read (RFC 9309, 2.2.2); the parser does not know.
    const allowed = page === url || rules.isAllowed(page, ROBOTS_TOKEN) !== false
    const line = rules.getMatchingLineNumber(page, ROBOTS_TOKEN)
    const which = line > 0 ? `line ${line} of ${url}` : `no rule of ${url} names it`
    return { allowed, temporary: false, reason: which, crawlDelayMs, evidence }
  }
}

/** The package is CommonJS and its types say otherwise. */
const parseRobots: (url: string, text: string) => Robot = createRequire(import.meta.url)('robots-parser')

/** Cut at a line, and without Sitemap lines, which the parser takes for the end of a group (RFC 9309, 2.2.4 forbids). */
function textOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, ROBOTS_LIMIT_BYTES))
  const whole = body.length > ROBOTS_LIMIT_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text
  // The lines stay, empty, so that line numbers are those of the file.
  return whole.replace(SITEMAP, '')
}

function clampDelay(seconds: number | undefined): number | null {
  if (seconds === undefined || Number.isNaN(seconds)) return null
  return Math.min(Math.max(seconds * 1000, 0), CRAWL_DELAY_LIMIT_MS)
}

function always(allowed: boolean, reason: string, evidence: readonly Capture[]): Rules['judge'] {
  return () => ({ allowed, temporary: !allowed, reason, crawlDelayMs: null, evidence })
}

function refuse(reason: string): Rules['judge'] {
  return () => ({ allowed: false, temporary: false, reason, crawlDelayMs: null, evidence: [] })
}
