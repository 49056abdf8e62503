// Comments of a page that was selected and copied: each below a name and a day ("Piet says:", `Piet • 3 years ago`),
// with the page's buttons under it. Copying loses the nesting, so who answers whom is known only where the text names
// them. Lists that kept their numbers or bullets are comments.ts's business.

import { commentButton, commentCount, isCommentForm, isReplyLink } from '../furniture.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import { isNameLike, isSpoken, printedDate, readNameLine } from '../names.ts'
import { mayShowDate, SHOWN_DATE, shownDate } from '../shown-dates.ts'
import type { CommentList, ScrapedComment } from './comments.ts'

/** The first can only answer the article; any other may answer any before it. */
const P_FIRST = 0.95
const P_FLAT = 0.55
/** Named between name and day, as Disqus does; or by the writer. */
const P_NAMED = 0.85
const P_ADDRESSED = 0.75
const MIN_COMMENTS = 2
/** Whom a comment speaks to is sought in so many before it. */
const MAX_BACK = 500
/** A name and its day are this many lines with text apart at most. */
const MAX_BETWEEN = 2

const SPOKEN_TO = /^@([\p{L}\d_.-]{2,40})/u
const ONE_LINE = new RegExp(
  `^(?:\\[[–+-]\\] ?)?(\\S.{0,58}?)(?: \\d+ points?)?(?:\\s*[•·|–—]\\s*|\\s+(?:on )?)(${SHOWN_DATE})(?: \\|.{0,80}|\\s*\\[[–+-]\\])*$`,
  'iu',
)
const BADGE = /^(?:[•·]|op|mod|moderator|author|post author|admin|subscriber|verified|top \d+% commenter)$/i
const LEADING_BADGE = /^(?:mod|op|author)\s+/i
const MORE = /^(?:load |view |show )?(\d{1,4}) (?:more )?(?:comments?|repl(?:y|ies))(?: by .{1,60})?(?:\.{3}|…)?$/i

interface Head {
  /** Indices into the lines: the head is [at, end). */
  readonly at: number
  readonly end: number
  readonly name: string
  readonly isPostAuthor: boolean
  readonly printedDate: string | null
  /** A name that the page prints between name and day. */
  readonly between: string | null
}

/** The list, or null when there is none. */
export function findHeadedComments(lines: readonly Line[]): CommentList | null {
  const all = findHeads(lines)
  const heading = findHeading(lines, all)
  const heads = all.filter((head, i) =>
    heading === null ? isAnswerable(lines, head, all[i + 1]) : head.at > heading.at,
  )
  const first = heads[0]
  if (first === undefined || heads.length < (heading === null ? MIN_COMMENTS : 1)) return null
  if (!lines.slice(first.end).some(({ text }) => isReplyLink(text))) return null
  const end = endOf(lines, heads.at(-1) as Head)
  const comments = readComments(lines, heads, end)
  const hidden = hiddenIn(lines.slice(first.at, end))
  const declared = heading?.declared ?? (hidden === 0 ? null : comments.length + hidden)
  return { start: startOf(lines, heading?.at ?? first.at), end, declared, comments }
}

/** Buttons and counts above the list are the page's too. */
function startOf(lines: readonly Line[], start: number): number {
  const above = lines.slice(0, start).findLastIndex((line) => !isBlank(line) && !isBelow(line))
  return above + 1
}

/** The first line that counts or announces comments and has a name and a day behind it. */
function findHeading(lines: readonly Line[], heads: readonly Head[]): { at: number; declared: number | null } | null {
  const last = heads.at(-1)?.at ?? 0
  for (let at = 0; at < last; at++) {
    const count = commentCount(lines[at]?.text ?? '')
    if (count !== null) return { at, declared: count.declared }
  }
  return null
}

function findHeads(lines: readonly Line[]): readonly Head[] {
  const heads: Head[] = []
  for (let at = 0; at < lines.length; at++) {
    if (heads.length > 0 && isCommentForm(lines[at]?.text ?? '')) break
    const head = headAt(lines, at)
    if (head === null) continue
    heads.push(head)
    at = head.end - 1
  }
  return heads
}

function headAt(lines: readonly Line[], at: number): Head | null {
  const line = lines[at] as Line
  const { text } = line
  if (text === '' || isBelow(line)) return null
  const said = readNameLine(text)
  const spoken = isSpoken(text)
  if (said.printedDate !== null || spoken)
    return isNameLike(said.name) ? withDateBelow(lines, { ...said, at, end: at + 1, between: null }) : null
  const [, name, date] = (mayShowDate(text) && ONE_LINE.exec(text)) || []
  if (name !== undefined && date !== undefined && isNameLike(name) && shownDate(text) === null)
    return { at, end: at + 1, name, isPostAuthor: false, printedDate: date, between: null }
  return twoLines(lines, at)
}

