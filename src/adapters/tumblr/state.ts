// Posts that www.tumblr.com lays down for its script (`___INITIAL_STATE___`, read 2026-11): those of the API, whose
// fields are joined in another way (`blogName` for `blog_name`). Older pages assign it, newer ones have a script of it.
import { pathOf } from '../../markup/markup.ts'
import type { Page } from '../page/page.ts'
import { scriptStates } from '../rows/script-states.ts'
import { asObject, type Json, listAt, objectAt } from '../values/json-fields.ts'

const MARK = '___INITIAL_STATE___'
const TIMELINE = ['PeeprRoute', 'initialTimeline']
const MAY_HOLD = /"PeeprRoute"/
const CAPITAL = /[A-Z]/g
/** Levels of a post that are renamed: trails of blocks of pictures of sizes stand at eight. */
const MAX_DEPTH = 16

export interface PageState {
  /** Of the script. */
  readonly selector: string
  /** JSON Pointer to the list. */
  readonly path: string
  /** What the list holds, in the API's own names. */
  readonly objects: readonly unknown[]
  readonly hasMore: boolean
}

/** The posts' list of a page of www.tumblr.com; null for any other. */
export function stateOf(page: Page): PageState | null {
  if (page.kind !== 'html' || !page.text.includes(MARK)) return null
  for (const { script, value } of scriptStates(page, MAY_HOLD)) {
    const timeline = objectAt(value, ...TIMELINE)
    if (timeline === null) continue
    const objects = listAt(timeline, 'objects').map((one) => inApiNames(one, 0))
    const hasMore = objectAt(timeline, 'nextLink') !== null
    return { selector: pathOf(script), path: `/${TIMELINE.join('/')}/objects`, objects, hasMore }
  }
  return null
}

function inApiNames(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return null
  if (Array.isArray(value)) return value.map((one: unknown) => inApiNames(one, depth + 1))
  const object: Json | null = asObject(value)
  if (object === null) return value
  return Object.fromEntries(
    Object.entries(object).map(([key, inner]) => [
      key.replace(CAPITAL, (sign) => `_${sign.toLowerCase()}`),
      inApiNames(inner, depth + 1),
    ]),
  )
}
