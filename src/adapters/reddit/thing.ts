// One thing of Reddit's JSON → one post: a submission is an article, a comment a comment. Where it stands in a listing
// and what is missing around it is json.ts's business.
import type { Media, Parent, Post, Provenance, Quote } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { bodyWithLink, escapeHtml, makePost, NO_BODY, timeOfSeconds } from '../extraction/post.ts'
import { asObject, countAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { declaredParent, isSubmission, NAME, nameOf, permalinkOf, refOf, userOf } from './names.ts'

const ENTITY = /&(lt|gt|amp|quot|#39|#x27);/g
const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", '#x27': "'" }
const WITHHELD = /^\[\s*(deleted|removed)(?:\s+by\s+(?!\s)[^\]]{1,40})?\s*\]$/i
/** A line that Reddit's editor keeps empty, as Markdown holds it. */
const EMPTY_LINE = /^\s{0,100}&#x200b;\s{0,100}$/gim
const PICTURE = /\.(?:jpe?g|png|gif|webp)$/i

/** Whether this capture's texts are escaped once more: so they are unless asked with `raw_json=1`. */
export interface Spelling {
  readonly isEscaped: boolean
}

interface Placed {
  readonly name: string
  /** The name of the thing it is nested in, or null. */
  readonly above: string | null
  readonly provenance: Provenance
}

export function postOfThing(data: Json, { name, above, provenance }: Placed, spelling: Spelling): Post {
  const submission = isSubmission(name) ? name : nameOf(textAt(data, 'link_id'))
  return makePost({
    key: name,
    ref: refOf(name),
    kind: isSubmission(name) ? 'article' : 'comment',
    platform: NAME,
    title: isSubmission(name) ? spell(textAt(data, 'title'), spelling) : null,
    author: userOf(textAt(data, 'author'), textAt(data, 'author_fullname')),
    isPostAuthor: valueAt(data, 'is_submitter') === true,
    ...bodyOf(data, spelling),
    createdAt: timeAt(data, 'created_utc'),
    editedAt: timeAt(data, 'edited'),
    url: permalinkOf(textAt(data, 'permalink'), name, submission),
    parent: isSubmission(name) ? null : parentOf(data, above),
    conversation: submission,
    media: isSubmission(name) ? mediaOf(data, spelling) : [],
    quotes: isSubmission(name) ? crosspostOf(data, spelling) : [],
    provenance,
  })
}

function timeAt(data: Json, key: string): string | null {
  return timeOfSeconds(valueAt(data, key))
}

/** Ids are numbers of this base. */
const SPELLED = 36

/** Why the words are not here, or null. Deleted by their author, removed by others. */
export function withheldOf(data: Json): string | null {
  const said = WITHHELD.exec((textAt(data, 'body') ?? textAt(data, 'selftext') ?? '').trim())?.[1]
  if (said !== undefined) return said.toLowerCase()
  const category = textAt(data, 'removed_by_category')
  if (category === null || textAt(data, 'selftext') !== null) return null
  return category === 'deleted' ? 'deleted' : 'removed'
}

function parentOf(data: Json, above: string | null): Parent | null {
  const named = nameOf(textAt(data, 'parent_id')) ?? countedParent(data)
  return named === null
    ? declaredParent(above, 'nested in the replies of its parent')
    : declaredParent(named, 'its parent_id')
}

/** Pushshift writes it as the number that the id spells since the end of 2022, without its kind. */
function countedParent(data: Json): string | null {
  const id = countAt(data, 'parent_id')?.toString(SPELLED)
  if (id === undefined) return null
  const link = nameOf(textAt(data, 'link_id'))
  return link === `t3_${id}` ? link : nameOf(`t1_${id}`)
}

function bodyOf(data: Json, spelling: Spelling): Body {
  if (withheldOf(data) !== null) return NO_BODY
  const html = textAt(data, 'body_html') ?? textAt(data, 'selftext_html')
  const link = valueAt(data, 'is_self') === true ? null : spell(textAt(data, 'url'), spelling)
  // Dumps of third parties leave the HTML out; what remains is Markdown, kept as its author typed it.
  const typed = html === null ? spell(textAt(data, 'body') ?? textAt(data, 'selftext'), spelling) : null
  if (typed !== null) {
    const text = typed.replace(EMPTY_LINE, '').trim()
    return { text: link === null ? text : `${link}\n\n${text}`, html: null }
  }
  const words = html === null ? '' : (spell(html, spelling) ?? '')
  const poll = pollHtml(data, spelling)
  return words === '' && poll === '' && link === null ? NO_BODY : bodyWithLink(link, `${words}${poll}`, null)
}

/** The options of a poll as lines, with their votes where they are shown. */
function pollHtml(data: Json, spelling: Spelling): string {
  const options = objectsAt(data, 'poll_data', 'options').map((option) => {
    const votes = countAt(option, 'vote_count')
    return `<li>${escapeHtml(spell(textAt(option, 'text'), spelling) ?? '')}${votes === null ? '' : ` (${votes})`}</li>`
  })
  return options.length === 0 ? '' : `<ul>${options.join('')}</ul>`
}

function spell(text: string | null, { isEscaped }: Spelling): string | null {
  return text === null || !isEscaped ? text : text.replace(ENTITY, (_, name: string) => SIGNS[name] ?? '')
}

function mediaOf(data: Json, spelling: Spelling): readonly Media[] {
  const video = objectAt(data, 'media', 'reddit_video') ?? objectAt(data, 'secure_media', 'reddit_video')
  const gallery = galleryOf(data, spelling)
  if (gallery.length > 0) return gallery
  if (video !== null) return mediaFrom('video', spell(textAt(video, 'fallback_url'), spelling), video)
  const link = spell(textAt(data, 'url'), spelling)
  return PICTURE.test(parseUrl(link)?.pathname ?? '') ? mediaFrom('image', link, pictureSize(data)) : []
}

function pictureSize(data: Json): Json {
  return objectAt(objectsAt(data, 'preview', 'images')[0], 'source') ?? {}
}

/** The gallery's order stands in `gallery_data`, its files in `media_metadata`. */
function galleryOf(data: Json, spelling: Spelling): readonly Media[] {
  return objectsAt(data, 'gallery_data', 'items').flatMap((item) => {
    const file = objectAt(data, 'media_metadata', textAt(item, 'media_id') ?? '')
    const source = objectAt(file, 's')
    const url = spell(textAt(source, 'u') ?? textAt(source, 'gif'), spelling)
    const size = { width: valueAt(source, 'x'), height: valueAt(source, 'y') }
    return mediaFrom('image', url, size).map((one) => ({ ...one, alt: spell(textAt(item, 'caption'), spelling) }))
  })
}

function mediaFrom(kind: Media['kind'], url: string | null, size: Json): readonly Media[] {
  const known = parseUrl(url)
  if (known === null) return []
  return [
    { kind, url: known.href, alt: null, width: countAt(size, 'width'), height: countAt(size, 'height'), poster: null },
  ]
}

/** A crosspost shows another submission. */
function crosspostOf(data: Json, spelling: Spelling): readonly Quote[] {
  const list = valueAt(data, 'crosspost_parent_list')
  const original = asObject(Array.isArray(list) ? (list as readonly unknown[])[0] : null)
  const name = nameOf(textAt(original, 'name'))
  if (original === null || name === null) return []
  const html = spell(textAt(original, 'selftext_html'), spelling)
  const words = [spell(textAt(original, 'title'), spelling), html === null ? null : bodyFromHtml(html, null).text]
  return [
    {
      ref: refOf(name),
      author: userOf(textAt(original, 'author')),
      text: words.filter((part) => part !== null && part !== '').join('\n\n') || null,
      url: permalinkOf(textAt(original, 'permalink'), name, name),
      createdAt: timeOfSeconds(valueAt(original, 'created_utc')),
    },
  ]
}
