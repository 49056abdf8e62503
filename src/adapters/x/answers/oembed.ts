// X's oEmbed answer: one post as an embeddable blockquote. It names author, words and day; it declares no parent, and
// the words are cut for long posts without a sign.
import type { Element } from 'domhandler'
import { attr, parseHtml, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Extraction } from '../../../model.ts'
import { bodyFromNodes } from '../../../text/body.ts'
import { hostIs } from '../../../url.ts'
import type { Adapter, Located } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import { textAt } from '../../values/json-fields.ts'
import { languageOf } from '../../values/language.ts'
import { extractionOf, type FoundTweet, NO_REMARKS } from '../extraction.ts'
import { authorOf, snowflakeTime, statusInUrl } from '../names.ts'

const NAME = 'x-oembed'
const VERSION = 1
const HOSTS = ['publish.twitter.com', 'publish.x.com']
const NO_PARENT =
  'An oEmbed answer does not tell what a post answers, nor whether its words are whole. The post’s own page does.'
const PICTURE_LINK = /^pic\.(?:twitter|x)\.com\/\w+$/

export const xOembed: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [
    'https://publish.twitter.com/oembed?url=https%3A%2F%2Fx.com%2Fharbourlamp%2Fstatus%2F1700000000000000001',
    'https://publish.x.com/oembed?url=https%3A%2F%2Ftwitter.com%2Fharbourlamp%2Fstatus%2F1700000000000000001',
  ],

  locate(url: URL): Located | null {
    if (!HOSTS.some((host) => hostIs(url, host))) return null
    const status = statusInUrl(url.searchParams.get('url'))
    return status === null ? null : { kind: 'post', id: status.id, fetch: url.href }
  },

  recognises(page: Page): boolean {
    return page.kind === 'json' && page.text.includes('twitter-tweet') && readEmbed(page) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const found = readEmbed(page)
    const next = found === null ? [] : [statusUrlIn(page)].filter((url) => url !== null)
    const notes = [noteOn(reader.page, 'info', 'no-parents', NO_PARENT)]
    return extractionOf(reader, found === null ? [] : [found], { ...NO_REMARKS, notes, next })
  },
}

function statusUrlIn(page: Page): string | null {
  return textAt(page.json(), 'url')
}

function readEmbed(page: Page): FoundTweet | null {
  const status = statusInUrl(statusUrlIn(page))
  const html = textAt(page.json(), 'html')
  if (status === null || html === null) return null
  const words = selectOne('blockquote p', parseHtml(html).root)
  if (words === null) return null
  const body = bodyFromNodes(words.children, null, isPictureLink)
  const tweet = {
    ...body,
    id: status.id,
    author: authorOf(null, status.handle, textAt(page.json(), 'author_name')),
    createdAt: snowflakeTime(status.id),
    editedAt: null,
    lang: languageOf(attr(words, 'lang')),
    parentId: null,
    conversation: null,
    media: [],
    quotes: [],
    versions: [],
    isCut: false,
  }
  return { tweet, place: { path: '/html', extra: { day: dayIn(html) } }, title: null }
}

/** The picture itself is not in the answer; its address in the words leads to the post. */
function isPictureLink(element: Element): boolean {
  return element.name === 'a' && PICTURE_LINK.test(textOf(element) ?? '')
}

/** The day as printed, for posts from before ids carried a time. */
function dayIn(html: string): string | null {
  const link = select('blockquote > a', parseHtml(html).root).at(-1)
  return link === undefined ? null : link.children.map((child) => ('data' in child ? child.data : '')).join('')
}
