// What a value says beyond what its columns or headers already tell. Kept beside them as JSON, so that nothing is lost and
// nothing is stored twice.
import { canonicalJson } from '../fixity.ts'

/** The members of `value` that differ from `told`, or null when there are none. */
export function differenceFrom<T extends object>(told: Partial<T>, value: T): Partial<T> | null {
  const different = Object.entries(value).filter(([key, member]) => !isSame(member, told[key as keyof T]))
  return different.length === 0 ? null : (Object.fromEntries(different) as Partial<T>)
}

/** JSON text of a value, or null. */
export function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** What `toJson` wrote; null gives no members. */
export function fromJson<T>(text: string | null): Partial<T> {
  return text === null ? {} : (JSON.parse(text) as Partial<T>)
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b)
}
