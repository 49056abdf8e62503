// WordPress's export (WXR): RSS with the blog's posts, pages and comments as they are stored. Comments keep their true
// parents here, which pages print only down to the theme's depth limit. What was never published is counted, not read.
import type { Element } from 'domhandler'
import type { Extraction, Note, Post } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn, tally } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { childOf, childrenOf, fieldOf, rootElement } from '../values/xml-fields.ts'
import { type Blog, openEntry, readEntry, readReply } from './wxr-post.ts'

const NAME = 'wxr'
const VERSION = 1
const SIGNS = ['<wp:wxr_version', '<wp:post_id']
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)(?:\?|$)/i
/** What WordPress keeps in the table of posts beside posts. */
const NO_ENTRIES = new Set(
  'attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request wp_block wp_global_styles wp_navigation wp_template wp_template_part'.split(
    ' ',
  ),
)
/** States of a comment other than approved (1). */
const COMMENT_STATES: ReadonlyMap<string, string> = new Map([
  ['0', 'waiting for approval'],
  ['spam', 'spam'],
  ['trash', 'deleted'],
  ['post-trashed', 'deleted with their post'],
])

export const wxr: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'xml' && SIGNS.some((sign) => page.text.includes(sign)) && channelOf(page) !== null
  },

  extract(page: Page): Extraction {
    const channel = channelOf(page)
    if (channel === null) return makeExtraction({})
    const blog = blogOf(page, channel)
    const items = childrenOf(channel, 'item').map(sortItem)
    const posts = listPosts(items.flatMap((item, i) => readItem(blog, item, i)))
    return makeExtraction({
      posts,
      notes: [...entryNotes(page, items), ...commentNotes(page, items), ...pingNotes(page, posts)],
      declared: { title: null, site: fieldOf(channel, 'title'), replies: null },
    })
  },
}

function channelOf(page: Page): Element | null {
  const root = rootElement(page.xml().root)
  return root?.name === 'rss' ? childOf(root, 'channel') : null
}

function blogOf(page: Page, channel: Element): Blog {
  const people = childrenOf(channel, 'wp:author').map((author) => {
    const [login, id] = [fieldOf(author, 'wp:author_login'), fieldOf(author, 'wp:author_id')]
    return [login ?? '', { id, name: fieldOf(author, 'wp:author_display_name') ?? login }] as const
  })
  return {
    page,
    reader: { name: NAME, version: VERSION },
    url: fieldOf(channel, 'wp:base_blog_url') ?? fieldOf(channel, 'link'),
    lang: fieldOf(channel, 'language'),
    people: new Map(people),
    ...picturesIn(channel),
  }
}

function picturesIn(channel: Element): Pick<Blog, 'pictures' | 'picturesOf'> {
  const pictures = new Map<string, string>()
  const picturesOf = new Map<string, string[]>()
  for (const item of childrenOf(channel, 'item')) {
    const url = parseUrl(fieldOf(item, 'wp:attachment_url'))?.href ?? null
    if (url === null || !PICTURE.test(url)) continue
    pictures.set(fieldOf(item, 'wp:post_id') ?? '', url)
    const post = fieldOf(item, 'wp:post_parent') ?? ''
    const beside = picturesOf.get(post)
    if (beside === undefined) picturesOf.set(post, [url])
    else beside.push(url)
  }
  return { pictures, picturesOf }
}

interface Item {
  readonly element: Element
  readonly type: string
  /** Why this is no entry, or null. */
  readonly left: string | null
  readonly comments: readonly Element[]
  /** State of each comment that is not approved. */
  readonly withheld: readonly string[]
}

function sortItem(element: Element): Item {
  const type = fieldOf(element, 'wp:post_type') ?? 'post'
  const status = fieldOf(element, 'wp:status') ?? 'publish'
  const left = NO_ENTRIES.has(type) ? type : status === 'publish' ? null : status
  const all = childrenOf(element, 'wp:comment')
  const states = all.map((comment) => fieldOf(comment, 'wp:comment_approved') ?? '1')
  return {
    element,
    type,
    left,
    comments: all.filter((_, i) => states[i] === '1'),
    withheld: states.filter((state) => state !== '1'),
  }
}

/** Pictures have comments too: those are kept, under a post we do not have. */
function readItem(blog: Blog, { element, left, comments }: Item, index: number): readonly Post[] {
  const entry = openEntry(blog, element, index)
  const own = left === null ? [readEntry(entry)] : []
  return [...own, ...comments.map((comment, i) => readReply(entry, comment, i))]
}

function entryNotes(page: Page, items: readonly Item[]): Note[] {
  const left = items.flatMap((item) => item.left ?? [])
  if (left.length === 0) return []
  const message = `${left.length} items are no published posts and were left: ${tally(left)}.`
  return [noteOn(page, 'info', 'not-posts', message)]
}

function commentNotes(page: Page, items: readonly Item[]): Note[] {
  const withheld = items.flatMap((item) => item.withheld.map((state) => COMMENT_STATES.get(state) ?? state))
  if (withheld.length === 0) return []
  const message = `${withheld.length} comments were never shown and were left: ${tally(withheld)}.`
  return [noteOn(page, 'info', 'comments-withheld', message)]
}

function pingNotes(page: Page, posts: readonly Post[]): Note[] {
  const pings = posts.filter(({ kind, provenance }) => kind === 'comment' && provenance.extra?.['type'] !== undefined)
  const message = `${pings.length} of the comments are pingbacks or trackbacks, links from other sites.`
  return pings.length === 0 ? [] : [noteOn(page, 'info', 'pingbacks', message)]
}
