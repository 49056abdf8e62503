// What a value says beyond what its columns or headers already tell. Kept beside them as JSON, so that nothing is lost
// and nothing is stored twice.
import { canonicalJson } from '../fixity.ts'

/** The members of `value` that differ from `told`, or null when there are none. */
export function differenceFrom<T extends object>(told: Partial<T>, value: T): Partial<T> | null {
  let different: Partial<T> | null = null
  for (const key of Object.keys(value) as (keyof T)[])
    if (!isSame(value[key], told[key])) different = { ...different, [key]: value[key] } as Partial<T>
  return different
}

/** JSON text of a value, or null. */
export function toJsonColumn(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** What `toJsonColumn` wrote; null gives no members. */
export function fromJsonColumn<T>(text: string | null): Partial<T> {
  return text === null ? {} : (JSON.parse(text) as Partial<T>)
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isObject(a) || !isObject(b)) return false
  return hasSameMembers(a, b) || canonicalJson(a) === canonicalJson(b)
}

/** True without a look into deeper levels, which most values do not have. */
function hasSameMembers(a: Members, b: Members): boolean {
  const keys = Object.keys(a)
  const isAlike = Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length
  return isAlike && keys.every((key) => a[key] === b[key])
}

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
