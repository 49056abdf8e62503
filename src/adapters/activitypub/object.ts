// One ActivityStreams object (Note, Article, Page, Question, Video …) → one Post. Bodies go through the reader of the
// Mastodon API, so that the same post has the same words from both. It does not look for objects.
import type { Parent, Post, Provenance, Quote } from '../../model.ts'
import { articleBody } from '../article/blog-html.ts'
import { escapeHtml } from '../extraction/post.ts'
import { PLATFORM } from '../mastodon/names.ts'
import { bodyOf } from '../mastodon/status.ts'
import { asObject, countAt, type Json, objectAt, textAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'
import { attachedTo, pageOf } from './media.ts'
import { authorOf, idIn, listAt, refOf, timeAt, typesOf, visibilityOf } from './names.ts'

/** An object where it was found. */
export interface FoundObject {
  readonly object: Json
  /** JSON Pointer. */
  readonly path: string
}

/** Where forks and servers put the address of a quoted post (FEP-e232, FEP-044f, Misskey, Fedibird). */
const QUOTE_KEYS = ['quote', 'quoteUrl', 'quoteUri', 'quoteURL', '_misskey_quote']
const PLAIN_TYPES = new Set(['text/plain', 'text/markdown'])
/** A title is the author's, so the summary is a foreword; without one it is a content warning. */
const WARNED = new Set(['Note', 'Question'])
// Fedibird (2022) marks the quote's link with a class, Misskey ends the text in a line break and the link.
const QUOTE_SPAN = /<span class="quote-inline">.{0,2000}?<\/span>(?=\s*(?:<\/p>|$))/gs
const QUOTE_TAIL = /<br\s*\/?>\s*(?:<br\s*\/?>)?RE: (?:<\/span>)?<a [^>]{0,500}>[^<]{0,500}<\/a>(?=\s*<\/p>\s*$)/
const LINE_END = /\r\n|\r|\n/

/** The post. `present` holds the ids of all objects of the page; `provenance` is the page's, without path and extra. */
export function postOf(found: FoundObject, index: number, present: ReadonlySet<string>, provenance: Provenance): Post {
  const { object, path } = found
  const id = textAt(object, 'id')
  const page = pageOf(object)
  const attached = attachedTo(object, page)
  const body = bodyIn(object, attached.links)
  return {
    key: id ?? `object-${index + 1}`,
    ref: refOf(id),
    kind: typesOf(object).includes('Article') ? 'article' : 'post',
    platform: PLATFORM,
    author: authorOf(object, page),
    isPostAuthor: false,
    title: titleOf(object),
    text: body.text,
    html: body.html,
    createdAt: timeAt(object, 'published'),
    editedAt: editedAt(object),
    url: page ?? refOf(id)?.id ?? null,
    lang: langOf(object),
    parent: parentOf(object, present),
    conversation: textAt(object, 'conversation') ?? textAt(object, 'context') ?? textAt(object, 'inConversation'),
    media: attached.media,
    quotes: quotesOf(object),
    footnotes: body.footnotes,
    block: null,
    index,
    boundary: null,
    provenance: { ...provenance, path, extra: extraOf(object) },
  }
}

function titleOf(object: Json): string | null {
  return (
    textAt(object, 'name') ??
    (textAt(object, 'content') === null && !isWarned(object) ? textAt(object, 'summary') : null)
  )
}

function isWarned(object: Json): boolean {
  return textAt(object, 'name') === null && typesOf(object).some((type) => WARNED.has(type))
}

/**
 * What has a title may have footnotes. Content warning, poll options and linked pages stand where the Mastodon API's
 * reader puts them.
 */
function bodyIn(object: Json, links: readonly string[]): Pick<Post, 'text' | 'html' | 'footnotes'> {
  const content = contentOf(object)
  const isQuoting = quotesOf(object).length > 0
  const words = isQuoting ? content.replace(QUOTE_SPAN, '').replace(QUOTE_TAIL, '') : content
  const absent = links.filter((link) => !words.includes(escapeHtml(link)) && !words.includes(link))
  const added = absent.map((link) => `<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`)
  const options = [...listAt(object, 'oneOf'), ...listAt(object, 'anyOf')].map((option) => ({
    title: textAt(asObject(option), 'name'),
    votes_count: countAt(option, 'replies', 'totalItems'),
  }))
  const warning = isWarned(object) ? textAt(object, 'summary') : null
  const html = words + added.join('')
  const article = textAt(object, 'name') === null ? null : articleBody(html, null)
  if (article !== null && article.footnotes.length > 0) return article
  const body = bodyOf({ content: html, spoiler_text: warning, poll: { options }, quote: isQuoting ? {} : null })
  return { ...body, footnotes: [] }
}

/** The words as HTML. Some servers give them by language only; PeerTube gives Markdown, whose lines are kept. */
function contentOf(object: Json): string {
  const byLanguage = Object.values(objectAt(object, 'contentMap') ?? {}).find((text) => typeof text === 'string')
  const content = textAt(object, 'content') ?? (byLanguage as string | undefined) ?? ''
  if (!PLAIN_TYPES.has(textAt(object, 'mediaType') ?? '')) return content
  return escapeHtml(content).split(LINE_END).join('<br>')
}

function editedAt(object: Json): string | null {
  const updated = timeAt(object, 'updated')
  return updated === timeAt(object, 'published') ? null : updated
}

/** Mastodon says it by the only key of `contentMap`, Lemmy and PeerTube in `language`. */
function langOf(object: Json): string | null {
  const languages = Object.keys(objectAt(object, 'contentMap') ?? {})
  return languageOf(textAt(object, 'language', 'identifier') ?? (languages.length === 1 ? languages[0] : null))
}

function parentOf(object: Json, present: ReadonlySet<string>): Parent | null {
  const id =
    listAt(object, 'inReplyTo')
      .map(idIn)
      .find((found) => found !== null) ?? null
  const ref = refOf(id)
  if (id === null || ref === null || id === textAt(object, 'id')) return null
  return { ref, key: present.has(id) ? id : null, basis: 'declared', p: 1, say: 'inReplyTo of the object' }
}

function quotesOf(object: Json): readonly Quote[] {
  const refs = QUOTE_KEYS.map((key) => refOf(idIn(object[key]))).filter((ref) => ref !== null)
  const [ref] = refs
  return ref === undefined ? [] : [{ ref, author: null, text: null, url: ref.id, createdAt: null }]
}

function extraOf(object: Json): Provenance['extra'] {
  const visibility = visibilityOf(object)
  const warning = isWarned(object) ? textAt(object, 'summary') : null
  const extra = {
    ...(visibility === null || visibility === 'public' ? {} : { visibility }),
    ...(warning === null ? {} : { contentWarning: warning }),
  }
  return Object.keys(extra).length === 0 ? null : extra
}
