// robots.txt (RFC 9309), asked by crawls before each page. A person who names one page acts as a browser does and is
// not asked; official APIs are governed by their rate limits. The answer is kept as a capture: it is the proof of
// permission.
import { createRequire } from 'node:module'
import type { Robot } from 'robots-parser'
import { RefusedError, UnspoolError } from '../../errors.ts'
import type { Capture } from '../../model.ts'
import type { Fetcher } from '../fetcher.ts'
import { retryAfterMs } from '../http/status.ts'

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

/** RFC 3986, 2.3. */
const UNRESERVED = /[\w.~-]/
const ESCAPED = /%([2-7][0-9a-f])/gi
const SITEMAP = /^[ \t]*sitemap[ \t]*:.*$/gim
const LINE_END = /\r\n|\r|\n/

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
  /** How long the site wants not to be asked again, ms; null: it does not say. */
  readonly retryAfterMs: number | null
}

/** A verdict, and what the same rules say of other pages. */
interface Permission extends RobotsVerdict {
  /** Of where a redirect leads on the same host, by whatever protocol. Asks nobody. */
  allows(url: URL): boolean
}

export interface Robots {
  /** Never throws for what the site does; throws the signal's reason, and what keeping the answer throws. */
  check(url: string, signal: AbortSignal): Promise<Permission>
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
      if (cached !== undefined && now() < cached.until) return permit(cached, url)
      const asking = readRules(origin, fetcher, now, signal)
      known.set(origin, asking)
      // What was interrupted is no answer and must not be remembered.
      asking.catch(() => known.delete(origin))
      return permit(await asking, url)
    },
  }
}

function permit({ judge }: Rules, url: string): Permission {
  return { ...judge(url), allows: ({ pathname, search }) => judge(new URL(`${pathname}${search}`, url).href).allowed }
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
    const judge = error instanceof RefusedError ? refuse(message) : notNow(`no answer: ${message}`, [])
    return { until: now() + UNREACHABLE_CACHE_MS, judge }
  }
}

/** 4xx means there are no rules; 429, 5xx and anything odd mean "not now", as RFC 9309, 2.3.1 has it. */
function rulesFrom(url: string, evidence: readonly Capture[], now: number): Rules {
  const answer = evidence.at(-1)
  const status = answer?.status ?? 0
  const until = now + ROBOTS_CACHE_MS
  const isCut = answer !== undefined && isBroken(answer)
  if (answer !== undefined && !isCut && status >= 200 && status < 300)
    return { until, judge: judgeBy(url, answer, evidence) }
  if (status >= 400 && status < 500 && status !== 429)
    return { until, judge: noRules(`${url} answered ${status}`, evidence) }
  const what = isCut ? `${url} broke off before its end` : `${url} answered ${status}`
  return { until: now + UNREACHABLE_CACHE_MS, judge: notNow(what, evidence) }
}

/** The rules apply to the site asked, wherever a redirect led. */
function judgeBy(url: string, answer: Capture, evidence: readonly Capture[]): Rules['judge'] {
  const rules = parseRobots(url, textOf(answer.body))
  const crawlDelayMs = clampDelay(rules.getCrawlDelay(ROBOTS_TOKEN))
  return (asked) => {
    const page = unescapePlain(asked)
    // The file itself may always be read (RFC 9309, 2.2.2); the parser does not know.
    const allowed = asked === url || rules.isAllowed(page, ROBOTS_TOKEN) !== false
    const line = rules.getMatchingLineNumber(page, ROBOTS_TOKEN)
    const which = line > 0 ? `line ${line} of ${url}` : `no rule of ${url} names it`
    return { allowed, temporary: false, reason: which, crawlDelayMs, evidence, retryAfterMs: null }
  }
}

/**
 * Rules that were lost with the rest of the file might have said no; one that is longer than anybody reads has said
 * enough.
 */
export function isBroken({ truncated }: Pick<Capture, 'truncated'>): boolean {
  return truncated === 'disconnect' || truncated === 'time'
}

/** The package is CommonJS and its types say otherwise. */
const parseRobots: (url: string, text: string) => Robot = createRequire(import.meta.url)('robots-parser')

/**
 * Cut at a line, and without Sitemap lines, which the parser takes for the end of a group (RFC 9309, 2.2.4 forbids).
 */
function textOf(body: Uint8Array): string {
  const text = new TextDecoder(charsetOf(body)).decode(body.subarray(0, ROBOTS_LIMIT_BYTES))
  const whole = body.length > ROBOTS_LIMIT_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text
  // The lines stay, empty, so that line numbers are those of the file.
  return withFewAgents(unescapePlain(whole.replace(SITEMAP, '')))
}

/**
 * Of all agents that a group of rules is for, us, everybody and one other: the parser gives every agent a copy of every
 * rule, and half a megabyte of both becomes gigabytes.
 */
function withFewAgents(text: string): string {
  const named = new Set<string>()
  const kept = text.split(LINE_END).map((line) => {
    const [rule = ''] = line.split('#', 1)
    const colon = rule.indexOf(':')
    const key = rule.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (key === '') return line
    if (key !== 'user-agent') {
      named.clear()
      return line
    }
    const [agent = ''] = rule
      .slice(colon + 1)
      .trim()
      .toLowerCase()
      .split('/', 1)
    const kind = agent === '*' || agent === ROBOTS_TOKEN.toLowerCase() ? agent : 'other'
    if (named.has(kind)) return ''
    named.add(kind)
    return line
  })
  return kept.join('\n')
}

/** UTF-8 by RFC 9309; some editors save UTF-16 and say so, and what is not understood would forbid nothing. */
function charsetOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

function clampDelay(seconds: number | undefined): number | null {
  if (seconds === undefined || Number.isNaN(seconds)) return null
  return Math.min(Math.max(seconds * 1000, 0), CRAWL_DELAY_LIMIT_MS)
}

/** What may stand bare is the same bare and escaped (RFC 9309, 2.2.2). */
function unescapePlain(text: string): string {
  return text.replace(ESCAPED, (escaped, hex: string) => {
    const sign = String.fromCharCode(Number.parseInt(hex, 16))
    return UNRESERVED.test(sign) ? sign : escaped
  })
}

function noRules(reason: string, evidence: readonly Capture[]): Rules['judge'] {
  return () => ({ ...verdict(true, `${reason}: no rules`), evidence })
}

function notNow(reason: string, evidence: readonly Capture[]): Rules['judge'] {
  const answer = evidence.at(-1)
  const pause = answer === undefined ? null : retryAfterMs(answer)
  return () => ({ ...verdict(false, reason), temporary: true, evidence, retryAfterMs: pause })
}

function refuse(reason: string): Rules['judge'] {
  return () => verdict(false, reason)
}

function verdict(allowed: boolean, reason: string): RobotsVerdict {
  return { allowed, temporary: false, reason, crawlDelayMs: null, evidence: [], retryAfterMs: null }
}
