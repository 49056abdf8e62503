// What a page of Lemmy carries for its script: the API's own answers, as the server got them (`window.isoData`), one
// answer for each part of the page. They are written as a script, in which unknown values are `undefined`.
import type { Document, Element } from 'domhandler'
import { select } from '../../markup/markup.ts'
import { endOfString, parseJson } from '../page/json.ts'
import { asObject, type Json, valueAt } from '../values/json-fields.ts'

const SIGN = /window\.isoData\s*=\s*(?=\{)/
const CHANGE = /["{}[\]]/g

/** The answers on a page, and the script they stand in. */
interface Carried {
  readonly script: Element
  readonly answers: readonly Json[]
}

export function carriedBy(root: Document): Carried | null {
  for (const script of select('script', root)) {
    const text = script.children.map((child) => ('data' in child ? child.data : '')).join('')
    const sign = SIGN.exec(text)
    if (sign === null) continue
    const { value } = parseJson(withoutUndefined(objectFrom(text, sign.index + sign[0].length)))
    return { script, answers: answersIn(valueAt(value, 'routeData')) }
  }
  return null
}

/** A list until 0.17, since then named, each with the state of its request. */
function answersIn(data: unknown): readonly Json[] {
  const parts: unknown[] = Array.isArray(data) ? data : Object.values(asObject(data) ?? {})
  return parts.map((part) => asObject(valueAt(part, 'data')) ?? asObject(part)).filter((part) => part !== null)
}

/** The object that begins here, to its own end. */
function objectFrom(text: string, start: number): string {
  let depth = 0
  CHANGE.lastIndex = start
  for (let found = CHANGE.exec(text); found !== null; found = CHANGE.exec(text)) {
    if (found[0] === '"') CHANGE.lastIndex = endOfString(text, found.index) + 1
    else depth += found[0] === '{' || found[0] === '[' ? 1 : -1
    if (depth === 0) return text.slice(start, found.index + 1)
  }
  return text.slice(start)
}

function withoutUndefined(text: string): string {
  let [json, at] = ['', 0]
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', at)) {
    const end = endOfString(text, quote) + 1
    json += `${text.slice(at, quote).replaceAll('undefined', 'null')}${text.slice(quote, end)}`
    at = end
  }
  return `${json}${text.slice(at).replaceAll('undefined', 'null')}`
}
