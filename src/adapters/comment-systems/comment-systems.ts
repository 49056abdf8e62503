// Comments as the systems behind a page answer them in JSON, or Disqus's frame carries it: trees or lists, below
// whatever names. Each comment names what it answers, or is nested in it; what is deleted keeps its place, so that
// answers to it keep theirs.
import type { Element } from 'domhandler'
import { pathOf, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts, makePost, NO_BODY } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, pointerStep } from '../values/json-fields.ts'
import type { Dialect, ToldComment } from './dialect.ts'
import { DELETED, DIALECTS } from './dialects.ts'

const NAME = 'comment-systems'
const READER = { name: NAME, version: 1 } as const
/** Values looked at in one answer, and how deep: trees of comments nest three levels of JSON each. */
const MAX_VALUES = 500_000
const MAX_DEPTH = 3_000
const IN_LIST = /\/\d+$/
const CARRIED = 'script#disqus-threadData'
/** In a comment: holds another one again, or none. */
const ASIDE = new Set([
  'parent',
  'parents',
  'story',
  'user',
  'author',
  'account',
  'video',
  'page',
  'locator',
  'allParents',
])

export const commentSystems: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => findComments(answerOn(page)?.value).comments.length > 0,
  extract: extractComments,
}

/** What the system answered, and the script of a page that carries it: Disqus's frame below an article. */
interface Answer {
  readonly value: unknown
  readonly script: Element | null
}

function answerOn(page: Page): Answer | null {
  if (page.kind === 'json') return { value: page.json(), script: null }
  if (page.kind !== 'html' || !page.text.includes('disqus-threadData')) return null
  const script = selectOne(CARRIED, page.html().root)
  const text = script?.children.map((child) => ('data' in child ? child.data : '')).join('') ?? ''
  return { value: parseJson(text).value, script }
}

interface Found {
  readonly comment: Json
  readonly path: string
  /** Index of the comment it is nested in, or null. */
  readonly above: number | null
}

interface Open {
  readonly value: unknown
  readonly path: string
  readonly depth: number
  readonly above: number | null
}

interface Walk {
  dialect: Dialect | null
  readonly comments: Found[]
  /** Places of the lists in which objects stand that are no comments. */
  readonly others: string[]
  isPart: boolean
}

/** Every comment in the order of the answer; the first one tells the system, of others nothing is read. */
function findComments(root: unknown): Walk {
  const walk: Walk = { dialect: null, comments: [], others: [], isPart: false }
  const open: Open[] = [{ value: root, path: '', depth: 0, above: null }]
  for (let seen = 0, one = open.pop(); one !== undefined && seen < MAX_VALUES; one = open.pop(), seen += 1) {
    if (typeof one.value !== 'object' || one.value === null || one.depth > MAX_DEPTH) continue
    const above = readObject(walk, one)
    const isComment = above !== one.above
    for (const [key, value] of Object.entries(one.value).toReversed())
      if (typeof value === 'object' && !(isComment && ASIDE.has(key)))
        open.push({ value, path: one.path + pointerStep(key), depth: one.depth + 1, above })
  }
  return walk
}

/** The comment that what is in the object is nested in. */
function readObject(walk: Walk, { value, path, above }: Open): number | null {
  const object = asObject(value)
  if (object === null) return above
  walk.dialect ??= DIALECTS.find((dialect) => dialect.isComment(object)) ?? null
  walk.isPart ||= isPart(walk.dialect, object)
  if (walk.dialect?.isComment(object) === true) return walk.comments.push({ comment: object, path, above }) - 1
  if (IN_LIST.test(path)) walk.others.push(listOf(path))
  return above
}

function listOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** What holds the first comment is seen before the system is known. */
function isPart(dialect: Dialect | null, object: Json): boolean {
  return dialect === null ? DIALECTS.some((one) => one.isPart(object)) : dialect.isPart(object)
}

function extractComments(page: Page): Extraction {
  const { value, script } = answerOn(page) ?? { value: null, script: null }
  const { dialect, comments, others, isPart } = findComments(value)
  if (dialect === null) return makeExtraction({})
  const read = comments.map(({ comment }) => dialect.read(comment, value))
  const host = page.url?.host ?? null
  const below = page.url === null ? null : (dialect.pageIn?.(page.url) ?? null)
  const known = new Map(read.flatMap((one) => (one === null ? [] : [[one.id, one] as const])))
  const parentIn = (one: ToldComment, above: number | null) =>
    parentOf({ dialect, host, known }, one, read[above ?? -1] ?? null)
  const posts = listPosts(
    comments.flatMap(({ path, above }, i) => {
      const one = read[i] ?? null
      return one === null
        ? []
        : [postOf(page, dialect, one, { path, script, host, below, parent: parentIn(one, above) })]
    }),
  )
  const lists = new Set(comments.map(({ path }) => listOf(path)))
  const unread = read.filter((one) => one === null).length + others.filter((list) => lists.has(list)).length
  return makeExtraction({
    posts,
    notes: [...withheldNotes(page, posts), ...partNotes(page, isPart), ...unreadNotes(page, unread)],
    declared: {
      title: null,
      site: dialect.site,
      replies: dialect.countIn(
        value,
        comments.map(({ comment }) => comment),
      ),
    },
  })
}

interface Place {
  readonly path: string
  readonly script: Element | null
  readonly host: string | null
  /** The page, where the comment does not name it. */
  readonly below: string | null
  readonly parent: Parent | null
}

function postOf(page: Page, dialect: Dialect, told: ToldComment, { path, script, host, below, parent }: Place): Post {
  const ref = dialect.refOf(told, host)
  const place = placeInJson(page, READER, path, knownOf({ ...told.extra, withheld: told.withheld }))
  return makePost({
    key: told.id,
    ref,
    kind: 'comment',
    platform: ref?.platform ?? dialect.name,
    author: told.withheld === DELETED ? null : told.author,
    isPostAuthor: told.isPageAuthor,
    ...(told.withheld === null ? bodyFromHtml(told.html, parseUrl(told.page)) : NO_BODY),
    createdAt: told.createdAt,
    editedAt: told.editedAt,
    url: told.url,
    parent,
    conversation: told.page ?? below,
    provenance: script === null ? place : { ...place, selector: pathOf(script) },
  })
}

interface Names {
  readonly dialect: Dialect
  readonly host: string | null
  readonly known: ReadonlyMap<string, ToldComment>
}

/** What is answered is here, or known by a name that it has everywhere. */
function parentOf({ dialect, host, known }: Names, told: ToldComment, above: ToldComment | null): Parent | null {
  const id = told.parent === undefined ? (above?.id ?? null) : told.parent
  if (id === null || id === told.id) return null
  const parent = known.get(id)
  const ref = dialect.refOf(parent ?? { ...told, id, url: null }, host)
  const say = told.parent === undefined ? 'nested in the answers of its parent' : 'parent of the comment'
  return { ref, key: parent === undefined ? null : id, basis: 'declared', p: 1, say }
}

function partNotes(page: Page, isPart: boolean): readonly Note[] {
  const message = 'The system says that it holds more comments than this answer; give its further answers too.'
  return isPart ? [noteOn(page, 'warning', 'comments-cut', message)] : []
}

/** Their ids or words stand in no place that is known, or are null. */
function unreadNotes(page: Page, count: number): readonly Note[] {
  const message = `Entries among the comments that could not be read as such: ${count}.`
  return count === 0 ? [] : [noteOn(page, 'warning', 'row-unread', message)]
}
