// The lists that a workspace's export lays beside its channels (accounts, channels, what was installed): nobody's
// words, and known, so that an export is not called unread for them.
import { type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'

const LISTS: readonly (readonly [name: string, id: RegExp, keys: readonly string[]])[] = [
  ['accounts', /^[UW][A-Z0-9]{5,14}$/, ['team_id', 'profile']],
  ['channels', /^[CDG][A-Z0-9]{5,14}$/, ['members', 'created']],
  ['what was installed', /^(?:\d{5,20}|[A-Z][A-Z0-9]{5,14})$/, ['change_type', 'date']],
]
const IDS = ['id', 'service_id', 'app_id']

/** What all entries are, or null. */
export function listName(value: unknown): string | null {
  const entries = objectsAt({ value }, 'value')
  if (entries.length === 0) return null
  return LISTS.find(([, id, keys]) => entries.every((entry) => isEntry(entry, id, keys)))?.[0] ?? null
}

function isEntry(entry: Json, id: RegExp, keys: readonly string[]): boolean {
  return keys.every((key) => valueAt(entry, key) !== undefined) && IDS.some((key) => id.test(textAt(entry, key) ?? ''))
}
