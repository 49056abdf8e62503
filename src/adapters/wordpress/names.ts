// What WordPress calls its posts, wherever they are seen: page, REST answer or export give one name, so sightings
// merge. Numbers are unique on one site only, so the host is part of each.
import type { PostRef } from '../../model.ts'

export const WORDPRESS = 'wordpress'
/** Of its pages. */
export const READER = { name: WORDPRESS, version: 1 } as const

/** `host` of the site, `id` as text; null when either is unknown. */
export function postRef(host: string | null, id: string | null): PostRef | null {
  return host === null || id === null ? null : { platform: WORDPRESS, id: `${host}/post-${id}` }
}

export function commentRef(host: string | null, id: string | null): PostRef | null {
  return host === null || id === null ? null : { platform: WORDPRESS, id: `${host}/comment-${id}` }
}

export function postKey(id: string): string {
  return `post-${id}`
}

export function commentKey(id: string): string {
  return `comment-${id}`
}
