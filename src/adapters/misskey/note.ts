// One note of the Misskey API → one post. The text is MFM, Misskey's own light markup, and stays as its author typed
// it; a content warning is a label beside it, a poll's options are lines of both forms.
import type { Author, Media, Parent, Post, PostRef, Provenance, Quote } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { knownOf } from '../extraction/place.ts'
import { escapeHtml, makePost, timeOfText } from '../extraction/post.ts'
import { PLATFORM } from '../mastodon/names.ts'
import { countAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'

const ID = /^[\w-]{4,64}$/
const KINDS = new Set(['image', 'video', 'audio'])
/** The server's words for who may read: as the Mastodon API says it. */
const VISIBILITIES: ReadonlyMap<string, string> = new Map([
  ['home', 'unlisted'],
  ['followers', 'private'],
  ['specified', 'direct'],
])
const SAY_PARENT = 'replyId of the note'

/** A note's own id, or null. */
export function noteId(note: Json): string | null {
  const id = textAt(note, 'id')
  return id !== null && ID.test(id) ? id : null
}

/** `host` is the server that answered; notes of other servers say their own uri. */
export function postOfNote(note: Json, id: string, host: string | null, place: Provenance): Post {
  const ref = refOfNote(note, id, host)
  const files = objectsAt(note, 'files')
  return makePost({
    key: id,
    ref,
    kind: 'post',
    platform: PLATFORM,
    author: authorOf(objectAt(note, 'user'), host),
    ...bodyOf(note),
    createdAt: timeOfText(textAt(note, 'createdAt')),
    editedAt: timeOfText(textAt(note, 'updatedAt')),
    url: parseUrl(textAt(note, 'url') ?? ref?.id ?? null)?.href ?? null,
    lang: languageOf(textAt(note, 'lang')),
    parent: parentOf(note, host),
    media: files.flatMap(mediumOf),
    quotes: quoteOf(note, host),
    provenance: { ...place, extra: extraOf(note) },
  })
}

/** A note without words of its own that shows another one: somebody else's words. */
export function isRenote(note: Json): boolean {
  const isShown = textAt(note, 'renoteId') !== null
  const isEmpty = textAt(note, 'text') === null && textAt(note, 'cw') === null
  return isShown && isEmpty && objectsAt(note, 'files').length === 0 && objectAt(note, 'poll') === null
}

/** The uri that other servers know it by; a server's own notes are named by their address there. */
function refOfNote(note: Json, id: string, host: string | null): PostRef | null {
  const uri = parseUrl(textAt(note, 'uri'))
  if (uri !== null) return { platform: PLATFORM, id: uri.href }
  return refOfLocal(id, host)
}

/** Without a server's name an id says nothing outside of the file. */
function refOfLocal(id: string, host: string | null): PostRef | null {
  return host === null ? null : { platform: PLATFORM, id: `https://${host}/notes/${id}` }
}

function authorOf(user: Json | null, host: string | null): Author | null {
  const name = textAt(user, 'username')
  if (name === null) return null
  const home = textAt(user, 'host') ?? host
  const handle = home === null ? name : `${name}@${home}`
  return { id: null, handle, name: textAt(user, 'name'), url: home === null ? null : `https://${home}/@${name}` }
}

function parentOf(note: Json, host: string | null): Parent | null {
  const id = textAt(note, 'replyId')
  if (id === null) return null
  const reply = objectAt(note, 'reply')
  const ref = reply === null ? refOfLocal(id, host) : refOfNote(reply, id, host)
  return { ref, key: id, basis: 'declared', p: 1, say: SAY_PARENT }
}

function quoteOf(note: Json, host: string | null): readonly Quote[] {
  const id = textAt(note, 'renoteId')
  if (id === null) return []
  const shown = objectAt(note, 'renote')
  const ref = shown === null ? refOfLocal(id, host) : refOfNote(shown, id, host)
  return [
    {
      ref,
      author: authorOf(objectAt(shown, 'user'), host),
      text: textAt(shown, 'text'),
      url: ref?.id ?? null,
      createdAt: timeOfText(textAt(shown, 'createdAt')),
    },
  ]
}

function mediumOf(file: Json): readonly Media[] {
  const url = parseUrl(textAt(file, 'url'))
  if (url === null) return []
  const type = textAt(file, 'type')?.split('/')[0] ?? ''
  const kind = KINDS.has(type) ? (type as Media['kind']) : 'file'
  return [
    {
      kind,
      url: url.href,
      alt: textAt(file, 'comment'),
      width: countAt(file, 'properties', 'width'),
      height: countAt(file, 'properties', 'height'),
      poster: kind === 'video' ? (parseUrl(textAt(file, 'thumbnailUrl'))?.href ?? null) : null,
    },
  ]
}

/** The warning stands first in the HTML and not in the text, as with Mastodon. */
function bodyOf(note: Json): Body {
  const words = escapeHtml(textAt(note, 'text') ?? '').replaceAll('\n', '<br>')
  const body = bodyFromHtml(`${words === '' ? '' : `<p>${words}</p>`}${pollHtml(note)}`, null)
  const warning = textAt(note, 'cw')
  if (warning === null) return body
  return { text: body.text, html: `<p><strong>${escapeHtml(warning)}</strong></p>\n${body.html ?? ''}` }
}

function pollHtml(note: Json): string {
  const options = objectsAt(note, 'poll', 'choices').map((choice) => {
    const votes = countAt(choice, 'votes')
    return `<li>${escapeHtml(textAt(choice, 'text') ?? '')}${votes === null ? '' : ` (${votes})`}</li>`
  })
  return options.length === 0 ? '' : `<ul>${options.join('')}</ul>`
}

function extraOf(note: Json): Provenance['extra'] {
  return knownOf({
    visibility: VISIBILITIES.get(textAt(note, 'visibility') ?? '') ?? null,
    contentWarning: textAt(note, 'cw'),
    withheld: valueAt(note, 'isHidden') === true ? 'hidden' : null,
  })
}
