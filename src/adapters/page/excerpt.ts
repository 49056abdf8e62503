// The piece of a page that a provenance points to, as it was sent: so that a person can see what a post was read from.
// It reads no post and judges nothing.
import { sourceOf } from '../../markup/markup.ts'
import type { Provenance } from '../../model.ts'
import { parseJson } from './json.ts'
import type { Page } from './page.ts'

/** Where in a page something stands. */
type PlaceInPage = Pick<Provenance, 'selector' | 'path' | 'line' | 'endLine'>

interface Excerpt {
  readonly kind: 'element' | 'json' | 'lines'
  /** Source of the element, the JSON value indented, or the lines. */
  readonly text: string
}

const LINE_END = /\r\n|\r|\n/
const ESCAPES: Readonly<Record<string, string>> = { '~1': '/', '~0': '~' }
const ESCAPE = /~[01]/g

/** Null when the place is the whole page, or is not found in it. */
export function excerptOf(page: Page, place: PlaceInPage): Excerpt | null {
  if (place.selector !== null && place.path !== null && page.kind !== 'html') return elementInJson(page, place)
  if (place.selector !== null) {
    const text = sourceOf(page.text, place.selector, page.kind === 'xml' ? 'xml' : 'html')
    return text === null ? null : { kind: 'element', text }
  }
  if (place.path !== null && place.line === null) return jsonAt(page.json(), place.path)
  return place.line === null ? null : linesAt(page.text, place.line, place.endLine ?? place.line)
}

/** Of a page that was kept as text in JSON, or in a line of it. */
function elementInJson(page: Page, { selector, path, line }: PlaceInPage): Excerpt | null {
  const root = line === null ? page.json() : parseJson(page.text.split(LINE_END)[line - 1] ?? '').value
  const kept = valueAt(root, path ?? '')
  const text = typeof kept === 'string' && selector !== null ? sourceOf(kept, selector, 'html') : null
  return text === null ? null : { kind: 'element', text }
}

function jsonAt(root: unknown, pointer: string): Excerpt | null {
  const value = valueAt(root, pointer)
  return value === undefined ? null : { kind: 'json', text: JSON.stringify(value, null, 2) }
}

/** A JSON Pointer (RFC 6901) followed, also into JSON that was kept as text; undefined when it leads nowhere. */
function valueAt(root: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<unknown>((outer, step) => {
    const name = step.replace(ESCAPE, (escaped) => ESCAPES[escaped] ?? escaped)
    const value = typeof outer === 'string' ? parseJson(outer).value : outer
    const isOpen = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    return isOpen ? (value as Readonly<Record<string, unknown>>)[name] : undefined
  }, root)
}

function linesAt(text: string, first: number, last: number): Excerpt | null {
  const lines = text.split(LINE_END).slice(first - 1, last)
  return lines.length === 0 ? null : { kind: 'lines', text: lines.join('\n') }
}
