// Posts written down as a script writes dialogue: `@ann: the words`, `Ann Lee (@ann): the words`, and lines that go on. Scripts that save
// posts and people who send them to each other write so. Told from posts that speak to somebody by their first line being one too.
import { isBlank, type Line } from './lines.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
const SPOKEN = /^(?:(\S.{0,58}?) \(@([\w.-]{1,60}(?:@[\w.-]{3,80})?)\)|@([\w.-]{1,60}(?:@[\w.-]{3,80})?)):\s+(\S.*)$/u

/** The posts, or null when the first line with text names nobody or fewer than two lines do. */
export function readSpokenPosts(lines: readonly Line[]): Timeline | null {
  const starts = lines.flatMap((line, at) => (SPOKEN.test(line.text) ? [at] : []))
  const first = lines.findIndex((line) => !isBlank(line))
  if (starts.length < MIN_POSTS || starts[0] !== first) return null
  const posts = starts.map((at, i) => readPost(lines, at, starts[i + 1] ?? lines.length))
  return { posts, adverts: 0, dropped: [] }
}

function readPost(lines: readonly Line[], at: number, end: number): TimelinePost {
  const line = lines[at] as Line
  const [, name = null, named, bare, said = ''] = SPOKEN.exec(line.text) ?? []
  const more = lines.slice(at + 1, end)
  const last = more.findLastIndex((one) => !isBlank(one))
  const body = [{ ...line, text: said }, ...more.slice(0, last + 1)]
  return {
    name,
    handle: named ?? bare ?? '',
    printedDate: null,
    url: null,
    replyingTo: [],
    line: line.number,
    body,
    quotes: [],
    isCut: false,
  }
}
