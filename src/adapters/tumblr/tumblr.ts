// Answers of Tumblr's API (version 2), and pages of www.tumblr.com by what they carry of it: posts of a blog, a tag or
// a dashboard, in content blocks or in the older form. A reblog carries the trail of what it adds to, each step by its
// own blog: those are posts, each answering the one before.
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import { hostIs, parseUrl } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts, makePost, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { exactJsonOf } from '../values/exact-json.ts'
import {
  asObject,
  countAt,
  idAt,
  type Json,
  objectAt,
  objectsAt,
  textAt,
  textsAt,
  valueAt,
} from '../values/json-fields.ts'
import { type Content, readContent } from './blocks.ts'
import { readLegacy } from './legacy.ts'
import { stateOf } from './state.ts'

const NAME = 'tumblr'
const READER = { name: NAME, version: 1 } as const
const SITE = 'Tumblr'
const HOST = 'tumblr.com'
const IN_BLOG = /^\/post\/(\d{5,20})(?:\/|$)/
const IN_SITE = /^\/([a-z0-9-]{1,32})\/(\d{5,20})(?:\/|$)/
/** Of a blog, a tag or a dashboard; of what a blog likes. */
const LISTS = ['posts', 'liked_posts']
/** What every post has. */
const SIGNS = ['blog_name', 'post_url', 'type']

export const tumblr: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://harbourlamps.tumblr.com/post/743210000000000001/a-title',
    'https://www.tumblr.com/harbourlamps/743210000000000001',
  ],
  locate,
  recognises: (page) =>
    page.kind === 'json' ? findPosts(page.json()).length > 0 : foundIn(stateOf(page)?.objects ?? [], '').length > 0,
  extract: extractPosts,
}

function locate(url: URL): Located | null {
  if (!hostIs(url, HOST)) return null
  const id = IN_BLOG.exec(url.pathname)?.[1] ?? IN_SITE.exec(url.pathname)?.[2]
  return id === undefined ? null : { kind: 'post', id, fetch: url.href }
}

interface Found {
  readonly post: Json
  readonly path: string
}

/** The envelope may be gone, and the list may be all there is. */
function findPosts(value: unknown): readonly Found[] {
  const inner = objectAt(value, 'response')
  const [holder, path] = inner === null ? [value, ''] : [inner, '/response']
  if (Array.isArray(holder)) return foundIn(holder, path)
  const key = LISTS.find((name) => Array.isArray(valueAt(holder, name)))
  return key === undefined ? asFound(holder, path) : foundIn(valueAt(holder, key) as unknown[], `${path}/${key}`)
}

function foundIn(list: readonly unknown[], path: string): readonly Found[] {
  return list.flatMap((one, i) => asFound(one, `${path}/${i}`))
}

function asFound(value: unknown, path: string): readonly Found[] {
  const post = asObject(value)
  const isPost = SIGNS.every((key) => textAt(post, key) !== null) && postId(post) !== null
  return post !== null && isPost ? [{ post, path }] : []
}

/** Numbers past 2^53, written as text beside themselves since 2019. */
function postId(post: Json | null): string | null {
  return textAt(post, 'id_string') ?? idAt(post, 'id')
}

function extractPosts(page: Page): Extraction {
  if (page.kind !== 'json') return extractState(page)
  const value = exactJsonOf(page)
  const found = findPosts(value)
  const read = found.map((one) => readPost(page, one))
  const posts = listPosts(read.flatMap(({ posts: all }) => all))
  const total = countAt(value, 'response', 'total_posts') ?? countAt(value, 'total_posts')
  return makeExtraction({
    posts,
    notes: [...reblogNotes(page, read.filter(({ isBare }) => isBare).length), ...partNotes(page, found.length, total)],
    declared: { title: textAt(value, 'response', 'blog', 'title'), site: SITE, replies: null },
  })
}

function extractState(page: Page): Extraction {
  const state = stateOf(page)
  if (state === null) return makeExtraction({})
  const { selector, path, objects, hasMore } = state
  const read = foundIn(objects, path).map((one) => readPost(page, one))
  const posts = read.flatMap(({ posts: all }) => all)
  const more = 'This page is part of a list, and shows the rest of it as one scrolls; give the posts one by one.'
  return makeExtraction({
    posts: listPosts(posts.map((post) => ({ ...post, provenance: { ...post.provenance, selector } }))),
    notes: [
      ...reblogNotes(page, read.filter(({ isBare }) => isBare).length),
      ...(hasMore && objects.length > 1 ? [noteOn(page, 'info', 'list-page', more)] : []),
    ],
    declared: { title: null, site: SITE, replies: null },
  })
}

interface Read {
  readonly posts: readonly Post[]
  /** Whether it adds nothing to what it reblogs. */
  readonly isBare: boolean
}

function readPost(page: Page, { post, path }: Found): Read {
  const isLegacy = textAt(post, 'type') !== 'blocks'
  const steps = stepsOf(page, { post, path }, isLegacy)
  const content = isLegacy ? readLegacy(post, ownStep(post)) : readContent(post)
  const above = steps.at(-1) ?? null
  const isReblog = above !== null || fromOf(post) !== null
  const isBare = isReblog && content.text.trim() === '' && (isLegacy || content.media.length === 0)
  const own = ownPost(page, { post, path }, content, above)
  return { posts: [...steps, ...(isBare ? [] : [own, ...repliesOf(page, { post, path }, own)])], isBare }
}

