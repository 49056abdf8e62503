// Pictures and films in X's JSON → Media. The same shape in all of X's APIs since 2012 but v2, and in account exports
// (there with numbers written as text).
import type { Media } from '../../model.ts'
import { resolve } from '../../url.ts'
import { countAt, type Json, objectAt, objectsAt, textAt } from '../values/json-fields.ts'

/**
 * Every attachment of a post, each once. `extended_entities` and `mediaDetails` (embeds) list all, `entities` the
 * first.
 */
export function mediaOf(tweet: Json): readonly Media[] {
  const lists = listsOf(tweet)
  const list = lists.find((found) => found.length > 0) ?? []
  return list.map(mediumOf).filter((medium) => medium !== null)
}

/** The addresses in the text that stand for attachments. */
export function mediaLinks(tweet: Json): readonly string[] {
  const links = listsOf(tweet).flatMap((list) => list.map((medium) => textAt(medium, 'url')))
  return links.filter((url) => url !== null)
}

/** Streams of 2016–2022 keep those of a long post under `extended_tweet`. */
function listsOf(tweet: Json): (readonly Json[])[] {
  return [
    objectsAt(tweet, 'extended_tweet', 'extended_entities', 'media'),
    objectsAt(tweet, 'extended_entities', 'media'),
    objectsAt(tweet, 'mediaDetails'),
    objectsAt(tweet, 'extended_tweet', 'entities', 'media'),
    objectsAt(tweet, 'entities', 'media'),
  ]
}

/** An attachment of API v2: `type, url, preview_image_url, alt_text, variants` (bit rate spelled `bit_rate`). */
export function mediumOfV2(medium: Json): Media | null {
  const poster = resolve(textAt(medium, 'preview_image_url'), null)
  const kind = kindOf(textAt(medium, 'type'))
  const url = kind === 'image' ? resolve(textAt(medium, 'url'), null) : (bestFile(medium, 'bit_rate') ?? poster)
  if (url === null) return null
  return {
    kind,
    url,
    alt: textAt(medium, 'alt_text'),
    width: countAt(medium, 'width'),
    height: countAt(medium, 'height'),
    poster: kind === 'image' ? null : poster,
  }
}

function mediumOf(medium: Json): Media | null {
  const still = resolve(textAt(medium, 'media_url_https') ?? textAt(medium, 'media_url'), null)
  const kind = kindOf(textAt(medium, 'type'))
  const url = kind === 'image' ? still : (bestFile(objectAt(medium, 'video_info'), 'bitrate') ?? still)
  if (url === null) return null
  return { kind, url, alt: textAt(medium, 'ext_alt_text'), ...sizeOf(medium), poster: kind === 'image' ? null : still }
}

function kindOf(type: string | null): Media['kind'] {
  if (type === 'animated_gif') return 'gif'
  return type === 'video' ? 'video' : 'image'
}

/** Of several files the one with the highest rate; a stream's playlist has none and comes last. */
function bestFile(info: Json | null, rate: string): string | null {
  const files = objectsAt(info, 'variants').map((file) => ({
    url: resolve(textAt(file, 'url'), null),
    rate: countAt(file, rate) ?? -1,
  }))
  return files.filter(({ url }) => url !== null).sort((a, b) => b.rate - a.rate)[0]?.url ?? null
}

function sizeOf(medium: Json): Pick<Media, 'width' | 'height'> {
  const original = objectAt(medium, 'original_info')
  if (original !== null) return { width: countAt(original, 'width'), height: countAt(original, 'height') }
  return { width: countAt(medium, 'sizes', 'large', 'w'), height: countAt(medium, 'sizes', 'large', 'h') }
}
