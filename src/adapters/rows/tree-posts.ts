// Posts out of rows that were found in JSON: read under known names, joined by ids and by nesting. Ids that are
// counters join the posts of one file and name none of another.
import type { Note, Parent, Post, PostRef } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import { asObject } from '../values/json-fields.ts'
import { withSelfAnswers } from '../x/self-answers.ts'
import type { TreeRow } from './json-tree.ts'
import { type NamedRow, nameRow } from './named-row.ts'
import { type RowReading, readRow } from './posts.ts'

/** Ids shorter than this are counters. In characters. */
const SHORT_ID = 7
const OF_COMMENTS = /\/(?:[a-z]*comments?|replies|answers|suggestedAnswer|acceptedAnswer)(?:[A-Z/]|$)/

export interface Row extends TreeRow {
  /** 1-based, where rows are lines. */
  readonly line: number | null
  /** Of the script in a page that holds it; absent: the page is JSON. */
  readonly selector?: string
}

/** The posts with their parents, and remarks on what is none; rows that could not be read are noted by `reading`. */
export function readRows(
  reading: RowReading,
  rows: readonly Row[],
): { posts: readonly Post[]; notes: readonly Note[] } {
  const reads = rows.map((row, i) => readOne(reading, row, row.line ?? i + 1))
  const found = reads.map((read) => (read === 'repost' ? null : read))
  const answered = new Set(rows.map(({ above }) => above))
  const answeredIds = new Set(found.map((post) => post?.parent?.ref?.id))
  const isAnswered = (post: Post, i: number) => answered.has(i) || (post.ref !== null && answeredIds.has(post.ref.id))
  const isEmpty = (post: Post | null, i: number) =>
    post !== null && post.text.trim() === '' && post.media.length === 0 && !isAnswered(post, i)
  const posts = listPosts(
    joinRows(
      rows,
      found.map((post, i) => (isEmpty(post, i) ? null : post)),
    ),
  )
  const empty = found.filter(isEmpty).length
  const message = `${empty} items have neither words nor media (a program's remarks, stickers); they were left.`
  const reposts = reads.filter((read) => read === 'repost').length
  const shared = `${reposts} rows are reposts of others, whose words they are; they were left.`
  return {
    posts: withSelfAnswers(posts),
    notes: [
      ...(empty === 0 ? [] : [noteOn(reading.page, 'info', 'wordless', message)]),
      ...(reposts === 0 ? [] : [noteOn(reading.page, 'info', 'reposts', shared)]),
    ],
  }
}

function readOne(reading: RowReading, row: Row, number: number): Post | 'repost' | null {
  const [object, before] = [asObject(row.value), reading.posts.length]
  const named = object === null ? null : nameRow(object)
  if (named?.isRepost === true) return 'repost'
  const value = named?.fields ?? (typeof row.value === 'string' ? { text: row.value } : row.value)
  readRow(reading, value, { number, path: row.line === null ? row.path : null, tidy: true })
  const post = reading.posts[before]
  return post === undefined ? null : fill(post, named, row)
}

function fill(post: Post, named: NamedRow | null, { path, above, line, selector }: Row): Post {
  const isNested = line !== null && path !== ''
  const told = named === null ? {} : { title: named.title, html: named.html, ...named.beside }
  return {
    ...post,
    ...told,
    isPostAuthor: named?.isPostAuthor ?? false,
    key: isNested ? `${post.key}${path}` : post.key,
    kind: above !== null || OF_COMMENTS.test(path) ? 'comment' : 'post',
    provenance: {
      ...post.provenance,
      ...(isNested ? { path } : {}),
      ...(selector === undefined ? {} : { selector }),
    },
  }
}

/** Parents as fields name them, else as nesting tells; short ids are good for that and dropped. */
function joinRows(rows: readonly Row[], found: readonly (Post | null)[]): readonly Post[] {
  const posts = found.filter((post) => post !== null)
  const byId = new Map(posts.flatMap(({ ref, key }) => (ref === null ? [] : [[ref.id, key] as const])))
  return found.flatMap((post, i) => {
    if (post === null) return []
    const parent = namedParent(post, byId) ?? nestedParent(found, rows[i]?.above ?? null)
    return [{ ...post, ref: post.ref === null || isShort(post, post.ref) ? null : post.ref, parent }]
  })
}

/** Only where nobody but the file's own reader names the platform. */
function isShort({ provenance }: Post, { platform, id }: PostRef): boolean {
  return platform === provenance.adapter && id.length < SHORT_ID
}

function namedParent(post: Post, byId: ReadonlyMap<string, string>): Parent | null {
  const { parent, key } = post
  if (parent === null || parent.ref === null) return null
  const known = byId.get(parent.ref.id)
  if (known === key) return null
  if (known === undefined) return isShort(post, parent.ref) ? null : parent
  return { ...parent, key: known, ref: isShort(post, parent.ref) ? null : parent.ref }
}

function nestedParent(found: readonly (Post | null)[], above: number | null): Parent | null {
  const post = above === null ? null : (found[above] ?? null)
  if (post === null) return null
  const ref = post.ref === null || isShort(post, post.ref) ? null : post.ref
  return { ref, key: post.key, basis: 'declared', p: 1, say: 'nested in the answers of its parent' }
}
