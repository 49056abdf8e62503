// Items of HTML microdata (https://html.spec.whatwg.org/multipage/microdata.html), as far as X's pages need them: the
// properties of one item without those of the items inside of it. It knows nothing of posts.
import type { Element } from 'domhandler'
import { isTag } from 'domhandler'
import { attr, walk } from '../../../markup/markup.ts'

export interface Item {
  readonly element: Element
  /** Properties written as text, in page order. */
  readonly texts: ReadonlyMap<string, readonly string[]>
  /** Properties that are items themselves. */
  readonly items: ReadonlyMap<string, readonly Item[]>
}

/** Items nested deeper than any of X's are not read: hostile pages nest without end. */
const MAX_NESTING = 8

/** The item that the element is the scope of. */
export function itemOf(element: Element, nesting = 0): Item {
  const texts = new Map<string, string[]>()
  const items = new Map<string, Item[]>()
  for (const node of walk(element, isScope)) {
    const name = isTag(node) ? attr(node, 'itemprop') : null
    if (!isTag(node) || name === null) continue
    if (!isScope(node)) push(texts, name, attr(node, 'content'))
    else if (nesting < MAX_NESTING) push(items, name, itemOf(node, nesting + 1))
  }
  return { element, texts, items }
}

/** The first value of a property, or null. */
export function textIn(item: Item | null, name: string): string | null {
  return item?.texts.get(name)?.[0] ?? null
}

/** The items that are values of a property. */
export function itemsIn(item: Item, name: string): readonly Item[] {
  return item.items.get(name) ?? []
}

function isScope(element: Element): boolean {
  return Object.hasOwn(element.attribs, 'itemscope')
}

function push<T>(map: Map<string, T[]>, name: string, value: T | null): void {
  if (value === null) return
  const list = map.get(name)
  if (list === undefined) map.set(name, [value])
  else list.push(value)
}
