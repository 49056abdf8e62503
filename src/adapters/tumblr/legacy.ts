// Posts of Tumblr in the form of before 2018, which its API still gives unless asked otherwise: each kind of post has
// keys of its own, its words are HTML.
import type { Media, Quote } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { escapeHtml } from '../extraction/post.ts'
import { countAt, type Json, objectsAt, textAt } from '../values/json-fields.ts'
import type { Content } from './blocks.ts'

/** Where the words of a kind stand. */
const WORDS = ['body', 'caption', 'answer', 'description', 'text']

/** `step`: of a trail, whose words stand alone. */
export function readLegacy(post: Json, step: Json | null): Content {
  const words = step === null ? ownHtml(post) : stepHtml(step)
  const said = step === null ? `${quoteHtml(post)}${linkHtml(post)}${chatHtml(post)}` : ''
  return {
    ...bodyFromHtml(
      `${said}${said !== '' && words === textAt(post, 'text') ? '' : words}`,
      parseUrl(textAt(post, 'post_url')),
    ),
    media: mediaOf(post),
    quotes: questionOf(post),
  }
}

/** A chat's lines stand in its body once more. */
function ownHtml(post: Json): string {
  const keys = objectsAt(post, 'dialogue').length > 0 ? WORDS.filter((key) => key !== 'body') : WORDS
  return keys.map((key) => textAt(post, key)).find((text) => text !== null) ?? ''
}

function stepHtml(step: Json): string {
  return textAt(step, 'content_raw') ?? textAt(step, 'content') ?? ''
}

function quoteHtml(post: Json): string {
  if (textAt(post, 'type') !== 'quote') return ''
  return `<blockquote>${textAt(post, 'text') ?? ''}</blockquote><p>${textAt(post, 'source') ?? ''}</p>`
}

function linkHtml(post: Json): string {
  const url = textAt(post, 'type') === 'link' ? parseUrl(textAt(post, 'url')) : null
  return url === null
    ? ''
    : `<p><a href="${escapeHtml(url.href)}">${escapeHtml(textAt(post, 'title') ?? url.href)}</a></p>`
}

function chatHtml(post: Json): string {
  const lines = objectsAt(post, 'dialogue').map((line) => {
    return `<p><strong>${escapeHtml(textAt(line, 'label') ?? '')}</strong> ${escapeHtml(textAt(line, 'phrase') ?? '')}</p>`
  })
  return lines.join('')
}

function mediaOf(post: Json): readonly Media[] {
  const photos = objectsAt(post, 'photos').flatMap((photo) =>
    mediumOf('image', textAt(photo, 'original_size', 'url'), photo),
  )
  return [
    ...photos,
    ...mediumOf('video', textAt(post, 'video_url'), post),
    ...mediumOf('audio', textAt(post, 'audio_url'), post),
  ]
}

function mediumOf(kind: Media['kind'], address: string | null, holder: Json): readonly Media[] {
  const url = parseUrl(address)
  if (url === null) return []
  const poster = kind === 'video' ? (parseUrl(textAt(holder, 'thumbnail_url'))?.href ?? null) : null
  const [width, height] = [countAt(holder, 'original_size', 'width'), countAt(holder, 'original_size', 'height')]
  const alt = kind === 'image' ? textAt(holder, 'caption') : null
  return [{ kind, url: url.href, alt, width, height, poster }]
}

function questionOf(post: Json): readonly Quote[] {
  const question = textAt(post, 'question')
  if (question === null) return []
  const handle = textAt(post, 'asking_name')
  const author =
    handle === null || handle === 'Anonymous'
      ? null
      : { id: null, handle, name: null, url: parseUrl(textAt(post, 'asking_url'))?.href ?? null }
  return [{ ref: null, author, text: bodyFromHtml(question, null).text, url: null, createdAt: null }]
}
