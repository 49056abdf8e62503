// GitHub's issues, pull requests and discussions with their comments: pages as they were until 2024, pages that carry JSON since, and the
// API's answers. Events (labels, closings, commits) are no posts.
import type { Document, Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import { placeInHtml, placeInJson } from '../extraction/place.ts'
import { listPosts, timeOfText } from '../extraction/post.ts'
import { type Page, parseJson } from '../page/page.ts'
import { type Item, postOfItem } from './items.ts'
import { readJsonItems } from './json.ts'
import { namedBy, READER } from './names.ts'

const SITE = 'GitHub'
const ISLAND = 'script[data-target="react-app.embeddedData"]'
const BODIES = '.timeline-comment .js-comment-body, .timeline-comment .comment-body, .review-comment .js-comment-body'
/** The first that is there; the heading has the number too. */
const TITLES = ['.js-issue-title', '[data-testid="issue-title"]', 'h1.gh-header-title']
const ANCHORED =
  '[id^="issue-"], [id^="issuecomment-"], [id^="discussioncomment-"], [id^="discussion_r"], [id^="pullrequestreview-"]'
const TOPIC_ID = /^issue-\d+$/

export const github: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://github.com/hawser/winch/issues/12',
    'https://github.com/hawser/winch/discussions/3#discussioncomment-71',
  ],
  locate,
  recognises: (page) => itemsOf(page).length > 0,

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
  if (page.kind === 'json' && page.text.includes('github.com/'))
    return readJsonItems(page.json(), (path) => placeInJson(page, READER, path, null))
  if (page.kind !== 'html' || !page.text.includes('github.com/')) return []
  const carried = carriedItems(page)
  return carried.length > 0 ? carried : drawnItems(page)
}

function carriedItems(page: Page): readonly Item[] {
  const script = selectOne(ISLAND, page.html().root)
  if (script === null) return []
  const json = script.children.map((child) => ('data' in child ? child.data : '')).join('')
  return readJsonItems(parseJson(json).value, (path) => ({ ...placeInHtml(page, READER, script, null), path }))
}

function drawnItems(page: Page): readonly Item[] {
  const { root } = page.html()
  const topic = namedBy(addressOf(page, root))
  if (topic === null) return []
  const bodies = select(BODIES, root)
  return bodies.map((body, i) => itemOf(page, body, topic.topicUrl, i === 0 ? titleIn(root) : null))
}

function titleIn(root: Document): string | null {
  return TITLES.map((selector) => textOf(selectOne(selector, root))).find((title) => title !== null) ?? null
}

function addressOf(page: Page, root: Document): string | null {
  const canonical = attr(selectOne('link[rel="canonical"]', root), 'href')
  return canonical ?? attr(selectOne('meta[property="og:url"]', root), 'content') ?? page.url?.href ?? null
}

function itemOf(page: Page, body: Element, topicUrl: string, title: string | null): Item {
  const box = closest(body, '.timeline-comment, .review-comment') ?? body
  const anchor = attr(closest(box, ANCHORED) ?? selectOne(ANCHORED, box), 'id')
  const isTopic = anchor !== null && TOPIC_ID.test(anchor)
  const time = selectOne('relative-time[datetime], time-ago[datetime], time[datetime]', box)
  return {
    url: anchor === null || isTopic ? topicUrl : `${topicUrl}#${anchor}`,
    title: isTopic || title !== null ? (title ?? '') : null,
    login: textOf(selectOne('.author', box)),
    body: bodyFromNodes(body.children, new URL(topicUrl)),
    createdAt: timeOfText(attr(time, 'datetime')),
    editedAt: null,
    below: null,
    provenance: placeInHtml(page, READER, box, null),
  }
}
