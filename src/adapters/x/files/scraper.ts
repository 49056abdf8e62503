// Posts of X as scrapers keep them, one object a line or in one list. Which fields mean what is scraper-row.ts's
// business; tables of the same scrapers are read as tables. Not X's own answers, which some of these scrapers keep as
// they came.
import type { Provenance } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import { exactJson } from '../../values/exact-json.ts'
import { asObject, type Json, objectAt, pointerStep } from '../../values/json-fields.ts'
import { extractionOf, type FoundTweet, NO_REMARKS } from '../extraction.ts'
import { withSelfAnswers } from '../self-answers.ts'
import { scrapedTweet } from './scraped-tweet.ts'
import { besideWords, folded, isScraped, shownPost } from './scraper-row.ts'

const NAME = 'x-scraper'
const VERSION = 1
/** Rows looked at before a file is taken for something else. */
const MAX_LOOK = 5
/** A file may have blank lines between its rows. */
const LINES_A_ROW = 2
/** Keys under which the services that mend X's previews put a post. */
const WRAPPERS = ['tweet', 'status']
/** More lines than a text can have (2^29 characters). */
const ALL = 2 ** 30
const LINE_END = /\r\n|\r|\n/
const NOT_BLANK = /\S/

export const xScraper: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    if (page.kind !== 'json' && page.kind !== 'jsonl') return false
    return rowsOf(page, MAX_LOOK).some(({ row }) => isScraped(row))
  },

  extract(page: Page) {
    const reader = { page, name: NAME, version: VERSION }
    const rows = rowsOf(page, ALL)
    const known = rows.filter(({ row }) => isScraped(row))
    const reads = known.map(readRow)
    const left = rows.length - known.length
    const message = `${left} rows hold no post with words and an id, and were left.`
    const extraction = extractionOf(
      reader,
      reads.flatMap(({ found }) => found),
      {
        ...NO_REMARKS,
        notes: left === 0 ? [] : [noteOn(reader.page, 'warning', 'row-unread', message)],
        reposts: reads.filter(({ isRepost }) => isRepost).length,
      },
    )
    return { ...extraction, posts: withSelfAnswers(extraction.posts) }
  },
}

interface Row {
  readonly row: Json | null
  readonly place: Partial<Provenance>
}

/** The first rows of a file; a list may stand under a name (`{"tweets": […]}`). */
function rowsOf(page: Page, limit: number): readonly Row[] {
  if (page.kind === 'jsonl') return lineRows(page.text, limit)
  if (isScraped(asObject(page.json()))) return [{ row: asObject(exactJson(page.text)), place: { path: '' } }]
  const alone = WRAPPERS.find((key) => isScraped(objectAt(page.json(), key)))
  const own = { row: objectAt(exactJson(page.text), alone ?? ''), place: { path: `/${alone}` } }
  return [...(alone === undefined ? [] : [own]), ...rowsInLists(page, limit)]
}

function rowsInLists(page: Page, limit: number): readonly Row[] {
  return listsIn(page.json()).flatMap(({ path }) => {
    const list = at(limit === ALL ? exactJson(page.text) : page.json(), path)
    return list.slice(0, limit).map((row, i) => ({ row: asObject(row), place: { path: `${path}/${i}` } }))
  })
}

function lineRows(text: string, limit: number): readonly Row[] {
  const rows: Row[] = []
  for (const [i, line] of text.split(LINE_END, limit * LINES_A_ROW).entries()) {
    if (!NOT_BLANK.test(line)) continue
    if (rows.length >= limit) break
    rows.push({ row: asObject(exactJson(line)), place: { line: i + 1, endLine: i + 1 } })
  }
  return rows
}

/** Lists of objects at the top or one name below it. */
function listsIn(value: unknown): readonly { readonly path: string }[] {
  if (Array.isArray(value)) return [{ path: '' }]
  return Object.entries(asObject(value) ?? {}).flatMap(([key, one]) =>
    Array.isArray(one) ? [{ path: pointerStep(key) }] : [],
  )
}

function at(value: unknown, path: string): readonly unknown[] {
  if (path === '') return Array.isArray(value) ? (value as readonly unknown[]) : []
  const found = Object.entries(asObject(value) ?? {}).find(([key]) => pointerStep(key) === path)?.[1]
  return Array.isArray(found) ? (found as readonly unknown[]) : []
}

interface Read {
  readonly found: readonly FoundTweet[]
  readonly isRepost: boolean
}

/** A repost gives the post that was shared, where it is there. */
function readRow({ row, place }: Row): Read {
  const known = folded(row ?? {})
  const shared = shownPost(known, 'repost')
  const own = shared === null ? known : folded(shared)
  const tweet = scrapedTweet(own)
  const isRepost = shared !== null || known['retweet'] === true || known['isretweet'] === true
  return {
    found: tweet === null ? [] : [{ tweet, place: { ...place, extra: besideWords(own) }, title: null }],
    isRepost,
  }
}
