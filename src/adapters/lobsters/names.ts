// What names a story or a comment of Lobsters: its address without the title in it. Several sites run this software.
import type { Author, PostRef } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import { authorOf } from '../extraction/post.ts'

export const NAME = 'lobsters'
export const LOBSTERS = 'Lobsters'
export const SITE = 'https://lobste.rs/'
export const READER = { name: NAME, version: 1 } as const

export const SHORT_ID = /^[a-z0-9]{4,10}$/
const STORY_PATH = /^\/s\/([a-z0-9]{4,10})(?:\.json$|\/|$)/
/** What the site prints in place of a comment that is gone; nobody wrote it. */
const GONE = /^(?:Comment|Thread)\s(?:removed by (author|moderator)\b|from banned user removed)/

export function storyUrl(id: string, base: URL): string {
  return new URL(`/s/${id}`, base).href
}

export function commentUrl(id: string, base: URL): string {
  return new URL(`/c/${id}`, base).href
}

export function refOf(url: string): PostRef {
  return { platform: NAME, id: url }
}

export function storyInPath(href: string | null, base: URL): string | null {
  return STORY_PATH.exec(parseUrl(resolve(href, base))?.pathname ?? '')?.[1] ?? null
}

export function accountOf(name: string | null, base: URL): Author | null {
  return name === null ? null : authorOf(name, new URL(`/~${encodeURIComponent(name)}`, base).href)
}

/** Why a comment has no words of its own, or null when it has. */
export function goneIn(words: string): string | null {
  const gone = GONE.exec(words)
  if (gone === null) return null
  return gone[1] === undefined ? 'from a banned user' : `removed by ${gone[1]}`
}
