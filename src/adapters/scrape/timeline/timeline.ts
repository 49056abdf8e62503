// Posts selected and copied off a page of X, Mastodon or Bluesky: each below its head, with the page's buttons and
// counts around. Here posts are marked off, so nothing is cut by guesswork. Gives what stands where; makes no posts.
import { isBlank, type Line, type Shown, trimLines } from '../lines.ts'
import {
  endsHandles,
  isCutHere,
  isTimelineFoot,
  isTimelineFurniture,
  opensAnswer,
  opensQuote,
} from './timeline-furniture.ts'
import { findHeads, type Head, isFocal } from './timeline-heads.ts'

export interface TimelinePost {
  readonly name: string | null
  /** Null where the source tells names only. */
  readonly handle: string | null
  readonly printedDate: string | null
  /** Its moment, where the source names the zone of its clock. */
  readonly time?: string | null
  /** Its own address, where the source shows it. */
  readonly url: string | null
  /** Handles that the page says it answers, itself included where the page names it. */
  readonly replyingTo: readonly string[]
  /** Whom its first word speaks to, where that is somebody who spoke before. */
  readonly addressed?: string | null
  /** The post above that it answers, by where it stands. */
  readonly answers?: Answered
  /** X's id of the post that its source links as the one it answers; absent: no link. */
  readonly answeredId?: string | null
  /** Number of the first line of its head. */
  readonly line: number
  readonly body: readonly Line[]
  readonly quotes: readonly TimelinePost[]
  /** Whether the page says that there is more of the text. */
  readonly isCut: boolean
  /** What a clip shows with its head; absent: nothing. */
  readonly shown?: Shown
}

export interface Answered {
  /** The `line` of the post. */
  readonly line: number
  readonly p: number
  readonly say: string
}

export interface Timeline {
  readonly posts: readonly TimelinePost[]
  readonly adverts: number
  /** 1-based numbers of the lines left out. */
  readonly dropped: readonly number[]
  /** True where each post is named by a link to its own page. */
  readonly areNamed?: boolean
  /** Of a thread's page whose posts are marked off: how many it says there are, and what stands below them. */
  readonly page?: { readonly total: number | null; readonly rest: readonly Line[] }
}

const MIN_HEADS = 2
const MENTIONS = /^(?:and )?(?:@[\w.@-]{1,80}(?:,? (?:and )?|$))+(?:\d+ others)?$|^and$|^(?:and )?\d+ others$/i
const HANDLES = /@([\w.-]+(?:@[\w.-]+)?)/g

/** The posts, or null when fewer than two heads are among the lines. */
export function readTimeline(lines: readonly Line[]): Timeline | null {
  const all = findHeads(lines)
  if (all.length < MIN_HEADS) return null
  const foot = lines.findIndex(({ text }, at) => at > (all[0]?.end ?? 0) && isTimelineFoot(text))
  const end = foot === -1 ? lines.length : foot
  const heads = all.filter((head) => head.start < end)
  const posts: TimelinePost[] = []
  for (const [i, head] of heads.entries()) {
    if (head.isAdvert) continue
    const post = readPost(lines, head, heads[i + 1]?.start ?? end)
    const quoting = isQuoted(lines, head) ? posts.pop() : undefined
    posts.push(quoting === undefined ? post : { ...quoting, quotes: [...quoting.quotes, post] })
  }
  return { posts, adverts: heads.filter(({ isAdvert }) => isAdvert).length, dropped: droppedLines(lines, posts) }
}

function isQuoted(lines: readonly Line[], head: Head): boolean {
  let above = head.start - 1
  while (above >= 0 && isBlank(lines[above] as Line)) above--
  return opensQuote(lines[above]?.text ?? '')
}

function readPost(lines: readonly Line[], head: Head, end: number): TimelinePost {
  const { name, handle } = head
  const own = lines.slice(head.end, end)
  const { replyingTo, rest } = takeReplyingTo(own)
  return {
    name,
    handle,
    printedDate: head.printedDate ?? own.find(({ text }) => isFocal(text))?.text ?? null,
    url: null,
    replyingTo,
    line: lines[head.start]?.number ?? 0,
    body: trimFurniture(rest),
    quotes: [],
    isCut: rest.some(({ text }) => isCutHere(text)),
  }
}

/** X prints "Replying to" and the handles on lines of their own above the text. */
function takeReplyingTo(own: readonly Line[]): { replyingTo: readonly string[]; rest: readonly Line[] } {
  const first = own.findIndex((line) => !isBlank(line))
  if (!opensAnswer(own[first]?.text ?? '')) return { replyingTo: [], rest: own }
  let at = first + 1
  const isTo = (line: Line) => isBlank(line) || MENTIONS.test(line.text) || endsHandles(line.text)
  while (at < own.length && isTo(own[at] as Line)) at++
  const words = own.slice(first, at).map(({ text }) => text)
  return {
    replyingTo: words.flatMap((text) => Array.from(text.matchAll(HANDLES), (match) => match[1] ?? '')),
    rest: own.slice(at),
  }
}

/** Furniture at both ends goes, and from the clock below the text on everything: only counts follow it. */
function trimFurniture(own: readonly Line[]): readonly Line[] {
  const focal = own.findIndex(({ text }) => isFocal(text))
  const body = focal === -1 ? own : own.slice(0, focal)
  return trimLines(body, ({ text }) => isTimelineFurniture(text))
}

function droppedLines(lines: readonly Line[], posts: readonly TimelinePost[]): readonly number[] {
  const kept = new Set(
    posts.flatMap((post) => [post, ...post.quotes]).flatMap(({ body }) => body.map(({ number }) => number)),
  )
  return lines.filter((line) => !isBlank(line) && !kept.has(line.number)).map(({ number }) => number)
}
