// A value as JSON text in pieces, indented by two: joined they are what JSON.stringify gives, and none is the size of
// the whole.

/** Below this depth a value is printed in one piece: document 0, list 1, thread 2, its posts 3, a post 4. */
const PIECE_DEPTH = 4

/** The items of a list that stands at `indent`, `depth` levels down. */
export function* printItems(items: Iterable<unknown>, indent: string, depth: number): Generator<string> {
  const inner = `${indent}  `
  let opened = false
  for (const item of items) {
    yield opened ? `,\n${inner}` : `[\n${inner}`
    yield* printValue(item, inner, depth + 1)
    opened = true
  }
  yield opened ? `\n${indent}]` : '[]'
}

function* printValue(value: unknown, indent: string, depth: number): Generator<string> {
  if (depth >= PIECE_DEPTH || value === null || typeof value !== 'object') {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
  } else if (Array.isArray(value)) {
    yield* printItems(value, indent, depth)
  } else {
    yield* printEntries(Object.entries(value), indent, depth)
  }
}

function* printEntries(entries: readonly [string, unknown][], indent: string, depth: number): Generator<string> {
  let before = '{'
  for (const [key, value] of entries) {
    yield `${before}\n${indent}  ${JSON.stringify(key)}: `
    yield* printValue(value, `${indent}  `, depth + 1)
    before = ','
  }
  yield before === '{' ? '{}' : `\n${indent}}`
}
