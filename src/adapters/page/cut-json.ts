// JSON that ends early, as a download that broke off leaves it: what stands whole before its end is JSON again once the
// open brackets are closed. The item in the middle of which it ends is left out: half a post may have lost whom it
// answers.
import { endOfString, MAX_JSON_DEPTH, parseJson } from './json.ts'

const COMMA = 0x2c
const QUOTE = 0x22
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
/** An item so many times as long as all whole ones before it is a box of items, and not one to leave out. */
const MAX_ITEM = 16
const IS_BOX = /^\s*[{[]/

/** A bracket that is open. */
interface Open {
  readonly isArray: boolean
  /** Where the item begins that is being read. */
  from: number
  /** Where the last whole item ends; null: there is none. */
  end: number | null
  longest: number
}

/** The text up to its last whole item, closed; null when it is not cut but broken, or no item of it is whole. */
export function closedJson(text: string): string | null {
  const open = openAtEnd(text)
  if (open === null) return null
  const at = open.findIndex((one) => isListOfBoxes(text, one) && text.length - one.from <= MAX_ITEM * one.longest)
  const end = open[at]?.end ?? null
  if (end === null) return null
  const brackets = open.slice(0, at + 1).reverse()
  const closed = text.slice(0, end) + brackets.map(({ isArray }) => (isArray ? ']' : '}')).join('')
  return parseJson(closed).value === undefined ? null : closed
}

function isListOfBoxes(text: string, { isArray, from, end }: Open): boolean {
  return isArray && end !== null && IS_BOX.test(text.slice(from, from + 100))
}

/** The brackets that nothing closes, outermost first; null when there are none, or others are closed. */
function openAtEnd(text: string): readonly Open[] | null {
  const open: Open[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT)
      open.push({ isArray: code === OPEN_ARRAY, from: at + 1, end: null, longest: 0 })
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      if (open.pop()?.isArray !== (code === CLOSE_ARRAY)) return null
    } else if (code === COMMA) endItem(open.at(-1), at)
    if (open.length > MAX_JSON_DEPTH) return null
  }
  return open.length === 0 ? null : open
}

function endItem(open: Open | undefined, at: number): void {
  if (open === undefined) return
  open.longest = Math.max(open.longest, at - open.from)
  open.end = at
  open.from = at + 1
}
