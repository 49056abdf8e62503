// BuddyPress, WordPress' plugin for communities: streams of what its members wrote (`/activity/`, of a member, of a
// group), each with its comments in nested lists. Both its template packs (2008 and 2018 to now).
import type { Element } from 'domhandler'
import { attr, closest, closestAround, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { zoneNotes } from '../article/blog-article.ts'
import { metaOf } from '../article/metadata/metadata.ts'
import { limitNext, makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type PrintedTime, readDate } from '../values/dates.ts'

const READER = { name: 'buddypress', version: 1 } as const
const ITEMS = 'li.activity-item[id^="activity-"], .activity-list > li[id^="activity-"]'
const COMMENTS = 'li[id^="acomment-"]'
const NUMBER = /^(?:activity|acomment)-(\d{1,18})$/
/** A place in a page of one activity, or that page. */
const IN_ADDRESS = /\/activity\/p\/(\d{1,18})\/?$/
const COMMENT_HASH = /^#acomment-(\d{1,18})$/
const MEMBER = /\/members?\/([^/?#]+)/
/** The writer's name stands first in the line above the words. */
const WRITER = 'a[href*="/member"]'
const TIME = '[data-livestamp], time[datetime], .time-since'
const MAX_ITEMS = 5_000

export const buddypress: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://potters.example/activity/p/412/', 'https://potters.example/activity/p/412/#acomment-413'],

  locate(url: URL): Located | null {
    const item = IN_ADDRESS.exec(url.pathname)?.[1]
    const number = COMMENT_HASH.exec(url.hash)?.[1] ?? item
    return item === undefined ? null : { kind: 'post', id: `${url.host}/activity-${number}`, fetch: url.href }
  },

  recognises(page: Page): boolean {
    return isStream(page)
  },

  extract(page: Page): Extraction {
    if (page.kind !== 'html') return makeExtraction({})
    const { root } = page.html()
    const items = select(ITEMS, root).slice(0, MAX_ITEMS)
    const read = items.flatMap((item) => [readItem(page, item), ...readComments(page, item)])
    const found = read.filter((one) => one !== null)
    const older = select('li.load-more a[href], #activity-loop-more a[href]', root)
    const { next, notes } = limitNext(
      page,
      older.map((link) => resolve(attr(link, 'href'), page.url)).filter((url) => url !== null),
    )
    const wordless = read.length - found.length
    const message = `${wordless} entries tell what somebody did (joined, changed a picture) and hold no words; they were left out.`
    return makeExtraction({
      posts: listPosts(found.map(({ post }) => post)),
      next,
      notes: [
        ...notes,
        ...(wordless === 0 ? [] : [noteOn(page, 'info', 'entries-without-words', message)]),
        ...zoneNotes(
          page,
          found.map(({ time }) => time),
        ),
      ],
      declared: { title: null, site: metaOf(root, 'og:site_name'), replies: null },
    })
  },
}

/** Whether the page is such a stream, or one entry of it. */
function isStream(page: Page): boolean {
  if (page.kind !== 'html' || !page.text.includes('activity-')) return false
  return select(ITEMS, page.html().root).some((item) => selectOne('.activity-inner', item) !== null)
}

interface Read {
  readonly post: Post
  readonly time: PrintedTime | null
}

function readItem(page: Page, item: Element): Read | null {
  return readPost(page, item, { head: '.activity-header', words: '.activity-inner', parent: null, top: item })
}

function readComments(page: Page, top: Element): readonly (Read | null)[] {
  return select(COMMENTS, top).map((element) => {
    const above = closestAround(element, `${COMMENTS}, ${ITEMS}`) ?? top
    const parent: Parent = {
      ref: refOf(page, above),
      key: keyOf(above),
      basis: 'declared',
      p: 1,
      say: above === top ? 'stands among the comments of the entry' : 'nested in the comment it answers',
    }
    return readPost(page, element, { head: '.acomment-meta', words: '.acomment-content', parent, top })
  })
}

interface Places {
  readonly head: string
  readonly words: string
  readonly parent: Parent | null
  /** The entry that it stands in. */
  readonly top: Element
}

/** Null where nobody wrote anything. */
function readPost(page: Page, element: Element, { head, words, parent, top }: Places): Read | null {
  const own = (selector: string) => select(selector, element).find((one) => isOwn(one, element)) ?? null
  const [line, body] = [own(head), own(words)]
  const written = body === null ? null : bodyFromNodes(body.children, page.url)
  if (written === null || (written.text === '' && written.html === null)) return null
  const time = line === null ? null : timeIn(line)
  const link = line === null ? null : selectOne('a.activity-time-since[href]', line)
  return {
    time,
    post: makePost({
      key: keyOf(element),
      ref: refOf(page, element),
      kind: parent === null ? 'post' : 'comment',
      platform: READER.name,
      author: line === null ? null : writerIn(line, page.url),
      ...written,
      createdAt: time?.iso ?? null,
      url: resolve(attr(link, 'href'), page.url),
      parent,
      conversation: refOf(page, top)?.id ?? null,
      provenance: placeInHtml(page, READER, element, knownOf({ action: parent === null ? textOf(line) : null })),
    }),
  }
}

/** What a comment of it has is not its own. */
function isOwn(inner: Element, element: Element): boolean {
  return closest(inner, `${COMMENTS}, ${ITEMS}`) === element
}

function timeIn(line: Element): PrintedTime | null {
  const place = selectOne(TIME, line)
  return readDate(attr(place, 'data-livestamp') ?? attr(place, 'datetime'))
}

function writerIn(line: Element, base: URL | null): Author | null {
  const link = select(WRITER, line).find((one) => textOf(one) !== null) ?? null
  const url = parseUrl(resolve(attr(link, 'href'), base))
  const handle = MEMBER.exec(url?.pathname ?? '')?.[1] ?? null
  return link === null ? null : { id: null, handle, name: textOf(link), url: url?.href ?? null }
}

function keyOf(element: Element): string {
  return attr(element, 'id') ?? ''
}

/** Entries and comments are numbered together, on one site. */
function refOf({ url }: Page, element: Element): Post['ref'] {
  const number = NUMBER.exec(keyOf(element))?.[1]
  return url === null || number === undefined ? null : { platform: READER.name, id: `${url.host}/activity-${number}` }
}
