// Events of Nostr among JSON rows (https://github.com/nostr-protocol/nips): which are notes, and what a note answers
// (NIP-10, NIP-22, NIP-23, read 2026-11).
import { type Json, textAt } from '../values/json-fields.ts'

/** Notes, articles, comments; reactions, reposts and profiles are none. */
const NOTES: readonly unknown[] = [1, 1111, 30023]
const EVENT_ID = /^[\da-f]{64}$/

export function isNostrEvent({ id, pubkey, kind, tags }: Json): boolean {
  return EVENT_ID.test(String(id)) && EVENT_ID.test(String(pubkey)) && typeof kind === 'number' && Array.isArray(tags)
}

export function isNote({ kind }: Json): boolean {
  return NOTES.includes(kind)
}

/** What an article's tags say of it: its title, and when it was first published; `created_at` is its last version's. */
export function toldOfNote({ tags }: Json): { readonly title: string | null; readonly publishedAt: string | null } {
  const tagged = (name: string) => {
    const tag = (Array.isArray(tags) ? tags : []).find((one: unknown) => Array.isArray(one) && one[0] === name)
    return textAt({ value: tag?.[1] as unknown }, 'value')
  }
  return { title: tagged('title'), publishedAt: tagged('published_at') }
}

/** The event marked as answered, else the root, else, as clients wrote until 2023, the last one named. */
export function answeredNote({ tags }: Json): string | null {
  const named = (Array.isArray(tags) ? tags : []).flatMap((tag: unknown) =>
    Array.isArray(tag) && tag[0] === 'e' ? [tag] : [],
  )
  const marked = ['reply', 'root'].map((mark) => named.find((tag) => tag[3] === mark)).find((tag) => tag !== undefined)
  const answered: unknown = (marked ?? named.findLast((tag) => tag[3] !== 'mention'))?.[1]
  return typeof answered === 'string' && EVENT_ID.test(answered) ? answered : null
}
