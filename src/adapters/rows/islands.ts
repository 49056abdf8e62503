// Posts in the JSON that a page carries for its script, where the page itself shows nothing: Threads, Next.js, forums
// that draw themselves. Asked last, when the article's reader found none.
import { pathOf } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { linkedCount } from '../article/metadata/linked-data.ts'
import type { Page } from '../page/page.ts'
import { walkRows } from './json-tree.ts'
import { finishReading, startReading } from './posts.ts'
import { scriptStates } from './script-states.ts'
import { type Row, readRows } from './tree-posts.ts'

const READER = { name: 'json-in-page', version: 1 } as const
/** Without one of these no post is in it; most of it is settings. */
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
  for (const { script, value } of scriptStates(page, MAY_HOLD)) {
    const [selector, before] = [pathOf(script), rows.length]
    for (const row of walkRows(value))
      rows.push({ ...row, above: row.above === null ? null : row.above + before, line: null, selector })
  }
  return rows
}
