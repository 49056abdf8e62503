// A row that is a comment of Reddit: its parent bears the site's prefix (`t1_`, `t3_`) where its own id has none, or
// its address names both. Fields have the names of posts.ts already.
import { nameInPath, nameOf, submissionInPath } from '../reddit/names.ts'
import type { Fields } from './fields.ts'

const NAME = 'reddit'
const SITE = 'https://www.reddit.com'
const SHORT = /^[a-z0-9]{4,13}$/
const ADDRESS = /^(?:https?:\/\/(?:\w+\.)?reddit\.com)?(\/(?:r|user)\/[\w-]+\/comments\/[\w/%-]+)$/
const COMMENT = 't1_'

/** The row with the site's references; itself where nothing says that it is Reddit's. */
export function asRowOfReddit(row: Fields): Fields {
  const { id, inReplyTo, url } = row
  const path = typeof url === 'string' ? (ADDRESS.exec(url)?.[1] ?? null) : null
  const answered = typeof inReplyTo === 'string' ? nameOf(inReplyTo) : null
  if (typeof id !== 'string' || (answered === null && path === null)) return row
  const name = nameOf(id) ?? (SHORT.test(id) ? nameOfPath(path, id) : null)
  if (name === null) return row
  const short = typeof inReplyTo === 'string' && SHORT.test(inReplyTo) ? `${COMMENT}${inReplyTo}` : null
  const above = answered ?? short ?? (name.startsWith(COMMENT) ? submissionInPath(path) : null)
  return { platform: NAME, ...row, id: name, inReplyTo: above, ...(path === null ? {} : { url: SITE + path }) }
}

/** What answers something is a comment; an address says what it leads to. */
function nameOfPath(path: string | null, id: string): string | null {
  if (path === null) return `${COMMENT}${id}`
  const name = nameInPath(path)
  return name?.slice(COMMENT.length) === id ? name : null
}
