// What names a Hacker News item: one number for stories, comments and polls alike.
import type { PostRef } from '../../model.ts'

export const NAME = 'hackernews'
export const HACKER_NEWS = 'Hacker News'
export const SITE = 'https://news.ycombinator.com/'
export const READER = { name: NAME, version: 1 } as const

export function refOf(id: string): PostRef {
  return { platform: NAME, id }
}

export function itemUrl(id: string, base: URL | null = null): string {
  return new URL(`/item?id=${id}`, base ?? SITE).href
}

export function userUrl(name: string): string {
  return `${SITE}user?id=${encodeURIComponent(name)}`
}
