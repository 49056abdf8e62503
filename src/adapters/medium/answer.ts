// What Medium answers, in three forms: a GraphQL answer, in which objects stand in each other; the cache that a page
// carries (`__APOLLO_STATE__`), in which they name each other (`{"__ref": "Post:…"}`) and fields have their arguments
// behind them (`content({…})`); an answer to `?format=json`, in which accounts stand in lists of their own.
import { asObject, itemsOf, type Json, objectAt, textAt } from '../values/json-fields.ts'

/** The whole of it; where objects are named, they stand here under their names. */
export type Answer = Json

const ARGUMENTS = '('

/** A field, whatever its arguments were. */
export function fieldOf(object: Json | null, name: string): unknown {
  if (object === null) return undefined
  if (Object.hasOwn(object, name)) return object[name]
  const key = Object.keys(object).find((one) => one.startsWith(name + ARGUMENTS))
  return key === undefined ? undefined : object[key]
}

/** What a value is, or names: caches until 2021 named things by `id`. */
export function resolved(answer: Answer, value: unknown): Json | null {
  const object = asObject(value)
  const name = textAt(object, '__ref') ?? (textAt(object, 'type') === 'id' ? textAt(object, 'id') : null)
  return name === null ? object : objectAt(answer, name)
}

export function objectIn(answer: Answer, object: Json | null, name: string): Json | null {
  return resolved(answer, fieldOf(object, name))
}

export function objectsIn(answer: Answer, object: Json | null, name: string): readonly Json[] {
  return (itemsOf(fieldOf(object, name)) ?? []).map((value) => resolved(answer, value)).filter((one) => one !== null)
}
