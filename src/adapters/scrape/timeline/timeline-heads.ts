// The line or lines above each post where pages of X, Mastodon and Bluesky were selected and copied: name, handle, how
// long ago or on which day. Finds these heads among lines; what stands between two of them is timeline.ts's business.
import { isBlank, type Line } from '../lines.ts'
import { isNameLike } from '../names.ts'
import { CLOCK, DAY, SHOWN_DATE, shownDate } from '../shown-dates.ts'
import { isTimelineFurniture } from './timeline-furniture.ts'
import { ADVERT as ADVERT_ABROAD, LAST_EDITED } from './timeline-labels.ts'

export interface Head {
  /** Indices into the lines: the head is [start, end). */
  readonly start: number
  readonly end: number
  /** Index of the line with the handle. */
  readonly handleAt: number
  readonly name: string | null
  /** Without the first `@`: `ann`, `ann@server.example`, `ann.server.example`. */
  readonly handle: string
  /** As printed; null on the post that a page of X is about, which prints it below the text, and on adverts. */
  readonly printedDate: string | null
  readonly isAdvert: boolean
  /** Whether the name is set in bold, as people write posts down in Markdown. */
  readonly isBold: boolean
}

/** One name in bold may stand for emphasis. */
const MIN_BOLD = 2
/** One may be a mention on a line of its own. */
const MIN_FEDERATED = 2
/** `ann@server.example`, and Bluesky's `ann.server.example`. */
const FEDERATED = /^[\w-]+(?:\.[\w-]+)*@[\w-]+(?:\.[\w-]+)+$|^[\w-]+(?:\.[\w-]+){2,}$/
const MAX_NAME = 60
const HANDLE = '@(\\w[\\w.-]{0,60}(?:@[\\w.-]{3,80})?)'
const HANDLE_LINE = new RegExp(`^${HANDLE}(?:\\s*[·•]\\s*(${SHOWN_DATE})?)?$`, 'iu')
const WHOLE_LINE = new RegExp(`^(\\S.{0,${MAX_NAME}}?)\\s+${HANDLE}(?:\\s*[·•])?\\s+(${SHOWN_DATE})$`, 'iu')
/** Nitter puts both on one line, the day on the next. */
const BOTH_LINE = new RegExp(`^(\\S.{0,${MAX_NAME}}?)\\s+${HANDLE}$`, 'iu')
/** `**Ann Lee** @ann`, `**Ann Lee** (@ann):`. */
const BOLD_NAME = /^(\*\*|__)(\S[^*_]{0,60})\1(?=\s+\(?@\w)\s+\(?(@\w[\w.@-]{0,90})\)?:?/u
/** `**Ann Lee (@ann)**`. */
const BOLD_BOTH = /^(\*\*|__)(\S[^*_]{0,60}?)\s+\(?(@\w[\w.@-]{0,90}?)\)?\1:?/u
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const DOT_LINE = /^[·•]$/
/** X prints `Ad` where other posts have their date; `Promoted` until 2023. */
const ADVERT = /^(?:ad|promoted)$/i
/** A clock and a day below the text: only the post that a page of X is about has it there. */
const FOCAL = new RegExp(`^${CLOCK} [·•] ${DAY}(?: [·•] .{1,40})?$|^last edited .{4,40}$`, 'iu')
/** The same in whatever language: a clock, a dot, a day with its year. */
const FOCAL_ABROAD =
  /^(?:\p{L}{1,5}\s?)?\d{1,2}[:.]\d{2}(?:\s?\p{L}[\p{L}. ]{0,8})? [·•] (?=.{0,24}\d{4})[\p{L}\p{N}., /]{6,30}(?: [·•] .{1,40})?$/u
/** Characters of a day, or of how long ago: `vor 3 Std.`. */
const MAX_DAY = 24

/**
 * The heads in order. Undated ones count where the account has dated ones, the day is printed below the text, or
 * handles name their servers, as nothing but the fediverse writes them.
 */
export function findHeads(lines: readonly Line[]): readonly Head[] {
  const heads: Head[] = []
  for (let at = 0; at < lines.length; at++) {
    const head = headAt(lines, at, heads.at(-1)?.end ?? 0)
    if (head !== null) heads.push(head)
  }
  const dated = new Set(heads.filter(isDated).map(({ handle }) => handle))
  const named = withOneName(heads)
  const isBold = named.filter((head) => head.isBold).length >= MIN_BOLD
  const federated = federatedHeads(lines, named)
  return named.filter((head, i) => {
    const below = lines.slice(head.end, named[i + 1]?.start)
    return (
      isDated(head) ||
      (isBold && head.isBold) ||
      federated.has(head) ||
      (head.name !== null && (dated.has(head.handle) || below.some(({ text }) => isFocal(text))))
    )
  })
}

/** Below a name, and not below the words of a post whose last line speaks to somebody. */
function federatedHeads(lines: readonly Line[], heads: readonly Head[]): ReadonlySet<Head> {
  const own = heads.filter(({ name, handle }) => name !== null && FEDERATED.test(handle))
  const times = new Map<string, number>()
  for (const { handle } of own) times.set(handle, (times.get(handle) ?? 0) + 1)
  const isDense = !lines.slice(own[0]?.start, own.at(-1)?.end).some(isBlank)
  const speaking = new Set(own.filter(({ end }, i) => lines.slice(end, own[i + 1]?.start).some(isWords)))
  const found = own.filter((head) => {
    const above = lines[head.start - 1]
    const isApart = isDense || above === undefined || isBlank(above) || isTimelineFurniture(above.text)
    return (times.get(head.handle) ?? 0) > 1 || (isApart && speaking.has(head))
  })
  // A list of accounts has no words below them.
  const spoken = found.filter((head) => speaking.has(head)).length
  return new Set(spoken < MIN_FEDERATED || spoken * 2 < found.length ? [] : found)
}

function isWords(line: Line): boolean {
  return !isBlank(line) && !isTimelineFurniture(line.text)
}

/** An account has one name on a page; another line above its handle ends the post before. */
function withOneName(heads: readonly Head[]): readonly Head[] {
  const names = new Map<string, Map<string, number>>()
  for (const { handle, name } of heads) {
    const counts = names.get(handle) ?? new Map<string, number>()
    names.set(handle, counts)
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return heads.map((head) => {
    const [name = null] = [...(names.get(head.handle) ?? [])].sort(([, a], [, b]) => b - a)[0] ?? []
    if (head.name === name) return head
    return isDated(head) ? { ...head, name, start: head.handleAt } : { ...head, name: null }
  })
}

/** Whether a line is the clock and day below the post that a page is about. */
export function isFocal(text: string): boolean {
  return FOCAL.test(text) || FOCAL_ABROAD.test(text) || LAST_EDITED.test(text)
}

function isDated({ printedDate, isAdvert }: Head): boolean {
  return printedDate !== null || isAdvert
}

/** @param from lines before this one belong to another head */
function headAt(lines: readonly Line[], at: number, from: number): Head | null {
  const shown = visible(lines[at])
  if (!shown.includes('@')) return null
  const text = shown.replace(BOLD_NAME, '$2 $3').replace(BOLD_BOTH, '$2 $3')
  const isBold = text !== shown
  const whole = WHOLE_LINE.exec(text)
  if (whole !== null)
    return {
      start: at,
      end: at + 1,
      handleAt: at,
      name: whole[1] ?? null,
      handle: whole[2] ?? '',
      printedDate: whole[3] ?? null,
      isAdvert: false,
      isBold,
    }
  const [, handle, sameLine] = HANDLE_LINE.exec(text) ?? []
  if (handle === undefined) return namedHead(lines, at, { both: BOTH_LINE.exec(text), isBold })
  const above = textAbove(lines, at, from)
  const shownBelow = above === null ? dateBelow(lines, at + 1) : dateBelowDot(lines, at + 1)
  const below = sameLine === undefined ? shownBelow : { end: at + 1, date: sameLine, isAdvert: false }
  const { end, date, isAdvert } = below
  return {
    start: above?.at ?? at,
    end,
    handleAt: at,
    name: above?.name ?? null,
    handle,
    printedDate: date,
    isAdvert,
    isBold,
  }
}

interface BothLine {
  readonly both: RegExpExecArray | null
  readonly isBold: boolean
}

/** A name and a handle on one line are a head only above a day, or where the name is set apart. */
function namedHead(lines: readonly Line[], at: number, { both, isBold }: BothLine): Head | null {
  const [, name, handle] = both ?? []
  const below = handle === undefined ? null : dateBelow(lines, at + 1)
  if (name === undefined || handle === undefined || below === null || (below.date === null && !isBold)) return null
  return { start: at, end: below.end, handleAt: at, name, handle, printedDate: below.date, isAdvert: false, isBold }
}

/** Bluesky sets handles and days in marks of direction. */
function visible(line: Line | undefined): string {
  return (line?.text ?? '').replace(DIRECTIONS, '').trim()
}

/** The name stands right above the handle, or one empty line away. */
function textAbove(lines: readonly Line[], at: number, from: number): { at: number; name: string } | null {
  const above = lines[at - 1]
  const place = above !== undefined && isBlank(above) ? at - 2 : at - 1
  const text = visible(lines[place])
  return place >= from && isNameLike(text) && !isTimelineFurniture(text) ? { at: place, name: text } : null
}

interface Below {
  readonly end: number
  readonly date: string | null
  readonly isAdvert: boolean
}

/** Below a name, a handle and a dot stands when, in whatever language. */
function dateBelowDot(lines: readonly Line[], from: number): Below {
  const known = dateBelow(lines, from)
  const dot = nextShown(lines, from)
  const at = nextShown(lines, dot + 1)
  const text = visible(lines[at])
  if (known.end > from || !DOT_LINE.test(visible(lines[dot])) || text === '' || text.length > MAX_DAY) return known
  return { end: at + 1, date: text, isAdvert: false }
}

function nextShown(lines: readonly Line[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at] as Line)) at++
  return at
}

/** The date on one of the next lines, dots and empty lines between. */
function dateBelow(lines: readonly Line[], from: number): Below {
  let at = from
  while (at < lines.length && (isBlank(lines[at] as Line) || DOT_LINE.test(visible(lines[at])))) at++
  const text = visible(lines[at])
  if (ADVERT.test(text) || ADVERT_ABROAD.test(text)) return { end: at + 1, date: null, isAdvert: true }
  const date = isFocal(text) ? null : shownDate(text)
  return date === null ? { end: from, date, isAdvert: false } : { end: at + 1, date, isAdvert: false }
}
