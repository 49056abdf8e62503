// A post of LinkedIn as its page shows it to who is not logged in: the post and its first comments stand in JSON-LD
// (2022 to now), with their times. Comments have no ids there and all answer the post. Articles (`/pulse/`) are read as
// articles.
import { select, selectOne } from '../../markup/markup.ts'
import type { Author, Extraction, Media, Note, Parent, Post, PostRef, Provenance, Quote } from '../../model.ts'
import { type Body, bodyFromHtml, bodyFromNodes } from '../../text/body.ts'
import { hostIs, parseUrl } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { escapeHtml, listPosts, makePost, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import {
  asObject,
  countAt,
  type Json,
  objectAt,
  objectsAt,
  pointerStep,
  textAt,
  valueAt,
} from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'

const NAME = 'linkedin'
const READER = { name: NAME, version: 1 } as const
const HOST = 'linkedin.com'
const ISLANDS = 'script[type="application/ld+json"]'
const POSTING = /^(?:SocialMediaPosting|DiscussionForumPosting)$/
const URN = /(activity|ugcPost|share)[-:](\d{15,20})/
const PROFILE = /^\/(?:in|company|school|showcase)\/([^/]{1,100})/
/** The post of the page; teasers of others stand beside it. */
const WORDS = '[data-test-id="main-feed-activity-card__commentary"]'
const KEEPER = 'https://www.linkedin.com/redir/redirect'

export const linkedin: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://www.linkedin.com/posts/somebody_a-title-activity-7170000000000000001-AbCd',
    'https://www.linkedin.com/feed/update/urn:li:activity:7170000000000000001/',
  ],
  locate,
  recognises: (page) => postingIn(page) !== null,
  extract: extractPosting,
}

function locate(url: URL): Located | null {
  const isPost = hostIs(url, HOST) && (url.pathname.startsWith('/posts/') || url.pathname.startsWith('/feed/update/'))
  const urn = isPost ? urnIn(url.href) : null
  return urn === null ? null : { kind: 'post', id: urn, fetch: url.href }
}

/** One post has up to three numbers; its address names one of them. */
function urnIn(text: string | null): string | null {
  const [, kind, number] = URN.exec(text ?? '') ?? []
  return kind === undefined ? null : `urn:li:${kind}:${number}`
}

interface Posting {
  readonly node: Json
  readonly place: Provenance
}

function postingIn(page: Page): Posting | null {
  if (page.kind !== 'html' || !page.text.includes(HOST)) return null
  for (const script of select(ISLANDS, page.html().root)) {
    const value = parseJson(script.children.map((child) => ('data' in child ? child.data : '')).join('')).value
    const found = nodesIn(value).find(({ node }) => isPosting(node))
    if (found !== undefined)
      return { node: found.node, place: { ...placeInHtml(page, READER, script, null), path: found.path } }
  }
  return null
}

