// JSON as pages hold it: parsed without a throw, never deeper than walkers can go.

/** Deepest nesting of JSON that is read: walkers recurse, and no platform nests a tenth as deep. */
export const MAX_JSON_DEPTH = 10_000
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

export interface ParsedJson {
  readonly value: unknown
  /** Why there is no value, or null. */
  readonly problem: string | null
}

/** The value, or why there is none. Nesting past MAX_JSON_DEPTH is refused before parsing. Never throws. */
export function parseJson(text: string): ParsedJson {
  if (nestsDeeperThan(text, MAX_JSON_DEPTH)) {
    return { value: undefined, problem: `nested deeper than ${MAX_JSON_DEPTH} levels` }
  }
  try {
    return { value: JSON.parse(text) as unknown, problem: null }
  } catch (error) {
    return { value: undefined, problem: sayUnparsed(error) }
  }
}

/** What newer Nodes add: without it the same bytes are read as the same in every Node. */
const LINE_AND_COLUMN = / \(line \d+ column \d+\)$/

function sayUnparsed(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(LINE_AND_COLUMN, '')
}

// Counts brackets outside of strings. Texts shorter than the limit cannot nest deeper and cost nothing.
function nestsDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) depth += 1
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1
    if (depth > limit) return true
  }
  return false
}

/**
 * Where the JSON string that starts here ends. indexOf leaps over long ones; a quote after an odd number of backslashes
 * is part of it.
 */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}
