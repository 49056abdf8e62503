// The header of a Thread Reader page in plain text: name, handle, date, "10 tweets • 8 min read", buttons. It is known
// by its buttons; a name without them is content.
import { type ThreadFurniture, threadFurniture } from '../furniture.ts'
import { isBlank, type Line } from '../lines.ts'

export interface ThreadHead {
  readonly name: string | null
  readonly handle: string | null
  /** The number of posts the page says the thread has. */
  readonly total: number | null
  /** Numbers of the lines that belong to the header. */
  readonly used: ReadonlySet<number>
}

export const NO_HEAD: ThreadHead = { name: null, handle: null, total: null, used: new Set() }

/** The header stands within so many lines with text. */
const HEAD_LINES = 20
const MAX_NAME = 60
/** The name is printed at most twice; more short lines are somebody's post. */
const MAX_NAMES = 2

const HANDLE = /^@(\w{1,20})$/
const SHORT_DATE =
  /^(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\d{4})(?:\s*[•·].{0,60})?$/i
const TITLE = /^thread by @(\w{1,20})/i
const SENTENCE_END = /[.!?:…]$/

/** The header, or NO_HEAD. `furniture` is what each line is, as `threadFurniture` says. */
export function readThreadHead(lines: readonly Line[], furniture: readonly (ThreadFurniture | null)[]): ThreadHead {
  const top = lines.map((line, at) => ({ line, found: furniture[at] ?? null })).filter(({ line }) => !isBlank(line))
  const start = top.slice(0, HEAD_LINES)
  const buttons = start.findLastIndex(({ found }) => found?.kind === 'header' || found?.kind === 'total') + 1
  const isDated = buttons > 0 && isShortDate(start[buttons]?.line.text ?? '')
  const zone = start.slice(0, isDated ? buttons + 1 : buttons)
  const names = zone.filter(({ line, found }) => found === null && !HANDLE.test(line.text) && !isShortDate(line.text))
  if (zone.length === 0 || names.length > MAX_NAMES || !names.every(({ line }) => isName(line.text))) return NO_HEAD
  return {
    name: names[0]?.line.text ?? null,
    handle: firstGroup(zone, HANDLE) ?? firstGroup(zone, TITLE),
    total:
      zone.map(({ found }) => (found?.kind === 'total' ? found.total : null)).find((total) => total !== null) ?? null,
    used: new Set(zone.map(({ line }) => line.number)),
  }
}

/** "Aug 11", "Sep 17, 2024", "Jun 22 •": how the pages date a thread. */
export function isShortDate(text: string): boolean {
  return SHORT_DATE.test(text)
}

function isName(text: string): boolean {
  return text.length <= MAX_NAME && !SENTENCE_END.test(text) && threadFurniture(text) === null
}

function firstGroup(zone: readonly { readonly line: Line }[], pattern: RegExp): string | null {
  const found = zone.map(({ line }) => pattern.exec(line.text)?.[1]).find((group) => group !== undefined)
  return found ?? null
}
