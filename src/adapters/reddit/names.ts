// What names a Reddit submission (t3_…), comment (t1_…) and account, in JSON and in every generation of its pages.
import type { Author, Parent, PostRef } from '../../model.ts'
import { hostIs } from '../../url.ts'
import { authorOf } from '../extraction/post.ts'

export const NAME = 'reddit'
export const READER = { name: NAME, version: 1 } as const
export const SITE = 'https://www.reddit.com'
/** What stands in the place of an account that is gone. */
const NOBODY = new Set(['[deleted]', '[removed]', '[unknown]'])
// Ids are base 36 in lower case; other spellings are names all the same.
const FULL_NAME = /^t[13]_[a-z0-9]{1,13}$/i
const PERMALINK = /\/comments\/([a-z0-9]{1,13})(?:\/[^/]*(?:\/([a-z0-9]{1,13}))?)?\/?$/i
const SHORT = /^[a-z0-9]{1,13}$/i

/** The name as Reddit writes it, or null when it is none. */
export function nameOf(text: string | null): string | null {
  return text !== null && FULL_NAME.test(text) ? text : null
}

/** The comment a permanent address leads to, else the submission; null for other addresses. */
export function nameInPath(path: string | null): string | null {
  const [, submission, comment] = PERMALINK.exec(path ?? '') ?? []
  if (submission === undefined) return null
  return nameOf(comment === undefined ? `t3_${submission}` : `t1_${comment}`)
}

/** The submission whose page an address leads to. */
export function submissionInPath(path: string | null): string | null {
  const submission = PERMALINK.exec(path ?? '')?.[1]
  return submission === undefined ? null : nameOf(`t3_${submission}`)
}

/** A short id as people see it in URLs. */
export function isShortId(text: string): boolean {
  return SHORT.test(text)
}

export function refOf(name: string): PostRef {
  return { platform: NAME, id: name }
}

export function isSubmission(name: string): boolean {
  return name.startsWith('t3_')
}

export function declaredParent(name: string | null, say: string): Parent | null {
  return name === null ? null : { ref: refOf(name), key: name, basis: 'declared', p: 1, say }
}

export function userOf(name: string | null, id: string | null = null): Author | null {
  if (name === null || NOBODY.has(name)) return null
  return authorOf(name, `${SITE}/user/${encodeURIComponent(name)}`, { id })
}

/** The permanent address from a path as Reddit gives it, or from the ids. */
export function permalinkOf(path: string | null, name: string, submission: string | null): string | null {
  if (path?.startsWith('/r/') || path?.startsWith('/user/')) return `${SITE}${path}`
  const id = name.slice(3)
  if (isSubmission(name)) return `${SITE}/comments/${id}/`
  return submission === null ? null : `${SITE}/comments/${submission.slice(3)}/_/${id}/`
}

/** Where to ask for more: oauth.reddit.com answers only with a token, mirrors answer for themselves. */
export function originOf(url: URL | null): string {
  return url === null || hostIs(url, 'reddit.com') ? SITE : url.origin
}
