// Where v1.1 statuses stand: anywhere in JSON, one a line in JSONL, or in the data island of the embedded timeline's
// HTML. A status is known by its own keys, because every endpoint and every saver wraps it differently.
import { attr, rawTextOf, selectOne } from '../../../markup/markup.ts'
import type { Provenance } from '../../../model.ts'
import { parseJson } from '../../page/json.ts'
import type { Page } from '../../page/page.ts'
import { asObject, idAt, type Json, objectAt, pointerStep, textAt } from '../../values/json-fields.ts'

export interface Status {
  readonly tweet: Json
  readonly place: Partial<Provenance>
}

/** Posts and accounts by their ids, listed beside each other (`adaptive.json`, 2015–2023). */
interface Beside {
  readonly tweets: Json
  readonly users: Json
}

const MARK = '"id_str"'
/** Sought first: a rare first sign makes the search four times as quick, and a file may have 60 MB. */
const MARK_END = '_str"'
const ISLAND = 'script#__NEXT_DATA__'
const LINE_END = /\r\n|\r|\n/
/** GraphQL keeps a v1.1-shaped object under this key: such answers are read by another adapter. */
const GRAPHQL_KEY = 'legacy'

/** The statuses of a page, in its order, found as they are asked for. */
export function* statusesIn(page: Page): Generator<Status> {
  if (page.kind === 'html') yield* statusesInIsland(page)
  else if (page.text.includes(MARK_END) && page.text.includes(MARK)) yield* statusesInData(page)
}

function* statusesInData(page: Page): Generator<Status> {
  if (page.kind === 'json') yield* statusesUnder(page.json(), {})
  if (page.kind === 'jsonl') yield* statusesInLines(page.text)
}

function* statusesInLines(text: string): Generator<Status> {
  let line = 0
  for (const row of text.split(LINE_END)) {
    line += 1
    if (row.includes(MARK)) yield* inLine(parseJson(row).value, line)
  }
}

/** A line number is the place; a pointer into one line helps nobody. */
function* inLine(value: unknown, line: number): Generator<Status> {
  for (const { tweet } of statusesUnder(value, {})) yield { tweet, place: { line, endLine: line } }
}

/** Next.js puts the page's data into one script; the markup around it is drawn by the browser (2021–2026). */
function* statusesInIsland(page: Page): Generator<Status> {
  const island = selectOne(ISLAND, page.html().root)
  if (island === null || attr(island, 'type') !== 'application/json') return
  const text = island.children.map((child) => ('data' in child ? child.data : '')).join('') || rawTextOf(island)
  if (text.includes(MARK)) yield* statusesUnder(parseJson(text).value, { selector: ISLAND })
}

interface Open {
  readonly value: unknown
  readonly path: string
  readonly beside?: Beside
}

function* statusesUnder(root: unknown, place: Partial<Provenance>): Generator<Status> {
  const open: Open[] = [{ value: root, path: '' }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const object = asObject(at.value)
    if (object !== null && isStatus(object))
      yield { tweet: joined(object, at.beside), place: { ...place, path: at.path } }
    else pushInside(open, object === null ? at : { ...at, ...besideIn(object) })
  }
}

/** Exports have no author in their statuses, other sites no `id_str`. */
function isStatus(object: Json): boolean {
  const isWritten = textAt(object, 'full_text') !== null || textAt(object, 'text') !== null
  const isAuthored = objectAt(object, 'user') !== null || idAt(object, 'user_id_str') !== null
  return idAt(object, 'id_str') !== null && isWritten && isAuthored && textAt(object, 'created_at') !== null
}

/** The post with its account and the posts it quotes and shares, where it names them by their ids. */
function joined(tweet: Json, beside: Beside | undefined, withPosts = true): Json {
  if (beside === undefined) return tweet
  const user = objectAt(beside.users, idAt(tweet, 'user_id_str') ?? '')
  const posts = (withPosts ? ['quoted_status', 'retweeted_status'] : []).flatMap((key) => {
    const post = objectAt(beside.tweets, idAt(tweet, `${key}_id_str`) ?? '')
    return post === null ? [] : [[key, joined(post, beside, false)]]
  })
  return { ...(user === null ? {} : { user }), ...Object.fromEntries(posts), ...tweet }
}

function besideIn(object: Json): Pick<Open, 'beside'> {
  const [tweets, users] = [objectAt(object, 'tweets'), objectAt(object, 'users')]
  return tweets === null || users === null ? {} : { beside: { tweets, users } }
}

function pushInside(open: Open[], { value, path, beside }: Open): void {
  if (typeof value !== 'object' || value === null) return
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [key, child] of inside.reverse()) {
    if (typeof child === 'object' && child !== null && key !== GRAPHQL_KEY)
      open.push({ value: child, path: path + pointerStep(key), ...(beside === undefined ? {} : { beside }) })
  }
}
