// Threads as people write them down: each post below a heading that counts them (`## Tweet 2/7`, `**Post 3**`). Gives
// what stands where; makes no posts.
import { isBlank, type Line, trimLines } from '../lines.ts'
import { isRule } from './chat-posts.ts'
import type { Timeline } from './timeline.ts'

const MIN_POSTS = 2
const MARKS = /^[#*_\s]+|(?<![*_:\s])[*_:\s]+$/g
const HEAD = /^(?:tweet|post|toot|skeet) ?#? ?(\d{1,3})(?: ?(?:\/|of) ?(\d{1,3}))?$/i

/** The posts, or null where the headings do not count from one on. */
export function readNumberedHeads(lines: readonly Line[]): Timeline | null {
  const heads = lines.flatMap(({ text }, at) => {
    const [, number, total] = HEAD.exec(text.replace(MARKS, '')) ?? []
    return number === undefined
      ? []
      : [{ at, number: Number(number), total: total === undefined ? null : Number(total) }]
  })
  if (heads.length < MIN_POSTS || heads.some(({ number }, i) => number !== i + 1)) return null
  const posts = heads.flatMap(({ at }, i) => {
    const body = trimLines(lines.slice(at + 1, heads[i + 1]?.at ?? lines.length), isRule)
    return body[0] === undefined ? [] : [{ ...NOBODY, line: lines[at]?.number ?? body[0].number, body }]
  })
  const above = trimLines(lines.slice(0, heads[0]?.at), isRule)
  const headings = heads.map(({ at }) => lines[at]?.number ?? 0)
  return {
    posts,
    adverts: 0,
    dropped: [...above.filter((line) => !isBlank(line)).map(({ number }) => number), ...headings],
    page: { total: heads.find(({ total }) => total !== null)?.total ?? null, rest: [] },
  }
}

const NOBODY = { name: null, handle: null, printedDate: null, url: null, replyingTo: [], quotes: [], isCut: false }
