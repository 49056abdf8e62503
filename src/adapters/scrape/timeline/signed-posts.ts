// Posts with their signature below them: `— Ann Lee (@ann) March 12, 2024`, as embedded posts of X read when a page is
// copied, and as quoting tools write them. Gives what stands where; makes no posts.
import { isBlank, type Line, trimLines } from '../lines.ts'
import { shownDate } from '../shown-dates.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
const SIGNATURE = /^(?:[—–―]|--?)\s*(\S.{0,58}?)\s+\(@([\w.-]{1,60}(?:@[\w.-]{3,80})?)\)[\s,·|]*(.*)$/u
const ADDRESS = /\(?<?(https?:\/\/[^\s()<>]{4,400})>?\)?/u
const BRACKETS = /[[\]()<>]/g

/** The posts, or null when fewer than two signatures end lines above them, or something is written below the last. */
export function readSigned(lines: readonly Line[]): Timeline | null {
  const posts: TimelinePost[] = []
  let from = 0
  for (const [at, line] of lines.entries()) {
    const signature = readSignature(line)
    if (signature === null) continue
    const body = trimLines(lines.slice(from, at))
    from = at + 1
    if (body[0] !== undefined) posts.push({ ...signature, line: body[0].number, body })
  }
  const isRest = lines.slice(from).some((line) => !isBlank(line))
  return posts.length < MIN_POSTS || isRest ? null : { posts, adverts: 0, dropped: [] }
}

type Signature = Omit<TimelinePost, 'line' | 'body'>

function readSignature({ text }: Line): Signature | null {
  const [, name = null, handle = null, rest = ''] = SIGNATURE.exec(text) ?? []
  if (handle === null) return null
  const url = ADDRESS.exec(rest)?.[1] ?? null
  const day = rest.replace(ADDRESS, '').replace(BRACKETS, '').trim()
  if (day !== '' && shownDate(day) === null) return null
  return { name, handle, printedDate: day === '' ? null : day, url, replyingTo: [], quotes: [], isCut: false }
}
