// Discourse's page for readers without scripts and for search engines: all words, no answers. Who answers whom is told
// by the topic's JSON only.
import type { Document, Element } from 'domhandler'
import { attr, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { authorOf, listPosts, makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { keyOf, NAME, type Place, READER, refOf, topicParent } from './names.ts'

/** How often an answer answers the topic, where nothing tells. */
const UNTOLD_P = 0.6
const POSTS = '.crawler-post'
const POST_ID = /^post_(\d{1,9})$/
const TOPIC_PATH = /^(.*)\/t\/(?:[^/]+\/)?(\d{1,12})(?:\/|$)/
const FURNITURE = '.lightbox-wrapper .meta, .avatar, svg'

export function isDiscourseHtml(root: Document): boolean {
  const generator = attr(selectOne('meta[name="generator"]', root), 'content') ?? ''
  return generator.startsWith('Discourse') && selectOne(POSTS, root) !== null
}

export function readDiscourseHtml(page: Page): Extraction {
  const { root } = page.html()
  const url = parseUrl(attr(selectOne('link[rel="canonical"]', root), 'href')) ?? page.url
  const [, folder = '', topic = ''] = TOPIC_PATH.exec(url?.pathname ?? '') ?? []
  const place: Place = { host: page.url?.host ?? url?.host ?? null, topic }
  const title = textOf(selectOne('h1 a, #topic-title h1, h1', root))
  const posts = listPosts(select(POSTS, root).flatMap((element) => postOf(page, element, place, { title, url })))
  const origin = (page.url ?? url)?.origin
  const twin = origin === undefined || topic === '' ? [] : [`${origin}${folder}/t/${topic}.json`]
  const message = "This page does not tell who answers whom; the topic's JSON does."
  return makeExtraction({
    posts,
    next: [...twin, ...pageLinks(root, url)],
    notes: [noteOn(page, 'warning', 'answers-untold', message)],
    declared: { title, site: place.host, replies: null },
  })
}

interface Topic {
  readonly title: string | null
  readonly url: URL | null
}

function postOf(page: Page, element: Element, place: Place, { title, url }: Topic): Post[] {
  const number = numberOf(element)
  const words = selectOne('.post', element)
  if (number === null || words === null) return []
  const name = textOf(selectOne('.creator [itemprop="name"], .creator', element))
  const isFirst = number === 1
  return [
    makePost({
      key: keyOf(place.topic, number),
      ref: place.topic === '' ? null : refOf(place, number),
      kind: isFirst ? 'article' : 'comment',
      platform: NAME,
      title: isFirst ? title : null,
      author: authorOf(name, resolve(attr(selectOne('.creator a', element), 'href'), url)),
      ...bodyFromNodes(words.children, url, (one) => matches(one, FURNITURE)),
      createdAt: timeOfText(attr(selectOne('time.post-time, time[datetime]', element), 'datetime')),
      url: url === null ? null : `${url.origin}${url.pathname.replace(PLACE_BEHIND, '')}/${number}`,
      parent: isFirst ? null : topicParent(place, 'the page does not tell whom it answers', UNTOLD_P),
      conversation: place.host === null || place.topic === '' ? null : `${place.host}/${place.topic}`,
      provenance: placeInHtml(page, READER, element, null),
    }),
  ]
}

const PLACE_BEHIND = /\/$/

function numberOf(element: Element): number | null {
  const written = textOf(selectOne('[itemprop="position"], .position', element))?.replace('#', '')
  const number = Number(written ?? POST_ID.exec(attr(element, 'id') ?? '')?.[1] ?? Number.NaN)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

function pageLinks(root: Document, base: URL | null): string[] {
  const links = select('a[rel="next"], link[rel="next"]', root).map((link) => resolve(attr(link, 'href'), base))
  return [...new Set(links.filter((link) => link !== null))]
}
