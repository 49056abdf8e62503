// What YouTube's ids and addresses tell, whoever wrote them down: its pages, or tools that asked its API.
import type { Parent, Post } from '../../model.ts'

export const YOUTUBE = 'youtube'
export const SITE = 'https://www.youtube.com'

/** An answer's id begins with that of the comment it answers. Null for any other comment: the film is not named. */
export function parentById(id: string): Parent | null {
  const dot = id.indexOf('.')
  if (dot <= 0) return null
  const above = id.slice(0, dot)
  const say = 'its id begins with that of its parent'
  return { ref: { platform: YOUTUBE, id: above }, key: above, basis: 'declared', p: 1, say }
}

/** Of a comment, on the page of its film. */
export function commentUrl(film: Pick<Post, 'key'>, id: string): string {
  return `${SITE}/watch?v=${film.key}&lc=${encodeURIComponent(id)}`
}
