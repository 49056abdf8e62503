// Posts of X in Markdown, each with the link to its own page below it, as exporters write them (tweet-to-markdown,
// twitter-archive-parser, Readwise …): the link ends the post, and names it. Gives what stands where; makes no posts.
import { readDate } from '../../values/dates.ts'
import { statusInUrl, timeOf } from '../../x/names.ts'
import { plainLines } from '../clip/clip.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
/** A link at the end of a line, in brackets or not. */
const LINK_AT_END = /\(?\[([^[\]]{1,80})\]\((https?:\/\/[^()\s]{1,300})\)\)?\.?$/
/** What exporters call the link; others show the time. */
const LABEL =
  /^(?:view|see|open|go to|original|source|tweet|post|perma|link|on|to|the|this|x|twitter|url|[\s🔗↗→:-])+$/iu
/** A picture beside the link. */
const SIGN = /<img\b[^<>]{0,400}>/i
const QUOTED = /^>\s?/
const BREAK = /^(?:-{3,}|\*{3,}|_{3,})$/
const BULLET = /^[-*]\s+/
const HEADING = /^#{1,6}\s/
/** `Name ([@handle](https://…)) - 2022-03-05T07:00:00.000Z` */
const HEAD = /^(.{1,100}?)\s*\(\[?@(\w{1,20})(?:\]\([^()\s]{1,300}\))?\)(?:\s+-\s+(\S.{0,60}))?$/
const ACCOUNT_PICTURE = /^!\[[^[\]]{0,200}\]\([^()\s]{0,2000}profile_images\/[^()\s]{0,2000}\)$/
const ANSWERS = /^(?:in )?reply(?:ing)? to:?\s+\[[^[\]]{1,100}\]\((https?:\/\/[^()\s]{1,300})\)$/i
/** What a reader noted below a post. */
const REMARK = /^[-*]\s+(?:\*\*)?(?:note|tags)(?:\*\*)?:|^#{1,6} New highlights added\b/i

/** The posts, or null when fewer than two are named by links of their own. */
export function readLinkedPosts(lines: readonly Line[]): Timeline | null {
  const ends = lines.flatMap((line, at) => (QUOTED.test(line.text) || linkIn(line.text) === null ? [] : [at]))
  const ids = new Set(ends.map((at) => linkIn(lines[at]?.text ?? '')?.id))
  // Where words follow the last link, links stand in heads.
  const isFoot = trimLines(lines.slice((ends.at(-1) ?? 0) + 1), isNoWords).length === 0
  if (!isFoot || ids.size < MIN_POSTS || ids.size < ends.length) return null
  const posts = ends.map((end, i) => readPost(lines.slice((ends[i - 1] ?? -1) + 1, end + 1), i === 0))
  const known = posts.filter((post) => post !== null)
  const kept = new Set(known.flatMap((post) => [post, ...post.quotes]).flatMap(({ body }) => numbersOf(body)))
  const dropped = lines.filter((line) => !isBlank(line) && !kept.has(line.number))
  const total = isOneThread(known) ? { page: { total: null, rest: [] } } : {}
  return { posts: known, adverts: 0, dropped: numbersOf(dropped), areNamed: true, ...total }
}

function numbersOf(lines: readonly Line[]): readonly number[] {
  return lines.map(({ number }) => number)
}

interface OwnLink {
  readonly id: string
  readonly handle: string | null
  readonly url: string
  /** The line without it. */
  readonly words: string
}

function linkIn(text: string): OwnLink | null {
  const [link, label, url] = LINK_AT_END.exec(text) ?? []
  const status = statusInUrl(url ?? null)
  if (link === undefined || label === undefined || url === undefined || status === null) return null
  const isOwn = LABEL.test(label) || readDate(label) !== null || timeOf(label) !== null
  return isOwn ? { ...status, url, words: text.slice(0, -link.length).replace(SIGN, '').trim() } : null
}

/** Below heads of their own, between rules, by one account: that is how a thread is written down. */
function isOneThread(posts: readonly (TimelinePost & { readonly isHeaded: boolean })[]): boolean {
  return posts.every(({ isHeaded, handle }) => isHeaded && handle === posts[0]?.handle)
}

/** From below the last post to the link; null where nothing is left of it. */
function readPost(lines: readonly Line[], isFirst: boolean): (TimelinePost & { readonly isHeaded: boolean }) | null {
  const link = linkIn(lines.at(-1)?.text ?? '')
  if (link === null) return null
  const words = [...lines.slice(0, -1), { ...(lines.at(-1) as Line), text: link.words }]
  const start = isFirst ? words.findLastIndex(({ text }) => HEADING.test(text) || BREAK.test(text)) + 1 : 0
  const own = trimLines(words.slice(start), isNoWords)
  const head = HEAD.exec(own[0]?.text ?? '')
  const told = own.slice(head === null ? 0 : 1).filter(({ text }) => !isAround(text))
  const answered = told.map(({ text }) => ANSWERS.exec(text)?.[1]).find((url) => url !== undefined) ?? null
  const { body, quotes } = withoutQuotes(told.filter(({ text }) => !ANSWERS.test(text)))
  const [first] = body
  if (first === undefined) return null
  return {
    name: head?.[1] ?? null,
    handle: head?.[2] ?? link.handle,
    printedDate: null,
    url: link.url,
    replyingTo: [],
    answeredId: statusInUrl(answered)?.id ?? null,
    line: own[0]?.number ?? first.number,
    body,
    quotes,
    isCut: false,
    isHeaded: head !== null,
  }
}

function isNoWords({ text }: Line): boolean {
  return BREAK.test(text) || isAround(text)
}

/** The picture of an account, a reader's remarks. */
function isAround(text: string): boolean {
  return ACCOUNT_PICTURE.test(text) || REMARK.test(text)
}

/** Quoted lines with a link of their own are a post that this one quotes; a post may stand in quoted lines itself. */
function withoutQuotes(lines: readonly Line[]): Pick<TimelinePost, 'body' | 'quotes'> {
  const isQuoted = (line: Line) => QUOTED.test(`${line.text} `)
  const quoted = lines.filter((line) => isQuoted(line) && !isBlank(line)).map(unquoted)
  if (lines.every((line) => isBlank(line) || isQuoted(line))) return { body: wordsOf(quoted), quotes: [] }
  const end = quoted.findLastIndex(({ text }) => linkIn(text) !== null)
  const post = end === -1 ? null : readPost(quoted.slice(0, end + 1), false)
  return post === null
    ? { body: wordsOf(lines), quotes: [] }
    : { body: wordsOf(lines.filter((line) => !isQuoted(line))), quotes: [post] }
}

function unquoted(line: Line): Line {
  return { ...line, text: line.text.replace(QUOTED, '').trim() }
}

/** Without Markdown's marks, pictures with the words above them; a list of posts is none of theirs. */
function wordsOf(lines: readonly Line[]): readonly Line[] {
  const [first, ...rest] = trimLines(lines)
  if (first === undefined) return []
  return trimLines(plainLines([{ ...first, text: first.text.replace(BULLET, '') }, ...rest]), ({ text }) =>
    BREAK.test(text),
  )
}
