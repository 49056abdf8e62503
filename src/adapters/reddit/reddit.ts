// Reddit: JSON of every kind and pages of three generations. Several captures of one submission meet by the names of
// its comments, so a tree that Reddit gives in pieces grows together.
import type { Document } from 'domhandler'
import { selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Note } from '../../model.ts'
import { hostIs } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { isRedditDump, readRedditDump } from './dump.ts'
import { canonicalOf, type Rows, readRows } from './html.ts'
import { isRedditJson, readRedditJson } from './json.ts'
import { READER } from './names.ts'
import { isOldReddit, readOldReddit } from './old.ts'
import { isRedditWeb, readRedditWeb } from './web.ts'
import { isReddit2018, readReddit2018 } from './web-2018.ts'

const POST_PATH =
  /^(?:\/(?:r|user)\/[\w-]+)?\/comments\/([a-z0-9]{1,13})(?:\/[^/]*(?:\/([a-z0-9]{1,13}))?)?\/?(?:\.json)?$/
const USER_PATH = /^\/(?:u|user)\/([\w-]{1,40})(?:\/|\.json|$)/
const FEED_PATH = /^\/r\/(\w{1,40})(?:\/|\.json|$)/

export const reddit: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://www.reddit.com/r/harbours/comments/1abcde/a_title/',
    'https://old.reddit.com/r/harbours/comments/1abcde/a_title/kx12ab3/',
    'https://www.reddit.com/comments/1abcde.json',
    'https://redd.it/1abcde',
    'https://www.reddit.com/user/halyard/comments/',
    'https://www.reddit.com/r/harbours/new/',
  ],
  locate,

  recognises(page: Page): boolean {
    if (page.kind === 'jsonl') return isRedditDump(page)
    if (page.kind === 'json') return isRedditJson(page.json()) || isRedditDump(page)
    return page.kind === 'html' && (generationOf(page) !== null || wallOf(page) !== null)
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json' && isRedditJson(page.json())) return readRedditJson(page)
    if (page.kind === 'json' || page.kind === 'jsonl') return readRedditDump(page)
    const rows = page.kind === 'html' ? generationOf(page) : null
    if (rows !== null) return readRows(page, rows())
    const wall = page.kind === 'html' ? wallOf(page) : null
    return makeExtraction({ notes: wall === null ? [] : [wall] })
  },
}

function locate(url: URL): Located | null {
  if (hostIs(url, 'redd.it')) return locateShort(url)
  if (!hostIs(url, 'reddit.com')) return null
  const [, submission, comment] = POST_PATH.exec(url.pathname) ?? []
  if (submission !== undefined)
    return { kind: 'post', id: comment === undefined ? `t3_${submission}` : `t1_${comment}`, fetch: twinOf(url) }
  const user = USER_PATH.exec(url.pathname)?.[1]
  if (user !== undefined) return { kind: 'author', id: user, fetch: twinOf(url) }
  const feed = FEED_PATH.exec(url.pathname)?.[1]
  return feed === undefined ? null : { kind: 'feed', id: `r/${feed}`, fetch: twinOf(url) }
}

function locateShort(url: URL): Located | null {
  const id = SHORT_PATH.exec(url.pathname)?.[1]
  return id === undefined
    ? null
    : { kind: 'post', id: `t3_${id}`, fetch: `https://www.reddit.com/comments/${id}.json?raw_json=1` }
}

const SHORT_PATH = /^\/([a-z0-9]{1,13})\/?$/
const END = /\/?(?:\.json)?$/

/** The JSON twin of any page: it tells parents, exact times and what is missing. */
function twinOf(url: URL): string {
  const twin = new URL(url.href)
  twin.pathname = `${url.pathname.replace(END, '')}.json`
  twin.searchParams.set('raw_json', '1')
  twin.hash = ''
  return twin.href
}

/** How to read the page, or null when it shows no submission and no comment. */
function generationOf(page: Page): (() => Rows) | null {
  const { root } = page.html()
  if (isRedditWeb(root)) return () => readRedditWeb(root)
  if (isReddit2018(root)) return () => readReddit2018(page, canonicalOf(page, root))
  return isOldReddit(root) ? () => readOldReddit(root) : null
}

/** Characters past which a page is no wall: Reddit's own have a few thousand. */
const MAX_WALL = 100_000
const BLOCKED = /whoa there, pardner|blocked (?:by|due to) (?:a )?network (?:security|policy)/i

/** Pages Reddit puts before what was asked for. */
function wallOf(page: Page): Note | null {
  const { root } = page.html()
  if (page.text.length > MAX_WALL || !page.text.includes('reddit')) return null
  if (isAgeGate(root))
    return noteOn(page, 'warning', 'age-gate', "Reddit asks for the reader's age; the page asked for is not here.")
  if (!BLOCKED.test(page.text)) return null
  return noteOn(
    page,
    'warning',
    'blocked',
    'Reddit refused to answer here; try the JSON twin, another network or a saved page.',
  )
}

function isAgeGate(root: Document): boolean {
  const asks = selectOne('[name="over18"], form[action*="over18"], [href*="/over18"]', root) !== null
  return asks && OVER_18.test(textOf(selectOne('title', root)) ?? '')
}

const OVER_18 = /\bover 18\b/i
