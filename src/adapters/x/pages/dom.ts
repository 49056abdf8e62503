// X's page as a browser drew it and somebody saved it (React DOM, 2019–2026). It declares no parents: what stands above
// and below tells them, with less certainty. Rows without a post say what is missing.
import type { Element } from 'domhandler'
import { attr, closest, pathOf, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Extraction, Note } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import {
  extractionOf,
  type FoundTweet,
  type LayoutParent,
  NO_REMARKS,
  namelessNotes,
  type ReaderOfPage,
  replyNotes,
} from '../extraction.ts'
import { type StatusName, statusInUrl } from '../names.ts'
import type { XTweet } from '../tweet.ts'
import { ARTICLE_VIEW, articleIn } from './dom-article.ts'
import { postIn } from './dom-post.ts'

const NAME = 'x-dom'
const VERSION = 1
const POST = 'article[data-testid="tweet"]'
const ROW = '[data-testid="cellInnerDiv"]'
/** The site draws ancestors straight above a post; only a hidden row in between could make it wrong. */
const ABOVE_P = 0.95
/** The author's own posts right below a post continue it, unless the author answered the post twice. */
const OWN_BELOW_P = 0.9
/** Other posts below answer the page's post, or each other where a line is drawn that saved pages do not tell. */
const BELOW_P = 0.7
const UNNAMED: StatusName = { id: 'article', handle: null }
/** A whole number, not one shortened to thousands: `1,204 replies`, and neither `1.2K` nor `1,2 тыс.` */
const REPLIES =
  /^(\d{1,3}(?:[,.]\d{3})+|\d+)\s+(?!(?:k|m|mil|mill|mio|mln|tsd|tys|тыс|тис|млн|bin|rb|jt|nghìn|tr)(?!\p{L}))/iu
const SEPARATORS = /[,.]/g
const GONE = /\b(?:this|these) (?:post|tweet)s? (?:is|was|are|were|from)\b/i
const MORE = /^show (?:more|additional|probable)|\bread [\d.,KM]+ repl/i

export const xDom: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['mixed'],
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(`${POST}, ${ARTICLE_VIEW}`, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const articles = postsOn(page)
    const named = statusOfPage(page)
    const reads = articles.map((article, at) => ({
      article,
      tweet: postIn(article, at === 0 ? firstOf(article, named) : null),
    }))
    const places = reads.filter((read): read is Placed => read.tweet !== null)
    const focal = focalPlace(page, places)
    const end = endOfThread(page, places, focal)
    const endOfRun = endOfOwn(places, focal)
    const found = places.map(({ article, tweet }, at): FoundTweet => {
      const layout = focal >= 0 && at < end ? layoutOf(places, at, focal, endOfRun) : null
      const title = articleIn(article)?.title ?? null
      return { tweet, place: { selector: pathOf(article), extra: cardOf(article) }, title, layout }
    })
    const notes = [
      ...rowNotes(reader),
      ...replyNotes(reader, found, places[focal]?.tweet.id ?? null, repliesOf(places[focal]?.article ?? null)),
      ...namelessNotes(reader, reads.length - places.length),
    ]
    const extraction = extractionOf(reader, found, { ...NO_REMARKS, notes })
    return {
      ...extraction,
      posts: extraction.posts.map((post) => (post.key === UNNAMED.id ? { ...post, ref: null, url: null } : post)),
    }
  },
}

/** An article fills its page: the page's address names it, and without one its words are worth keeping all the same. */
function firstOf(article: Element, named: StatusName | null): StatusName | null {
  return named ?? (articleIn(article) === null ? null : UNNAMED)
}

interface Placed {
  readonly article: Element
  readonly tweet: XTweet
}

