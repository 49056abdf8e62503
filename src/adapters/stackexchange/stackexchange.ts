// Question pages of Stack Overflow and the other sites of its software: the question, its answers and the comments
// below each. Parents are the site's own. Votes decide the order of answers, so that it says nothing.
import type { Document, Element } from 'domhandler'
import { attr, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { limitNext, makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { authorOf, listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { readDate } from '../values/dates.ts'

const READER = { name: 'stackexchange', version: 1 } as const
const HOSTS =
  /^(?:[\w.-]+\.)?(?:stackoverflow\.com|stackexchange\.com|superuser\.com|serverfault\.com|askubuntu\.com|mathoverflow\.net|stackapps\.com)$/
const QUESTION_PATH = /^\/(?:questions|q)\/(\d{1,12})(?:\/|$)/
const ANSWER_PATH = /^\/a\/(\d{1,12})(?:\/|$)/
const QUESTION = '#question[data-questionid]'
const ANSWERS = '#answers .answer[data-answerid]'
const COMMENTS = '.comment[id^="comment-"]'
const COMMENT_ID = /^comment-(\d+)$/
/** Comments that a script would fetch. */
const HIDDEN = '.js-show-link:not(.dno)'

export const stackexchange: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://stackoverflow.com/questions/900/which-knot-holds', 'https://pottery.stackexchange.com/a/901'],

  locate(url: URL): Located | null {
    if (!HOSTS.test(url.hostname)) return null
    const question = QUESTION_PATH.exec(url.pathname)?.[1]
    const answer = ANSWER_PATH.exec(url.pathname)?.[1]
    if (question !== undefined) return { kind: 'post', id: `${url.host}/q${question}`, fetch: url.href }
    return answer === undefined ? null : { kind: 'post', id: `${url.host}/a${answer}`, fetch: url.href }
  },

  recognises: (page) =>
    page.kind === 'html' && page.text.includes('data-questionid') && selectOne(QUESTION, page.html().root) !== null,

  extract: extractQuestion,
}

interface Place {
  readonly page: Page
  readonly base: URL | null
  readonly question: string
}

function extractQuestion(page: Page): Extraction {
  const { root } = page.html()
  const element = selectOne(QUESTION, root)
  const question = attr(element, 'data-questionid')
  if (element === null || question === null) return makeExtraction({})
  const base = baseOf(root, page)
  const place: Place = { page, base, question }
  const title = textOf(selectOne('#question-header h1, h1[itemprop~="name"]', root))
  const opening = { ...readEntry(element, place, `q${question}`), kind: 'article', title, parent: null } as const
  const answers = select(ANSWERS, root).map((one) => [one, `a${attr(one, 'data-answerid')}`] as const)
  const { next, notes } = limitNext(page, pagesOf(root, base))
  const posts = [
    opening,
    ...commentsIn(element, place, `q${question}`),
    ...answers.flatMap(([one, key]) => [readAnswer(one, place, key), ...commentsIn(one, place, key)]),
  ]
  return makeExtraction({
    posts: listPosts(posts),
    next,
    notes: [...notes, ...cutNotes(page, root, next.length)],
    declared: { title, site: base?.host ?? null, replies: null },
  })
}

function baseOf(root: Document, page: Page): URL | null {
  return page.url ?? parseUrl(attr(selectOne('link[rel~="canonical"]', root), 'href'))
}

function pagesOf(root: Document, base: URL | null): string[] {
  const links = select('.pager-answers a[rel~="next"], .pager-answers a[rel~="prev"]', root)
  return links.map((link) => resolve(attr(link, 'href'), base)).filter((url) => url !== null)
}

function readAnswer(element: Element, place: Place, key: string): Post {
  const say = 'answers the question of its page'
  const votes = { accepted: hasClass(element, 'accepted-answer'), score: attr(element, 'data-score') }
  const post = readEntry(element, place, key)
  const extra = knownOf({ ...post.provenance.extra, ...votes })
  return { ...post, provenance: { ...post.provenance, extra }, parent: answerTo(place, `q${place.question}`, say) }
}

/** A question or an answer; who edited it stands before who wrote it. */
function readEntry(element: Element, place: Place, key: string): Post {
  const { page, base } = place
  const body = selectOne('.js-post-body, .post-text', element)
  const written = select('.post-signature, .user-info', element).at(-1) ?? null
  return makePost({
    key,
    ref: refOf(place, key),
    kind: 'comment',
    platform: READER.name,
    author: writerOf(signatureIn(written ?? element), base),
    ...bodyFromNodes(body?.children ?? [], base),
    createdAt: timeIn(written, '.user-action-time [title]'),
    editedAt: timeIn(element, 'a[href*="/revisions"] [title]'),
    url: resolve(`/${key.slice(0, 1)}/${key.slice(1)}`, base),
    conversation: refOf(place, `q${place.question}`)?.id ?? null,
    provenance: placeInHtml(page, READER, element, null),
  })
}

function commentsIn(element: Element, place: Place, above: string): Post[] {
  return select(COMMENTS, element).flatMap((comment) => {
    const number = COMMENT_ID.exec(attr(comment, 'id') ?? '')?.[1]
    const words = selectOne('.comment-copy', comment)
    if (number === undefined || words === null) return []
    return makePost({
      key: `c${number}`,
      ref: refOf(place, `c${number}`),
      kind: 'comment',
      platform: READER.name,
      author: writerOf(selectOne('.comment-user', comment), place.base),
      ...bodyFromNodes(words.children, place.base),
      createdAt: timeIn(comment, '.comment-date [title]'),
      url: resolve(attr(selectOne('a.comment-link', comment), 'href'), place.base),
      parent: answerTo(place, above, 'stands below this post as a comment'),
      conversation: refOf(place, `q${place.question}`)?.id ?? null,
      provenance: placeInHtml(place.page, READER, comment, null),
    })
  })
}

function refOf({ base }: Place, key: string): PostRef | null {
  return base === null ? null : { platform: READER.name, id: `${base.host}/${key}` }
}

function answerTo(place: Place, key: string, say: string): Parent {
  return { ref: refOf(place, key), key, basis: 'declared', p: 1, say }
}

/** Accounts that are gone keep a name without a link, printed once more for machines, beside what they had earned. */
function signatureIn(element: Element): Element | null {
  const details = selectOne('.user-details', element)
  return details === null ? null : (selectOne('a[href*="/users/"], [itemprop~="name"]', details) ?? details)
}

function writerOf(element: Element | null, base: URL | null): Author | null {
  const href = attr(element, 'href')
  return element === null ? null : authorOf(textOf(element), resolve(href, base))
}

function timeIn(element: Element | null, selector: string): string | null {
  const place = element === null ? null : selectOne(selector, element)
  return readDate(attr(place, 'title'))?.iso ?? null
}

function cutNotes(page: Page, root: Document, pages: number): Note[] {
  const more = 'This question has more pages of answers; they are not here.'
  const hidden = 'Some comments are shown only when asked for; they are not here.'
  return [
    ...(pages > 0 ? [noteOn(page, 'warning', 'more-pages', more)] : []),
    ...(selectOne(HIDDEN, root) !== null ? [noteOn(page, 'warning', 'comments-cut', hidden)] : []),
  ]
}
