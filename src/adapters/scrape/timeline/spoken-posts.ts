// Posts written down as a script writes dialogue: `@ann: the words`, `Ann Lee (@ann): the words`, `Ann: the words`, and
// lines that go on. Scripts that save posts and people who send them to each other write so. Told from posts that speak
// to somebody by their first line being one too.
import { isBlank, type Line } from '../lines.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
/**
 * Names without handles: as many lines as this begin with one, in shares of all, and two of them speak again and again.
 */
const MIN_NAMED = 3
const NAMED_SHARE = 0.6
const NAMED = /^(?:\*\*)?(\p{Lu}[\p{L}\p{N} .'’-]{0,30}?):(?:\*\*)?\s+(\S.*)$/u
const SPOKEN = /^(?:(\S.{0,58}?) \(@([\w.-]{1,60}(?:@[\w.-]{3,80})?)\)|@([\w.-]{1,60}(?:@[\w.-]{3,80})?)):\s+(\S.*)$/u

/** The posts, or null when the first line with text names nobody or fewer than two lines do. */
export function readSpokenPosts(lines: readonly Line[]): Timeline | null {
  const starts = lines.flatMap((line, at) => (SPOKEN.test(line.text) ? [at] : []))
  if (starts.length >= MIN_POSTS && isFirst(lines, starts)) return timelineOf(lines, starts, readHead)
  const named = lines.flatMap((line, at) => (NAMED.test(line.text) ? [at] : []))
  return isDialogue(lines, named) ? timelineOf(lines, named, readName) : null
}

function isFirst(lines: readonly Line[], [start]: readonly number[]): boolean {
  return start !== undefined && start === lines.findIndex((line) => !isBlank(line))
}

/** `Ann: words`, `Bob: words`, `Ann: …`: a list of facts names each but once. */
function isDialogue(lines: readonly Line[], starts: readonly number[]): boolean {
  const written = lines.filter((line) => !isBlank(line)).length
  if (starts.length < MIN_NAMED || starts.length < written * NAMED_SHARE || !isFirst(lines, starts)) return false
  const names = starts.map((at) => NAMED.exec(lines[at]?.text ?? '')?.[1] ?? '')
  const distinct = new Set(names).size
  return distinct >= 2 && distinct * 1.5 <= names.length
}

type Head = Pick<TimelinePost, 'name' | 'handle'> & { readonly said: string }

function timelineOf(lines: readonly Line[], starts: readonly number[], read: (text: string) => Head): Timeline {
  const posts = starts.map((at, i) => readPost(lines, at, starts[i + 1] ?? lines.length, read))
  return { posts, adverts: 0, dropped: [] }
}

function readHead(text: string): Head {
  const [, name = null, named, bare, said = ''] = SPOKEN.exec(text) ?? []
  return { name, handle: named ?? bare ?? '', said }
}

function readName(text: string): Head {
  const [, name = '', said = ''] = NAMED.exec(text) ?? []
  return { name, handle: null, said }
}

function readPost(lines: readonly Line[], at: number, end: number, read: (text: string) => Head): TimelinePost {
  const line = lines[at] as Line
  const { name, handle, said } = read(line.text)
  const more = lines.slice(at + 1, end)
  const last = more.findLastIndex((one) => !isBlank(one))
  const body = [{ ...line, text: said }, ...more.slice(0, last + 1)]
  return {
    name,
    handle,
    printedDate: null,
    url: null,
    replyingTo: [],
    line: line.number,
    body,
    quotes: [],
    isCut: false,
  }
}
