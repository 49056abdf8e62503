// One status of the Mastodon API → one post. A content warning stands first in the HTML and not in the text, because
// the text is the author's post and the warning its label; a poll's options are lines of both.
import type { Media, Parent, Post, Provenance, Quote } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { escapeHtml, timeOfText } from '../extraction/post.ts'
import { countAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'
import { authorOf, localIdAt, PLATFORM, refOfLocal, refOfStatus, type Server, urlAt } from './names.ts'

/** Longest content that is read, in characters: servers allow 500 to some 100,000. */
const MAX_CONTENT = 1_000_000
// Servers older than 4.5 show a quote's link in a paragraph that newer ones hide.
const QUOTE_FALLBACK = /<p class="quote-inline">.{0,2000}?<\/p>/gs
const EMPTY_LINES = /(?:\r?\n){2,}/
const LINE_END = /\r?\n/g
const MEDIA_KINDS: ReadonlyMap<string, Media['kind']> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['gifv', 'gif'],
  ['audio', 'audio'],
])

/** The post of a status. `index` is its place on the page; `provenance` says where it stands. */
export function postOfStatus(status: Json, server: Server, index: number, provenance: Provenance): Post {
  return {
    key: localIdAt(status, 'id') ?? `status-${index + 1}`,
    ref: refOfStatus(status),
    kind: 'post',
    platform: PLATFORM,
    author: authorOf(objectAt(status, 'account'), server),
    isPostAuthor: false,
    title: null,
    ...bodyOf(status),
    createdAt: timeAt(status, 'created_at'),
    editedAt: timeAt(status, 'edited_at'),
    url: urlAt(status, 'url') ?? urlAt(status, 'uri'),
    lang: languageOf(textAt(status, 'language')),
    parent: parentOf(status, server),
    conversation: null,
    media: mediaOf(status),
    quotes: quotesOf(status, server),
    footnotes: [],
    block: null,
    index,
    boundary: null,
    provenance,
  }
}

export function timeAt(status: Json, key: string): string | null {
  return timeOfText(textAt(status, key))
}

/**
 * Whether this is what a server answers who deletes a post: the post with its words as they were typed, so that they
 * can be written anew, in place of its content (https://docs.joinmastodon.org/methods/statuses/#delete).
 */
export function isDeleted(status: Json): boolean {
  const isWhole = ['text', 'uri', 'visibility'].every((key) => typeof valueAt(status, key) === 'string')
  return isWhole && valueAt(status, 'content') === undefined && textAt(status, 'account', 'acct') !== null
}

/** The body in both forms: see the head of this file for content warnings and polls. */
export function bodyOf(status: Json): { readonly text: string; readonly html: string | null } {
  const content = (textAt(status, 'content') ?? typed(status)).slice(0, MAX_CONTENT)
  const own = objectAt(status, 'quote') === null ? content : content.replace(QUOTE_FALLBACK, '')
  const body = bodyFromHtml(`${own}${pollHtml(status)}`, null)
  const warning = textAt(status, 'spoiler_text')
  if (warning === null) return body
  return { text: body.text, html: `<p><strong>${escapeHtml(warning)}</strong></p>\n${body.html ?? ''}` }
}

function typed(status: Json): string {
  const words = isDeleted(status) ? (textAt(status, 'text') ?? '').slice(0, MAX_CONTENT) : ''
  const paragraphs = words.split(EMPTY_LINES).filter((paragraph) => paragraph !== '')
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replace(LINE_END, '<br>')}</p>`).join('')
}

function pollHtml(status: Json): string {
  const options = objectsAt(status, 'poll', 'options').map((option) => {
    const votes = countAt(option, 'votes_count')
    return `<li>${escapeHtml(textAt(option, 'title') ?? '')}${votes === null ? '' : ` (${votes})`}</li>`
  })
  return options.length === 0 ? '' : `<ul>${options.join('')}</ul>`
}

function parentOf(status: Json, server: Server): Parent | null {
  const id = localIdAt(status, 'in_reply_to_id')
  if (id === null) return null
  const ref = refOfLocal(id, localIdAt(status, 'in_reply_to_account_id'), server)
  const key = server.uris.has(id) ? id : null
  return { ref, key, basis: 'declared', p: 1, say: 'in_reply_to_id of the status' }
}

export function mediaOf(status: Json): readonly Media[] {
  return objectsAt(status, 'media_attachments').flatMap((media) => {
    const url = urlAt(media, 'url') ?? urlAt(media, 'remote_url')
    if (url === null) return []
    const kind = MEDIA_KINDS.get(textAt(media, 'type') ?? '') ?? 'file'
    return {
      kind,
      url,
      alt: textAt(media, 'description'),
      width: countAt(media, 'meta', 'original', 'width'),
      height: countAt(media, 'meta', 'original', 'height'),
      poster: kind === 'video' || kind === 'gif' ? urlAt(media, 'preview_url') : null,
    }
  })
}

// Mastodon 4.5 wraps the quoted status with a state and may withhold it; forks put the status there itself.
function quotesOf(status: Json, server: Server): readonly Quote[] {
  const quote = objectAt(status, 'quote') ?? objectAt(status, 'pleroma', 'quote')
  if (quote === null) return []
  const quoted = objectAt(quote, 'quoted_status') ?? (textAt(quote, 'content') === null ? null : quote)
  const id = localIdAt(quote, 'quoted_status_id')
  if (quoted === null) {
    return id === null
      ? []
      : [{ ref: refOfLocal(id, null, server), author: null, text: null, url: null, createdAt: null }]
  }
  const { text } = bodyOf({ ...quoted, quote: null })
  const author = authorOf(objectAt(quoted, 'account'), server)
  return [
    { ref: refOfStatus(quoted), author, text, url: urlAt(quoted, 'url'), createdAt: timeAt(quoted, 'created_at') },
  ]
}
