// The stories and responses of one answer of Medium's, wherever they stand in it, and what each answers.
import { asObject, countAt, type Json, objectAt, pointerStep, textAt } from '../values/json-fields.ts'
import { type Answer, fieldOf, objectIn, objectsIn } from './answer.ts'

export interface Story {
  readonly id: string
  readonly post: Json
  readonly path: string
  readonly paragraphs: readonly Json[]
  /** Whether only its beginning is here. */
  readonly isPreview: boolean
  /** Whether that is because it stands in a list, and not because it must be paid for. */
  readonly isTeaser: boolean
  /** The id of what it answers, or null. */
  readonly parent: string | null
  /** The id of the story at the top of what it answers; it may not be here. */
  readonly root: string
}

export interface Stories {
  readonly stories: readonly Story[]
  /** Whether some list of responses goes on elsewhere. */
  readonly isPart: boolean
  /** How many responses the story has that all others answer. */
  readonly responses: number | null
}

const MAX_VALUES = 300_000
const MAX_DEPTH = 200
const BODIES = ['content', 'extendedPreviewContent', 'previewContent'] as const
const ID = /^[\da-f]{8,16}$/
const LISTS = ['threadedPostResponses', 'postResponses']

interface Found {
  readonly post: Json
  readonly path: string
}

/** Every post that has an id and some words, in the order of the answer; each once. */
export function findStories(whole: unknown): Stories {
  const answer = asObject(whole) ?? { '': whole }
  const parents = new Map<string, string>()
  const found = new Map<string, Found>()
  const counts = new Map<string, number>()
  let isPart = false
  const open = [{ value: whole, path: '', depth: 0 }]
  for (let one = open.pop(), seen = 0; one !== undefined && seen < MAX_VALUES; one = open.pop(), seen += 1) {
    const { value, path, depth } = one
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) continue
    const object = asObject(value)
    const id = textAt(object, 'id') ?? ''
    if (object !== null && ID.test(id)) {
      if (!found.has(id) && bodyOf(answer, object) !== null) found.set(id, { post: object, path })
      const responses = responsesTo(answer, object)
      for (const { id: response } of responses.posts) parents.set(String(response), id)
      const count = countIn(answer, object)
      if (count !== null) counts.set(id, count)
      isPart ||= responses.isPart
    }
    for (const [key, inner] of Object.entries(value).toReversed())
      open.push({ value: inner, path: path + pointerStep(key), depth: depth + 1 })
  }
  for (const [id, { post }] of found) {
    const named = textAt(objectIn(answer, post, 'inResponseToPostResult'), 'id') ?? textAt(post, 'inResponseToPostId')
    if (named !== null) parents.set(id, named)
  }
  const stories = [...found].flatMap(([id, one]) => {
    const body = bodyOf(answer, one.post)
    return body === null ? [] : [{ id, ...one, ...body, parent: parents.get(id) ?? null, root: rootOf(id, parents) }]
  })
  const roots = new Set(stories.filter(isOwn).map(({ root }) => root))
  const [root = ''] = roots
  return { stories, isPart, responses: roots.size === 1 ? (counts.get(root) ?? null) : null }
}

/** Not one of the stories of which a page shows the first lines. */
export function isOwn({ parent, isTeaser }: Story): boolean {
  return parent !== null || !isTeaser
}

function rootOf(id: string, parents: ReadonlyMap<string, string>): string {
  const seen = new Set([id])
  let at = id
  for (let above = parents.get(at); above !== undefined && !seen.has(above); above = parents.get(at)) {
    seen.add(above)
    at = above
  }
  return at
}

function responsesTo(answer: Answer, post: Json): { readonly posts: readonly Json[]; readonly isPart: boolean } {
  const lists = LISTS.map((name) => objectIn(answer, post, name)).filter((list) => list !== null)
  const isPart = lists.some((list) => objectIn(answer, objectIn(answer, list, 'pagingInfo'), 'next') !== null)
  return { posts: lists.flatMap((list) => objectsIn(answer, list, 'posts')), isPart }
}

type Body = Pick<Story, 'paragraphs' | 'isPreview' | 'isTeaser'>

/** The fullest body there is. */
function bodyOf(answer: Answer, post: Json): Body | null {
  for (const name of BODIES) {
    const content = objectIn(answer, post, name)
    const paragraphs = objectsIn(answer, objectIn(answer, content, 'bodyModel'), 'paragraphs')
    const isTeaser = name !== 'content' && content?.['isFullContent'] !== true
    const isPreview = isTeaser || content?.['isLockedPreviewOnly'] === true
    if (paragraphs.length > 0) return { paragraphs, isPreview, isTeaser }
  }
  return null
}

function countIn(answer: Answer, post: Json): number | null {
  return (
    countAt(objectIn(answer, post, 'postResponses'), 'count') ??
    countAt({ count: fieldOf(post, 'responsesCount') }, 'count') ??
    countAt(objectAt(post, 'virtuals'), 'responsesCreatedCount')
  )
}
