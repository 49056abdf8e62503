// Posts in the JSON that a page carries for its script (`script[type="application/json"]`, JSON-LD), where the page
// itself shows nothing: Threads, Next.js, forums that draw themselves. Asked last, when the article's reader found
// none.
import { select } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { linkedCount } from '../article/metadata/linked-data.ts'
import { placeInHtml } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { exactJson } from '../values/exact-json.ts'
import { walkRows } from './json-tree.ts'
import { finishReading, startReading } from './posts.ts'
import { type Row, readRows } from './tree-posts.ts'

const READER = { name: 'json-in-page', version: 1 } as const
const ISLANDS = 'script[type="application/json"], script[type="application/ld+json"]'
/** Without one of these no post is in it; most islands are settings. */
const MAY_HOLD = /"(?:text|content|body|caption|message|comment|html|full_?text|markdown)"/i

export const jsonInPage: Adapter = {
  ...READER,
  generic: true,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'html' && findRows(page).length > 0,
  extract: extractIslands,
}

function extractIslands(page: Page): Extraction {
  const reading = startReading(page, READER)
  const { posts, notes } = readRows(reading, page.kind === 'html' ? findRows(page) : [])
  const extraction = finishReading(reading)
  const declared = { ...extraction.declared, replies: extraction.declared.replies ?? linkedCount(page.html().root) }
  return { ...extraction, posts, declared, notes: [...extraction.notes, ...notes] }
}

function findRows(page: Page): readonly Row[] {
  const rows: Row[] = []
  for (const script of select(ISLANDS, page.html().root)) {
    const json = script.children.map((child) => ('data' in child ? child.data : '')).join('')
    if (!MAY_HOLD.test(json)) continue
    const { selector } = placeInHtml(page, READER, script, null)
    const before = rows.length
    for (const row of walkRows(exactJson(json)))
      rows.push({ ...row, above: row.above === null ? null : row.above + before, line: null, selector: selector ?? '' })
  }
  return rows
}
