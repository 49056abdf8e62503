// Where the items of a long list stand in JSON that comes in chunks: the list that is the whole document, or lists that
// are values of the object that is. Bytes are looked at once and never held; no value is read. Brackets that do not
// match are taken as they come.

/** A byte of the document outside of all items: where a list opens or closes, where an item ends. */
export interface Mark {
  readonly kind: 'open' | 'comma' | 'close'
  /** Offset in the chunk. */
  readonly at: number
  /** How deep the item before it nests, itself 1; 0 before an opening. */
  readonly depth: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

interface State {
  depth: number
  /** Depth of the lists: 1 when the document is one, 2 when it is an object; 0 before its first bracket. */
  level: number
  /** In a list of that depth. */
  inside: boolean
  inString: boolean
  escaped: boolean
  deepest: number
}

/** Takes the chunks one after the other; gives the marks of each. */
export function createBrackets(): (chunk: Uint8Array) => readonly Mark[] {
  const state: State = { depth: 0, level: 0, inside: false, inString: false, escaped: false, deepest: 0 }
  return (chunk) => {
    const marks: Mark[] = []
    for (let at = 0; at < chunk.length; at += 1) {
      if (state.inString) at = endOfString(state, chunk, at)
      else readByte(state, chunk[at] ?? 0, at, marks)
    }
    return marks
  }
}

function readByte(state: State, byte: number, at: number, marks: Mark[]): void {
  if (byte === QUOTE) state.inString = true
  else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) open(state, byte === OPEN_ARRAY, at, marks)
  else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) close(state, at, marks)
  else if (byte === COMMA && state.inside && state.depth === state.level) mark(state, 'comma', at, marks)
}

function open(state: State, isArray: boolean, at: number, marks: Mark[]): void {
  if (state.level === 0) state.level = isArray ? 1 : 2
  state.depth += 1
  state.deepest = Math.max(state.deepest, state.depth)
  if (!isArray || state.inside || state.depth !== state.level) return
  state.inside = true
  state.deepest = state.level
  mark(state, 'open', at, marks)
}

function close(state: State, at: number, marks: Mark[]): void {
  if (state.inside && state.depth === state.level) {
    mark(state, 'close', at, marks)
    state.inside = false
  }
  state.depth -= 1
}

function mark(state: State, kind: Mark['kind'], at: number, marks: Mark[]): void {
  marks.push({ kind, at, depth: state.deepest - state.level })
  state.deepest = state.level
}

/** Leaps from quote to quote; an escaped one ends nothing, wherever the chunks part. */
function endOfString(state: State, chunk: Uint8Array, start: number): number {
  let from = start
  if (state.escaped) {
    state.escaped = false
    from += 1
  }
  for (;;) {
    const quote = chunk.indexOf(QUOTE, from)
    const end = quote === -1 ? chunk.length : quote
    const isEscaped = slashesBefore(chunk, end, from) % 2 === 1
    if (quote === -1) {
      state.escaped = isEscaped
      return chunk.length
    }
    if (!isEscaped) {
      state.inString = false
      return quote
    }
    from = quote + 1
  }
}

function slashesBefore(chunk: Uint8Array, end: number, from: number): number {
  let at = end
  while (at > from && chunk[at - 1] === BACKSLASH) at -= 1
  return end - at
}
