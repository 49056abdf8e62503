// One object of JSON under the names that posts.ts understands: which key is the text, whose, when, below what. Keys
// nobody knows stay.
import { bodyFromHtml } from '../../text/body.ts'
import { asObject, itemsOf, type Json, textAt, valueAt } from '../values/json-fields.ts'
import { accountOf, withAuthor } from './author.ts'
import { type Beside, besideRow } from './beside-row.ts'
import { fieldsOf, keptName, tellsPosts } from './columns.ts'
import { answeredNote, isNostrEvent, isNote, toldOfNote } from './nostr.ts'
import { asRowOfX, isRepost } from './row-of-x.ts'
import { momentOf } from './times.ts'

/** A row as posts.ts reads it, and what a table cannot tell. */
export interface NamedRow {
  readonly fields: Json
  readonly title: string | null
  readonly html: string | null
  readonly beside: Beside
  readonly isPostAuthor: boolean
  /** Whether it only shares another's post. */
  readonly isRepost: boolean
}

const MARKUP = /<\/?(?:p|br|a|span|div|blockquote|ul|ol|pre|code|strong|em|h[1-6])\b[^<>]{0,400}>/i
const ONLY_ID = /(?:_?id|hex|pubkey)$/i
/** Only posts of Bluesky are named so. */
const POST_URI = /^at:\/\/did:[a-z]+:[\w.:%-]+\/app\.bsky\.feed\.post\/[\w.~:-]+$/
const BLUESKY = 'bluesky'
/** Only what X's posts are called by has this name. */
const OF_X = /^tweet_?id(?:_?str)?$/i
const TITLES = ['title', 'headline', 'subject']
/** Keys of the id, where what is answered is named by an object. */
const REFERENCES = ['messageId', 'message_id', 'reply_to_msg_id', 'id_str', 'id', 'ID']
/** Keys of the words, where a text is an object of its forms; the one that keeps the most is first. */
const FORMS = ['html', 'rendered', 'text', 'markdown', 'message']
/** What X and Weibo write where nobody says anything of their own. */
const MERE_SHARE = /^\s*(?:RT @|转发微博|轉發微博|repost\s*$|$)/i
/** Characters of two texts that tell whether one repeats the other. */
const COMPARED = 20
const OF_POST_AUTHOR = ['author_is_uploader', 'is_submitter', 'isAuthor', 'is_author']

/** Whether an object has a text and tells whose, when or which. */
export function isPostRow(row: Json): boolean {
  if ((isNostrEvent(row) && !isNote(row)) || isParagraph(row)) return false
  const names = Object.keys(row)
  const fields = fieldsOf(names)
  const text = wordsOf(row[names[fields.indexOf('text')] ?? ''])
  return typeof text === 'string' && text.trim() !== '' && tellsPosts(fields)
}

/** Of an article as Medium keeps it: it has words, and a name of its own that is nobody's. */
function isParagraph({ markups }: Json): boolean {
  return Array.isArray(markups)
}

/** Whether an object would be a post, had it words. */
export function isWordlessRow(row: Json): boolean {
  const fields = fieldsOf(Object.keys(row))
  return fields.includes('text') && fields.includes('createdAt')
}

/** An object outside of every list needs whose and when. */
export function isSurePost(row: Json): boolean {
  const fields = fieldsOf(Object.keys(row))
  return fields.includes('author') && fields.includes('createdAt')
}

export function tellsWhose(row: Json): boolean {
  return fieldsOf(Object.keys(row)).includes('author')
}

export function nameRow(row: Json): NamedRow {
  const names = Object.keys(row)
  const known = fieldsOf(names)
  const at = known.indexOf('text')
  const body = bodyOf(row[names[at] ?? ''])
  const entries = names.map((name, i) => readField(known[i] ?? null, name, i === at ? body.text : row[name]))
  const told = withAuthor(Object.fromEntries(entries))
  const note = isNostrEvent(row) ? toldOfNote(row) : null
  const fields = note === null ? told : noteFields(row, told, note.publishedAt)
  const isNamed = names.some((name) => OF_X.test(name))
  const title = note?.title ?? TITLES.map((name) => textAt(row, name)).find((one) => one !== null) ?? null
  const named = isOfBluesky(fields) ? { platform: BLUESKY, ...fields } : asRowOfX(fields, isNamed)
  return {
    fields: named,
    title: body.html === null ? title : unescaped(title),
    html: body.html,
    beside: besideRow(row, named),
    isPostAuthor: OF_POST_AUTHOR.some((name) => row[name] === true),
    isRepost: names.some((name) => isRepost(name, row[name]) && !isAnswered(body.text, asObject(row[name]))),
  }
}

/** Whether somebody shares a post with words of their own above it, as on Weibo. X repeats what is shared. */
function isAnswered(own: unknown, shared: Json | null): boolean {
  if (shared === null || typeof own !== 'string' || MERE_SHARE.test(own)) return false
  const names = Object.keys(shared)
  const { text } = bodyOf(shared[names[fieldsOf(names).indexOf('text')] ?? ''])
  const [ownStart, sharedStart] = [startOf(own), startOf(typeof text === 'string' ? text : '')]
  return ownStart !== '' && sharedStart !== '' && !own.includes(sharedStart) && !sharedStart.startsWith(ownStart)
}

function startOf(text: string): string {
  return text.trim().slice(0, COMPARED)
}

function noteFields(row: Json, told: Json, publishedAt: string | null): Json {
  const published = publishedAt === null ? {} : { createdAt: momentOf(publishedAt, null) ?? told['createdAt'] }
  return { ...told, ...published, inReplyTo: answeredNote(row) }
}

function isOfBluesky({ id }: Json): boolean {
  return typeof id === 'string' && POST_URI.test(id)
}

/** Who writes the words as HTML escapes signs in titles too. */
function unescaped(title: string | null): string | null {
  return title?.includes('&') === true ? bodyFromHtml(title.replaceAll('<', '&lt;'), null).text : title
}

/** Some write a text as an object around it, or in pieces: plain ones, and marked ones as objects. */
function wordsOf(value: unknown): unknown {
  const items = itemsOf(value)
  if (items === null) return FORMS.map((form) => textAt(value, form)).find((form) => form !== null) ?? value
  const pieces = items.map((piece) => (typeof piece === 'string' ? piece : textAt(piece, 'text')))
  return pieces.length > 0 && pieces.every((piece) => piece !== null) ? pieces.join('') : value
}

function bodyOf(written: unknown): { readonly text: unknown; readonly html: string | null } {
  const value = wordsOf(written)
  return typeof value === 'string' && MARKUP.test(value) ? bodyFromHtml(value, null) : { text: value, html: null }
}

function readField(field: string | null, name: string, value: unknown): readonly [string, unknown] {
  if (field === 'createdAt')
    return [field, typeof value === 'number' || typeof value === 'string' ? momentOf(String(value), null) : value]
  if (field === 'inReplyTo') return [field, answeredIn(value)]
  if (field === 'author') return [field, authorOf(name, value)]
  return [field ?? keptName(name), value]
}

/** The id of what is answered, where an object names it; `false` and a list without items name nothing. */
function answeredIn(value: unknown): unknown {
  if (value === false) return null
  if (Array.isArray(value)) return value.length === 0 ? null : value
  return REFERENCES.map((key) => valueAt(value, key)).find(Boolean) ?? value
}

function authorOf(name: string, value: unknown): unknown {
  const fields = asObject(value)
  if (fields !== null) return accountOf(fields)
  return ONLY_ID.test(name) && value != null ? { id: value } : value
}