/** "Piet says:" and the day on the next line. */
function withDateBelow(lines: readonly Line[], head: Head): Head {
  const below = nextText(lines, head.end)
  const date = head.printedDate === null && below !== null ? dateIn(lines[below]) : null
  return date === null ? head : { ...head, printedDate: date, end: (below ?? head.at) + 1 }
}

/** A name, then the day, with badges or another name between; words with an empty line below them are a text. */
function twoLines(lines: readonly Line[], at: number): Head | null {
  const { name, isPostAuthor } = readNameLine(lines[at]?.text ?? '')
  if (!isNameLike(name) || dateIn(lines[at]) !== null) return null
  let between: string | null = null
  let below = nextText(lines, at + 1)
  for (let turn = 0; below !== null && turn <= MAX_BETWEEN + 1; turn++) {
    const date = dateIn(lines[below])
    if (date !== null && between !== null && lines.slice(at, below).some(isBlank)) return null
    if (date !== null) return { at, end: below + 1, name, isPostAuthor, printedDate: date, between }
    const text = lines[below]?.text ?? ''
    if (!BADGE.test(text)) {
      if (
        between !== null ||
        !isNameLike(text.replace(LEADING_BADGE, '')) ||
        isSpoken(text) ||
        isBelow(lines[below] as Line)
      )
        return null
      between = text.replace(LEADING_BADGE, '')
    }
    below = nextText(lines, below + 1)
  }
  return null
}

function dateIn(line: Line | undefined): string | null {
  const text = line?.text ?? ''
  return printedDate(text) ?? shownDate(text)
}

/** The next line with text, over one empty line at most. */
function nextText(lines: readonly Line[], from: number): number | null {
  const at = lines[from] !== undefined && isBlank(lines[from]) ? from + 1 : from
  return lines[at] === undefined || isBlank(lines[at]) ? null : at
}

/**
 * Where no heading tells that comments begin, a name and a day may be an article's byline: what has a reply link is
 * none.
 */
function isAnswerable(lines: readonly Line[], head: Head, next: Head | undefined): boolean {
  return lines.slice(head.end, next?.at).some(({ text }) => isReplyLink(text))
}

/** The form, or the last button under the last comment. */
function endOf(lines: readonly Line[], last: Head): number {
  const form = lines.findIndex(({ text }, at) => at >= last.end && isCommentForm(text))
  const stop = form === -1 ? lines.length : form
  const reply = lines.findIndex(({ text }, at) => at >= last.end && at < stop && isReplyLink(text))
  if (reply === -1) return stop
  const other = lines.findIndex((line, at) => at > reply && !isBlank(line) && !isBelow(line))
  return Math.min(stop, other === -1 ? lines.length : other)
}

function isBelow({ text }: Line): boolean {
  return commentButton(text) || isReplyLink(text) || MORE.test(text)
}

function hiddenIn(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + Number(MORE.exec(text)?.[1] ?? 0), 0)
}

function readComments(lines: readonly Line[], heads: readonly Head[], end: number): readonly ScrapedComment[] {
  const before: Head[] = []
  return heads.map((head, i) => {
    const body = trimmed(lines.slice(head.end, heads[i + 1]?.at ?? end))
    const comment = {
      name: head.name,
      isPostAuthor: head.isPostAuthor,
      printedDate: head.printedDate,
      beside: head.between,
      header: lines[head.at] as Line,
      body,
      depth: 0,
      ...parentOf(before, head, body),
    }
    before.push(head)
    return comment
  })
}

/** Buttons and counts below a comment, and above it what the page says of it ("Liked by"). */
function trimmed(body: readonly Line[]): readonly Line[] {
  return trimLines(body, isBelow)
}

function parentOf(
  before: readonly Head[],
  { between }: Head,
  body: readonly Line[],
): Pick<ScrapedComment, 'parent' | 'p' | 'say'> {
  const named = between === null ? -1 : lastOf(before, (name) => name === between)
  if (named !== -1)
    return { parent: named, p: P_NAMED, say: `the page names ${between} beside it, whose last comment this is` }
  const spokenTo = SPOKEN_TO.exec(body[0]?.text ?? '')?.[1]?.toLowerCase()
  const addressed = spokenTo === undefined ? -1 : lastOf(before, (name) => name.toLowerCase().startsWith(spokenTo))
  if (addressed !== -1) return { parent: addressed, p: P_ADDRESSED, say: `it opens with "@${spokenTo}"` }
  return before.length === 0
    ? { parent: null, p: P_FIRST, say: 'the first comment of the list' }
    : { parent: null, p: P_FLAT, say: 'the text shows no nesting; it may answer a comment above' }
}

/** Index of the last comment whose name passes, no further back than MAX_BACK. */
function lastOf(before: readonly Head[], passes: (name: string) => boolean): number {
  const from = Math.max(0, before.length - MAX_BACK)
  const at = before.slice(from).findLastIndex(({ name }) => passes(name))
  return at === -1 ? -1 : from + at
}
