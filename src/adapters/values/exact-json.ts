// JSON as programs write it that know no limit of numbers (Python's do not): ids above 2^53 stand there as numbers, and JSON.parse
// would change their last digits. Here they become text.
import { endOfString, parseJson } from '../page/page.ts'

/** A number too long for JSON.parse. */
const LONG = /(?<![\d.eE+-])\d{16,20}(?![\d.eE])/g
const LONG_NUMBER = /[[:,]\s*\d{16}/

/** The parsed value with long numbers as text; undefined when it is not JSON. */
export function exactJson(text: string): unknown {
  return parseExact(text).value
}

/** The same, or why there is no value. */
export function parseExact(text: string): ReturnType<typeof parseJson> {
  return parseJson(hasLongNumbers(text) ? withLongAsText(text) : text)
}

/** May be true for digits inside of words. */
export function hasLongNumbers(text: string): boolean {
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
