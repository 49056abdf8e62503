// WriteFreely and write.as posts: one template for all hosts, told by its generator tag. The template prints no
// comments.
import { attr, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import { articlePost, zoneNotes } from '../article/blog-article.ts'
import { type PageFacts, readFacts } from '../article/metadata/metadata.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { readDate } from '../values/dates.ts'

const NAME = 'writefreely'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const BODIES = ['#post-body .e-content', 'article.h-entry .e-content', '#post-body']
const GENERATOR = 'meta[name="generator"][content^="WriteFreely"]'
/** `user@host` in the signature is the author's address in the fediverse. */
const FEDI_LINK = 'a[rel~="me"], a.u-url.mention'
const AT_SIGN = /^@/
const BLOG_PATH = /^\/([\w-]+)\/([\w-]+)\/?$/

export const writefreely: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['mixed'],
  examples: ['https://write.as/harbour-notes/the-lamp-room'],

  locate(url: URL): Located | null {
    if (url.hostname !== 'write.as') return null
    const [, blog, slug] = BLOG_PATH.exec(url.pathname) ?? []
    return slug === undefined ? null : { kind: 'post', id: `${url.host}/${blog}/${slug}`, fetch: url.href }
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(GENERATOR, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const { root } = page.html()
    const body = BODIES.map((place) => selectOne(place, root)).find((found) => found !== null)
    if (body === undefined) {
      const message = 'This WriteFreely page holds no post; it may be a list. Give the URL of one post.'
      return makeExtraction({ notes: [noteOn(page, 'warning', 'no-article', message)] })
    }
    const facts = factsOf(page)
    const ref = facts.url === null ? null : { platform: NAME, id: `${facts.url.host}${facts.url.pathname}` }
    const provenance = placeInHtml(page, READER, body, null)
    return makeExtraction({
      notes: zoneNotes(page, [facts.published]),
      posts: [articlePost({ page, platform: NAME, ref, facts, body, provenance })],
      declared: { title: facts.title, site: facts.site, replies: null },
    })
  },
}

/** The template's own places say it better than the head. */
function factsOf(page: Page): PageFacts {
  const { root } = page.html()
  const facts = readFacts(root, page.url)
  const blog = selectOne('#blog-title a, h1#blog-title', root)
  const handle = textOf(selectOne(FEDI_LINK, root))?.replace(AT_SIGN, '') ?? null
  return {
    ...facts,
    title: textOf(selectOne('#title, .p-name', root)) ?? facts.title,
    published: readDate(attr(selectOne('.dt-published', root), 'datetime')) ?? facts.published,
    site: textOf(blog) ?? facts.site,
    author:
      facts.author === null && handle === null
        ? null
        : { id: null, handle, name: facts.author?.name ?? null, url: facts.author?.url ?? null },
  }
}
