// An account export's file → its items. Each file is a script that assigns one JSON array: `window.YTD.<kind>.part<N> = [`
// (since 2018) or `Grailbird.data.tweets_<year>_<month> = [` (to 2018). Of a cut file the whole items are read.
import { type Page, parseJson } from './page.ts'
import { asObject, type Json, objectAt } from './x-json.ts'

/** `tweets`, `note_tweet`, `account` …; Grailbird's files hold posts only. */
export interface ExportFile {
  readonly kind: string
  readonly items: readonly Json[]
  /** True when the array does not end: the file is cut. */
  readonly isCut: boolean
}

const ASSIGNMENT = /^\s*(?:window\.YTD\.(\w+)\.part\d+|Grailbird\.data\.tweets_\d{4}_\d\d)\s*=\s*(?=\[)/
/** Characters in which an assignment must end. */
const HEAD = 200
const LAST_SEMICOLON = /;\s*$/
const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])
const TWEETS = 'tweets'

/** The kind of an export's file, or null when it is none. Some savers keep the array and drop the script around it. */
export function exportKind(page: Page): string | null {
  const head = ASSIGNMENT.exec(page.text.slice(0, HEAD))
  if (head !== null) return head[1] ?? TWEETS
  if (page.kind !== 'json' || !page.text.includes('"tweet"')) return null
  const list = page.json()
  const tweet = Array.isArray(list) ? objectAt(list[0], 'tweet') : null
  return tweet !== null && Object.hasOwn(tweet, 'id_str') && !Object.hasOwn(tweet, 'user') ? TWEETS : null
}

/** Everything in the file. */
export function readExport(page: Page): ExportFile {
  const kind = exportKind(page) ?? TWEETS
  const start = ASSIGNMENT.exec(page.text.slice(0, HEAD))?.[0].length ?? 0
  const text = page.text.slice(start).replace(LAST_SEMICOLON, '')
  const { value, problem } = parseJson(text)
  const list = problem === null ? value : wholeItems(text)
  const items = Array.isArray(list) ? list.map(asObject).filter((item) => item !== null) : []
  return { kind, items, isCut: problem !== null }
}

/** The items of an array that are there from their first to their last bracket. */
function wholeItems(text: string): unknown[] {
  const items: unknown[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (OPENING.has(code)) {
      depth += 1
      if (depth === 2) start = at
    } else if (CLOSING.has(code)) {
      depth -= 1
      if (depth === 1) items.push(parseJson(text.slice(start, at + 1)).value)
    }
  }
  return items
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}
