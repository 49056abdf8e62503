// Where in a page a post stands, and who read it there.
import type { Element } from 'domhandler'
import { pathOf } from '../../markup/markup.ts'
import type { Provenance } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import type { Page } from '../page/page.ts'

/** The adapter that reads a page, as provenance names it. */
export type Reader = Pick<Adapter, 'name' | 'version'>

export type Extra = Readonly<Record<string, unknown>>

/** The place of a post in JSON. */
export function placeInJson(page: Page, reader: Reader, path: string, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), path }
}

/** The place of a post in HTML; null: the page as a whole. */
export function placeInHtml(page: Page, reader: Reader, element: Element | null, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), selector: element === null ? null : pathOf(element) }
}

/** The place of a post in lines of text, 1-based; null where it has none. */
export function placeInText(page: Page, reader: Reader, lines: LineRange, extra: Extra | null): Provenance {
  return { ...placeOf(page, reader, extra), ...lines }
}

export type LineRange = Pick<Provenance, 'line' | 'endLine'>

/** The page as a whole. */
export function placeOf(page: Page, { name, version }: Reader, extra: Extra | null): Provenance {
  const { input, digest, capturedAt } = page.capture
  const nowhere = { selector: null, path: null, line: null, endLine: null }
  return { input, capture: digest, capturedAt, adapter: name, adapterVersion: version, ...nowhere, extra }
}

/** Only the keys whose value is known; null when there are none. */
export function knownOf(entries: Extra): Extra | null {
  const known = Object.entries(entries).filter(([, value]) => value !== null && value !== undefined && value !== false)
  return known.length === 0 ? null : Object.fromEntries(known)
}
