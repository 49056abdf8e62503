// What an API answers in JSON when it has nothing to give: an error in words. Whoever saved such an answer saved no
// posts, and is told what the site said. Pages that stand before a page are walls.ts's business.
import { asObject, objectAt, objectsAt, textAt, textsAt, valueAt } from '../values/json-fields.ts'

/** An answer that refuses says so and little else. */
const MAX_KEYS = 8
const MAX_WORDS = 300
const SIGNS = ['error', 'errors', 'error_type', 'error_code']

/** The site's words, or null for any other value. */
export function errorSaid(value: unknown): string | null {
  const object = asObject(value)
  if (object === null || Object.keys(object).length > MAX_KEYS) return null
  if (!SIGNS.some((key) => isSaid(valueAt(object, key)))) return null
  const listed = objectsAt(object, 'errors').map((one) => textAt(one, 'message') ?? textAt(one, 'detail'))
  const all = [
    textAt(object, 'error_description'),
    textAt(object, 'message'),
    textAt(object, 'detail'),
    textAt(objectAt(object, 'error'), 'message'),
    ...listed,
    ...textsAt(object, 'errors'),
    textAt(object, 'error'),
  ]
  return all.find((words) => words !== null)?.slice(0, MAX_WORDS) ?? null
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}
