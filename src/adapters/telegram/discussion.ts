// Comments below a message of a channel, as the widget that sites embed shows them (?embed=1&discussion=1): the last
// few, oldest first, and how many there are. The message itself is not on the page.
import type { Document, Element } from 'domhandler'
import { attr, closestAround, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { nameOfUrl, postOf, REPLY, refOf, TEMPLATE } from './message.ts'

const COMMENTS = '.tgme_post_discussion .tgme_widget_message[data-post-id]'
const HEADER = ':is(.tgme_post_discussion_header_wrap, .tgme_post_discussion_header)'
const DIGITS = /^\d{1,12}$/
const TOTAL = /^(\d{1,9}) comments?\b/
const MORE = /^Show (\d{1,9}) more/

export function isDiscussion(root: Document): boolean {
  return selectOne(COMMENTS, root) !== null && aboutIn(root) !== null
}

export function readDiscussion(page: Page): Extraction {
  const { root } = page.html()
  const about = aboutIn(root)
  if (about === null) return makeExtraction({})
  const posts = listPosts(select(COMMENTS, root).flatMap((message) => commentOf(page, message, about)))
  const total = TOTAL.exec(textOf(selectOne(HEADER, root)) ?? '')?.[1]
  return makeExtraction({
    posts,
    notes: moreNotes(page, root),
    declared: { title: null, site: 'Telegram', replies: total === undefined ? null : Number(total) },
  })
}

/** The message the comments are on: `harbournews/120`. */
function aboutIn(root: Document): string | null {
  const names = select(`${HEADER} a`, root).map((link) => nameOfUrl(attr(link, 'href')))
  return names.find((name) => name !== null) ?? null
}

function commentOf(page: Page, message: Element, about: string): readonly Post[] {
  const number = attr(message, 'data-post-id') ?? ''
  if (!DIGITS.test(number)) return []
  const name = nameOfComment(about, number)
  const post = postOf(page, message, name, null)
  return [
    { ...post, kind: 'comment', author: authorIn(message), parent: parentIn(message, about), conversation: about },
  ]
}

/** As its own address has it: `harbournews/120?comment=58`. */
function nameOfComment(about: string, number: string): string {
  return `${about}?comment=${number}`
}

function authorIn(message: Element): Author | null {
  const names = select('.tgme_widget_message_author_name', message)
  const own = names.find((one) => closestAround(one, TEMPLATE) === null && closestAround(one, REPLY) === null) ?? null
  const name = textOf(own)
  const url = parseUrl(attr(own, 'href'))
  const handle = url === null ? null : url.pathname.slice(1)
  return name === null ? null : { id: null, handle: handle === '' ? null : handle, name, url: url?.href ?? null }
}

/** Another comment where one is shown inside this one, else the message. */
function parentIn(message: Element, about: string): Parent | null {
  const reply = selectOne(REPLY, message)
  if (reply === null) {
    return { ref: refOf(about), key: about, basis: 'layout', p: 0.95, say: 'stands among the comments on that message' }
  }
  const number = attr(reply, 'data-reply-to') ?? parseUrl(attr(reply, 'href'))?.searchParams.get('comment') ?? ''
  if (!DIGITS.test(number)) return null
  const name = nameOfComment(about, number)
  return { ref: refOf(name), key: name, basis: 'declared', p: 1, say: 'shows the comment it answers' }
}

/** What is left out has no address: the widget asks for it in a form. */
function moreNotes(page: Page, root: Document): Note[] {
  const counts = select('.js-messages_more', root).map((one) => Number(MORE.exec(textOf(one) ?? '')?.[1] ?? 0))
  const count = counts.reduce((sum, one) => sum + one, 0)
  const message = `Comments that the widget shows on a click only: ${count}.`
  return count === 0 ? [] : [noteOn(page, 'warning', 'more-elsewhere', message)]
}
