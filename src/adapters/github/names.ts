// Issues, pull requests and discussions of GitHub, and comments on them, by their addresses. Issues and pull requests
// of a repository share one count; comments are numbered for all of GitHub.
import type { PostRef } from '../../model.ts'
import { hostIs, parseUrl } from '../../url.ts'

export const NAME = 'github'
export const READER = { name: NAME, version: 1 } as const
const TOPIC = /^\/([\w.-]{1,100}\/[\w.-]{1,100})\/(issues|pull|discussions)\/(\d{1,9})(?:\/|$)/
const COMMENT = /^#((?:issuecomment|discussioncomment|discussion_r|pullrequestreview)-?\d{1,20})$/

export interface Named {
  /** `owner/repo#12` */
  readonly topic: string
  readonly topicUrl: string
  /** `issuecomment-71`, or null for the topic itself. */
  readonly comment: string | null
}

/** What an address names, or null. */
export function namedBy(address: string | null): Named | null {
  const url = parseUrl(address)
  const [, repo, kind, number] = url !== null && hostIs(url, 'github.com') ? (TOPIC.exec(url.pathname) ?? []) : []
  if (url === null || repo === undefined) return null
  const topicUrl = new URL(`/${repo}/${kind}/${number}`, url).href
  return { topic: `${repo}#${number}`, topicUrl, comment: COMMENT.exec(url.hash)?.[1] ?? null }
}

export function refOf({ topic, comment }: Named): PostRef {
  return { platform: NAME, id: comment ?? topic }
}
