// An account export's file → its items. Each file is a script that assigns one JSON array: `window.YTD.<kind>.part<N> =
// [` (since 2018) or `Grailbird.data.tweets_<year>_<month> = [` (to 2018). Of a cut file the whole items are read. Some
// savers keep the array and drop the script around it, or write one post or one thread a line.

import { endOfString, parseJson } from '../../page/json.ts'
import type { Page } from '../../page/page.ts'
import { asObject, type Json, objectAt, objectsAt } from '../../values/json-fields.ts'

/** `tweets`, `note_tweet`, `account` …; Grailbird's files hold posts only. */
export interface ExportFile {
  readonly kind: string
  readonly items: readonly ExportItem[]
  /** True when the array does not end: the file is cut. */
  readonly isCut: boolean
}

interface ExportItem {
  readonly item: Json
  /** 1-based lines of its first and last bracket. */
  readonly line: number
  readonly endLine: number
}

const ASSIGNMENT = /^\s*(?:window\.YTD\.(\w+)\.part\d+|Grailbird\.data\.tweets_\d{4}_\d\d)\s*=\s*(?=\[)/
/** Characters in which an assignment must end. */
const HEAD = 200
const QUOTE = 0x22
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const TWEETS = 'tweets'
const MARK = '"id_str"'
/** What every post of an export has, by the names of all years. */
const WRITTEN = [['id_str'], ['full_text', 'text'], ['created_at']]

/** The kind of an export's file, or null when it is none. */
export function exportKind(page: Page): string | null {
  const head = ASSIGNMENT.exec(page.text.slice(0, HEAD))
  if (head !== null) return head[1] ?? TWEETS
  if (page.kind === 'jsonl') return isNamelessPost(postsInRow(firstRow(page.text))[0]) ? TWEETS : null
  if (page.kind !== 'json' || !page.text.includes('"tweet"')) return null
  const list = page.json()
  return Array.isArray(list) && isNamelessPost(objectAt(list[0], 'tweet')) ? TWEETS : null
}

/** Exports say whose they are in another file; posts that name their author are the API's. */
function isNamelessPost(tweet: Json | null | undefined): boolean {
  if (tweet === null || tweet === undefined || Object.hasOwn(tweet, 'user')) return false
  return WRITTEN.every((keys) => keys.some((key) => Object.hasOwn(tweet, key)))
}

function firstRow(text: string): unknown {
  const end = text.indexOf('\n')
  return parseJson(end === -1 ? text : text.slice(0, end)).value
}

/** A post, a post in its wrapper, or the posts of one thread. */
function postsInRow(row: unknown): readonly Json[] {
  const own = objectAt(row, 'tweet') ?? asObject(row)
  const several = objectsAt(row, 'tweets').map((item) => objectAt(item, 'tweet') ?? item)
  return several.length > 0 || own === null ? several : [own]
}

/** Everything in the file. Items are read one by one: each knows its lines, and a broken one spoils no other. */
export function readExport(page: Page): ExportFile {
  const kind = exportKind(page) ?? TWEETS
  if (page.kind === 'jsonl') return { kind, items: itemsInLines(page.text), isCut: false }
  const items: ExportItem[] = []
  const start = ASSIGNMENT.exec(page.text.slice(0, HEAD))?.[0].length ?? 0
  const isWhole = scanItems(page.text, start, (from, to, line, endLine) => {
    const item = asObject(parseJson(page.text.slice(from, to)).value)
    if (item !== null) items.push({ item, line, endLine })
  })
  return { kind, items, isCut: !isWhole }
}

function itemsInLines(text: string): readonly ExportItem[] {
  return text.split('\n').flatMap((row, at) => {
    const posts = row.includes(MARK) ? postsInRow(parseJson(row).value) : []
    return posts.map((item) => ({ item, line: at + 1, endLine: at + 1 }))
  })
}

type OnItem = (from: number, to: number, line: number, endLine: number) => void

/** Finds the brackets of each item of the array at `start`; false when the array does not end. */
function scanItems(text: string, start: number, onItem: OnItem): boolean {
  const lineAt = lineCounter(text)
  let depth = 0
  let from = start
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1
      if (depth === 2) from = at
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1
      if (depth === 0) return true
      if (depth === 1) onItem(from, at + 1, lineAt(from), lineAt(at))
    }
  }
  return false
}

/** 1-based lines of rising offsets, in one pass over the text: exports may be one line of megabytes. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1
      next = text.indexOf('\n', next + 1)
    }
    return line
  }
}
