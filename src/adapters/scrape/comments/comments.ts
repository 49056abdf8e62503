// The comment list of a blog page scraped as plain text: `3. Name`, the body, `Reply`; depth is indentation and the
// numbers start again at each level. Finds the list and its tree; makes no posts.
import { commentCount, isCommentForm, isReplyLink, isUnderComment, splitPostAuthor } from '../furniture.ts'
import { isBlank, type Line } from '../lines.ts'
import { isNameLike, type NameLine, printedDate, readNameLine } from '../names.ts'
import { type Header, type Placed, placeAll } from './placing.ts'

export interface ScrapedComment extends NameLine {
  readonly header: Line
  /** Words between name and date: whom it answers, or what else the writer writes. Absent or null: none. */
  readonly beside?: string | null
  /** The body, without name, date and reply link. */
  readonly body: readonly Line[]
  /** Index of the parent in the list, or null at the top. */
  readonly parent: number | null
  readonly depth: number
  /** Probability of the parent, and why. */
  readonly p: number
  readonly say: string
}

export interface CommentList {
  /** Indices into the lines: the list with its heading is [start, end). Behind it is the foot of the page. */
  readonly start: number
  readonly end: number
  /** "44 comments" */
  readonly declared: number | null
  readonly comments: readonly ScrapedComment[]
}

/** A list without heading or reply links needs this much company to be one. */
const MIN_COMPANY = 3

const HEADER = /^(?:(\d{1,4})[.)]|[*•◦‣-])\s+(\S.*)$/

/** The comment list, or null when there is none. */
export function findComments(lines: readonly Line[]): CommentList | null {
  const all = findHeaders(lines)
  // A heading ("9 comments") right above a name is where the list begins; before it stand menus and lists of the
  // article.
  const headers = all.slice(
    Math.max(
      0,
      all.findIndex((header) => headingBefore(lines, header.at) !== null),
    ),
  )
  const first = headers[0]
  if (first === undefined) return null
  const heading = headingBefore(lines, first.at)
  const usesReply = lines.some((line, at) => at > first.at && isReplyLink(line.text))
  if (heading === null && !usesReply && headers.length < MIN_COMPANY) return null
  const end = endOf(lines, headers)
  return {
    start: heading?.at ?? first.at,
    end,
    declared: heading?.declared ?? null,
    comments: placeAll(headers).map((placed, i) => readComment(lines, placed, headers[i + 1]?.at ?? end)),
  }
}

/** A level that is open: where its names stand and the last number given. */
interface Level {
  readonly indent: number
  readonly last: number | null
}

function findHeaders(lines: readonly Line[]): readonly Header[] {
  const nextText = nextTexts(lines)
  const headers: Header[] = []
  let levels: readonly Level[] = []
  let before: Line | null = null
  for (const [at, line] of lines.entries()) {
    if (isBlank(line)) continue
    const header = headerOf(line, at)
    if (header !== null && isHeader(header, before, lines[nextText[at] ?? -1] ?? null, levels)) {
      headers.push(header)
      levels = openLevel(levels, header)
    }
    before = line
  }
  return headers
}

/** For each line, the index of the next line with text. */
function nextTexts(lines: readonly Line[]): readonly number[] {
  const next = new Array<number>(lines.length).fill(-1)
  for (let at = lines.length - 2; at >= 0; at -= 1) {
    next[at] = isBlank(lines[at + 1] as Line) ? (next[at + 1] ?? -1) : at + 1
  }
  return next
}

function headerOf(line: Line, at: number): Header | null {
  const match = HEADER.exec(line.text)
  if (match === null) return null
  return { at, line, number: match[1] === undefined ? null : Number(match[1]), name: match[2] ?? '' }
}

// The company test: a numbered line inside somebody's comment has text above it instead of a reply link, does not go on
// with the numbers of its level, or has nothing of its own below it.
function isHeader(header: Header, before: Line | null, below: Line | null, levels: readonly Level[]): boolean {
  const afterReply = before !== null && isReplyLink(before.text)
  const starts = before === null || commentCount(before.text) !== null
  const goesOn = continues(header, levels)
  const { name } = readNameLine(header.name)
  if (afterReply) return (goesOn && name.length <= MAX_LOOSE_NAME) || isNameLike(name)
  if (!isNameLike(name) || below === null) return false
  const hasBody = below.indent > header.line.indent || isMeta(below.text)
  return starts || (hasBody && goesOn && (levels.length > 0 || isMeta(below.text) || header.number === 1))
}

/** After a reply link a name is expected, so even a strange one is believed up to here, in characters. */
const MAX_LOOSE_NAME = 120

function isMeta(text: string): boolean {
  return printedDate(text) !== null || splitPostAuthor(` ${text}`).name.trim() === ''
}

function continues(header: Header, levels: readonly Level[]): boolean {
  const level = levels.find((open) => open.indent === header.line.indent)
  if (header.number === null) return level !== undefined || levels.every((open) => open.indent < header.line.indent)
  if (level?.last != null && header.number === level.last + 1) return true
  return header.number === 1 ? levels.every((open) => open.indent <= header.line.indent) : level === undefined
}

function openLevel(levels: readonly Level[], header: Header): readonly Level[] {
  const outer = levels.filter((level) => level.indent < header.line.indent)
  return [...outer, { indent: header.line.indent, last: header.number }]
}

function headingBefore(lines: readonly Line[], first: number): { at: number; declared: number | null } | null {
  for (let at = first - 1; at >= 0; at -= 1) {
    const line = lines[at] as Line
    if (isBlank(line)) continue
    const count = commentCount(line.text)
    return count === null ? null : { at, declared: count.declared }
  }
  return null
}

// The list ends at the form, or where the lines leave its indentation after the last reply link.
function endOf(lines: readonly Line[], headers: readonly Header[]): number {
  const last = headers.at(-1) as Header
  const shallowest = headers.reduce((least, header) => Math.min(least, header.line.indent), Number.POSITIVE_INFINITY)
  let replied = false
  for (let at = last.at + 1; at < lines.length; at += 1) {
    const line = lines[at] as Line
    if (isBlank(line)) continue
    if (isCommentForm(line.text)) return at
    if (line.indent < shallowest || (replied && line.indent === shallowest)) return at
    replied ||= isReplyLink(line.text)
  }
  return lines.length
}

function readComment(lines: readonly Line[], placed: Placed, end: number): ScrapedComment {
  const { header, ...place } = placed
  const name = readNameLine(header.name)
  const all = lines.slice(header.at + 1, end)
  const meta = metaLines(all)
  const flagged = meta.some((line) => printedDate(line.text) === null)
  const date = meta.map((line) => printedDate(line.text)).find((found) => found !== null)
  return {
    ...place,
    ...name,
    isPostAuthor: name.isPostAuthor || flagged,
    printedDate: name.printedDate ?? date ?? null,
    header: header.line,
    body: withoutReplyLink(all.slice(meta.length === 0 ? 0 : all.indexOf(meta.at(-1) as Line) + 1)),
  }
}

/** Date and "Post author" on lines of their own, right under the name. */
function metaLines(body: readonly Line[]): readonly Line[] {
  const texts = body.filter((line) => !isBlank(line)).slice(0, 2)
  const other = texts.findIndex((line) => !isMeta(line.text))
  return other === -1 ? texts : texts.slice(0, other)
}

// Only the last ones are the page's; the word on a line of its own higher up was written by somebody.
function withoutReplyLink(body: readonly Line[]): readonly Line[] {
  return body.slice(0, body.findLastIndex((line) => !isBlank(line) && !isUnderComment(line.text)) + 1)
}
