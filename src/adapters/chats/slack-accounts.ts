// Whose id is whose in a file of Slack: messages carry a profile of their author (2018 to now), some tools lay the list
// of accounts beside the messages. Knows no messages otherwise.
import type { Author } from '../../model.ts'
import { type Json, objectAt, objectsAt, textAt } from '../values/json-fields.ts'

/** By id: all accounts that the file describes. */
export function accountsIn(value: unknown, messages: readonly Json[]): ReadonlyMap<string, Author> {
  const told = [
    ...objectsAt(value, 'users').map((user) => [textAt(user, 'id'), user] as const),
    ...messages.map((message) => [textAt(message, 'user'), objectAt(message, 'user_profile')] as const),
  ]
  return new Map(
    told.flatMap(([id, user]) => (id === null || user === null ? [] : [[id, accountOf(id, user)] as const])),
  )
}

export function nameOfAccount(account: Author | undefined): string | null {
  return account?.name ?? account?.handle ?? null
}

/** A shown name may be empty; then it is the real one. */
function accountOf(id: string, user: Json): Author {
  const profile = objectAt(user, 'profile') ?? user
  const name = textAt(profile, 'display_name') ?? textAt(profile, 'real_name') ?? textAt(user, 'real_name')
  return { id, handle: textAt(user, 'name'), name, url: null }
}
