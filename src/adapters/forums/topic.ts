// A topic of classic forum software: one page of posts in order, each with a name, a time, a number and words. What
// each software calls these, its adapter says as ForumMarkup; who answers whom is for parents.ts.
import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler'
import { attr, closest, closestAround, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Note, Post, PostRef } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Located } from '../adapter.ts'
import { zoneNotes } from '../article/blog-article.ts'
import { limitNext, makeExtraction, noteOn } from '../extraction/extraction.ts'
import { type Extra, knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { authorOf, listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type PrintedTime, readDate, readStamp, type SlashOrder, slashOrder, slashOrderOf } from '../values/dates.ts'
import { type ForumPost, withParents } from './parents.ts'
import { groupOf, type QuoteMarkup, quotesIn, withBlockquotes } from './quotes.ts'
import { withoutSignature } from './signature.ts'

/** Posts read of one page; a forum shows 10 to 200. */
const MAX_POSTS = 5_000
/** Where a board writes down who is reading it, in an address; not by URLSearchParams, which rewrites `?812-a-net`. */
const SESSION = /([?&;])(?:s|sid|PHPSESSID)=[\da-z]{16,}(?:[&;]|(?=#|$))/i
const LOOSE_END = /[?&;](?=#|$)/
/** `Yesterday` with the day in its title, and the clock behind it (MyBB). */
const CLOCK = /^\W*\d{1,2}:\d\d(?:\s?[ap]m)?/i
/** `1,204 posts`; not `1.2k`. */
const TOTAL = /(?<![\d.,])(\d{1,3}(?:[,.\s]\d{3})+|\d+)(?![\d.,]*\s?[km]\b)/i
const NO_DIGIT = /\D/g

/** Where a forum's software prints what, as selectors: in the page, or within one post. */
export interface ForumMarkup extends QuoteMarkup {
  readonly reader: Reader
  readonly posts: string
  /** The software's own number of a post, or null for what only looks like one. */
  readonly numberOf: (post: Element) => string | null
  readonly title: string
  readonly body: string
  readonly author: string
  readonly time: string
  readonly edited: string
  /** Links to a post, the best first. */
  readonly permalinks: readonly string[]
  /** Links to the pages before and after. */
  readonly previous: string
  readonly next: string
  /** The topic's number in an address, first group that matched. */
  readonly topicInUrl: RegExp
  /** What only the opening post matches; absent where nothing but its place tells it. */
  readonly opening?: string
  /** How many posts the topic has: the first number there, or in its title. Absent where it is not printed. */
  readonly total?: string
  /** That number leaves the opening post out. */
  readonly isTotalOfReplies?: boolean
  /** The element just before a post, where that bears its time and address. */
  readonly head?: string
  /** The list of a post's answers, beside it in one item. */
  readonly answerList?: string
  /** Within a post: names the post it answers in `data-topid`. */
  readonly answers?: string
  /** The line above a writer's signature, where that stands among the words. */
  readonly signature?: RegExp
}

interface Topic {
  readonly page: Page
  readonly markup: ForumMarkup
  readonly base: URL | null
  readonly host: string | null
  readonly id: string | null
  readonly title: string | null
  /** False on its second and later pages, whose first post answers like any other. */
  readonly isFirstPage: boolean
  readonly order: SlashOrder
}

interface Read extends ForumPost {
  readonly times: readonly PrintedTime[]
}

/** Whether the page shows posts with words as this software prints them. */
export function isForumTopic(root: Document, markup: ForumMarkup): boolean {
  return postsIn(root, markup).length > 0
}

/** A post by number where the address names one, else the topic; null where it names neither. */
export function locateTopic(url: URL, markup: ForumMarkup): Located | null {
  const post = groupOf(markup.numberInQuote, url.search + url.hash)
  const topic = groupOf(markup.topicInUrl, url.href)
  if (post === null && topic === null) return null
  return { kind: 'post', id: `${url.host}/${post === null ? `t${topic}` : `p${post}`}`, fetch: url.href }
}

/** Nothing of what is no page. */
export function readForumTopic(page: Page, markup: ForumMarkup): Extraction {
  if (page.kind !== 'html') return makeExtraction({})
  const { root } = page.html()
  const topic = topicOf(page, root, markup)
  const read = postsIn(root, markup).map((element, i) => readPost(element, topic, i === 0))
  const posts = listPosts(withParents(read))
  const elsewhere = [markup.previous, markup.next].flatMap((selector) => pageAt(root, selector, topic))
  const { next, notes } = limitNext(page, elsewhere)
  return makeExtraction({
    posts,
    next,
    notes: [
      ...notes,
      ...topicNotes(topic, elsewhere.length),
      ...zoneNotes(
        page,
        read.flatMap(({ times }) => times),
      ),
    ],
    declared: { title: topic.title, site: topic.host, replies: repliesSaid(root, markup) },
  })
}

/** The opening post is no answer. */
function repliesSaid(root: Document, { total, isTotalOfReplies = false }: ForumMarkup): number | null {
  const place = total === undefined ? null : selectOne(total, root)
  const said = TOTAL.exec(attr(place, 'title') ?? '') ?? TOTAL.exec(textOf(place) ?? '')
  const posts = said === null ? null : Number(said[1]?.replace(NO_DIGIT, ''))
  if (isTotalOfReplies || posts === null) return posts
  return posts === 0 ? null : posts - 1
}

/** Each number once, only with words. */
function postsIn(root: Document, markup: ForumMarkup): Element[] {
  const found = select(markup.posts, root).filter(
    (element) => markup.numberOf(element) !== null && selectOne(markup.body, element) !== null,
  )
  const seen = new Set<string | null>()
  return found
    .filter((element) => !seen.has(markup.numberOf(element)) && seen.add(markup.numberOf(element)))
    .slice(0, MAX_POSTS)
}

function topicOf(page: Page, root: Document, markup: ForumMarkup): Topic {
  const canonical = parseUrl(resolve(attr(selectOne('link[rel~="canonical"]', root), 'href'), page.url))
  const base = parseUrl(resolve(attr(selectOne('base[href]', root), 'href'), page.url)) ?? page.url ?? canonical
  const links = select(markup.permalinks.join(', '), root).map((link) => attr(link, 'href'))
  const said = [page.url?.href, canonical?.href, ...links].map((href) => groupOf(markup.topicInUrl, href ?? ''))
  const id = said.find((one) => one !== null) ?? null
  return {
    page,
    markup,
    base,
    host: base === null ? null : base.host,
    id,
    title: textOf(selectOne(markup.title, root)),
    isFirstPage: pageAt(root, markup.previous, { markup, base, id }).length === 0,
    order: slashOrder(attr(selectOne('html', root), 'lang')) ?? slashOrderOf(printedTimes(root, markup)),
  }
}

function printedTimes(root: Document, { time, edited }: ForumMarkup): readonly string[] {
  const places = select(`${time}, ${edited}`, root).flatMap((place) => [place, ...select('[title]', place)])
  return places.flatMap((place) => [attr(place, 'title') ?? '', textOf(place) ?? ''])
}

function readPost(element: Element, topic: Topic, isFirst: boolean): Read {
  const { page, markup, base, host } = topic
  const number = markup.numberOf(element) ?? ''
  const body = selectOne(markup.body, element)
  const isOut = (inside: Element) => matches(inside, markup.furniture)
  const isOpening = isFirst && (markup.opening === undefined ? topic.isFirstPage : matches(element, markup.opening))
  const [created, edited] = [timeIn(element, markup.time, topic), timeIn(element, markup.edited, topic)]
  const post = makePost({
    key: number,
    ref: refOf(topic, number),
    kind: isOpening ? 'article' : 'comment',
    platform: markup.reader.name,
    title: isOpening ? topic.title : null,
    author: writerIn(element, topic),
    ...bodyFromNodes(withBlockquotes(wordsOf(body, markup), markup), base, isOut),
    createdAt: created.time?.iso ?? null,
    editedAt: edited.time?.iso ?? null,
    url: permalinkOf(element, topic),
    conversation: host === null || topic.id === null ? null : `${host}/t${topic.id}`,
    quotes: body === null ? [] : quotesIn(body, markup, base, (quoted) => refOf(topic, quoted)),
    provenance: placeInHtml(page, markup.reader, element, extraOf(created)),
  })
  const times = [created.time, edited.time].filter((time) => time !== null)
  return { post, declared: answeredIn(element, topic), above: aboveIn(element, topic), times }
}

function wordsOf(body: Element | null, { signature }: ForumMarkup): readonly ChildNode[] {
  const nodes = body?.children ?? []
  return signature === undefined ? nodes : withoutSignature(nodes, signature)
}

/** The post whose list of answers this one stands in. */
function aboveIn(element: Element, topic: Topic): PostRef | null {
  const { answerList, numberOf } = topic.markup
  const list = answerList === undefined ? null : closestAround(element, answerList)
  const above = list?.parent?.children.find((one) => isTag(one) && one !== list && numberOf(one) !== null) ?? null
  return above === null || !isTag(above) ? null : refOf(topic, numberOf(above) ?? '')
}

/** A post, and before it the head that stands outside. */
function piecesOf(element: Element, { head }: ForumMarkup): readonly Element[] {
  if (head === undefined) return [element]
  let before = element.prev
  while (before !== null && !isTag(before)) before = before.prev
  return before !== null && matches(before, head) ? [before, element] : [element]
}

function answeredIn(element: Element, topic: Topic): PostRef | null {
  const { answers } = topic.markup
  const number = answers === undefined ? null : attr(selectOne(answers, element), 'data-topid')
  return number === null || number === '' ? null : refOf(topic, number)
}

function refOf({ host, markup }: Topic, number: string): PostRef | null {
  return host === null ? null : { platform: markup.reader.name, id: `${host}/p${number}` }
}

function writerIn(element: Element, { markup, base }: Topic): Post['author'] {
  const place = selectOne(markup.author, element)
  const link = place === null || place.name === 'a' ? place : (selectOne('a', place) ?? closest(place, 'a'))
  const name = textOf(place) ?? attr(element, 'data-author') ?? attr(element, 'data-username')
  return authorOf(name, withoutSession(resolve(attr(link, 'href'), base)))
}

interface ReadTime {
  readonly time: PrintedTime | null
  readonly printed: string | null
}

/** Attributes first: they hold the whole time where people are shown `Yesterday at 9:14`. */
function timeIn(element: Element, selector: string, { markup, order }: Topic): ReadTime {
  const places = piecesOf(element, markup).flatMap((piece) => select(selector, piece))
  for (const place of places) {
    const inside = [place, ...select('time, abbr, span', place)]
    for (const { attribs, next } of inside) {
      const day = attribs['datetime'] ?? attribs['title'] ?? null
      const clock = next !== null && isText(next) ? CLOCK.exec(next.data) : null
      const said = day !== null && clock !== null ? `${day}${clock[0]}` : day
      const time = readStamp(attribs) ?? readDate(said, order)
      if (time !== null) return { time, printed: null }
    }
    const time = readDate(textOf(place), order)
    if (time !== null) return { time, printed: null }
  }
  return { time: null, printed: textOf(places[0] ?? null) }
}

/** `Yesterday, 09:14` is kept as printed. */
function extraOf({ printed }: ReadTime): Extra | null {
  return knownOf({ printedTime: printed })
}

function permalinkOf(element: Element, { markup, base }: Topic): string | null {
  const pieces = piecesOf(element, markup)
  const links = markup.permalinks.flatMap((permalink) => pieces.map((piece) => selectOne(permalink, piece)))
  const link = links.find((found) => found !== null)
  return withoutSession(resolve(attr(link ?? null, 'href'), base))
}

/** An address that leads everybody there. */
function withoutSession(address: string | null): string | null {
  return address?.replace(SESSION, '$1').replace(LOOSE_END, '') ?? null
}

/** Another page of this topic: what is called so may lead to the topic before it, or back to the board. */
function pageAt(
  root: Document,
  selector: string,
  { markup, base, id }: Pick<Topic, 'markup' | 'base' | 'id'>,
): string[] {
  const found = select(selector, root).map((link) => withoutSession(resolve(attr(link, 'href'), base)))
  const same = found.find((address) => address !== null && id !== null && groupOf(markup.topicInUrl, address) === id)
  return same === undefined || same === null ? [] : [same]
}

function topicNotes({ page, host }: Topic, elsewhere: number): Note[] {
  const more = 'This topic has more pages; their posts are not here.'
  const siteless = 'The file does not tell its site; its posts cannot be matched with other captures. Give its URL.'
  return [
    ...(elsewhere > 0 ? [noteOn(page, 'warning', 'more-pages', more)] : []),
    ...(host === null ? [noteOn(page, 'info', 'site-unknown', siteless)] : []),
  ]
}
