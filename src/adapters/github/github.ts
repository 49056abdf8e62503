// GitHub's issues, pull requests and discussions with their comments: pages as they were until 2024, pages that carry
// JSON since, and the API's answers. Events (labels, closings, commits) are no posts.
import type { Document, Element, ParentNode } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import { placeInHtml, placeInJson } from '../extraction/place.ts'
import { listPosts, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { type Item, postOfItem } from './items.ts'
import { readJsonItems } from './json.ts'
import { type Named, namedBy, READER } from './names.ts'

const SITE = 'GitHub'
const ISLAND = 'script[data-target="react-app.embeddedData"]'
const BODIES = '.timeline-comment .js-comment-body, .timeline-comment .comment-body, .review-comment .js-comment-body'
/** The first that is there; the heading has the number too. */
const TITLES = ['.js-issue-title', '[data-testid="issue-title"]', 'h1.gh-header-title']
const ANCHORED =
  '[id^="issue-"], [id^="issuecomment-"], [id^="discussioncomment-"], [id^="discussion_r"], [id^="pullrequestreview-"]'
const TOPIC_ID = /^issue-\d+$/

/** What one comment is drawn in. */
interface Box {
  readonly element: Element
  readonly url: string
  readonly isTopic: boolean
  readonly topicUrl: string
}

export const github: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://github.com/hawser/winch/issues/12',
    'https://github.com/hawser/winch/discussions/3#discussioncomment-71',
  ],
  locate,
  recognises: (page) => carriedItems(page).length > 0 || isDrawn(page),

  extract(page: Page): Extraction {
    const posts = listPosts(itemsOf(page).map(postOfItem))
    const topics = posts.filter(({ kind }) => kind === 'article')
    const title = topics.length === 1 ? (topics[0]?.title ?? null) : null
    return makeExtraction({ posts, declared: { title, site: SITE, replies: null } })
  },
}

function locate(url: URL): Located | null {
  const named = namedBy(url.href)
  return named === null ? null : { kind: 'post', id: named.comment ?? named.topic, fetch: named.topicUrl }
}

function itemsOf(page: Page): readonly Item[] {
  const carried = carriedItems(page)
  return carried.length > 0 ? carried : drawnItems(page)
}

function isDrawn(page: Page): boolean {
  if (!isOfSite(page, 'html')) return false
  const { root } = page.html()
  return topicOf(page, root) !== null && selectOne(BODIES, root) !== null
}

function isOfSite(page: Page, kind: 'html' | 'json'): boolean {
  return page.kind === kind && page.text.includes('github.com')
}

/** What the API answered, or a page carries for its script. */
function carriedItems(page: Page): readonly Item[] {
  if (isOfSite(page, 'json')) return readJsonItems(page.json(), (path) => placeInJson(page, READER, path, null))
  const script = isOfSite(page, 'html') ? selectOne(ISLAND, page.html().root) : null
  if (script === null) return []
  const json = script.children.map((child) => ('data' in child ? child.data : '')).join('')
  return readJsonItems(parseJson(json).value, (path) => ({ ...placeInHtml(page, READER, script, null), path }))
}

/**
 * Each address once, as its first body has it: forms to edit a comment repeat it, and hostile pages by the thousand.
 */
function drawnItems(page: Page): readonly Item[] {
  if (!isOfSite(page, 'html')) return []
  const { root } = page.html()
  const topic = topicOf(page, root)
  if (topic === null) return []
  const boxes = new Map<ParentNode | null, Box>()
  const items = new Map<string, Item>()
  for (const body of select(BODIES, root)) {
    const box = boxes.get(body.parent) ?? boxOf(body, topic.topicUrl)
    boxes.set(body.parent, box)
    const title = items.size === 0 ? titleIn(root) : null
    if (!items.has(box.url)) items.set(box.url, itemOf(page, body, box, title))
  }
  return [...items.values()]
}

function titleIn(root: Document): string | null {
  return TITLES.map((selector) => textOf(selectOne(selector, root))).find((title) => title !== null) ?? null
}

function topicOf(page: Page, root: Document): Named | null {
  return namedBy(addressOf(page, root))
}

function addressOf(page: Page, root: Document): string | null {
  const canonical = attr(selectOne('link[rel="canonical"]', root), 'href')
  return canonical ?? attr(selectOne('meta[property="og:url"]', root), 'content') ?? page.url?.href ?? null
}

function boxOf(body: Element, topicUrl: string): Box {
  const element = closest(body, '.timeline-comment, .review-comment') ?? body
  const anchor = attr(closest(element, ANCHORED) ?? selectOne(ANCHORED, element), 'id')
  const isTopic = anchor !== null && TOPIC_ID.test(anchor)
  return { element, url: anchor === null || isTopic ? topicUrl : `${topicUrl}#${anchor}`, isTopic, topicUrl }
}

function itemOf(page: Page, body: Element, { element, url, isTopic, topicUrl }: Box, title: string | null): Item {
  const time = selectOne('relative-time[datetime], time-ago[datetime], time[datetime]', element)
  return {
    url,
    title: isTopic || title !== null ? (title ?? '') : null,
    login: textOf(selectOne('.author', element)),
    body: bodyFromNodes(body.children, new URL(topicUrl)),
    createdAt: timeOfText(attr(time, 'datetime')),
    editedAt: null,
    below: null,
    provenance: placeInHtml(page, READER, element, null),
  }
}
