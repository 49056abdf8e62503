// What a post shows below its words: pictures, films, a page, another post. An API answer holds it ready to show
// (`#view`), a bare record only names blobs, whose addresses follow from the account. Told by shape: types come and go
// (gallery, 2026).
import type { Media, Quote } from '../../model.ts'
import { urlOf } from '../../url.ts'
import { countAt, type Json, objectAt, objectsAt, textAt } from '../values/json-fields.ts'
import { authorInUri, authorOf, postUrl, refOf, timeOf, webAddress } from './names.ts'
import { bodyOf, type Card } from './text.ts'

interface Shown {
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly card: Card | null
}

const BLOB = /^[a-z0-9]{20,200}$/i
/** The app's picker puts GIFs in as pages of this host, sized by the query (2024–2026). */
const GIF_HOST = 'media.tenor.com'
const GIF_ALT = /^alt:\s*/i

/** What the embed shows. `did` is the account of the record, needed for its blobs. */
export function readEmbed(embed: Json | null, did: string | null): Shown {
  const parts = partsOf(embed)
  const external = parts.map((part) => objectAt(part, 'external')).find((found) => found !== null) ?? null
  const gif = external === null ? null : gifOf(external)
  return {
    media: [...parts.flatMap((part) => mediaOf(part, did)), ...(gif === null ? [] : [gif])],
    quotes: parts.map(quoteOf).filter((quote) => quote !== null),
    card: gif === null && external !== null ? cardOf(external) : null,
  }
}

/** `recordWithMedia` holds two embeds. */
function partsOf(embed: Json | null): readonly Json[] {
  const media = objectAt(embed, 'media')
  const record = objectAt(embed, 'record')
  if (embed === null) return []
  return media === null ? [embed] : [media, ...(record === null ? [] : [record])]
}

function mediaOf(part: Json, did: string | null): readonly Media[] {
  const images = [...objectsAt(part, 'images'), ...objectsAt(part, 'items')]
  return [...images, part].map((item) => imageOf(item, did) ?? videoOf(item, did)).filter((media) => media !== null)
}

function imageOf(image: Json, did: string | null): Media | null {
  const blob = blobOf(image, 'image')
  const made = blob === null || did === null ? null : `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${blob}@jpeg`
  const url = webAddress(textAt(image, 'fullsize') ?? textAt(image, 'thumb') ?? made)
  return url === null ? null : { kind: 'image', url, poster: null, ...labelsOf(image) }
}

function videoOf(video: Json, did: string | null): Media | null {
  const blob = blobOf(video, 'video')
  const made = blob === null || did === null ? null : `https://video.bsky.app/watch/${encodeURIComponent(did)}/${blob}`
  const url = webAddress(textAt(video, 'playlist') ?? (made === null ? null : `${made}/playlist.m3u8`))
  const poster = webAddress(textAt(video, 'thumbnail') ?? (made === null ? null : `${made}/thumbnail.jpg`))
  return url === null ? null : { kind: 'video', url, poster, ...labelsOf(video) }
}

function labelsOf(item: Json): Pick<Media, 'alt' | 'width' | 'height'> {
  const width = countAt(item, 'aspectRatio', 'width')
  return { alt: textAt(item, 'alt'), width, height: countAt(item, 'aspectRatio', 'height') }
}

function blobOf(item: Json, key: string): string | null {
  const cid = textAt(item, key, 'ref', '$link')
  return cid !== null && BLOB.test(cid) ? cid : null
}

function gifOf(external: Json): Media | null {
  const uri = textAt(external, 'uri')
  const url = urlOf(uri)
  if (url?.protocol !== 'https:' || url.hostname !== GIF_HOST) return null
  const side = (key: string) => countAt({ side: url.searchParams.get(key) }, 'side')
  const alt = textAt(external, 'description')?.replace(GIF_ALT, '') ?? textAt(external, 'title')
  return { kind: 'gif', url: url.href, alt, width: side('ww'), height: side('hh'), poster: null }
}

function cardOf(external: Json): Card | null {
  const url = webAddress(textAt(external, 'uri'))
  return url === null ? null : { url, title: textAt(external, 'title'), description: textAt(external, 'description') }
}

// A deleted, blocked or detached post keeps its name; feeds and lists in the same place are no posts.
function quoteOf(part: Json): Quote | null {
  const record = objectAt(part, 'record', 'record') ?? objectAt(part, 'record')
  const uri = textAt(record, 'uri')
  const ref = refOf(uri)
  if (record === null || ref === null) return null
  const author = authorOf(objectAt(record, 'author')) ?? authorInUri(uri)
  const value = objectAt(record, 'value')
  return {
    ref,
    author,
    text: value === null ? null : bodyOf(value, null).text,
    url: postUrl(ref, author),
    createdAt: timeOf(textAt(value, 'createdAt')),
  }
}
