// One post of Threads, as its pages and answers hold it → a post. Words are plain text; links and mentions are told as
// pieces of it.
import type { Author, Media, Parent, Post, PostRef, Provenance, Quote } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { knownOf } from '../extraction/place.ts'
import { escapeHtml, makePost, timeOfSeconds } from '../extraction/post.ts'
import { countAt, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'

export const NAME = 'threads'
const CODE = /^[\w-]{8,20}$/
/** Links lead over a page that counts them: the target stands in its address. */
const COUNTED = /^l\.(?:threads\.(?:net|com)|instagram\.com)$/

/** The name of a post in its address, or null. */
export function codeOf(post: Json): string | null {
  const code = textAt(post, 'code')
  return code !== null && CODE.test(code) ? code : null
}

export function refOf(code: string): PostRef {
  return { platform: NAME, id: code }
}

/** The account that a post answers; which post of it is not told. */
export function answersWhom(post: Json): string | null {
  return textAt(post, 'text_post_app_info', 'reply_to_author', 'username')
}

export function postOf(post: Json, place: Provenance, parent: Parent | null): Post {
  const code = codeOf(post) ?? ''
  const author = authorOf(objectAt(post, 'user'))
  const info = objectAt(post, 'text_post_app_info')
  return makePost({
    key: code,
    ref: refOf(code),
    kind: 'post',
    platform: NAME,
    author,
    ...bodyOf(post, info),
    createdAt: timeOfSeconds(valueAt(post, 'taken_at')),
    url: addressOf(author, code),
    parent,
    media: mediaOf(post),
    quotes: quotesOf(info),
    provenance: { ...place, extra: extraOf(post, info) },
  })
}

function authorOf(user: Json | null): Author | null {
  const handle = textAt(user, 'username')
  if (handle === null) return null
  return {
    id: idAt(user, 'pk') ?? idAt(user, 'id'),
    handle,
    name: textAt(user, 'full_name'),
    url: `https://www.threads.com/@${handle}`,
  }
}

function addressOf(author: Author | null, code: string): string | null {
  return author?.handle == null ? null : `https://www.threads.com/@${author.handle}/post/${code}`
}

/** The caption is the whole text; pieces of it tell where links lead. */
function bodyOf(post: Json, info: Json | null) {
  const pieces = objectsAt(info, 'text_fragments', 'fragments')
  const caption = textAt(post, 'caption', 'text') ?? ''
  const words = pieces.map((piece) => textAt(piece, 'plaintext') ?? '').join('')
  const isWhole = pieces.length > 0 && words.length >= caption.length
  const html = isWhole ? pieces.map(pieceHtml).join('') : escapeHtml(caption)
  return bodyFromHtml(html === '' ? '' : `<p>${html.replaceAll('\n', '<br>')}</p>`, null)
}

function pieceHtml(piece: Json): string {
  const text = escapeHtml(typeof valueAt(piece, 'plaintext') === 'string' ? String(valueAt(piece, 'plaintext')) : '')
  const url = targetOf(textAt(piece, 'link_fragment', 'uri'))
  return url === null ? text : `<a href="${escapeHtml(url)}">${text}</a>`
}

function targetOf(address: string | null): string | null {
  const url = parseUrl(address)
  if (url === null) return null
  return (COUNTED.test(url.host) ? parseUrl(url.searchParams.get('u'))?.href : null) ?? url.href
}

/** Several pictures and films stand in a list of their own. */
function mediaOf(post: Json): readonly Media[] {
  const several = objectsAt(post, 'carousel_media')
  return (several.length > 0 ? several : [post]).flatMap(mediumOf)
}

function mediumOf(medium: Json): readonly Media[] {
  const picture = objectsAt(medium, 'image_versions2', 'candidates')[0]
  const film = objectsAt(medium, 'video_versions')[0]
  const url = parseUrl(textAt(film ?? picture, 'url'))
  if (url === null) return []
  const size = {
    width: countAt(film ?? picture, 'width') ?? countAt(medium, 'original_width'),
    height: countAt(film ?? picture, 'height') ?? countAt(medium, 'original_height'),
  }
  const poster = film === undefined ? null : (parseUrl(textAt(picture, 'url'))?.href ?? null)
  return [
    {
      kind: film === undefined ? 'image' : 'video',
      url: url.href,
      alt: textAt(medium, 'accessibility_caption'),
      ...size,
      poster,
    },
  ]
}

/** Another post, or the preview of a link. */
function quotesOf(info: Json | null): readonly Quote[] {
  const quoted = objectAt(info, 'share_info', 'quoted_post') ?? objectAt(info, 'share_info', 'quoted_attachment_post')
  const link = objectAt(info, 'link_preview_attachment')
  const url = targetOf(textAt(link, 'url'))
  const preview = url === null ? [] : [{ ref: null, author: null, text: textAt(link, 'title'), url, createdAt: null }]
  return quoted === null ? preview : [quoteOf(quoted), ...preview]
}

function quoteOf(post: Json): Quote {
  const [code, author] = [codeOf(post), authorOf(objectAt(post, 'user'))]
  return {
    ref: code === null ? null : refOf(code),
    author,
    text: textAt(post, 'caption', 'text'),
    url: code === null ? null : addressOf(author, code),
    createdAt: timeOfSeconds(valueAt(post, 'taken_at')),
  }
}

function extraOf(post: Json, info: Json | null): Provenance['extra'] {
  return knownOf({
    answersAuthor: answersWhom(post),
    replies: countAt(info, 'direct_reply_count'),
    edited: valueAt(post, 'caption_is_edited') === true,
  })
}
