// One post as Bluesky's script draws it (React DOM, 2024–2026): `data-testid` names the parts, class names are hashes.
// The page tells handles; the DID, which names the post everywhere, stands only in the address of the author's picture.
import { type ChildNode, type Element, isTag } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Media, Post, PostRef, Quote } from '../../model.ts'
import { resolve } from '../../url.ts'
import { lineNodes } from '../values/pre-wrap.ts'
import { author, PLATFORM, POST_COLLECTION, parseAtUri, postUrl, refOf, tidTime } from './names.ts'
import { bodyFrom, type Card } from './text.ts'

const BASE = new URL('https://bsky.app/')
const POST_PATH = /^\/profile\/([\w.:-]{3,253})\/post\/([\w~:-]{1,512})(?:\/|$)/
const AVATAR = '[data-testid="userAvatarImage"]'
/** A post inside a post looks like a link and has a face. */
const QUOTE = `div[role="link"]:has(${AVATAR})`
const WORDS = '[data-word-wrap]'
const DID_IN_IMAGE = /\/img\/avatar[a-z_]*\/plain\/(did:[a-z]+:[\w.:-]+)\//
const IMAGE = 'img[src*="/img/feed_"]'
const IMAGE_SIZE = /\/img\/feed_\w+\//
const FILM_STILL = /^(https:\/\/video\.bsky\.app\/watch\/[\w%.-]+\/\w+\/)thumbnail\.jpg/
const GIF_HOST = /(?:^|\.)gifs\.bsky\.app$/
const COUNT = /\((\d[\d.,\s]{0,12})/
const SEPARATORS = /\D/g
/** Marks that keep right-to-left names from turning the line around. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g

/** All that the page tells of one post, without its place among the others. */
export type Drawn = Pick<Post, 'platform' | 'author' | 'text' | 'html' | 'createdAt' | 'url' | 'media' | 'quotes'> & {
  readonly ref: PostRef
}

/** The post drawn in `item`; `fallback` names the page's own post, which has no link to itself. Null without a name. */
export function postIn(item: Element, fallback: string | null): Drawn | null {
  const quote = selectOne(QUOTE, item)
  const isOwn = (element: Element) => quote === null || !isInside(element, quote)
  const path = select('a[href*="/post/"]', item)
    .filter((link) => isOwn(link) && closest(link, WORDS) === null)
    .map((link) => pathIn(attr(link, 'href')))
    .find((found) => found !== null)
  const told = nameIn(fallback)
  // A page that was walked to, not loaded, keeps the head of the page before it.
  const name = path === undefined || path?.rkey === told?.rkey ? told : path
  if (name === null) return null
  return {
    ...namesOf(item, name, isOwn),
    ...wordsIn(item, isOwn),
    media: mediaIn(item, isOwn),
    quotes: quotesIn(quote),
  }
}

interface Name {
  readonly owner: string
  readonly rkey: string
}

function isInside(element: Element, container: Element): boolean {
  return element === container || closest(element, QUOTE) === container
}

function pathIn(href: string | null): Name | null {
  const url = resolve(href, BASE)
  const [, owner, rkey] = POST_PATH.exec(url === null ? '' : new URL(url).pathname) ?? []
  return owner === undefined || rkey === undefined ? null : { owner, rkey }
}

function nameIn(uri: string | null): Name | null {
  const parts = parseAtUri(uri)
  return parts === null ? null : { owner: parts.authority, rkey: parts.rkey }
}

type IsOwn = (element: Element) => boolean

function namesOf(
  item: Element,
  { owner, rkey }: Name,
  isOwn: IsOwn,
): Omit<Drawn, 'text' | 'html' | 'media' | 'quotes'> {
  const writer = authorIn(item, owner, isOwn)
  const id = `at://${writer?.id ?? owner}/${POST_COLLECTION}/${rkey}`
  const ref = refOf(id) ?? { platform: PLATFORM, id }
  return { ref, platform: PLATFORM, author: writer, createdAt: tidTime(rkey), url: postUrl(ref, writer) }
}

function authorIn(item: Element, owner: string, isOwn: IsOwn): Author | null {
  const pictures = select(`${AVATAR} img`, item).filter(isOwn)
  const did = DID_IN_IMAGE.exec(attr(pictures[0] ?? null, 'src') ?? '')?.[1] ?? null
  const links = select('a[href*="/profile/"]', item).filter((link) => isOwn(link) && closest(link, WORDS) === null)
  const lines = links.flatMap((link) => (attr(link, 'dir') === null ? select('[dir]', link) : [link]))
  const shown = lines.map((line) => (textOf(line) ?? '').replace(DIRECTION, '').trim())
  const handle = shown.find((text) => text.startsWith('@'))?.slice(1) ?? (owner.startsWith('did:') ? null : owner)
  const name = shown.find((text) => text !== '' && !text.startsWith('@')) ?? null
  return author(did ?? (owner.startsWith('did:') ? owner : null), handle, name)
}

function wordsIn(item: Element, isOwn: IsOwn): Pick<Post, 'text' | 'html'> {
  const words = select(WORDS, item).find(isOwn)
  return bodyFrom(nodesIn(words), cardIn(item, isOwn))
}

function nodesIn(words: Element | undefined): ChildNode[] {
  return lineNodes(words?.children ?? [], (link) => resolve(attr(link, 'href'), BASE))
}

/** A linked page: one link around its picture, title and host. */
function cardIn(item: Element, isOwn: IsOwn): Card | null {
  const link = select('a[target="_blank"][aria-label]', item).find(
    (found) => isOwn(found) && closest(found, WORDS) === null && found.children.some(isTag),
  )
  const url = resolve(attr(link ?? null, 'href'), BASE)
  return url === null ? null : { url, title: attr(link ?? null, 'aria-label'), description: null }
}

function mediaIn(item: Element, isOwn: IsOwn): readonly Media[] {
  const images = select(IMAGE, item).filter((image) => isOwn(image) && closest(image, 'a[target="_blank"]') === null)
  const films = select('video', item).filter(isOwn)
  return [...images.map(imageOf), ...films.map(filmOf)].filter((media) => media !== null)
}

/** The large form, as the API gives it. */
function imageOf(image: Element): Media | null {
  const url = resolve(attr(image, 'src')?.replace(IMAGE_SIZE, '/img/feed_fullsize/') ?? null, BASE)
  const alt = attr(image, 'alt')
  return url === null
    ? null
    : { kind: 'image', url, alt: alt === '' ? null : alt, width: null, height: null, poster: null }
}

/** A film plays from memory (`blob:`); its still tells where it is from. */
function filmOf(film: Element): Media | null {
  const poster = webOf(attr(film, 'poster'))
  const playlist = FILM_STILL.exec(poster ?? '')?.[1]
  const url = playlist === undefined ? (webOf(attr(film, 'src')) ?? poster) : `${playlist}playlist.m3u8`
  if (url === null) return null
  const kind = GIF_HOST.test(new URL(url).hostname) ? 'gif' : 'video'
  return { kind, url, alt: attr(film, 'aria-label'), width: null, height: null, poster }
}

function webOf(address: string | null): string | null {
  const url = resolve(address, BASE)
  return url?.startsWith('http') ? url : null
}

function quotesIn(quote: Element | null): readonly Quote[] {
  const link = quote === null ? null : selectOne('a[href*="/post/"]', quote)
  const name = pathIn(attr(link, 'href'))
  if (quote === null || name === null) return []
  const { ref, author: writer, url, createdAt } = namesOf(quote, name, () => true)
  const words = selectOne(WORDS, quote)
  const text = words === null ? '' : bodyFrom(nodesIn(words), null).text
  return [{ ref, author: writer, text: text === '' ? null : text, url, createdAt }]
}

/** How many answers the button under the post says it has: "Reply (1,234 replies)". */
export function repliesOf(item: Element | null): number | null {
  const button = item === null ? null : selectOne('[data-testid="replyBtn"]', item)
  const said = COUNT.exec(attr(button, 'aria-label') ?? '')?.[1]?.replace(SEPARATORS, '') ?? ''
  return said === '' ? null : Number(said)
}
