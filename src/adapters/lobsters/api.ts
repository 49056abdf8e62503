// Lobsters as JSON: a story with its comments, or a list of stories. Comments come in the order of the page; since 2022
// each names the comment it answers, before that only its depth was written.
import type { Extraction, Parent, Post } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { makeExtraction, storyListNote, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { bodyWithLink, listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { accountOf, commentUrl, goneIn, LOBSTERS, NAME, READER, refOf, SHORT_ID, SITE, storyUrl } from './names.ts'
import { Depths, declaredParent, layoutParent } from './tree.ts'

const LIST_KEY = 'stories'
/** The site itself calls a comment edited only after a minute. */
const EDIT_GRACE = 60_000
/** What every story has, and no other site's JSON. */
const SIGNS = ['short_id', 'comments_url', 'submitter_user'] as const

export function isLobstersJson(value: unknown): boolean {
  const stories = storiesIn(value)
  return stories.length > 0 && stories.every(isStory)
}

export function readLobstersJson(page: Page): Extraction {
  const value = page.json()
  const stories = storiesIn(value).filter(isStory)
  const isList = Array.isArray(value)
  const posts = listPosts(stories.flatMap((story, at) => postsOf(page, story, isList ? `/${at}` : '', isList)))
  const only = isList ? null : (stories[0] ?? null)
  const list = { key: LIST_KEY, kind: 'list', title: null, url: null, author: null, declaredTotal: null } as const
  return makeExtraction({
    posts,
    blocks: isList ? [list] : [],
    notes: [...withheldNotes(page, posts), ...(isList ? [storyListNote(page)] : [])],
    declared: { title: textAt(only, 'title'), site: siteOf(stories[0]), replies: countAt(only, 'comment_count') },
  })
}

function siteOf(story: Json | undefined): string {
  const { host } = baseOf(story)
  return host === new URL(SITE).host ? LOBSTERS : host
}

function storiesIn(value: unknown): readonly (Json | null)[] {
  return Array.isArray(value) ? value.map(asObject) : [asObject(value)]
}

function isStory(value: Json | null): value is Json {
  return SHORT_ID.test(textAt(value, 'short_id') ?? '') && SIGNS.every((key) => valueAt(value, key) !== undefined)
}

function baseOf(story: Json | undefined): URL {
  return parseUrl(textAt(story, 'comments_url')) ?? parseUrl(textAt(story, 'short_id_url')) ?? new URL(SITE)
}

function postsOf(page: Page, story: Json, path: string, isList: boolean): readonly Post[] {
  const base = baseOf(story)
  const url = storyUrl(textAt(story, 'short_id') ?? '', base)
  const depths = new Depths()
  const head = makePost({
    key: url,
    ref: refOf(url),
    kind: 'article',
    platform: NAME,
    title: textAt(story, 'title'),
    author: accountOf(nameAt(story, 'submitter_user'), base),
    ...bodyWithLink(textAt(story, 'url'), textAt(story, 'description') ?? '', base),
    createdAt: timeOfText(textAt(story, 'created_at')),
    url: parseUrl(textAt(story, 'comments_url'))?.href ?? url,
    conversation: url,
    block: isList ? LIST_KEY : null,
    provenance: placeInJson(page, READER, path, null),
  })
  const comments = objectsAt(story, 'comments').flatMap((comment, at) => {
    const id = textAt(comment, 'short_id') ?? ''
    if (!SHORT_ID.test(id)) return []
    const [place, own] = [`${path}/comments/${at}`, commentUrl(id, base)]
    return [commentOf(page, comment, { place, base, own, url, parent: parentOf(comment, own, { url, base, depths }) })]
  })
  return [head, ...comments]
}

interface Place {
  readonly place: string
  readonly base: URL
  readonly own: string
  readonly url: string
  readonly parent: Parent
}

function commentOf(page: Page, comment: Json, { place, base, own, url, parent }: Place): Post {
  const withheld = withheldOf(comment)
  const createdAt = timeOfText(textAt(comment, 'created_at'))
  return makePost({
    key: own,
    ref: refOf(own),
    kind: 'comment',
    platform: NAME,
    author: accountOf(nameAt(comment, 'commenting_user'), base),
    ...(withheld === null ? wordsOf(comment, base) : NO_BODY),
    createdAt,
    editedAt: editedAt(comment, createdAt),
    url: own,
    parent,
    conversation: url,
    provenance: placeInJson(page, READER, place, knownOf({ withheld })),
  })
}

/** Once an object with the whole account, now the name alone. */
function nameAt(value: Json, key: string): string | null {
  return textAt(value, key) ?? textAt(value, key, 'username')
}

function withheldOf(comment: Json): string | null {
  const said = goneIn(textAt(comment, 'comment_plain') ?? bodyFromHtml(textAt(comment, 'comment') ?? '', null).text)
  if (valueAt(comment, 'is_moderated') === true) return said ?? 'removed by moderator'
  return valueAt(comment, 'is_deleted') === true ? (said ?? 'deleted') : null
}

function wordsOf(comment: Json, base: URL): Body {
  return bodyFromHtml(textAt(comment, 'comment') ?? '', base)
}

function editedAt(comment: Json, createdAt: string | null): string | null {
  const edited = timeOfText(textAt(comment, 'last_edited_at'))
  if (edited === null || createdAt === null) return null
  return Date.parse(edited) - Date.parse(createdAt) > EDIT_GRACE ? edited : null
}

interface Above {
  readonly url: string
  readonly base: URL
  readonly depths: Depths
}

function parentOf(comment: Json, own: string, { url, base, depths }: Above): Parent {
  const above = depths.place(own, depthOf(comment))
  const named = valueAt(comment, 'parent_comment')
  if (typeof named === 'string' && SHORT_ID.test(named))
    return declaredParent(commentUrl(named, base), 'parent of the comment')
  if (named === null) return declaredParent(url, 'names no comment above it')
  if (above === null) return layoutParent(url, 'stands at the left edge of the comments')
  return layoutParent(above, 'stands one level below it')
}

/** `depth` counts from 0, `indent_level` before it from 1. */
function depthOf(comment: Json): number {
  return countAt(comment, 'depth') ?? (countAt(comment, 'indent_level') ?? 1) - 1
}
