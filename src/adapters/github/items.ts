// One issue, discussion or comment of GitHub as an item, whatever told it (page, its JSON, API), and the posts made of
// items.
import type { Author, Parent, Post, Provenance } from '../../model.ts'
import type { Body } from '../../text/body.ts'
import { authorOf, makePost } from '../extraction/post.ts'
import { NAME, type Named, namedBy, refOf } from './names.ts'

export interface Item {
  /** Its address, the topic's with the comment's anchor. */
  readonly url: string | null
  /** Of topics only. */
  readonly title: string | null
  readonly login: string | null
  readonly body: Body
  readonly createdAt: string | null
  readonly editedAt: string | null
  /** Address of the comment it is nested below; null: it answers the topic. */
  readonly below: string | null
  readonly provenance: Provenance
}

const AVATAR_SITE = 'https://github.com/'

export function postOfItem(item: Item, index: number): Post {
  const named = namedBy(item.url)
  const isTopic = item.title !== null
  return makePost({
    key: keyOf(named) ?? `item-${index + 1}`,
    ref: named === null ? null : refOf(named),
    kind: isTopic ? 'article' : 'comment',
    platform: NAME,
    title: item.title,
    author: accountOf(item.login),
    ...item.body,
    createdAt: item.createdAt,
    editedAt: item.editedAt,
    url: item.url,
    parent: isTopic ? null : parentOf(item, named),
    conversation: named?.topic ?? null,
    provenance: item.provenance,
  })
}

function keyOf(named: Named | null): string | null {
  return named === null ? null : refOf(named).id
}

function accountOf(login: string | null): Author | null {
  return authorOf(login, login === null ? null : `${AVATAR_SITE}${encodeURIComponent(login)}`)
}

function parentOf({ below }: Item, named: Named | null): Parent | null {
  const nested = namedBy(below)
  const answered = nested ?? (named === null ? null : { ...named, comment: null })
  if (answered === null) return null
  const ref = refOf(answered)
  const say = nested === null ? 'comment on the topic' : 'nested below the comment it answers'
  return { ref, key: ref.id, basis: 'declared', p: 1, say }
}