/** In the older form the last step of a trail may be the post itself. */
function ownStep(post: Json): Json | null {
  return objectsAt(post, 'trail').find((step) => valueAt(step, 'is_current_item') === true) ?? null
}

function stepsOf(page: Page, { post, path }: Found, isLegacy: boolean): readonly Post[] {
  const posts: Post[] = []
  const own = postId(post)
  objectsAt(post, 'trail').forEach((step, i) => {
    const id = idAt(step, 'post', 'id')
    if (valueAt(step, 'is_current_item') === true || (id !== null && id === own)) return
    const content = isLegacy ? { ...readLegacy(post, step), media: [], quotes: [] } : readContent(step)
    posts.push(
      stepPost(page, { post: step, path: `${path}/trail/${i}` }, content, {
        id,
        key: `${own}-${i}`,
        above: posts.at(-1) ?? null,
      }),
    )
  })
  return posts
}

interface Step {
  readonly id: string | null
  readonly key: string
  readonly above: Post | null
}

/** A blog that is gone has left its words and its name, and no post to point at. */
function stepPost(page: Page, { post, path }: Found, content: Content, { id, key, above }: Step): Post {
  const blog = objectAt(post, 'blog')
  const author = blogOf(
    textAt(blog, 'name') ?? textAt(post, 'broken_blog_name') ?? textAt(post, 'broken_blog', 'name'),
    blog,
  )
  return makePost({
    key: id ?? key,
    ref: id === null ? null : refOf(id),
    kind: 'post',
    platform: NAME,
    author,
    ...content,
    createdAt: timeOfSeconds(valueAt(objectAt(post, 'post'), 'timestamp')),
    url: id === null || author?.handle == null ? null : `https://www.tumblr.com/${author.handle}/${id}`,
    parent: parentIn(above),
    provenance: placeInJson(page, READER, path, null),
  })
}

function ownPost(page: Page, { post, path }: Found, content: Content, above: Post | null): Post {
  const id = postId(post) ?? ''
  const tags = textsAt(post, 'tags')
  const state = textAt(post, 'state')
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'post',
    platform: NAME,
    author: blogOf(textAt(post, 'blog_name'), objectAt(post, 'blog')),
    title: textAt(post, 'type') === 'text' ? textAt(post, 'title') : null,
    ...content,
    createdAt: timeOfSeconds(valueAt(post, 'timestamp')),
    url: parseUrl(textAt(post, 'post_url'))?.href ?? null,
    parent: parentIn(above) ?? parentOf(fromOf(post), id),
    provenance: placeInJson(
      page,
      READER,
      path,
      knownOf({
        tags: tags.length === 0 ? null : tags,
        state: state === 'published' ? null : state,
        notes: countAt(post, 'note_count'),
      }),
    ),
  })
}

function refOf(id: string): PostRef {
  return { platform: NAME, id }
}

function blogOf(handle: string | null, blog: Json | null): Author | null {
  if (handle === null) return null
  return {
    id: textAt(blog, 'uuid'),
    handle,
    name: textAt(blog, 'title'),
    url: parseUrl(textAt(blog, 'url'))?.href ?? null,
  }
}

/** What it was reblogged from, where no trail tells. */
function fromOf(post: Json): string | null {
  return idAt(post, 'parent_post_id') ?? idAt(post, 'reblogged_from_id')
}

function parentIn(above: Post | null): Parent | null {
  if (above === null) return null
  return { ref: above.ref, key: above.key, basis: 'declared', p: 1, say: 'the step before it in the trail of a reblog' }
}

function parentOf(id: string | null, own: string): Parent | null {
  if (id === null || id === own) return null
  return { ref: refOf(id), key: id, basis: 'declared', p: 1, say: 'reblogged from this post' }
}

/** Replies among its notes; they have no ids. */
function repliesOf(page: Page, { post, path }: Found, above: Post): readonly Post[] {
  return objectsAt(post, 'notes').flatMap((note, i) => {
    const text = textAt(note, 'reply_text')
    if (text === null) return []
    const time = timeOfSeconds(valueAt(note, 'timestamp'))
    return [
      makePost({
        key: `${above.key}-reply-${i}`,
        kind: 'comment',
        platform: NAME,
        author: blogOf(textAt(note, 'blog_name'), null),
        text,
        html: null,
        createdAt: time,
        parent: { ref: above.ref, key: above.key, basis: 'declared', p: 1, say: 'reply among the notes of the post' },
        provenance: placeInJson(page, READER, `${path}/notes/${i}`, null),
      }),
    ]
  })
}

function reblogNotes(page: Page, count: number): readonly Note[] {
  const message = `${count} reblogs add nothing; what they pass on stands under its own authors where it is here.`
  return count === 0 ? [] : [noteOn(page, 'info', 'reblogs', message)]
}

function partNotes(page: Page, here: number, total: number | null): readonly Note[] {
  const message = `The blog has ${total} posts; ${here} are in this answer.`
  return total === null || total <= here ? [] : [noteOn(page, 'info', 'list-page', message)]
}