function nodesIn(value: unknown): readonly { readonly node: Json; readonly path: string }[] {
  const lists = [
    ['', [value]],
    ['', value],
    ['/@graph', valueAt(value, '@graph')],
  ] as const
  return lists.flatMap(([path, list], at) =>
    (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((one, i) => {
      const node = asObject(one)
      return node === null ? [] : [{ node, path: at === 0 ? '' : `${path}${pointerStep(i)}` }]
    }),
  )
}

function isPosting(node: Json): boolean {
  const address = parseUrl(textAt(node, '@id') ?? textAt(node, 'url'))
  return POSTING.test(textAt(node, '@type') ?? '') && address !== null && hostIs(address, HOST)
}

function extractPosting(page: Page): Extraction {
  const found = postingIn(page)
  if (found === null) return makeExtraction({})
  const post = postOf(page, found)
  const comments = objectsAt(found.node, 'comment').map((comment, i) => commentOf(comment, i, post))
  const total = countAt(found.node, 'commentCount')
  return makeExtraction({
    posts: listPosts([post, ...comments]),
    notes: partNotes(page, comments.length, total),
    declared: { title: null, site: 'LinkedIn', replies: total },
  })
}

function postOf(page: Page, { node, place }: Posting): Post {
  const url = parseUrl(textAt(node, '@id') ?? textAt(node, 'url'))?.href ?? null
  const urn = urnIn(url) ?? urnIn(page.url?.href ?? null)
  return makePost({
    key: urn ?? 'post',
    ref: refOf(urn),
    kind: 'post',
    platform: NAME,
    author: authorOf(objectAt(node, 'author')),
    ...bodyOf(page, node),
    createdAt: timeOfText(textAt(node, 'datePublished')),
    editedAt: editedAt(node),
    url,
    lang: languageOf(textAt(node, 'inLanguage')),
    conversation: urn,
    media: mediaOf(node),
    quotes: sharedIn(node),
    provenance: { ...place, extra: knownOf({ likes: likesOf(node) }) },
  })
}

function refOf(urn: string | null): PostRef | null {
  return urn === null ? null : { platform: NAME, id: urn }
}

/** The page's own words have links; JSON-LD has them whole, and plain. */
function bodyOf(page: Page, node: Json): Body {
  const told = textAt(node, 'articleBody') ?? textAt(node, 'text') ?? textAt(node, 'headline') ?? ''
  const shown = selectOne(WORDS, page.html().root)
  const body = shown === null ? null : bodyFromNodes(shown.children, page.url)
  const isWhole = body !== null && wordsIn(body.text) >= wordsIn(told)
  if (!isWhole) return bodyFromHtml(told === '' ? '' : `<p>${escapeHtml(told).replaceAll('\n', '<br>')}</p>`, null)
  return body
}

function wordsIn(text: string): number {
  return text.split(' ').length
}

/** A name without an account is a member who shows none. */
function authorOf(person: Json | null): Author | null {
  const name = textAt(person, 'name')
  const url = parseUrl(textAt(person, 'url'))
  const handle = PROFILE.exec(url?.pathname ?? '')?.[1] ?? null
  return name === null && handle === null ? null : { id: null, handle, name, url: url?.href ?? null }
}

function editedAt(node: Json): string | null {
  const [written, edited] = [timeOfText(textAt(node, 'datePublished')), timeOfText(textAt(node, 'dateModified'))]
  return edited !== null && edited !== written ? edited : null
}

function commentOf(comment: Json, at: number, post: Post): Post {
  const text = textAt(comment, 'text') ?? ''
  const parent: Parent = {
    ref: post.ref,
    key: post.key,
    basis: 'layout',
    p: 0.9,
    say: 'listed among the comments on the post',
  }
  return makePost({
    key: `${post.key}-comment-${at}`,
    kind: 'comment',
    platform: NAME,
    author: authorOf(objectAt(comment, 'author')),
    ...bodyFromHtml(text === '' ? '' : `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`, null),
    createdAt: timeOfText(textAt(comment, 'datePublished')),
    parent,
    conversation: post.conversation,
    provenance: {
      ...post.provenance,
      path: `${post.provenance.path ?? ''}/comment/${at}`,
      extra: knownOf({ likes: likesOf(comment) }),
    },
  })
}

function likesOf(node: Json): number | null {
  const counters = [objectAt(node, 'interactionStatistic'), ...objectsAt(node, 'interactionStatistic')]
  const likes = counters.find((counter) => textAt(counter, 'interactionType')?.endsWith('LikeAction') === true)
  return countAt(likes, 'userInteractionCount')
}

function mediaOf(node: Json): readonly Media[] {
  const images = [objectAt(node, 'image'), ...objectsAt(node, 'image')].flatMap((one) => mediumOf('image', one, 'url'))
  return [...images, ...mediumOf('video', objectAt(node, 'video'), 'contentUrl')]
}

function mediumOf(kind: Media['kind'], medium: Json | null, key: string): readonly Media[] {
  const url = parseUrl(textAt(medium, key))
  if (url === null) return []
  const poster = kind === 'video' ? (parseUrl(textAt(medium, 'thumbnailUrl'))?.href ?? null) : null
  return [
    {
      kind,
      url: url.href,
      alt: textAt(medium, 'caption') ?? textAt(medium, 'name'),
      width: countAt(medium, 'width'),
      height: countAt(medium, 'height'),
      poster,
    },
  ]
}

/** A page or a post that is passed on; links lead over a page that warns of leaving. */
function sharedIn(node: Json): readonly Quote[] {
  const shared = objectAt(node, 'sharedContent')
  const url = parseUrl(textAt(shared, 'url'))
  if (shared === null || url === null) return []
  const target = url.href.startsWith(KEEPER) ? (parseUrl(url.searchParams.get('url')) ?? url) : url
  const text = textAt(shared, 'articleBody') ?? textAt(shared, 'headline') ?? textAt(shared, 'name')
  return [
    {
      ref: refOf(urnIn(target.href)),
      author: authorOf(objectAt(shared, 'author')),
      text,
      url: target.href,
      createdAt: timeOfText(textAt(shared, 'datePublished')),
    },
  ]
}

function partNotes(page: Page, here: number, total: number | null): readonly Note[] {
  const message = `The page says that there are ${total} comments, and shows ${here} of them without a login; who answers whom among them is not told.`
  return total === null || total <= here ? [] : [noteOn(page, 'info', 'comments-cut', message)]
}
