// Reading JSON that is somebody else's, whatever the platform: any field may be missing, of another type or hostile.
// Only own keys are seen, so that `__proto__` and `constructor` are names like any other. No knowledge of posts.

/** An object whose fields are not trusted. */
export type Json = Readonly<Record<string, unknown>>

const NOT_LETTERS = /[^a-z]+/g

/** Longest id seen is 19 digits (2^63); a longer one is no id. */
const ID = /^\d{1,20}$/

/** The value as an object, or null when it is a list, a scalar or nothing. */
export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

/** What stands at the end of the keys, or undefined when the way breaks off. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let at = value
  for (const key of keys) {
    const object = asObject(at)
    if (object === null || !Object.hasOwn(object, key)) return undefined
    at = object[key]
  }
  return at
}

export function objectAt(value: unknown, ...keys: readonly string[]): Json | null {
  return asObject(valueAt(value, ...keys))
}

/** A list, empty where there is none. */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const list = valueAt(value, ...keys)
  return Array.isArray(list) ? list : []
}

/** The items of a list or the nodes of a Relay connection (`{"edges": [{"node": …}]}`); null for anything else. */
export function itemsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  const edges = valueAt(value, 'edges')
  return Array.isArray(edges) ? edges.map((edge) => valueAt(edge, 'node')) : null
}

/** The objects of a list; what is no object is left out. */
export function objectsAt(value: unknown, ...keys: readonly string[]): readonly Json[] {
  return listAt(value, ...keys)
    .map(asObject)
    .filter((item) => item !== null)
}

/** The strings of a list. */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter((item) => typeof item === 'string')
}

/** Text that is not blank, or null. */
export function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const text = valueAt(value, ...keys)
  return typeof text === 'string' && text.trim() !== '' ? text : null
}

/** A whole number of zero or more, also when written as text (account exports do), or null. */
export function countAt(value: unknown, ...keys: readonly string[]): number | null {
  const found = valueAt(value, ...keys)
  const count = typeof found === 'string' && ID.test(found) ? Number(found) : found
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
}

/** An id as text, or null. A number is taken only below 2^53: above, JSON has already changed its last digits. */
export function idAt(value: unknown, ...keys: readonly string[]): string | null {
  const id = valueAt(value, ...keys)
  if (typeof id === 'string') return ID.test(id) ? id : null
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : null
}

/** One step of a JSON Pointer (RFC 6901). */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** A key in small letters without signs: `full_text`, `fullText` and `Full Text` are one. */
export function plainKey(key: string): string {
  return key.toLowerCase().replace(NOT_LETTERS, '')
}
