// The JSON that a page carries for its script: scripts that are nothing else (`type="application/json"`, JSON-LD), and
// what one lays down for others (`window.__INITIAL_STATE__ = {…}`). Which of it are posts is asked elsewhere.
import type { Element } from 'domhandler'
import { attr, select } from '../../markup/markup.ts'
import { endOfString } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { exactJson } from '../values/exact-json.ts'

const DATA_TYPE = /^application\/(?:ld\+)?json$/i
const SCRIPT_TYPE = /^(?:text\/javascript|application\/javascript|module)?$/i
const LAID_DOWN =
  /\b(?:window|self|globalThis)(?:\.|\[["'])(?:__\w{1,60}|\w{0,40}(?:STATE|DATA|PROPS))(?:["']\])?\s*=\s*/i
const OPEN = 0x7b
const CLOSE = 0x7d
const QUOTE = 0x22
const UNDEFINED = 'undefined'
const FIRST_OF_UNDEFINED = 0x75

export interface ScriptState {
  readonly script: Element
  readonly value: unknown
}

/** What each script of the page holds, in page order; those are parsed whose characters `mayHold` what is sought. */
export function* scriptStates(page: Page, mayHold: RegExp): Generator<ScriptState> {
  for (const script of select('script', page.html().root)) {
    const type = attr(script, 'type')?.trim() ?? ''
    const isData = DATA_TYPE.test(type)
    if (!isData && !SCRIPT_TYPE.test(type)) continue
    const text = script.children.map((child) => ('data' in child ? child.data : '')).join('')
    const json = isData ? text : laidDown(text)
    if (json === null || !mayHold.test(json)) continue
    const value = exactJson(json)
    if (value !== undefined) yield { script, value }
  }
}

/** The object that a script assigns to a name of the window's; what a program left undefined is null. */
function laidDown(text: string): string | null {
  const found = LAID_DOWN.exec(text)
  const from = found === null ? -1 : found.index + found[0].length
  if (text.charCodeAt(from) !== OPEN) return null
  const parts: string[] = []
  let [depth, begin] = [0, from]
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN) depth += 1
    else if (code === CLOSE) depth -= 1
    else if (code === FIRST_OF_UNDEFINED && text.startsWith(UNDEFINED, at)) {
      parts.push(text.slice(begin, at), 'null')
      begin = at + UNDEFINED.length
    }
    if (depth === 0) return parts.join('') + text.slice(begin, at + 1)
  }
  return null
}
