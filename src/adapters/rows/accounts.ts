// Accounts that stand in JSON beside the rows that name them by their ids alone: lists of them (VK's `profiles` and
// `groups`), and Nostr's own events about an account (NIP-01, kind 0).
import type { Author, Post } from '../../model.ts'
import { parseJson } from '../page/json.ts'
import { asObject, idAt, type Json, textAt } from '../values/json-fields.ts'
import { isNostrEvent } from './nostr.ts'

/** Lists of accounts, and the sign before their ids where rows name them: VK's groups are below zero. */
const LISTS: Readonly<Record<string, string>> = { profiles: '', users: '', accounts: '', groups: '-' }
const MAX_VALUES = 100_000
const MAX_DEPTH = 5
const PROFILE = 0

type Named = Pick<Author, 'handle' | 'name'>

/** What accounts are called, by the ids that rows have of them; of two that say it the later one. */
export function accountsIn(roots: readonly unknown[]): ReadonlyMap<string, Named> {
  const accounts = new Map<string, Named>()
  const open = roots.map((value) => ({ value, depth: 0 }))
  for (let one = open.pop(), seen = 0; one !== undefined && seen < MAX_VALUES; one = open.pop(), seen += 1) {
    const { value, depth } = one
    const object = asObject(value)
    if (object !== null && object['kind'] === PROFILE && isNostrEvent(object)) addProfile(accounts, object)
    if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) continue
    for (const [key, inner] of Object.entries(value)) {
      const sign = Array.isArray(inner) ? LISTS[key] : undefined
      if (sign !== undefined) for (const account of inner as readonly unknown[]) addAccount(accounts, account, sign)
      else if (typeof inner === 'object') open.push({ value: inner, depth: depth + 1 })
    }
  }
  return accounts
}

function addAccount(accounts: Map<string, Named>, value: unknown, sign: string): void {
  const [account, id] = [asObject(value), idAt(value, 'id')]
  const full = [textAt(account, 'first_name'), textAt(account, 'last_name')].filter((part) => part !== null).join(' ')
  const name = full === '' ? (textAt(account, 'name') ?? textAt(account, 'display_name')) : full
  const handle = textAt(account, 'screen_name') ?? textAt(account, 'username')
  if (id !== null && (name !== null || handle !== null)) accounts.set(sign + id, { handle, name })
}

function addProfile(accounts: Map<string, Named>, event: Json): void {
  const told = asObject(parseJson(textAt(event, 'content') ?? '').value)
  const [handle, shown] = [textAt(told, 'name'), textAt(told, 'display_name') ?? textAt(told, 'displayName')]
  const id = textAt(event, 'pubkey')
  if (id !== null && (handle !== null || shown !== null)) accounts.set(id, { handle, name: shown })
}

/** A post of an account known by its id alone, under the names that account has. */
export function withAccount(accounts: ReadonlyMap<string, Named>, post: Post): Post {
  const { author } = post
  if (author === null || author.id === null || author.handle !== null || author.name !== null) return post
  const named = accounts.get(author.id)
  return named === undefined ? post : { ...post, author: { ...author, ...named } }
}
