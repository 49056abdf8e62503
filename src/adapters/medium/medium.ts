// Medium's stories and the responses to them out of its data: what a page carries for its script, answers of its
// GraphQL, and answers to `?format=json`. A page without its data is read like any article.
import type { Element } from 'domhandler'
import { pathOf } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts, makePost, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { scriptStates } from '../rows/script-states.ts'
import { asObject, countAt, type Json, objectAt, textAt } from '../values/json-fields.ts'
import { objectIn } from './answer.ts'
import { htmlOf } from './body.ts'
import { findStories, isOwn, type Story } from './stories.ts'

const NAME = 'medium'
const READER = { name: NAME, version: 1 } as const
const SITE = 'https://medium.com'
/** Only Medium's data has bodies of such a model. */
const SIGN = /"bodyModel"\s*:/
const STATE = '__APOLLO_STATE__'
/** Names told one by one. */
const MAX_TOLD = 10
const MILLISECONDS = 1000

export const medium: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => readAnswer(page) !== null,
  extract: extractStories,
}

interface Carried {
  readonly value: unknown
  /** The script of a page that holds it; null: the page is JSON. */
  readonly script: Element | null
}

function readAnswer(page: Page): Carried | null {
  if (!SIGN.test(page.text)) return null
  if (page.kind === 'json') return hasStories(page.json()) ? { value: page.json(), script: null } : null
  if (page.kind !== 'html' || !page.text.includes(STATE)) return null
  for (const { script, value } of scriptStates(page, SIGN)) if (hasStories(value)) return { value, script }
  return null
}

function hasStories(value: unknown): boolean {
  return findStories(value).stories.length > 0
}

function extractStories(page: Page): Extraction {
  const { value, script } = readAnswer(page) ?? { value: null, script: null }
  const { stories: all, isPart, responses } = findStories(value)
  const stories = script === null ? all : withoutSuggested(all)
  const ids = new Set(stories.map(({ id }) => id))
  const posts = stories.map((story) => postOf(page, { answer: asObject(value) ?? {}, script, ids }, story))
  const previews = stories.filter(({ isPreview }) => isPreview).map(({ id }) => id)
  return makeExtraction({
    posts: listPosts(posts),
    notes: [
      ...previewNotes(page, previews),
      ...partNotes(page, isPart),
      ...suggestedNotes(page, all.length - stories.length),
    ],
    declared: {
      title: posts.find(({ kind }) => kind === 'article')?.title ?? null,
      site: 'Medium',
      replies: responses,
    },
  })
}

/** A page carries the first lines of other stories, too. */
function withoutSuggested(all: readonly Story[]): readonly Story[] {
  const own = all.filter(isOwn)
  return own.length > 0 ? own : all
}

interface Around {
  readonly answer: Json
  readonly script: Element | null
  readonly ids: ReadonlySet<string>
}

function postOf(page: Page, { answer, script, ids }: Around, story: Story): Post {
  const { id, post, path, parent, root } = story
  // In a page's cache the paragraphs stand beside the post.
  const place = placeInJson(page, READER, script === null ? path : '', knownOf({ claps: countAt(post, 'clapCount') }))
  const title = parent === null ? textAt(post, 'title') : null
  const [createdAt, editedAt] = [timeAt(post, 'firstPublishedAt') ?? timeAt(post, 'createdAt'), editOf(post)]
  return makePost({
    key: id,
    ref: { platform: NAME, id },
    kind: parent === null ? 'article' : 'comment',
    platform: NAME,
    author: authorIn(answer, post),
    title,
    ...bodyFromHtml(htmlOf(answer, story.paragraphs, title), new URL(SITE)),
    createdAt,
    editedAt,
    url: urlOf(post, id),
    lang: textAt(post, 'detectedLanguage'),
    parent: parentOf(parent, ids),
    conversation: root,
    provenance: script === null ? place : { ...place, selector: pathOf(script) },
  })
}

function parentOf(id: string | null, ids: ReadonlySet<string>): Parent | null {
  if (id === null) return null
  return { ref: { platform: NAME, id }, key: ids.has(id) ? id : null, basis: 'declared', p: 1, say: 'response to it' }
}

function authorIn(answer: Json, post: Json): Author | null {
  const listed = textAt(post, 'creatorId')
  const user =
    objectIn(answer, post, 'creator') ??
    (listed === null ? null : objectAt(answer, 'payload', 'references', 'User', listed))
  const id = textAt(user, 'id') ?? textAt(user, 'userId') ?? listed
  const [handle, name] = [textAt(user, 'username'), textAt(user, 'name')]
  if (id === null && handle === null && name === null) return null
  return { id, handle, name, url: handle === null ? null : `${SITE}/@${handle}` }
}

function urlOf(post: Json, id: string): string {
  const told = ['mediumUrl', 'canonicalUrl'].map((key) => parseUrl(textAt(post, key))?.href ?? null)
  return told.find((url) => url !== null) ?? `${SITE}/p/${id}`
}

/** Milliseconds since 1970; 0 of what was never published. */
function timeAt(post: Json, key: string): string | null {
  const milliseconds = countAt(post, key) ?? 0
  return milliseconds === 0 ? null : timeOfSeconds(milliseconds / MILLISECONDS)
}

/** Every publication of a version counts; the first is no edit. */
function editOf(post: Json): string | null {
  const [first, latest] = [timeAt(post, 'firstPublishedAt'), timeAt(post, 'latestPublishedAt')]
  return first !== null && latest !== null && latest > first ? latest : null
}

function previewNotes(page: Page, ids: readonly string[]): readonly Note[] {
  const more = ids.length > MAX_TOLD ? ` and ${ids.length - MAX_TOLD} more` : ''
  const message = `Only the beginning is here: ${ids.slice(0, MAX_TOLD).join(', ')}${more}.`
  return ids.length === 0 ? [] : [noteOn(page, 'warning', 'cut-text', message)]
}

function suggestedNotes(page: Page, count: number): readonly Note[] {
  const message = `Other stories of which the page shows the first lines were left out: ${count}.`
  return count === 0 ? [] : [noteOn(page, 'info', 'suggested', message)]
}

function partNotes(page: Page, isPart: boolean): readonly Note[] {
  const message = 'Medium says that more responses follow; give its further answers too.'
  return isPart ? [noteOn(page, 'warning', 'comments-cut', message)] : []
}
