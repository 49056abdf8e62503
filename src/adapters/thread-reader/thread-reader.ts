// Thread Reader App and its mirrors: a thread page, a user page, or saved inner HTML of one (layouts of 2018 to 2026).
// The page has no reply links: posts hang together because they stand below each other in one block. Its posts are
// posts of X and carry X's ids, so that this page, a Nitter page and X itself give the same references.
import { attr, selectOne } from '../../markup/markup.ts'
import type { Author, Block, Boundary, Extraction, Note, Parent, Post } from '../../model.ts'
import { hostIs, urlOf } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { snowflakeTime } from '../x/names.ts'
import { findUnits, type Unit, type UnitBlock } from './blocks.ts'
import { postOfUnit } from './post.ts'

const NAME = 'thread-reader'
const VERSION = 1
/** How often posts of one block are not a chain: never in 140 captured posts, but the page does not say so. */
const LAYOUT_P = 0.99
const HOST = 'threadreaderapp.com'
const THREAD_PATH = /^\/(?:thread|scrolly|convos)\/(\d+)(?:\.html)?\/?$/
const USER_PATH = /^\/user\/(\w{1,15})\/?$/
const POSTS = '.content-tweet, sup.tw-permalink, .card-tweetsv2'

export const threadReader: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['timeless'],
  examples: [
    'https://threadreaderapp.com/thread/1700000000000000001.html',
    'https://threadreaderapp.com/scrolly/1700000000000000001',
    'https://threadreaderapp.com/user/harbourlamp',
  ],

  locate(url: URL): Located | null {
    if (!hostIs(url, HOST)) return null
    const thread = THREAD_PATH.exec(url.pathname)?.[1]
    if (thread !== undefined) return { kind: 'post', id: thread, fetch: `https://${HOST}/thread/${thread}.html` }
    const handle = USER_PATH.exec(url.pathname)?.[1]
    return handle === undefined ? null : { kind: 'author', id: handle, fetch: `https://${HOST}/user/${handle}` }
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(POSTS, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const blocks = findUnits(page.html().root, page.url)
    const posts: Post[] = []
    for (const { block, units } of blocks) {
      let previous: Post | null = null
      for (const [place, unit] of units.entries()) {
        previous = postOf({ page, block, unit, place, previous, index: posts.length })
        posts.push(previous)
      }
    }
    return {
      posts,
      scrapes: [],
      blocks: blocks.map(({ block }) => block),
      next: blocks.flatMap(({ block }) => (block.kind === 'card' && block.url !== null ? [block.url] : [])),
      notes: notesOn(page, blocks),
      declared: { title: null, site: siteOf(page), replies: null },
    }
  },
}

interface Placed {
  readonly page: Page
  readonly block: Block
  readonly unit: Unit
  /** 0-based in the block. */
  readonly place: number
  readonly previous: Post | null
  readonly index: number
}

function postOf({ page, block, unit, place, previous, index }: Placed): Post {
  // Named one by one: V8 copies what is spread into the middle of an object member by member, at the cost of the rest
  // of a post.
  const { ref, text, html, createdAt, url, media, quotes } = postOfUnit(unit, page.url)
  return {
    key: `${block.key}/${place + 1}`,
    kind: 'post',
    platform: 'x',
    author: authorOf(block, unit.handle),
    isPostAuthor: false,
    title: null,
    ref,
    text,
    html,
    createdAt: createdAt ?? (place === 0 ? unit.blockTime : null),
    url,
    media,
    quotes,
    editedAt: null,
    lang: null,
    parent: parentOf(previous),
    conversation: null,
    footnotes: [],
    block: block.key,
    index,
    boundary: unit.isMarked ? null : UNMARKED,
    provenance: {
      input: page.capture.input,
      capture: page.capture.digest,
      capturedAt: page.capture.capturedAt,
      adapter: NAME,
      adapterVersion: VERSION,
      selector: unit.selector,
      path: null,
      line: null,
      endLine: null,
      extra: null,
    },
  }
}

/** Behind the last end mark: a person who saved posts by hand lost the mark, or added words. */
const UNMARKED: Boundary = { p: 0.85, alternatives: [{ say: 'words of whoever saved the page, and no post', p: 0.15 }] }

function parentOf(previous: Post | null): Parent | null {
  if (previous === null) return null
  return {
    ref: previous.ref,
    key: previous.key,
    basis: 'layout',
    p: LAYOUT_P,
    say: 'stands below it in the same block of the page',
  }
}

/** A post may name another account than the block's head: some readers mix in replies. */
function authorOf(block: Block, handle: string | null): Author | null {
  if (handle === null || handle.toLowerCase() === block.author?.handle?.toLowerCase()) return block.author
  return { id: null, handle, name: null, url: `https://x.com/${handle}` }
}

function notesOn(page: Page, blocks: readonly UnitBlock[]): Note[] {
  const notes: Note[] = []
  const add = (code: string, message: string) =>
    notes.push({ level: 'warning', code, message, input: page.capture.input })
  if (blocks.some(({ units }) => units.some(({ isMarked }) => !isMarked)))
    add('mark-missing', 'The last post has no end mark on the page; it may be words of whoever saved it.')
  const wanted = wantedThread(page)
  const main = blocks.find(({ block }) => block.kind === 'thread')
  if (main === undefined && wanted !== null)
    add(
      'only-cards',
      `The page's own thread ${wanted} is not on it; only previews of other threads are. Fetch it again.`,
    )
  const total = main?.block.declaredTotal ?? null
  if (main !== undefined && total !== null && total !== main.units.length)
    add('count-differs', `The page says its thread has ${total} posts; ${main.units.length} are on it.`)
  if (blocks.length === 0) add('no-posts', 'This looks like a thread reader page, but no post was found on it.')
  return notes
}

function wantedThread(page: Page): string | null {
  const root = page.html().root
  const said =
    attr(selectOne('link[rel="canonical"]', root), 'href') ??
    attr(selectOne('meta[property="og:url"]', root), 'content')
  for (const url of [page.url?.href ?? null, said]) {
    const id = THREAD_PATH.exec(urlOf(url)?.pathname ?? '')?.[1]
    if (id !== undefined && snowflakeTime(id) !== null) return id
  }
  return null
}

function siteOf(page: Page): string | null {
  return attr(selectOne('meta[property="og:site_name"]', page.html().root), 'content')
}
