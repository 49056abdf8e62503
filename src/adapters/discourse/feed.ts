// Discourse's RSS of a topic, of a site's latest posts and of its latest topics: whole posts, each under a line that
// leads to its topic. A feed does not say which post one answers.
import { type Element, isTag } from 'domhandler'
import { attr, parseHtml, textOf } from '../../markup/markup.ts'
import { parseUrl } from '../../url.ts'
import type { FeedBody, Status } from '../feed/item.ts'
import type { NamedItem, StatusFeed } from '../feed/status.ts'
import { bodyOf, quotesIn } from './cooked.ts'
import { refOf, topicParent } from './names.ts'

/** `talk.mole.example-post-812-14` of posts, `talk.mole.example-topic-812` of topics. */
const GUID = /^([a-z0-9.-]+\.[a-z]{2,})-(?:post-(\d{1,12})-(\d{1,9})|topic-(\d{1,12}))$/i
const TOPIC_PATH = /\/t\/(?:[^/]+\/)?\d+(?:\/\d+)?\/?$/
/** Many posts answer another one. */
const ANSWER_P = 0.6

export const discourseFeed: StatusFeed = { statusOf, bodyOf: wordsOf, mediaOf: () => [] }

function statusOf({ id, url, author }: NamedItem): Status | null {
  const [, host, ofPost, number, ofTopic] = GUID.exec(id ?? '') ?? []
  const topic = ofPost ?? ofTopic
  if (host === undefined || topic === undefined || url === null || !TOPIC_PATH.test(url.pathname)) return null
  const place = { host, topic }
  const at = Number(number ?? 1)
  const ref = refOf(place, at)
  const parent = at === 1 ? null : topicParent(place, 'stands in the feed of its topic', ANSWER_P)
  const writer = author === null ? null : { ...author, handle: author.handle ?? author.name, name: null }
  return ref === null ? null : { ref, url: url.href, author: writer, topic: { id: `${host}/${topic}`, parent } }
}

function wordsOf(description: string, { url, ref }: Status): FeedBody {
  const [own, { root }] = [parseUrl(url), parseHtml(description)]
  const [host = '', topic = ''] = ref.id.split('/')
  const nodes = root.children.filter((node) => !isTag(node) || !isWayToTopic(node, own))
  return { ...bodyOf({ children: nodes }, own), footnotes: [], quotes: quotesIn(root, { host, topic }) }
}

/** The last lines count the topic's posts and lead to it. */
function isWayToTopic(element: Element, own: URL | null): boolean {
  const [only, ...others] = element.children.filter(isTag)
  if (element.name !== 'p' || own === null || only === undefined || others.length > 0) return false
  const isAll = textOf(only) === textOf(element)
  return isAll && (only.name === 'small' || (only.name === 'a' && attr(only, 'href') === own.href))
}
