// Ghost pages of any theme, told by the generator tag. Comments are brought by a script and are never in the page.
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, PostRef } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { articlePost, findBody, zoneNotes } from '../article/blog-article.ts'
import { listExtraction, readListPage } from '../article/list-page.ts'
import { type PageFacts, readFacts } from '../article/metadata/metadata.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { readDate } from '../values/dates.ts'

const NAME = 'ghost'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const GENERATOR = 'meta[name="generator"][content^="Ghost"]'
const BODIES = [
  '.gh-content',
  '.post-full-content .post-content',
  '.post-content, .c-content, .kg-canvas',
  'article.post',
]
const NOT_ARTICLE = 'aside, footer, nav, .post-card, .read-next, .author-card'
/** Ghost shows visitors this box where a post for members goes on. */
const MEMBERS_ONLY = '.gh-post-upgrade-cta, .gh-cta, .post-upgrade-cta, .subscribe-overlay .gh-cta-content'
const AUTHORS =
  '.gh-article-author-name a, .gh-author-name, .author-name, .post-full-byline-meta .author a, .author h4 a'
const TITLES = '.gh-article-title, .article-title, h1.post-title, .post-full-title, header h1'

export const ghost: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['mixed'],
  examples: [],
  /** Ghost lives on hosts of its own and its URLs say nothing. */
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(GENERATOR, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const { root } = page.html()
    const list = readListPage({ page, reader: READER, facts: readFacts(root, page.url), refOf })
    if (list !== null) return listExtraction(list, readFacts(root, page.url))
    const body = findBody(root, BODIES, NOT_ARTICLE)
    if (body === null) {
      const message = 'This Ghost page holds no post; it may be a list. Give the URL of one post.'
      return makeExtraction({ notes: [noteOn(page, 'warning', 'no-article', message)] })
    }
    const facts = factsOf(page)
    const ref = facts.url === null ? null : refOf({ url: facts.url })
    const provenance = placeInHtml(page, READER, body, null)
    const post = articlePost({ page, platform: NAME, ref, facts, body, provenance })
    const walled = 'Only the free preview was read; the rest is for members of the site.'
    const isWalled = selectOne(MEMBERS_ONLY, root) !== null
    return makeExtraction({
      notes: [
        ...(isWalled ? [noteOn(page, 'warning', 'paywall', walled)] : []),
        ...elsewhereNotes(page),
        ...zoneNotes(page, [facts.published]),
      ],
      posts: post.text === '' ? [] : [post],
      declared: { title: facts.title, site: facts.site, replies: null },
    })
  },
}

function refOf({ url }: { readonly url: URL }): PostRef {
  return { platform: NAME, id: `${url.host}${url.pathname}` }
}

/** Themes name things in their own ways; the head is the same in all, but lacks in old versions. */
function factsOf(page: Page): PageFacts {
  const { root } = page.html()
  const facts = readFacts(root, page.url)
  const title = select(TITLES, root).find((element) => closest(element, NOT_ARTICLE) === null) ?? null
  const name = textOf(selectOne(AUTHORS, root))
  const author = name === null ? null : { id: null, handle: null, name, url: null }
  return {
    ...facts,
    title: textOf(title) ?? facts.title,
    author: facts.author ?? author,
    published: facts.published ?? readDate(attr(selectOne('time[datetime]', root), 'datetime')),
  }
}
