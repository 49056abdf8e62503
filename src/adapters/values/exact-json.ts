// JSON as programs write it that know no limit of numbers (Python's do not): ids above 2^53 stand there as numbers, and
// JSON.parse would change their last digits. Here they become text.
import { endOfString, parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'

/** A number too long for JSON.parse. */
const LONG = /(?<![\d.eE+-])\d{16,20}(?![\d.eE])/g
const LONG_NUMBER = /[[:,]\s*\d{16}/

/** The parsed value with long numbers as text; undefined when it is not JSON. */
export function exactJson(text: string): unknown {
  return parseJson(hasLongNumbers(text) ? withLongAsText(text) : text).value
}

/** The same of a whole page: what was parsed already, where no number is long. */
export function exactJsonOf(page: Page): unknown {
  return hasLongNumbers(page.text) ? exactJson(page.text) : page.json()
}

/**
 * A short text's value, with long numbers as text where JSON.parse changed one; or why there is no value. Most have
 * none: looking is cheap.
 */
export function parseExact(text: string): ReturnType<typeof parseJson> {
  const parsed = parseJson(text)
  return holdsRounded(parsed.value) ? parseJson(withLongAsText(text)) : parsed
}

function holdsRounded(value: unknown): boolean {
  const open = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one === 'number' && Number.isInteger(one) && !Number.isSafeInteger(one)) return true
    if (typeof one !== 'object' || one === null) continue
    for (const inner of Object.values(one)) if (typeof inner === 'number' || typeof inner === 'object') open.push(inner)
  }
  return false
}

/** May be true for digits inside of words. */
function hasLongNumbers(text: string): boolean {
  return LONG_NUMBER.test(text)
}

/** Strings are leapt over: what looks like a number inside of words is words. */
function withLongAsText(text: string): string {
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    const quote = text.indexOf('"', from)
    const start = quote === -1 ? text.length : quote
    const end = quote === -1 ? text.length : endOfString(text, quote) + 1
    parts.push(text.slice(from, start).replace(LONG, '"$&"'), text.slice(start, end))
    from = end
  }
  return parts.join('')
}
