// The findings of an export of ours, by what they are, and where each stands: in one document (`--format json`) or
// one a line (`--format jsonl`). The shape is told in export/json/shape.ts; here nothing of it is trusted.
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, listAt, objectAt, valueAt } from '../values/json-fields.ts'

/** The version of the format that is known here: a later one may mean other things by the same keys. */
const FORMAT = 1
/** How lines begin, and the document does. */
const LINE = /^\ufeff?\s*\{\s*"(?:(?:thread|conversation|unplaced)":\s*\{\s*"id":|note":\s*\{\s*"level":)/
const DOCUMENT = /^\ufeff?\s*\{\s*"unspool":\s*"[^"]{0,100}",\s*"format":\s*(\d{1,4})\b/
const HEAD_LENGTH = 400
const LISTS = { thread: 'threads', conversation: 'conversations', unplaced: 'unplaced', note: 'notes' } as const
const KINDS = Object.keys(LISTS) as (keyof typeof LISTS)[]

/** A part of the export. */
export interface Finding {
  readonly value: Json
  /** JSON Pointer (RFC 6901) in the document or in the line. */
  readonly path: string
  /** 1-based, of lines; null in a document. */
  readonly line: number | null
}

type ListName = (typeof LISTS)[keyof typeof LISTS]

export type Findings = Readonly<Record<ListName, readonly Finding[]>> & {
  /** Lines that are no finding: cut, or somebody else's. */
  readonly strange: readonly number[]
}

/** Whether the page is one. Only its beginning is looked at. */
export function isOwnExport(page: Page): boolean {
  if (page.kind !== 'json' && page.kind !== 'jsonl') return false
  const head = page.text.slice(0, HEAD_LENGTH)
  return LINE.test(head) || DOCUMENT.exec(head)?.[1] === String(FORMAT)
}

export function listFindings(page: Page): Findings {
  const found: Record<ListName, Finding[]> = { threads: [], conversations: [], unplaced: [], notes: [] }
  const strange: number[] = []
  const add = (value: unknown, line: number | null): boolean => {
    const kind = KINDS.find((name) => objectAt(value, name) !== null)
    if (kind === undefined) return false
    found[LISTS[kind]].push({ value: objectAt(value, kind) ?? {}, path: `/${kind}`, line })
    return true
  }
  if (page.kind === 'jsonl') {
    for (const [at, line] of page.text.split('\n').entries())
      if (line.trim() !== '' && !add(parseJson(line.trim()).value, at + 1)) strange.push(at + 1)
  } else if (!add(page.json(), null)) {
    for (const name of Object.values(LISTS)) found[name].push(...within(page.json(), name))
  }
  return { ...found, strange }
}

function within(document: unknown, name: string): readonly Finding[] {
  return partsOf({ value: asObject(document) ?? {}, path: '', line: null }, name)
}

/** The objects of a list in a finding, each with its place. */
export function partsOf({ value, path, line }: Finding, name: string): readonly Finding[] {
  return listAt(value, name).flatMap((part, at) => {
    const object = asObject(part)
    return object === null ? [] : [{ value: object, path: `${path}/${name}/${at}`, line }]
  })
}

/** A text, blank or not; null where there is none. */
export function stringAt(value: unknown, key: string): string | null {
  const text = valueAt(value, key)
  return typeof text === 'string' ? text : null
}
