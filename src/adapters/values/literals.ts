// Values as Python prints them (`repr`): programs of Python that write tables put lists, dicts and objects into cells
// so. JSON is read as JSON. Numbers that JSON.parse would round stay text.

/** A value with what follows it. */
interface Cursor {
  readonly text: string
  at: number
}

type Read = { readonly value: unknown }

/** Longer cells hold no value of one post. In characters. */
const MAX_LENGTH = 200_000
const MAX_DEPTH = 40
const OPENS = /^\s*[[{]|^\s*[A-Za-z_][\w.]{0,80}\(/
const SPACE = /\s*/y
const NUMBER = /[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_][\w.]*/y
const KEY = /([A-Za-z_]\w*)\s*=(?!=)/y
const QUOTED = /[rbuRBU]{0,2}(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)")/y
const ESCAPE = /\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|x([\dA-Fa-f]{2})|([\s\S]))/g
const SIGNS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\n': '' }
const WORDS: Readonly<Record<string, unknown>> = { True: true, False: false, None: null, true: true, false: false }
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' }
const LAST_CODE_POINT = 0x10ffff

/**
 * The list or object that a cell holds; undefined where it holds none. An object that prints itself (`User(id=1)`) is
 * an object of its named fields; dates and the like that print nothing but numbers are null.
 */
export function literalOf(cell: string): unknown {
  if (cell.length > MAX_LENGTH || !OPENS.test(cell)) return undefined
  const cursor = { text: cell, at: 0 }
  const read = readValue(cursor, 0)
  skipSpace(cursor)
  return read === null || cursor.at < cell.length ? undefined : read.value
}

function readValue(cursor: Cursor, depth: number): Read | null {
  skipSpace(cursor)
  const sign = cursor.text[cursor.at] ?? ''
  if (depth > MAX_DEPTH) return null
  if (sign === '[' || sign === '(') return readList(cursor, depth)
  if (sign === '{') return readDict(cursor, depth)
  const quoted = take(cursor, QUOTED)
  if (quoted !== null) return { value: unescaped(quoted[1] ?? quoted[2] ?? '') }
  const number = take(cursor, NUMBER)
  return number === null ? readWord(cursor, depth) : { value: numberOf(number[0]) }
}

/** Lists, and tuples. */
function readList(cursor: Cursor, depth: number): Read | null {
  const values: unknown[] = []
  const isRead = readItems(cursor, () => {
    const item = readValue(cursor, depth + 1)
    if (item !== null) values.push(item.value)
    return item !== null
  })
  return isRead ? { value: values } : null
}

/** Dicts, and sets, which are lists. */
function readDict(cursor: Cursor, depth: number): Read | null {
  const entries: [string, unknown][] = []
  const values: unknown[] = []
  const isRead = readItems(cursor, () => {
    const key = readValue(cursor, depth + 1)
    if (key === null) return false
    if (!takeSign(cursor, ':')) return values.push(key.value) > 0
    const item = readValue(cursor, depth + 1)
    if (item !== null) entries.push([String(key.value), item.value])
    return item !== null
  })
  return isRead ? { value: values.length > 0 ? values : Object.fromEntries(entries) } : null
}

/** `True`, `nan`, `datetime.datetime(2020, 1, 2)`, `Photo(fullUrl='…')`. */
function readWord(cursor: Cursor, depth: number): Read | null {
  const word = take(cursor, WORD)?.[0]
  if (word === undefined) return null
  if (cursor.text[cursor.at] !== '(') return { value: Object.hasOwn(WORDS, word) ? WORDS[word] : null }
  const entries: [string, unknown][] = []
  const isRead = readItems(cursor, () => {
    skipSpace(cursor)
    const key = take(cursor, KEY)?.[1]
    const item = readValue(cursor, depth + 1)
    if (item !== null && key !== undefined) entries.push([key, item.value])
    return item !== null
  })
  return isRead ? { value: entries.length === 0 ? null : Object.fromEntries(entries) } : null
}

/** Items between brackets, a comma after each; false where they break off. */
function readItems(cursor: Cursor, readItem: () => boolean): boolean {
  const close = CLOSING[cursor.text[cursor.at] ?? ''] ?? ''
  cursor.at += 1
  while (!takeSign(cursor, close)) {
    if (!readItem()) return false
    if (!takeSign(cursor, ',') && cursor.text[cursor.at] !== close) return false
  }
  return true
}

function takeSign(cursor: Cursor, sign: string): boolean {
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== sign) return false
  cursor.at += 1
  return true
}

function skipSpace(cursor: Cursor): void {
  take(cursor, SPACE)
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found !== null) cursor.at = pattern.lastIndex
  return found
}

function numberOf(written: string): number | string {
  const number = Number(written.replaceAll('_', ''))
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? written : number
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, short?: string, long?: string, byte?: string, sign = '') => {
    const code = Number.parseInt(short ?? long ?? byte ?? '', 16)
    if (Number.isNaN(code)) return SIGNS[sign] ?? sign
    return code > LAST_CODE_POINT ? '' : String.fromCodePoint(code)
  })
}
