// Finds the lines of a TOML file on which a `[[source]]` begins and a key of it stands, so that messages can name them:
// the parser gives values without places. Good for the plain files people write; null where it cannot tell.

const TABLE = /^\s*\[\[\s*source\s*\]\]/
const ANY_TABLE = /^\s*\[{1,2}/
const KEY = /^["']?([\w-]+)/

/**
 * 1-based line of `key` in the `index`-th (0-based) `[[source]]`, or of the table when the key is null or not found.
 */
export function lineOfKey(toml: string, index: number, key: string | null): number | null {
  const lines = toml.split('\n')
  const starts = lines.flatMap((line, at) => (TABLE.test(line) ? [at] : []))
  const start = starts[index]
  if (start === undefined) return null
  const length = lines.slice(start + 1).findIndex((line) => TABLE.test(line))
  const table = lines.slice(start, length < 0 ? undefined : start + 1 + length)
  const at = key === null ? -1 : table.findIndex((line) => keyOf(line) === key)
  return start + 1 + Math.max(at, 0)
}

/** 1-based line of a key before the first table, or null. */
export function lineOfTopKey(toml: string, key: string): number | null {
  const lines = toml.split('\n')
  const end = lines.findIndex((line) => ANY_TABLE.test(line))
  const at = lines.findIndex((line, line0) => keyOf(line) === key && (end < 0 || line0 <= end || ANY_TABLE.test(line)))
  return at < 0 ? null : at + 1
}

function keyOf(line: string): string {
  const bare = line.replace(ANY_TABLE, '').trimStart()
  return KEY.exec(bare)?.[1] ?? ''
}
