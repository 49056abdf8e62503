// Pictures, films and files that a row of JSON names beside its words: addresses and paths, alone, in lists, in
// objects.
import type { Media } from '../../model.ts'
import { onceByUrl } from '../extraction/media.ts'
import { asObject, countAt, itemsOf, type Json, objectsAt, textAt } from '../values/json-fields.ts'

const KEYS =
  /^(?:photos?|images?|pictures?|videos?|media|attachments?|embeds|blocks|files?|audio|display|edge_sidecar_to_children|carousel_media|image_versions2)(?:_?urls?)?$/i
const ADDRESSES = [
  'video_url',
  'fileURL',
  'display_url',
  'fullUrl',
  'original',
  'url',
  'src',
  'media_url_https',
  'fullsize',
  'path',
  'file',
  'uri',
  'href',
]
const ALTS = ['alt', 'alt_text', 'altText', 'accessibility_caption', 'description', 'ext_alt_text']
const MAX_MEDIA = 50
/** On the web, or a file of the same export. */
const ADDRESS = /^(?:https?:\/\/\S|(?!.*\.\.)\w[\w@. /-]*\.\w{2,5}$)/
const SIZE_OF = ['original_size', 'original', 'full']
const KINDS: readonly (readonly [kind: Media['kind'], pattern: RegExp])[] = [
  ['image', /^(?:image|photo)\b|\.(?:jpe?g|png|webp|avif|heic|bmp)$/i],
  ['gif', /\.gif$/i],
  ['video', /^video\b|\.(?:mp4|mov|webm|m4v|mkv)$/i],
  ['audio', /^audio\b|\.(?:mp3|ogg|oga|m4a|wav|opus)$/i],
]
const BY_KEY: readonly (readonly [kind: Media['kind'], pattern: RegExp])[] = [
  ['image', /^(?:photo|image|picture)/i],
  ['video', /^video/i],
  ['audio', /^audio/i],
]
const QUERY = /[?#].*$/s

/** Whether a key or column names pictures, films or files. */
export function isMediaName(name: string): boolean {
  return KEYS.test(name)
}

/** What the keys for media name, each address once. */
export function mediaIn(row: Json): readonly Media[] {
  const found = Object.entries(row).flatMap(([key, value]) => (KEYS.test(key) ? readAll(key, value) : []))
  return onceByUrl(found).slice(0, MAX_MEDIA)
}

function readAll(key: string, value: unknown): readonly Media[] {
  const values = itemsOf(value)?.slice(0, MAX_MEDIA) ?? [value]
  return values.flatMap((one) => {
    const object = ownOf(asObject(one))
    const holder = SIZE_OF.map((name) => asObject(object?.[name])).find((size) => size != null) ?? largestOf(object)
    const url = typeof one === 'string' ? one : firstOf(holder, ADDRESSES)
    if (url === null || !ADDRESS.test(url)) return []
    const told = { alt: firstOf(object, ALTS), width: countAt(holder, 'width'), height: countAt(holder, 'height') }
    return [{ kind: kindOf(key, url, firstOf(object, ['mime_type', 'mimeType', 'type'])), url, ...told, poster: null }]
  })
}

/** Some put what is attached under the name of its kind: `{"type": "photo", "photo": {…}}`. */
function ownOf(object: Json | null): Json | null {
  const own = asObject(object?.[textAt(object, 'type') ?? ''])
  return own === null ? object : { type: textAt(object, 'type'), ...own }
}

/** Instagram's API lists the sizes of a picture, the largest first, VK's in no order. */
function largestOf(object: Json | null): Json | null {
  const [first] = objectsAt(object?.['image_versions2'] ?? object, 'candidates')
  const sizes = objectsAt(object, 'sizes').toSorted((a, b) => (countAt(b, 'width') ?? 0) - (countAt(a, 'width') ?? 0))
  return first ?? sizes[0] ?? object
}

function firstOf(object: Json | null, names: readonly string[]): string | null {
  return names.map((name) => textAt(object, name)).find((text) => text !== null) ?? null
}

function kindOf(key: string, url: string, type: string | null): Media['kind'] {
  const path = url.replace(QUERY, '')
  const told = KINDS.find(([, pattern]) => pattern.test(path) || (type !== null && pattern.test(type)))
  return (told ?? BY_KEY.find(([, pattern]) => pattern.test(key)))?.[0] ?? 'file'
}
