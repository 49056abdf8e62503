// Pictures, films and links in the exports of Meta's services: files are named by their paths in the export, links
// stand beside the words of a post.
import type { Media, Post, Quote } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { onceByUrl } from '../extraction/media.ts'
import { type Json, objectAt, objectsAt, textAt } from '../values/json-fields.ts'
import { wordsAt } from './export-text.ts'

const PATH = /^(?!.*\.\.)[\w][^\s:\\]{0,400}$/
const KINDS: readonly (readonly [kind: Media['kind'], pattern: RegExp])[] = [
  ['image', /\.(?:jpe?g|png|webp|heic|avif)$/i],
  ['gif', /\.gif$/i],
  ['video', /\.(?:mp4|mov|webm|m4v|srt)$/i],
  ['audio', /\.(?:m4a|mp3|aac|wav|ogg)$/i],
]
const SPOKEN = 'audio_files'
const IN_MESSAGES = ['photos', 'videos', 'gifs', SPOKEN, 'files', 'sticker']

type Shown = Pick<Post, 'media' | 'quotes'>

/** Each file once, with what was written under it. */
export function filesOf(media: readonly Json[]): readonly Media[] {
  const found = media.flatMap((medium): Media[] => {
    const url = pathOf(textAt(medium, 'uri'))
    if (url === null) return []
    const kind = KINDS.find(([, pattern]) => pattern.test(url))?.[0] ?? 'file'
    return [{ kind, url, alt: wordsAt(medium, 'description'), width: null, height: null, poster: null }]
  })
  return onceByUrl(found)
}

/** What is attached to a post of Facebook: files, and links with their titles. */
export function filesOfPost(item: Json): Shown {
  const attached = objectsAt(item, 'attachments').flatMap((one) => objectsAt(one, 'data'))
  return {
    media: filesOf(attached.map((one) => objectAt(one, 'media')).filter((medium) => medium !== null)),
    quotes: attached.flatMap((one) => linkOf(objectAt(one, 'external_context'))),
  }
}

export function filesOfMessage(item: Json): Shown {
  const media = IN_MESSAGES.flatMap((key) => {
    const files = filesOf([objectAt(item, key), ...objectsAt(item, key)].filter((file) => file !== null))
    // A spoken message ends in `.mp4`, like a film.
    return key === SPOKEN ? files.map((file) => ({ ...file, kind: 'audio' as const })) : files
  })
  return { media, quotes: linkOf(objectAt(item, 'share')) }
}

function linkOf(context: Json | null): Quote[] {
  const url = parseUrl(textAt(context, 'url') ?? textAt(context, 'link'))
  const text = wordsAt(context, 'name') ?? wordsAt(context, 'share_text')
  return url === null ? [] : [{ ref: null, author: null, text, url: url.href, createdAt: null }]
}

/** On the web, or in the export. */
function pathOf(uri: string | null): string | null {
  if (uri === null) return null
  return parseUrl(uri)?.href ?? (PATH.test(uri) ? uri : null)
}
