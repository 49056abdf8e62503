// YAML front matter of an exported file. Scalars are JSON strings, which YAML 1.2 reads as double-quoted ones
// (YAML 1.2.2 §1.2): nothing in a title can end the block, and no YAML library has to load at start-up.

export type FrontMatterValue = string | number | null | readonly string[]

/** `---`, one line a key, `---`. Keys must be plain words; values may hold anything. */
export function printFrontMatter(entries: Readonly<Record<string, FrontMatterValue>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `${key}:${printValue(value)}\n`)
  return `---\n${lines.join('')}---\n`
}

function printValue(value: FrontMatterValue): string {
  if (value === null || typeof value === 'number') return ` ${value}`
  if (typeof value === 'string') return ` ${quote(value)}`
  return value.length === 0 ? ' []' : value.map((item) => `\n  - ${quote(item)}`).join('')
}

/**
 * What JSON leaves bare and YAML readers refuse, fold or reorder: DEL, C1, line separators, bidi controls, BOM,
 * non-characters.
 */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

/** Halves of surrogate pairs go: no UTF-8 file can hold them. */
function quote(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(UNPRINTABLE, escapeCode)
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
