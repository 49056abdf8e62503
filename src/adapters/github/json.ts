// GitHub as JSON: issues and comments of its REST API, discussions of its GraphQL API, and what its pages carry for
// their script since 2024 (`react-app.embeddedData`). Bodies are Markdown, or HTML where both are there.
import type { Provenance } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { timeOfText } from '../extraction/post.ts'
import { asObject, idAt, type Json, objectAt, objectsAt, pointerStep, textAt } from '../values/json-fields.ts'
import type { Item } from './items.ts'
import { type Named, namedBy } from './names.ts'

/** How deep topics lie in an answer. */
const MAX_DEPTH = 9
const TIMELINES = ['comments', 'frontTimelineItems', 'backTimelineItems', 'timelineItems']
const CR = /\r\n?/g

type PlaceOf = (path: string) => Provenance

/** Items of the answer, topics before their comments. */
export function readJsonItems(root: unknown, placeOf: PlaceOf): readonly Item[] {
  const found: Item[] = []
  const open: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: root, path: '', depth: 0 },
  ]
  for (let at = 0; at < open.length; at += 1) {
    const { value, path, depth } = open[at] as (typeof open)[number]
    const object = asObject(value)
    if (object !== null && isItem(object)) for (const item of withComments(object, path, placeOf)) found.push(item)
    else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH)
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'object') open.push({ value: inner, path: path + pointerStep(key), depth: depth + 1 })
  }
  return found
}

function isItem(object: Json): boolean {
  return namedBy(addressOf(object)) !== null && isSaid(object)
}

/** Words, and somebody or nobody any more: of deleted accounts GitHub tells `null`. */
function isSaid(object: Json): boolean {
  const hasAuthor = loginOf(object) !== null || object['user'] === null || object['author'] === null
  return hasAuthor && (wordsOf(object) ?? textAt(object, 'title')) !== null
}

/** The API's `url` leads to itself; pages and GraphQL have the page's address there. */
function addressOf(object: Json): string | null {
  return textAt(object, 'html_url') ?? textAt(object, 'url')
}

function loginOf(object: Json): string | null {
  return textAt(object, 'user', 'login') ?? textAt(object, 'author', 'login')
}

function htmlOf(object: Json): string | null {
  return textAt(object, 'bodyHTML') ?? textAt(object, 'body_html')
}

function wordsOf(object: Json): string | null {
  return htmlOf(object) ?? textAt(object, 'body')
}

/** An issue may have no words but its title. */
function bodyOf(object: Json): Body {
  const html = htmlOf(object)
  if (html !== null) return bodyFromHtml(html, null)
  return { text: (textAt(object, 'body') ?? '').replace(CR, '\n').trim(), html: null }
}

interface Open {
  readonly object: Json
  readonly path: string
  readonly below: string | null
}

/** The item, its comments and their answers, each once: the ends of a long timeline overlap. */
function withComments(top: Json, start: string, placeOf: PlaceOf): readonly Item[] {
  const items = new Map<string, Item>()
  const open: Open[] = [{ object: top, path: start, below: null }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const address = addressOf(one.object)
    const key = address ?? one.path
    const named = namedBy(address)
    if (!items.has(key)) items.set(key, itemOf(one, named, placeOf))
    const isTopic = named?.comment === null
    const inner = [...TIMELINES, 'replies'].flatMap((key) => listed(one.object, one.path, key))
    for (const found of inner.toReversed()) open.push({ ...found, below: isTopic ? null : address })
  }
  return [...items.values()]
}

/** Comments in a list, in `nodes` or in `edges`. */
function listed(object: Json, path: string, key: string): readonly Omit<Open, 'below'>[] {
  const start = `${path}/${key}`
  const plain = objectsAt(object, key).map((one, i) => ({ object: one, path: `${start}/${i}` }))
  const nodes = objectsAt(object, key, 'nodes').map((one, i) => ({ object: one, path: `${start}/nodes/${i}` }))
  const edges = objectsAt(object, key, 'edges').flatMap((edge, i) => {
    const node = objectAt(edge, 'node')
    return node === null ? [] : [{ object: node, path: `${start}/edges/${i}/node` }]
  })
  return [...plain, ...nodes, ...edges].filter((found) => isSaid(found.object))
}

function itemOf({ object, path, below }: Open, named: Named | null, placeOf: PlaceOf): Item {
  return {
    url: addressOf(object),
    title: named?.comment === null ? (textAt(object, 'title') ?? '') : null,
    login: loginOf(object),
    body: bodyOf(object),
    createdAt: timeOfText(textAt(object, 'created_at') ?? textAt(object, 'createdAt')),
    editedAt: timeOfText(textAt(object, 'lastEditedAt')),
    below: below ?? answeredInReview(object, named),
    provenance: placeOf(path),
  }
}

/** Comments on a line of a pull request's change name the one they answer. */
function answeredInReview(object: Json, named: Named | null): string | null {
  const answered = idAt(object, 'in_reply_to_id')
  return named === null || answered === null ? null : `${named.topicUrl}#discussion_r${answered}`
}
