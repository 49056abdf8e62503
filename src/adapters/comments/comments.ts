// Comments on pages of unknown software, kept as comments and never mixed into the article: items marked up or named as
// comments, or like boxes with a date each in the comments' part of the page. Where the software is known, its own
// adapter reads.
import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler'
import { attr, hasAncestor, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { ARTICLE_KEY } from '../article/blog-article.ts'
import { type Extra, knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import type { PrintedTime } from '../values/dates.ts'
import { findAreas, isNamed } from './areas.ts'
import type { CommentBox } from './boxes.ts'
import { type BoxPage, type ReadBox, readBox } from './comment.ts'
import { dateOrderOf } from './date-order.ts'
import { drawnIn } from './drawn.ts'
import { findRuns } from './headed-runs.ts'
import { parentsByDepth } from './levels.ts'
import { readLinkedComments } from './linked.ts'
import { parentsOf } from './nesting.ts'
import { markedOf } from './post-author.ts'
import { WAYS, type Way } from './ways.ts'

/** Items read of one page. */
const MAX_ITEMS = 5_000
/** Characters of the only comment of a page that nothing names a comment. */
const MIN_LONE = 40
/** An answer that a review widget prints inside the review, without name and date of its own; shorter is a button. */
const ANSWER = /reply[-_]{0,2}(?:content|text|body|message)(?:\s|$)/i
const MIN_ANSWER = 24
/** What a less sure way has to tell, as a multiple, to be believed before a surer one. */
const MORE = 1.05
/** Share of an area's characters that its comments make up. */
const MOST = 0.5
/** Characters before the first comment of a box that nothing names: the article stands there, too. */
const MIN_ARTICLE = 140
const OWN_IDS = ['data-comment-id', 'data-commentid', 'data-id', 'id']
const PARENT_IDS = [
  'data-parent-comment-id',
  'data-parent-id',
  'data-parentid',
  'data-parent',
  'data-reply-to',
  'parentid',
  'data-subject-parent-value',
]
const NUMBER = /(?<!\d)(\d+)\D*$/

export interface PageComments {
  readonly posts: readonly Post[]
  readonly times: readonly PrintedTime[]
  /** The items and the boxes they stand in, which are no part of the article. */
  readonly elements: ReadonlySet<Element>
}

interface Item extends CommentBox {
  readonly read: ReadBox
}

interface Reading {
  readonly items: readonly Item[]
  readonly p: number
  readonly say: string
}

/** All comments of the page as answers to the article (key ARTICLE_KEY); `index` counts from 1. */
export function readPageComments(page: Page, reader: Reader, base: URL | null): PageComments {
  const { root } = page.html()
  const areas = findAreas(root)
  const told = bestReading(root, areas, { base, order: dateOrderOf(root) })
  const best = { ...told, items: withAnswers(told.items, base) }
  if (best.items.length === 0) {
    const linked = readLinkedComments(page, reader, base)
    return { ...linked, elements: drawnIn(root, linked.posts) }
  }
  const keys = keysOf(best.items)
  const marked = markedOf(best.items.map(({ read }) => read))
  const posts = best.items.map((item, i) =>
    makePost({
      key: keyOf(i),
      kind: 'comment',
      platform: reader.name,
      author: item.read.author,
      isPostAuthor: marked[i] === true,
      ...item.read.body,
      createdAt: item.read.time?.iso ?? null,
      url: item.read.url,
      parent: parentOf(i, best, keys),
      index: i + 1,
      provenance: placeInHtml(page, reader, fullest(item.roots), unreadTime(item.read)),
    }),
  )
  const times = best.items.map(({ read }) => read.time).filter((time) => time !== null)
  const elements = new Set(best.items.flatMap(({ roots }) => roots))
  const around = [...areas.filter((area) => isFilled(area, elements)), ...headingsOf(root, areas, elements)]
  return { posts, times, elements: new Set([...elements, ...around]) }
}

/**
 * `3 days ago`, `12 March`: kept as printed. A post's time has no basis in the model, so that one counted back from the
 * capture, whose own clock may be a file's, could not be told from one that the page says.
 */
export function unreadTime({ time, when, isCollapsed }: ReadBox): Extra | null {
  const printedTime = time === null && when !== '' ? when : null
  return knownOf({ printedTime, withheld: isCollapsed ? 'collapsed' : null })
}

/** Of a comment spread over several elements, the one with most of its words. */
export function fullest(roots: readonly Element[]): Element {
  const length = (element: Element) => textOf(element)?.length ?? 0
  return roots.reduce((best, next) => (length(next) > length(best) ? next : best))
}

/** The way that tells most comments; of those about equal, the surest. */
function bestReading(root: Document, areas: readonly Element[], page: BoxPage): Reading {
  const readings = WAYS.map(({ find, p, say, needsBoth, least }: Way) => {
    const read = withDepths(readAll(find(root, areas).slice(0, MAX_ITEMS), page, needsBoth))
    const items = read.length < (least ?? 0) ? [] : read
    return { items, p, say: say.replace('LIKE', String(items.length)) }
  })
  return readings.reduce((best, next) => (next.items.length > MORE * best.items.length ? next : best))
}

/** Where nothing stands inside anything else, depth may be drawn. */
function withDepths(items: readonly Item[]): readonly Item[] {
  if (items.some(({ parent }) => parent !== null)) return items
  const parents = parentsByDepth(items.map(({ roots }) => roots[0] as Element))
  return items.map((item, i) => ({ ...item, parent: parents[i] ?? null }))
}

/** The boxes that say something, parents counted among them. */
function readAll(boxes: readonly CommentBox[], page: BoxPage, needsBoth: boolean): Item[] {
  const all = new Set(boxes.flatMap(({ roots }) => roots))
  const read = boxes.map(({ roots }) => {
    const one = readBox(roots, (element) => all.has(element) && !roots.includes(element), page)
    return one === null || (needsBoth && !isSure(one, boxes.length)) ? null : one
  })
  const places = new Map<number, number>()
  for (const [i, one] of read.entries()) if (one !== null) places.set(i, places.size)
  const placeOf = (index: number | null): number | null => {
    for (let at = index; at !== null; at = boxes[at]?.parent ?? null) if (places.has(at)) return places.get(at) ?? null
    return null
  }
  // Answers may stand in a list beside what they answer, with a box around both that says nothing itself.
  const beside = parentsOf(boxes.filter((_, i) => read[i] !== null).map(({ roots }) => roots[0] as Element))
  return boxes.flatMap((box, i) => {
    const one = read[i] ?? null
    if (one === null) return []
    return [{ ...box, parent: placeOf(box.parent) ?? beside[places.get(i) ?? 0] ?? null, read: one }]
  })
}

/** The comments with the answers printed inside them, each behind its comment. */
function withAnswers(items: readonly Item[], base: URL | null): Item[] {
  const all = new Set(items.flatMap(({ roots }) => roots))
  const groups = items.map((item) => [item, ...answersIn(item, all, base)])
  let next = 0
  const starts = groups.map((group) => {
    next += group.length
    return next - group.length
  })
  const startOf = (index: number | null) => (index === null ? null : (starts[index] ?? null))
  return groups.flatMap((group, i) =>
    group.map((item, place) => ({ ...item, parent: startOf(place === 0 ? item.parent : i) })),
  )
}

function answersIn({ roots, read: { body: words } }: Item, all: ReadonlySet<Element>, base: URL | null): Item[] {
  const inside = roots.flatMap((root) => [...walk(root, (element) => element !== root && all.has(element))])
  const answers = inside.filter(isTag).filter((element) => isAnswer(element) && !holdsAny(element, all))
  return answers.flatMap((element) => {
    const body = bodyFromNodes(element.children, base)
    const read = {
      author: null,
      time: null,
      url: null,
      body,
      when: null,
      isCollapsed: false,
      isLink: false,
      hasBadge: false,
      answers: [],
    }
    // Every comment is called a reply somewhere.
    return body.text.includes(words.text) ? [] : [{ roots: [element], parent: null, read }]
  })
}

function holdsAny(element: Element, all: ReadonlySet<Element>): boolean {
  for (const node of walk(element)) if (isTag(node) && all.has(node)) return true
  return false
}

function isAnswer(element: Element): boolean {
  return (
    ANSWER.test(attr(element, 'class') ?? '') &&
    (textOf(element)?.length ?? 0) >= MIN_ANSWER &&
    selectOne('textarea', element) === null
  )
}

/** Of a box that only looks like a comment all parts are wanted, and of a lone one a sentence. */
function isSure({ author, when, isLink, body }: ReadBox, boxes: number): boolean {
  return author !== null && when !== null && !isLink && (boxes > 1 || body.text.length >= MIN_LONE)
}

/** Keys by the place and the number that the page gives a comment. */
function keysOf(items: readonly Item[]): ReadonlyMap<string, string> {
  const names = items.map(({ roots }) => [
    attr(roots[0] as Element, 'id') ?? '',
    ...numbersIn(roots[0] as Element, OWN_IDS),
  ])
  return new Map(names.flatMap((own, i) => own.filter((name) => name !== '').map((name) => [name, keyOf(i)])))
}

function numbersIn(element: Element, names: readonly string[]): string[] {
  return names.map((name) => NUMBER.exec(attr(element, name) ?? '')?.[1] ?? '').filter((number) => number !== '')
}

function parentOf(index: number, { items, p, say }: Reading, keys: ReadonlyMap<string, string>): Parent {
  const { roots, parent, read } = items[index] as Item
  const linked = read.answers.map((place) => keys.get(place) ?? keys.get(NUMBER.exec(place)?.[1] ?? ''))
  const named = [...numbersIn(roots[0] as Element, PARENT_IDS).map((number) => keys.get(number)), ...linked].find(
    (key) => key !== undefined && key !== keyOf(index),
  )
  if (named !== undefined)
    return { ref: null, key: named, basis: 'declared', p, say: `names the comment it answers; ${say}` }
  if (parent !== null)
    return { ref: null, key: keyOf(parent), basis: 'layout', p, say: `nested in the comment it answers; ${say}` }
  return { ref: null, key: ARTICLE_KEY, basis: 'layout', p, say: `stands at the top of the comments; ${say}` }
}

function keyOf(index: number): string {
  return `comment-${index + 1}`
}

/** Headings that have no box around them and their comments. */
function headingsOf(root: Document, areas: readonly Element[], items: ReadonlySet<Element>): Element[] {
  const isItem = (node: ChildNode) => isTag(node) && items.has(node)
  return findRuns(root, areas).flatMap(({ heading, rest }) => (rest.children.some(isItem) ? [heading] : []))
}

/** Whether an area is little more than the comments read in it: heading, form and buttons go with them. */
function isFilled(area: Element, items: ReadonlySet<Element>): boolean {
  const inside = [...items].filter((item) => hasAncestor(item, (ancestor) => ancestor === area))
  const length = inside.reduce((sum, item) => sum + (textOf(item)?.length ?? 0), 0)
  if (length === 0 || length < MOST * (textOf(area)?.length ?? 0)) return false
  return isNamed(area) || lengthBefore(area, items) < MIN_ARTICLE
}

/** Characters of an area before its first comment. */
function lengthBefore(area: Element, items: ReadonlySet<Element>): number {
  let length = 0
  for (const node of walk(area)) {
    if (isTag(node) && items.has(node)) break
    if (isText(node)) length += node.data.trim().length
  }
  return length
}
