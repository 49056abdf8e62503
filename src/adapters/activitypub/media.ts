// What is attached to an ActivityStreams object: pictures, films, sound, files and linked pages. Servers differ in
// where they put the address (`url`, `href`, a list of links by format) and in how they say what it is.
import type { Media } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { asObject, countAt, type Json, textAt } from '../values/json-fields.ts'
import { listAt } from './names.ts'

interface Attached {
  readonly media: readonly Media[]
  /** Pages linked to, without repeats. */
  readonly links: readonly string[]
}

const KINDS: ReadonlyMap<string, Media['kind']> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
])
/** PeerTube lists a film as one playlist since 2022, before that by size. */
const FILM = /^(?:video\/|audio\/|application\/(?:x-mpegurl|vnd\.apple\.mpegurl)$)/i
const LINKED = 'Link'
const PAGE_TYPE = 'text/html'
/** WordPress writes the addresses of pictures as in HTML (2026-01): `?fit=1650%2C646&#038;ssl=1`. */
const ESCAPED_AND = /&(?:#0?38|amp);/g
/**
 * Account exports of Mastodon name the files they hold instead of addresses: with the folder of the server's own store
 * before the export's (`/bucket/media_attachments/…`), or without a slash where files stand on the server (`/system/`
 * is taken off).
 */
const EXPORTED = /^\/?(?:[\w.-]{1,100}\/){0,4}?(media_attachments\/[\w./-]{1,500})$/
const EXPORTED_ROOT = /^\/([\w-][\w./-]{0,500})$/

/** Everything attached. `page` is the object's own address: links to it are no attachments. */
export function attachedTo(object: Json, page: string | null): Attached {
  const items = [...listAt(object, 'attachment'), ...listAt(object, 'image')]
    .map(asObject)
    .filter((item) => item !== null)
  const films = filmsOf(object)
  const media = [...films, ...items.map(mediaOf)].filter((one) => one !== null)
  // A picture stands among the attachments and once more as `image`; the first has the words that describe it.
  const seen = new Set<string>()
  const links = [...items.filter(isPage).map(addressOf), foreignPage(object)]
  return {
    media: media.filter(({ url }) => !seen.has(url) && seen.add(url)),
    links: [...new Set(links.filter((link) => link !== null && link !== page))] as string[],
  }
}

/** The page where people read the object: on its own server, else none. */
export function pageOf(object: Json): string | null {
  const home = parseUrl(textAt(object, 'id'))?.host
  return pagesOf(object).find((url) => home === undefined || parseUrl(url)?.host === home) ?? null
}

// Friendica and lotide give a shared link as the `url` of the post that shares it.
function foreignPage(object: Json): string | null {
  return pageOf(object) === null ? (pagesOf(object)[0] ?? null) : null
}

function pagesOf(object: Json): readonly string[] {
  const links = listAt(object, 'url')
  const pages = links.filter((link) => typeof link === 'string' || typeIn(asObject(link)) === PAGE_TYPE)
  return pages.map(addressIn).filter((url) => url !== null)
}

function mediaOf(item: Json): Media | null {
  const url = addressOf(item) ?? exportedFile(textAt(item, 'url'))
  if (url === null || isPage(item)) return null
  const kind = kindOf(item)
  return { kind, url, alt: textAt(item, 'name'), ...sizeOf(item), poster: null }
}

function kindOf(item: Json): Media['kind'] {
  const family = typeIn(item)?.split('/')[0] ?? textAt(item, 'type')?.toLowerCase() ?? ''
  return KINDS.get(family) ?? (isFilm(typeIn(item)) ? 'video' : 'file')
}

function sizeOf(item: Json): Pick<Media, 'width' | 'height'> {
  return { width: countAt(item, 'width'), height: countAt(item, 'height') }
}

function isPage(item: Json): boolean {
  const type = typeIn(item)
  return type === PAGE_TYPE || (type === null && textAt(item, 'type') === LINKED)
}

/** PeerTube called it `mimeType` until 2019. */
function typeIn(item: Json | null): string | null {
  return textAt(item, 'mediaType') ?? textAt(item, 'mimeType')
}

function addressOf(item: Json): string | null {
  const found = [...listAt(item, 'url'), ...listAt(item, 'href')].map(addressIn)
  return found.find((url) => url !== null) ?? null
}

function addressIn(link: unknown): string | null {
  const written = typeof link === 'string' ? link : textAt(asObject(link), 'href')
  const text = written?.replaceAll(ESCAPED_AND, '&') ?? null
  return parseUrl(text) === null ? null : text
}

/** A Video or Audio object lists itself in every size and format; the first is the server's own choice. */
function filmsOf(object: Json): readonly (Media | null)[] {
  const formats = listAt(object, 'url').map(asObject)
  const film = formats.find((link) => isFilm(typeIn(link))) ?? null
  if (film === null) return []
  const icons = listAt(object, 'icon').map((icon) =>
    asObject(icon) === null ? null : addressOf(asObject(icon) as Json),
  )
  const media = mediaOf({ ...film, name: null })
  return [media === null ? null : { ...media, poster: icons.find((icon) => icon !== null) ?? null }]
}

function isFilm(type: string | null): boolean {
  return type !== null && FILM.test(type)
}

/** The path of a file in the account export that this came out of, or null. */
export function exportedFile(path: string | null): string | null {
  if (path === null || path.includes('..')) return null
  return (EXPORTED.exec(path) ?? EXPORTED_ROOT.exec(path))?.[1] ?? null
}
