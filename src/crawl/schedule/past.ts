// What the archive knows of earlier looks at a URL.

import type { LookHistory, LookMethod } from '../../archive/crawl/look-history.ts'
import type { CaptureRow } from '../../archive/facts/captures/capture-rows.ts'
import type { ArchiveReader } from '../../archive/reader.ts'
import { isRedirect, locationOf } from '../../fetch/http/redirect.ts'
import { NOT_MODIFIED } from '../../fetch/http/status.ts'
import type { Capture } from '../../model.ts'
import { resolve, urlOf } from '../../url.ts'
import { pageUrl } from '../addresses.ts'
import type { Look } from './due.ts'

/** Looks back that decide when to look next. */
const LOOKS_BACK = 20
/** Of these each counts; behind them only how long nothing had changed. */
const NEWEST = 3
/** Answers that say nothing of the page itself. */
const BUSY = new Set([408, 425, 429])
/** From one place to the next, to find what a page that moved says. */
const MOST_HOPS = 5
const VALIDATORS = new Set(['etag', 'last-modified'])

type Looks = Pick<LookHistory, 'looks' | 'wholeLooks' | 'said'>
type Answer = Pick<CaptureRow, 'capturedAt' | 'digest' | 'status' | 'headers' | 'finalUrl'> & {
  readonly id: string | null
}

/** The writer's own pages are warm: it is asked before and after every look. */
interface Archive {
  readonly writer: Looks
  readonly reader: Pick<ArchiveReader, 'readCapture'>
}

/**
 * Answers about the page until `now`, newest first: failures of the site are none. A clock that ran ahead has left
 * looks of a time to come: waiting for it would be a gap that nobody sees.
 * @param latest not stored yet
 */
export function earlierLooks(history: Looks, url: string, now: string, latest?: Capture): readonly Look[] {
  const answers = history
    .looks(url, LOOKS_BACK, 'any')
    .filter(({ status, capturedAt }) => status !== null && status < 500 && !BUSY.has(status) && capturedAt <= now)
    // A machine that begins each start in 1970 has left looks of that time behind newer ones.
    .sort((a, b) => (a.capturedAt === b.capturedAt ? 0 : a.capturedAt < b.capturedAt ? 1 : -1))
  return toLooks(latest === undefined ? answers : [{ ...latest, id: null }, ...answers], history)
}

/**
 * The same bytes are the same find, whoever read them: another version of an adapter changes no page. What lies behind
 * the last change is not asked for, and decides nothing.
 */
function toLooks(answers: readonly Answer[], history: Looks): readonly Look[] {
  const looks: Look[] = []
  for (const [n, answer] of answers.entries()) {
    const [before, later] = [looks.at(-2), looks.at(-1)]
    if (n > NEWEST && before?.digest !== later?.digest) break
    const isSame = later !== undefined && answers[n - 1]?.digest === answer.digest && !isRedirect(answer.status)
    looks.push({ at: answer.capturedAt, digest: isSame ? later.digest : findOf(answer, history) })
  }
  return looks
}

/**
 * That a page has moved says nothing of whether it changed: what was found in its place does, which is looked at with
 * it, and may change daily. Null while nobody knows that.
 */
function findOf(answer: Answer, history: Looks, hops = 0): string | null {
  const { id, digest, status } = answer
  if (!isRedirect(status)) return (id === null ? null : history.said(id)) ?? digest
  const place = hops < MOST_HOPS ? placeOf(answer, history) : undefined
  return place === undefined ? null : findOf(place, history, hops + 1)
}

/** The first answer since then of the page that an answer leads to. */
function placeOf(answer: Answer, history: Looks): CaptureRow | undefined {
  const target = pageUrl(resolve(locationOf(answer), urlOf(answer.finalUrl)) ?? '')
  const answers = target === null ? [] : history.looks(target, LOOKS_BACK, 'any')
  return answers.findLast(({ capturedAt }) => capturedAt >= answer.capturedAt)
}

/** Whether a page that was just read says what it said at the whole look before, by the same way of looking. */
export function saysAsBefore(history: Looks, url: string, { id, method }: CaptureRow): boolean {
  const [now, before] = history.wholeLooks(url, 2, method === 'http' ? 'http' : 'any')
  const said = now?.id === id ? history.said(id) : null
  return said !== null && before !== undefined && history.said(before.id) === said
}

/** The last whole answer with its bytes, proven by their digest, however long ago; null when there was none. */
export function lastWhole({ writer, reader }: Archive, url: string, method: LookMethod): Capture | null {
  const whole = writer.wholeLooks(url, LOOKS_BACK, method)
  const [row] = whole
  if (row === undefined) return null
  const capture = reader.readCapture(row)
  if (row.status !== NOT_MODIFIED || hasValidator(row)) return capture
  // A 304 may leave out what is as before (RFC 9110, 15.4.5).
  const before = whole.find((one) => one.digest === row.digest && one.finalUrl === row.finalUrl && hasValidator(one))
  return { ...capture, headers: [...capture.headers, ...(before?.headers ?? []).filter(isValidator)] }
}

function hasValidator({ headers }: CaptureRow): boolean {
  return headers.some(isValidator)
}

function isValidator([name]: CaptureRow['headers'][number]): boolean {
  return VALIDATORS.has(name.toLowerCase())
}
