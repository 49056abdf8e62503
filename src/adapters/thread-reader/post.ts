// One post of a Thread Reader page: its words, attached media and embedded posts. The page shortens link texts, loads
// pictures late and hides links behind preview cards; all of that is undone here.
import type { ChildNode, Element } from 'domhandler'
import { isTag } from 'domhandler'
import { attr, closest, hasClass, select } from '../../markup/markup.ts'
import type { Media, Post, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { imageUrl } from '../../text/pictures.ts'
import { resolve } from '../../url.ts'
import { onceByUrl } from '../extraction/media.ts'
import { embeddedPost } from '../x/embed.ts'
import { snowflakeTime, statusUrl } from '../x/names.ts'
import type { Unit } from './blocks.ts'

/** Classes of what stands inside a post without being part of it; one look finds any of them. */
const FURNITURE =
  /(?:^|\s)(?:tw-permalink|entity-(?:image|video|video-gif|embed|url-preview)|adsbygoogle|thumb-div|vsc-controller)(?:\s|$)/
const DIGITS = /^\d+$/
const SIZE_IN_URL = /\/(\d+)x(\d+)\//
/** What X writes when the author gave no description. */
const NO_ALT = new Set(['image', 'images'])

type Read = Pick<Post, 'ref' | 'text' | 'html' | 'createdAt' | 'url' | 'media' | 'quotes'>

export function postOfUnit(unit: Unit, base: URL | null): Read {
  const id = unit.id !== null && DIGITS.test(unit.id) ? unit.id : null
  const elements = addElements(unit.nodes, [])
  const { text, html } = bodyFromNodes(unit.nodes, base, isFurniture)
  return {
    ref: id === null ? null : { platform: 'x', id },
    text,
    html,
    createdAt: id === null ? null : snowflakeTime(id),
    url: id === null ? null : statusUrl(unit.handle, id),
    media: mediaIn(elements, base),
    quotes: quotesIn(elements),
  }
}

function isFurniture(element: Element): boolean {
  return element.name === 'hr' || FURNITURE.test(element.attribs['class'] ?? '')
}

/** Pictures and films the author attached, each once, in page order. */
function mediaIn(elements: readonly Element[], base: URL | null): Media[] {
  return onceByUrl(elements.flatMap((element) => mediaOf(element, base) ?? []))
}

/** In page order; no page is deeper than its reading allows. */
function addElements(nodes: readonly ChildNode[], found: Element[]): readonly Element[] {
  for (const node of nodes) {
    if (!isTag(node)) continue
    found.push(node)
    addElements(node.children, found)
  }
  return found
}

function mediaOf(element: Element, base: URL | null): Media | null {
  if (element.name === 'img') return closest(element, '.entity-image') === null ? null : imageOf(element, base)
  return element.name === 'video' ? videoOf(element, base) : null
}

function imageOf(image: Element, base: URL | null): Media | null {
  const url = imageUrl(image, base)
  const alt = attr(image, 'alt')
  const size = { width: sizeOf(image, 'width'), height: sizeOf(image, 'height') }
  return url === null ? null : { kind: 'image', url, alt: isNoAlt(alt) ? null : alt, ...size, poster: null }
}

function isNoAlt(alt: string | null): boolean {
  return alt === null || NO_ALT.has(alt.toLowerCase())
}

function sizeOf(element: Element, name: string): number | null {
  const value = attr(element, name)
  return value !== null && DIGITS.test(value) ? Number(value) : null
}

/** Of several files the largest picture, of streams and files the file. */
function videoOf(video: Element, base: URL | null): Media | null {
  const addresses = [attr(video, 'src'), ...select('source', video).map((source) => attr(source, 'src'))]
  const urls = addresses.map((address) => resolve(address, base)).filter((url) => url !== null)
  const best = urls.sort((a, b) => pixelsIn(b) - pixelsIn(a))[0]
  if (best === undefined) return null
  const kind = closest(video, '.entity-video-gif') === null ? 'video' : 'gif'
  return {
    kind,
    url: best,
    alt: attr(video, 'aria-label'),
    width: null,
    height: null,
    poster: resolve(attr(video, 'poster'), base),
  }
}

function pixelsIn(url: string): number {
  const [, width, height] = SIZE_IN_URL.exec(url) ?? []
  return url.includes('.m3u8') ? -1 : Number(width ?? 0) * Number(height ?? 0)
}

/** Embedded posts: a rendered frame names the id, an unrendered one links to it. */
function quotesIn(elements: readonly Element[]): Quote[] {
  return onceByUrl(
    elements.flatMap((element) => (hasClass(element, 'twitter-tweet') ? embeddedPost(element) : null) ?? []),
  )
}
