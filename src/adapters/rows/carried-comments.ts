// Comments that a page carries for its script below the article that it shows: Next.js and its like keep a post and
// its comments in one object. Only what stands in an object with the article's own title is taken, and how many it
// says there are.
import { bare } from '../../bare.ts'
import { pathOf } from '../../markup/markup.ts'
import type { Note, Parent, Post } from '../../model.ts'
import { ARTICLE_KEY } from '../article/blog-article.ts'
import type { Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, pointerStep, textAt } from '../values/json-fields.ts'
import { walkRows } from './json-tree.ts'
import { isSurePost } from './named-row.ts'
import { finishReading, startReading } from './posts.ts'
import { type ScriptState, scriptStates } from './script-states.ts'
import { type Row, readRows } from './tree-posts.ts'

const MAY_HOLD = /"\w{0,20}(?:comment|response|repl(?:y|ies))\w{0,20}"/i
const TITLES = ['title', 'headline']
const COMMENTS = ['comments', 'commentsV2', 'commentList', 'responses', 'replies']
const COUNTS = ['commentCount', 'commentsCount', 'comment_count', 'comments_count', 'responseCount', 'responsesCount']
/** How many a list of comments says that there are, itself or under a name of its own (Medium's `postResponses`). */
const TOTALS = ['totalDocuments', 'totalCount', 'total', 'count']
const COUNTED = [...COMMENTS, 'postResponses']
/** Values looked at in one script, and how deep. */
const MAX_VALUES = 200_000
const MAX_DEPTH = 64
const SAYS = "stands among the article's comments in what the page carries for its script"

export interface CarriedComments {
  readonly posts: readonly Post[]
  /** How many there are, as the page's data says; null: it does not. */
  readonly declared: number | null
  readonly notes: readonly Note[]
}

const NONE: CarriedComments = { posts: [], declared: null, notes: [] }

/** The comments on the article of this title; `index` counts from 1. */
export function readCarriedComments(page: Page, reader: Reader, title: string | null): CarriedComments {
  const sought = title === null ? '' : bare(title)
  if (sought === '') return NONE
  const articles = [...scriptStates(page, MAY_HOLD)].flatMap((state) => articlesIn(state, sought))
  const lists = articles.map(commentRows)
  const rows = lists.reduce<readonly Row[]>((most, next) => (next.length > most.length ? next : most), [])
  const isSigned = rows.some(({ value }) => isSurePost(asObject(value) ?? {}))
  const reading = startReading(page, reader)
  const { posts, notes } = readRows(reading, isSigned ? rows : [])
  const declared = articles.map(({ object }) => countIn(object, posts)).find((count) => count !== null) ?? null
  return { posts: posts.map(asComment), declared, notes: [...finishReading(reading).notes, ...notes] }
}

interface Place {
  readonly state: ScriptState
  readonly object: Json
  /** JSON Pointer in the script. */
  readonly path: string
}

function articlesIn(state: ScriptState, title: string): readonly Place[] {
  const found: Place[] = []
  const open: (readonly [value: unknown, path: string, depth: number])[] = [[state.value, '', 0]]
  for (let seen = 0; seen < MAX_VALUES; seen += 1) {
    const [value, path, depth] = open.pop() ?? [undefined, '', MAX_DEPTH]
    if (value === undefined) break
    const object = asObject(value)
    if (object !== null && isTitled(object, title)) found.push({ state, object, path })
    if (depth >= MAX_DEPTH) continue
    for (const [key, inner] of Object.entries(value as object))
      if (typeof inner === 'object' && inner !== null) open.push([inner, path + pointerStep(key), depth + 1])
  }
  return found
}

function isTitled(object: Json, title: string): boolean {
  return TITLES.some((key) => bare(textAt(object, key) ?? '') === title)
}

function commentRows({ state, object, path }: Place): readonly Row[] {
  const selector = pathOf(state.script)
  const key = COMMENTS.find((name) => typeof object[name] === 'object' && object[name] !== null)
  if (key === undefined) return []
  const before = path + pointerStep(key)
  return walkRows(object[key]).map((row) => ({ ...row, path: before + row.path, line: null, selector }))
}

function countIn(object: Json, posts: readonly Post[]): number | null {
  const own = COUNTS.map((key) => countAt(object, key)).find((count) => count !== null)
  if (own !== undefined) return own
  const total = COUNTED.flatMap((list) => TOTALS.map((key) => countAt(object, list, key))).find((one) => one !== null)
  // Whether a list counts the answers in it too is not said: where there are some, it tells only that more are missing.
  const isSure = total !== undefined && (total > posts.length || posts.every(({ parent }) => parent === null))
  return isSure ? total : null
}

function asComment(post: Post, at: number): Post {
  const parent: Parent = post.parent ?? { ref: null, key: ARTICLE_KEY, basis: 'declared', p: 1, say: SAYS }
  return { ...post, kind: 'comment', parent, index: at + 1 }
}
