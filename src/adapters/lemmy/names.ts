// What names a Lemmy post or comment everywhere: its `ap_id`, the ActivityPub address on the server it was written on.
// The numbers of the API are those of the server asked; parents are given by them.
import type { Author, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { authorOf } from '../extraction/post.ts'
import { idAt, type Json, objectAt, textAt } from '../values/json-fields.ts'

export const NAME = 'lemmy'
export const READER = { name: NAME, version: 1 } as const

/** Number of a comment or post on the server asked → its ap_id, as far as the page tells; `comment/7`, `post/7`. */
export type Numbers = ReadonlyMap<string, string>

export function learnNumbers(views: readonly Json[]): Numbers {
  const known = new Map<string, string>()
  for (const view of views)
    for (const kind of ['post', 'comment'] as const) {
      const [id, name] = [idAt(view, kind, 'id'), addressAt(objectAt(view, kind))]
      if (id !== null && name !== null) known.set(`${kind}/${id}`, name)
    }
  return known
}

export function addressAt(object: Json | null): string | null {
  return parseUrl(textAt(object, 'ap_id'))?.href ?? null
}

/**
 * The name of what `comment/7` is; unknown to the page, it is named by the server's own address, which may be another.
 */
export function refOf(number: string, numbers: Numbers, origin: string | null): PostRef | null {
  const address = numbers.get(number) ?? (origin === null ? null : `${origin}/${number}`)
  return address === null ? null : { platform: NAME, id: address }
}

/** user@host, as everywhere in the fediverse. */
export function writerOf(creator: Json | null): Author | null {
  const url = textAt(creator, 'actor_id') ?? textAt(creator, 'ap_id')
  const named = textAt(creator, 'name')
  const name = named ?? textAt(creator, 'user_name')
  const host = parseUrl(url)?.host ?? null
  const handle = name === null || host === null ? name : `${name}@${host}`
  return authorOf(handle, url, {
    name: textAt(creator, 'display_name') ?? (named === null ? textAt(creator, 'title') : null),
  })
}
