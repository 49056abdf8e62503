// JSON values one behind the other, each over several lines, as jq prints the items of a list and `cat *.json` joins
// files: one a line, they are JSONL.
import { endOfString } from './json.ts'

const QUOTE = 0x22
const OPENS = new Set([0x5b, 0x7b])
const CLOSES = new Set([0x5d, 0x7d])
const LINE_ENDS = /\r\n|\r|\n/g
const NOT_BLANK = /\S/
const BETWEEN = /^[\s,]*$/
/** Values looked at before the rest is believed to be of their kind. */
const MIN_VALUES = 2

/**
 * Each value on the line on which it begins, the lines it took left blank behind it, so that line numbers stay true;
 * null where the text is anything else than several objects or lists. What is cut at the end stays as it is.
 */
export function valuesInLines(text: string): string | null {
  const lines: string[] = []
  let [depth, from, end] = [0, 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (OPENS.has(code)) {
      if (depth === 0) {
        if (!BETWEEN.test(text.slice(end, at))) return null
        from = at
      }
      depth += 1
    } else if (CLOSES.has(code)) {
      depth -= 1
      if (depth < 0) return null
      if (depth > 0) continue
      lines.push(breakBefore(text.slice(end, from), lines.length === 0), onOneLine(text.slice(from, at + 1)))
      end = at + 1
    }
  }
  return lines.length < 2 * MIN_VALUES ? null : lines.join('') + restOf(text.slice(end))
}

/** An item in the middle of which the text ends, on one line too. */
function restOf(rest: string): string {
  const start = rest.search(NOT_BLANK)
  return start === -1 ? rest : `${breakBefore(rest.slice(0, start), false)}${rest.slice(start).replace(LINE_ENDS, ' ')}`
}

/** A value that begins on the line where another one ended gets a line of its own: the numbers behind it are higher. */
function breakBefore(between: string, isFirst: boolean): string {
  return '\n'.repeat(Math.max(lineEndsIn(between), isFirst ? 0 : 1))
}

function onOneLine(value: string): string {
  return value.replace(LINE_ENDS, ' ') + '\n'.repeat(lineEndsIn(value))
}

function lineEndsIn(text: string): number {
  return text.match(LINE_ENDS)?.length ?? 0
}