/** Posts shown inside of posts are not the page's. A saved article may come without the post around it. */
function postsOn(page: Page): readonly Element[] {
  const { root } = page.html()
  const posts = select(POST, root).filter((article) => closest(article.parent as Element, POST) === null)
  const alone = posts.length === 0 ? (selectOne('body', root) ?? selectOne(ARTICLE_VIEW, root)) : null
  return alone === null ? posts : [alone]
}

/** The place of the post that the page's address names, or -1 on other pages. */
function focalPlace(page: Page, places: readonly Placed[]): number {
  const id = statusOfPage(page)?.id
  return places.findIndex(({ tweet }) => tweet.id === id)
}

function statusOfPage(page: Page): StatusName | null {
  const canonical = attr(selectOne('link[rel="canonical"]', page.html().root), 'href')
  return statusInUrl(page.url?.href ?? null) ?? statusInUrl(canonical)
}

/** How many posts stand before the recommendations, which come below a headline ("Discover more"). */
function endOfThread(page: Page, places: readonly Placed[], focal: number): number {
  const rows = new Map(select(ROW, page.html().root).map((row, at) => [row, at]))
  const rowOf = ({ article }: Placed) => rows.get(closest(article, ROW) ?? article) ?? -1
  const from = places[focal] === undefined ? -1 : rowOf(places[focal])
  const headline = [...rows].find(([row, at]) => at > from && isHeadline(row))?.[1]
  const end = headline === undefined ? -1 : places.findIndex((place) => rowOf(place) > headline)
  return end === -1 ? places.length : end
}

function isHeadline(row: Element): boolean {
  return selectOne('h2', row) !== null && selectOne(POST, row) === null
}

/** How far the posts go on that are all by the author of the page's post. */
function endOfOwn(places: readonly Placed[], focal: number): number {
  const handle = places[focal]?.tweet.author?.handle ?? null
  const end = places.findIndex(({ tweet }, at) => at >= focal && (tweet.author?.handle !== handle || handle === null))
  return end === -1 ? places.length : end
}

/** A preview of a link: when the words end in the link, the site shows this instead of it. */
function cardOf(article: Element): Readonly<Record<string, unknown>> | null {
  const link = selectOne('[data-testid="card.wrapper"] a[href]', article)
  return link === null ? null : { card: { url: attr(link, 'href'), title: attr(link, 'aria-label') ?? textOf(link) } }
}

function layoutOf(places: readonly Placed[], at: number, focal: number, endOfRun: number): LayoutParent | null {
  const before = places[at - 1]?.tweet
  const page = places[focal]?.tweet
  if (before === undefined || page === undefined) return null
  if (at <= focal) return { id: before.id, p: ABOVE_P, say: 'stands right below it on its own page' }
  if (at < endOfRun) return { id: before.id, p: OWN_BELOW_P, say: 'stands right below it, by the same author' }
  return { id: page.id, p: BELOW_P, say: 'stands among the answers below it' }
}

function repliesOf(article: Element | null): number | null {
  if (article === null) return null
  const count = REPLIES.exec(attr(selectOne('[data-testid="reply"]', article), 'aria-label') ?? '')?.[1]
  return count === undefined ? null : Number(count.replace(SEPARATORS, ''))
}

/** Rows that hold no post say that posts are gone or not loaded. */
function rowNotes(reader: ReaderOfPage): Note[] {
  const { root } = reader.page.html()
  const rows = select(ROW, root).filter((row) => selectOne(POST, row) === null)
  const texts = rows.map((row) => textOf(row) ?? '')
  const pivot = textOf(selectOne('[data-testid="logged_out_read_replies_pivot"]', root))
  const gone = texts.filter((text) => GONE.test(text))
  const more = [...texts.filter((text) => MORE.test(text)), ...(pivot === null ? [] : [pivot])]
  return [
    ...gone.map((text) => noteOn(reader.page, 'warning', 'tombstone', `A post is not shown by the site: ${text}`)),
    ...more.map((text) => noteOn(reader.page, 'info', 'more', `The page goes on where it says "${text}".`)),
  ]
}
