// Nitter, a front end for X on many hosts (markup of 2019–2026): conversation and profile pages. It declares no
// parents; its boxes do: what stands before and after the page's post, and one box for each chain of answers.
import type { Element } from 'domhandler'
import { attr, closest, hasClass, pathOf, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Note } from '../../model.ts'
import { hostIs, resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { noteOn } from '../extraction/extraction.ts'
import { absenceIn } from '../page/absence.ts'
import type { Page } from '../page/page.ts'
import {
  extractionOf,
  type FoundTweet,
  type LayoutParent,
  NO_REMARKS,
  type ReaderOfPage,
  replyNotes,
} from '../x/extraction.ts'
import { accountInPath, statusInPath } from '../x/names.ts'
import type { XTweet } from '../x/tweet.ts'
import { besideWords, hiddenId, postIn } from './post.ts'

const NAME = 'nitter'
const VERSION = 1
/** Instances that were up at some time (2019–2026); pages of all others are known by their markup. */
const HOSTS = [
  'nitter.net',
  'xcancel.com',
  'nitter.poast.org',
  'nitter.privacydev.net',
  'nitter.42l.fr',
  'nitter.tiekoetter.com',
]
const NITTER_LABEL = /^nitter\./
const ITEM = '.timeline-item'
/** What stands on a timeline in place of posts. */
const EMPTY = '.timeline-protected h2, h2.timeline-none'
const CHAIN = '.before-tweet, .after-tweet, .reply, .thread-line'
/** Nitter builds its chains from X's own reply links; only an unseen hole in one could make a neighbour wrong. */
const CHAIN_P = 0.98
/** A chain of answers starts below the page's post; X lifts some deeper answers up to the top. */
const ANSWER_P = 0.93
const HISTORY = '.edit-history'
const COUNT = /^\d{1,9}$/
/** Characters past which a page is no interstitial. */
const MAX_WALL = 100_000
const WALL = /\/antibot\/|\bid="antibot-/
const SAY_WALL =
  'This is a check for robots, not the page: no post is on it. Open it in a browser and save the page that follows.'

export const nitter: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [
    'https://nitter.net/harbourlamp/status/1700000000000000001#m',
    'https://xcancel.com/harbourlamp',
    'https://nitter.example/harbourlamp/status/1700000000000000001',
  ],

  locate(url: URL): Located | null {
    if (!HOSTS.some((host) => hostIs(url, host)) && !NITTER_LABEL.test(url.hostname)) return null
    const status = statusInPath(url.pathname)
    const fetch = `${url.origin}${url.pathname}`
    if (status !== null) return { kind: 'post', id: status.id, fetch }
    const handle = accountInPath(url.pathname)
    return handle === null ? null : { kind: 'author', id: handle, fetch }
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'html') return false
    if (isWall(page)) return true
    return selectOne(`${ITEM} .tweet-body, .panel-container > .error-panel, ${EMPTY}`, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    if (isWall(page))
      return extractionOf(reader, [], { ...NO_REMARKS, notes: [noteOn(reader.page, 'warning', 'anti-bot', SAY_WALL)] })
    const rows = asVersions(select(ITEM, page.html().root).map((item) => ({ item, tweet: tweetIn(item, page.url) })))
    const found = foundIn(rows, page.url)
    const reposts = rows.filter(
      ({ item, tweet }) => tweet !== null && selectOne('.retweet-header', item) !== null,
    ).length
    const next = select('.show-more a', page.html().root).map((link) => resolve(attr(link, 'href'), page.url))
    return extractionOf(reader, found, {
      ...NO_REMARKS,
      notes: [...rows.flatMap((row) => noteAt(reader, row)), ...pageNotes(reader), ...countNotes(reader, rows, found)],
      reposts,
      next: next.filter((url) => url !== null),
    })
  },
}

function countNotes(reader: ReaderOfPage, rows: readonly Row[], found: readonly FoundTweet[]): Note[] {
  return replyNotes(reader, found, mainOf(rows)?.id ?? null, repliesOf(reader.page))
}

function mainOf(rows: readonly Row[]): XTweet | null {
  return rows.find((row) => isIn(row, '.main-tweet'))?.tweet ?? null
}

/** The number beside the speech bubble of the page's post. */
function repliesOf(page: Page): number | null {
  const icon = selectOne('.main-tweet .icon-comment', page.html().root)
  const box = icon === null ? null : closest(icon, '.icon-container')
  const count = textOf(box)?.replaceAll(',', '') ?? ''
  return COUNT.test(count) ? Number(count) : null
}

interface Row {
  readonly item: Element
  /** Null for a gap, an unavailable post or a found account. */
  readonly tweet: XTweet | null
}

