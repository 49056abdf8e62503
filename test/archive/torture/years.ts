// What an archive sees in years: threads and discussions of many people, seen once, again unchanged, edited, half on
// one page and half on a later one, gone; text scrapes, articles, and the fixtures of every platform. The same for the
// same numbers.
import { sha256 } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import { allCases, captureOf } from '../../adapters/cases.ts'
import { makeCapture } from '../samples.ts'
import { makePage, wordsOf } from './pages.ts'

/** One capture of each kind, then all over again. */
const KINDS: readonly ((at: number) => Capture)[] = [
  ...Array.from({ length: 8 }, () => thread),
  ...Array.from({ length: 3 }, () => discussion),
  ...Array.from({ length: 2 }, () => firstHalf),
  ...Array.from({ length: 2 }, () => secondHalf),
  again,
  edited,
  gone,
  scrape,
  fixture,
]
const FIRST_LOOK = Date.UTC(2025, 0, 1)
const MINUTE_MS = 60_000
/** Captures between the two halves of a thread: in another run, as a rule. */
const HALF_LATER = KINDS.length * 6 + 2
const LATEST_REPLIES = 12
const CASES = allCases()

/** The capture with this number, from 0, in the order of time. */
export function captureAt(at: number): Capture {
  const capture = KINDS[at % KINDS.length]!(at)
  return { ...capture, capturedAt: new Date(FIRST_LOOK + at * MINUTE_MS).toISOString() }
}

function thread(at: number): Capture {
  return makePage(`years-${at}`).capture
}

/** The very bytes of an earlier page: a revisit. */
function again(at: number): Capture {
  return thread(at - (at % KINDS.length))
}

function edited(at: number): Capture {
  const page = thread(at - (at % KINDS.length) + 1)
  const lines = linesOf(page)
  return withLines(page, [lines[0]!.replace(/"}$/, ' (corrected)"}'), ...lines.slice(1)])
}

function firstHalf(at: number): Capture {
  const page = makePage(`halves-${at}`).capture
  const lines = linesOf(page)
  return withLines(page, lines.slice(0, Math.ceil(lines.length / 2)))
}

function secondHalf(at: number): Capture {
  const page = makePage(`halves-${Math.max(at - HALF_LATER, (at % KINDS.length) - 2)}`).capture
  const lines = linesOf(page)
  return withLines(page, lines.slice(Math.floor(lines.length / 2)))
}

function gone(at: number): Capture {
  const { url } = thread(at - (at % KINDS.length) + 2)
  return makeCapture('', { status: 404, url, finalUrl: url, input: url!, headers: [] })
}

/** A root and answers to it and to each other, by six people. */
function discussion(at: number): Capture {
  const dice = Buffer.from(sha256(`discussion ${at}`), 'hex')
  const id = (n: number): string => `9${at}${100 + n}`
  const lines = Array.from({ length: 2 + (dice[0]! % LATEST_REPLIES) }, (_, n) =>
    JSON.stringify({
      ...{ platform: 'agora', id: id(n), author: `speaker${(dice[n + 1]! + n) % 6}-${at % 50}` },
      ...(n === 0 ? {} : { inReplyTo: id(dice[n + 1]! % n) }),
      createdAt: new Date(FIRST_LOOK + (at + n) * MINUTE_MS).toISOString(),
      text: wordsOf(sha256(`${at} ${n}`)),
    }),
  )
  const url = `http://agora.example/${at}`
  return withLines(
    makeCapture('', { mediaType: 'application/jsonl', headers: [], url, finalUrl: url, input: url }),
    lines,
  )
}

/** The words of an earlier thread as somebody copied them: no ids, no author. */
function scrape(at: number): Capture {
  const posts = linesOf(thread(at - (at % KINDS.length) + 3)).map((line) => String(JSON.parse(line).text))
  return makeCapture(posts.join('\n\n'), {
    mediaType: 'text/plain',
    method: 'file',
    url: null,
    finalUrl: null,
    status: null,
    headers: [],
    input: `copied-${at}.txt`,
  })
}

function fixture(at: number): Capture {
  return captureOf(CASES[Math.floor(at / KINDS.length) % CASES.length]!)
}

function linesOf({ body }: Capture): readonly string[] {
  return Buffer.from(body).toString().split('\n')
}

function withLines(capture: Capture, lines: readonly string[]): Capture {
  const { body, digest } = makeCapture(lines.join('\n'))
  return { ...capture, body, digest }
}
