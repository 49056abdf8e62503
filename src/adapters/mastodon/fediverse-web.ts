// Pages of posts as servers of the fediverse other than Mastodon draw them without a script: GoToSocial (2024 on),
// Pleroma and Akkoma (static front end). They declare no parents; GoToSocial's sections and indents tell them,
// Pleroma's pages do not.
import type { Document, Element } from 'domhandler'
import { attr, closest, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { languageOf } from '../values/language.ts'
import { PLATFORM } from './names.ts'

const READER = { name: 'fediverse-web', version: 1 } as const
/** What a software calls the parts of a post. */
interface Dialect {
  readonly post: string
  readonly link: string
  readonly author: string
  readonly name: string
  readonly handle: string
  readonly words: string
  readonly warning: string
  readonly media: string
}

const DIALECTS: readonly Dialect[] = [
  {
    post: 'article.status[id]',
    link: 'a.status-link',
    author: 'a.author-link',
    name: '.displayname',
    handle: '.username',
    words: '.status-body .content',
    warning: '.spoiler-text',
    media: 'a.photoswipe-slide',
  },
  {
    post: '.activity',
    link: 'a.activity-link',
    author: '.h-card a.u-url, a.h-card',
    name: '.p-name',
    handle: '.nickname',
    words: '.activity-content .e-content, .activity-content .content',
    warning: 'summary',
    media: '.activity-content .attachment img, .activity-content a.attachment img',
  },
]
const INDENT = /(?:^|\s)indent-(\d{1,2})(?:\s|$)/
const HANDLE = /^@?([\w.-]+)(?:@([\w.-]+(?::\d+)?))?$/
/** What GoToSocial calls the post in ActivityPub and in its API. */
const LOCAL_PATH = /^\/@([\w.-]+)\/statuses\/(\w+)$/
const CHAIN_P = 0.97
const INDENT_P = 0.95
const BELOW_P = 0.8

export const fediverseWeb: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'html' && dialectOf(page.html().root) !== null,

  extract(page: Page): Extraction {
    const { root } = page.html()
    const dialect = dialectOf(root)
    if (dialect === null) return makeExtraction({})
    const base = page.url ?? parseUrl(attr(selectOne('link[rel="canonical"]', root), 'href'))
    const boxes = select(dialect.post, root).filter((box) => selectOne(dialect.words, box) !== null)
    const drawn = boxes.map((box, at) => postIn(page, box, dialect, { base, at }))
    const parents = parentsOf(boxes, drawn)
    const posts = drawn.map((post, at) => ({ ...post, parent: parents[at] ?? null }))
    return makeExtraction({
      posts: listPosts(posts),
      declared: { title: null, site: base?.host ?? null, replies: null },
    })
  },
}

function dialectOf(root: Document): Dialect | null {
  const isPost = ({ post, link, words, handle }: Dialect) =>
    select(post, root).some((box) => [link, words, handle].every((part) => selectOne(part, box) !== null))
  return DIALECTS.find(isPost) ?? null
}

function postIn(page: Page, box: Element, dialect: Dialect, { base, at }: { base: URL | null; at: number }): Post {
  const words = selectOne(dialect.words, box)
  const address = parseUrl(resolve(attr(selectOne(dialect.link, box), 'href'), base))
  const warning = textOf(selectOne(dialect.warning, box))
  return makePost({
    key: address?.href ?? `post-${at + 1}`,
    ref: address === null ? null : { platform: PLATFORM, id: nameOf(address) },
    kind: 'post',
    platform: PLATFORM,
    author: authorIn(box, dialect, base),
    ...bodyFromNodes(words?.children ?? [], base),
    createdAt: timeOfText(attr(selectOne('time[datetime]', box), 'datetime')),
    url: address?.href ?? null,
    lang: languageOf(attr(words, 'lang')),
    media: select(dialect.media, box).flatMap((medium) => {
      const url = resolve(attr(medium, 'href') ?? attr(medium, 'src'), base)
      const alt = attr(medium, 'alt') ?? attr(selectOne('img', medium), 'alt')
      return url === null ? [] : [{ kind: 'image', url, alt, width: null, height: null, poster: null }]
    }),
    provenance: placeInHtml(page, READER, box, knownOf({ contentWarning: warning })),
  })
}

function nameOf({ origin, pathname, href }: URL): string {
  const [, name, id] = LOCAL_PATH.exec(pathname) ?? []
  return name === undefined ? href : `${origin}/users/${name}/statuses/${id}`
}

/** Accounts of the page's own server are named without it. */
function authorIn(box: Element, { author, name, handle }: Dialect, base: URL | null): Author | null {
  const url = parseUrl(resolve(attr(selectOne(author, box), 'href'), base))
  const [, user, home] = HANDLE.exec(textOf(selectOne(handle, box)) ?? '') ?? []
  if (user === undefined) return null
  const host = home ?? base?.host ?? url?.host
  const shown = textOf(selectOne(name, box))
  return { id: null, handle: host === undefined ? user : `${user}@${host}`, name: shown, url: url?.href ?? null }
}

/** The thread's section is one chain; among the answers each stands one step further in than what it answers. */
function parentsOf(boxes: readonly Element[], posts: readonly Post[]): readonly (Parent | null)[] {
  const focal = boxes.findIndex((box) => hasClass(box, 'expanded'))
  const open = new Map<Element, number[]>()
  return boxes.map((box, at) => {
    const section = closest(box, '.thread-section')
    if (section === null) return null
    const above = open.get(section) ?? []
    open.set(section, above)
    const isChain = !hasClass(section, 'replies')
    while (!isChain && above.length > 0 && indentOf(boxes[above.at(-1) ?? at]) >= indentOf(box)) above.pop()
    const answered = posts[above.at(-1) ?? -1]
    above.push(at)
    if (isChain) return layout(answered, CHAIN_P, 'stands right below it in the section of the thread')
    if (answered !== undefined) return layout(answered, INDENT_P, 'stands below it, one step further in')
    return layout(posts[focal], BELOW_P, 'stands among the answers below it')
  })
}

function indentOf(box: Element | undefined): number {
  return Number(INDENT.exec(attr(box ?? null, 'class') ?? '')?.[1] ?? 0)
}

function layout(post: Post | undefined, p: number, say: string): Parent | null {
  return post === undefined ? null : { ref: post.ref, key: post.key, basis: 'layout', p, say }
}