/** All that stand on a page of versions (2024 on) are one post; ids grow with time. */
function asVersions(rows: readonly Row[]): readonly Row[] {
  const isVersion = ({ item }: Row) => closest(item, HISTORY) !== null
  const ids = rows.filter(isVersion).flatMap(({ tweet }) => tweet?.id ?? [])
  if (ids.length < 2) return rows
  const versions = ids.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return rows.map((row) => (row.tweet !== null && isVersion(row) ? { ...row, tweet: { ...row.tweet, versions } } : row))
}

function tweetIn(item: Element, base: URL | null): XTweet | null {
  return selectOne('.tweet-date', item) === null ? null : postIn(item, base)
}

/** A mark of the interstitial that xcancel shows since 2025. */
function isWall(page: Page): boolean {
  return (
    page.kind === 'html' &&
    page.text.length <= MAX_WALL &&
    WALL.test(page.text) &&
    selectOne(ITEM, page.html().root) === null
  )
}

function foundIn(rows: readonly Row[], base: URL | null): FoundTweet[] {
  const main = mainOf(rows)
  return rows.flatMap(({ item, tweet }, at) => {
    if (tweet === null) return []
    return [
      {
        tweet,
        place: { selector: pathOf(item), extra: besideWords(item, base) },
        title: null,
        layout: layoutOf(rows, at, main),
      },
    ]
  })
}

/**
 * The row above in the same chain; a chain's first row goes by the kind of the chain. A hole between ends the chain.
 */
function layoutOf(rows: readonly Row[], at: number, main: XTweet | null): LayoutParent | null {
  const [above, own] = [rows[at - 1], rows[at]]
  if (own === undefined) return null
  const box = closest(own.item, CHAIN)
  const isMain = isIn(own, '.main-tweet')
  if (isMain) return above !== undefined && isIn(above, '.before-tweet') ? chained(above) : null
  if (box === null) return null
  if (above !== undefined && closest(above.item, CHAIN) === box) return chained(above)
  if (main === null || hasClass(box, 'before-tweet')) return null
  if (hasClass(box, 'after-tweet')) return { id: main.id, p: CHAIN_P, say: 'goes on right below the page’s post' }
  return { id: main.id, p: ANSWER_P, say: 'begins a chain of answers below the page’s post' }
}

function isIn({ item }: Row, selector: string): boolean {
  return closest(item, selector) !== null
}

function chained({ item, tweet }: Row): LayoutParent | null {
  const id = tweet?.id ?? hiddenId(item)
  return id === null ? null : { id, p: CHAIN_P, say: 'stands right below it in one chain' }
}

function noteAt(reader: ReaderOfPage, { item, tweet }: Row): Note[] {
  const more = selectOne('.more-replies-text', item)
  if (more !== null)
    return [noteOn(reader.page, 'info', 'more', `Posts of a chain are left out: "${textOf(more) ?? 'more replies'}".`)]
  const gone = textOf(selectOne('.unavailable-box', item))
  if (gone !== null) return [noteOn(reader.page, 'warning', 'tombstone', `A post is not shown by the site: ${gone}`)]
  const newest = tweet?.versions.at(-1)
  if (tweet !== null && newest !== undefined && newest !== tweet.id && closest(item, HISTORY) === null) {
    const say = `Post ${tweet.id} is an older version of post ${newest}, which this page does not show.`
    return [noteOn(reader.page, 'info', 'newer-version', say)]
  }
  const excerpt = tweet === null ? null : select('.show-thread', item).find((link) => closest(link, '.quote') === null)
  if (tweet === null || excerpt === undefined || excerpt === null) return []
  return [
    noteOn(
      reader.page,
      'info',
      'show-thread',
      `Post ${tweet.id} belongs to a longer thread, of which this page shows a part.`,
    ),
  ]
}

function pageNotes(reader: ReaderOfPage): Note[] {
  const { root } = reader.page.html()
  const isMore = select('.show-more a', root).some((link) => attr(link, 'href')?.includes('cursor=') === true)
  const error = textOf(selectOne('.error-panel', root))
  const empty = textOf(selectOne(EMPTY, root))
  return [
    ...(isMore ? [noteOn(reader.page, 'info', 'more', 'The list goes on in a page that is not in this capture.')] : []),
    ...(error === null
      ? []
      : [noteOn(reader.page, 'warning', saidBy(error, 'site-error'), `The site answered with an error: ${error}`)]),
    ...(empty === null
      ? []
      : [noteOn(reader.page, 'warning', saidBy(empty, 'site-empty'), `The site says in place of posts: ${empty}`)]),
  ]
}

function saidBy(words: string, other: string): string {
  return absenceIn(words)?.code ?? other
}
