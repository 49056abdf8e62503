// Public Telegram channels as t.me/s/<channel> shows them to everybody: some twenty messages a page, oldest first.
// Groups and private channels have no such page; comments below a message are shown by the application, and by a widget
// for other sites.
import type { Document } from 'domhandler'
import { attr, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Block, Extraction, Note, Post } from '../../model.ts'
import { hostIs, resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { isDiscussion, readDiscussion } from './discussion.ts'
import { nameIn, nameOfUrl, postOf, READER, SITE } from './message.ts'

const MESSAGES = '.tgme_widget_message[data-post]'
const CHANNEL_PATH = /^\/(?:s\/)?([A-Za-z]\w{3,31})\/?$/
/** Addresses of t.me that are no channels. */
const NO_CHANNELS = new Set([
  'joinchat',
  'addstickers',
  'share',
  'proxy',
  'socks',
  'login',
  'iv',
  'contact',
  'addtheme',
])

export const telegram: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://t.me/s/harbournews', 'https://t.me/harbournews/120', 'https://t.me/s/harbournews/120'],
  locate,

  recognises(page: Page): boolean {
    if (page.kind !== 'html') return false
    const { root } = page.html()
    return isDiscussion(root) || select(MESSAGES, root).some((message) => nameIn(message) !== null)
  },

  extract: extractTelegram,
}

/** A message is fetched as its embedded form, a channel as its preview. */
function locate(url: URL): Located | null {
  if (!hostIs(url, 't.me') && !hostIs(url, 'telegram.me')) return null
  const name = nameOfUrl(url.href)
  if (name !== null) return { kind: 'post', id: name, fetch: `${SITE.href}${name}?embed=1&mode=tme` }
  const channel = CHANNEL_PATH.exec(url.pathname)?.[1]
  if (channel === undefined || NO_CHANNELS.has(channel.toLowerCase())) return null
  return { kind: 'author', id: channel, fetch: `${SITE.href}s/${channel}` }
}

function extractTelegram(page: Page): Extraction {
  if (page.kind !== 'html') return makeExtraction({})
  const { root } = page.html()
  if (isDiscussion(root)) return readDiscussion(page)
  const messages = select(MESSAGES, root)
  const told = messages.filter((message) => !hasClass(message, 'service_message'))
  const posts = listPosts(
    told.flatMap((message) => {
      const name = nameIn(message)
      return name === null ? [] : [postOf(page, message, name, name.split('/')[0] ?? name)]
    }),
  )
  return makeExtraction({
    posts,
    blocks: blocksOf(root, posts),
    next: olderPages(root, page.url ?? SITE),
    notes: [...serviceNotes(page, messages.length - told.length), ...unshownNotes(page, posts)],
    declared: { title: attr(selectOne('meta[property="og:title"]', root), 'content'), site: 'Telegram', replies: null },
  })
}

/** One list a channel; a page shows one. */
function blocksOf(root: Document, posts: readonly Post[]): readonly Block[] {
  const title =
    attr(selectOne('meta[property="og:title"]', root), 'content') ??
    textOf(selectOne('.tgme_channel_info_header_title', root))
  const authors = new Map(posts.map(({ block, author }) => [block, author]))
  return [...authors].flatMap(([key, author]) =>
    key === null ? [] : [{ key, kind: 'list' as const, title, url: author?.url ?? null, author, declaredTotal: null }],
  )
}

/** The page before this one; the link after it leads to what a reader has seen. */
function olderPages(root: Document, base: URL): string[] {
  const links = select('a.js-messages_more[data-before], link[rel="prev"]', root)
  return [...new Set(links.map((link) => resolve(attr(link, 'href'), base)).filter((url) => url !== null))]
}

function serviceNotes(page: Page, count: number): Note[] {
  const message = `Messages of the service (pinned, renamed, created), left out: ${count}.`
  return count === 0 ? [] : [noteOn(page, 'info', 'service-messages', message)]
}

/** "This media is not supported in your browser" stands where a message, or a part of one, should. */
function unshownNotes(page: Page, posts: readonly Post[]): Note[] {
  const count = posts.filter(({ provenance }) => provenance.extra?.['notShown'] !== undefined).length
  const message = `Messages with parts that only the application shows: ${count}.`
  return count === 0 ? [] : [noteOn(page, 'warning', 'not-shown', message)]
}
