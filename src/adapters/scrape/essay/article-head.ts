// The head of an article scraped as plain text: site, title, byline and day, as pages print them above the text. What
// is none of these stays text.
import { isBlank, type Line } from '../lines.ts'
import { isNameLike, printedDate } from '../names.ts'
import { SHOWN_DATE, shownDate } from '../shown-dates.ts'

interface ArticleHead {
  readonly site: string | null
  readonly title: string | null
  readonly name: string | null
  /** As printed, without a time zone. */
  readonly printedDate: string | null
  /** The paragraphs behind the head, and of the head what is text. */
  readonly rest: Paragraphs
}

type Paragraphs = readonly (readonly Line[])[]
type Byline = Pick<ArticleHead, 'name' | 'printedDate'>

/** Longest title, in characters. */
const MAX_TITLE = 250
/** Where a byline may stand: so many paragraphs from the title on. */
const BYLINE_PARAGRAPHS = 3
const MAX_BYLINE = 120
/** Title, subtitle, byline and day on lines below each other. */
const MAX_HEAD_LINES = 6
/** A name without "by", beside a day. */
const MAX_NAME_WORDS = 4

// WriteFreely prints "Blog title (host)" above a post when it is read as text.
const SITE = /^.{1,200}\s\(?((?:[a-z0-9-]+\.)+[a-z]{2,24})\)$/i
const BYLINE = /^(?:posted |published |written )?(?:by|von|por|par|di|door|av)\s+(\S.{0,60})$/iu
const POSTED =
  /^(?:posted|published|veröffentlicht|publicado|publié)(?: on| am| el| le)?:?\s+(.{6,40}?)(?:\s+(?:by|von|por|par)\s+(\S.{0,60}))?$/iu
/** Hacker News: `112 points by ann 3 hours ago | hide | past`. */
const POINTS = new RegExp(`^\\d+ points? by (\\S{1,40}) (${SHOWN_DATE})(?: \\|.*)?$`, 'iu')
/** `new | past | comments` */
const MENU = /\S \| \S.* \| \S/
const SUBREDDIT = /^r\/\w{2,40}$/
const DOT = /^[•·]$/
const NO_BYLINE: Byline = { name: null, printedDate: null }
const SPACES = /\s+/

/** The head, everything null where there is none. */
export function readHead(all: Paragraphs): ArticleHead {
  const paragraphs = withoutMenu(all)
  const found = readReddit(paragraphs) ?? readTitleAndByline(paragraphs)
  if (found !== null) return found
  const site = siteOf(paragraphs)
  const behind = site === null ? paragraphs : paragraphs.slice(1)
  const title = behind.length > 1 ? titleOf(behind[0] ?? []) : null
  const head = { site, title, ...NO_BYLINE, rest: title === null ? behind : behind.slice(1) }
  return title === null ? head : readBylines(head)
}

/** A line of links above everything. */
function withoutMenu(paragraphs: Paragraphs): Paragraphs {
  const [first = [], ...others] = paragraphs
  if (!MENU.test(first[0]?.text ?? '') || bylineOf(first[0]?.text ?? '') !== null) return paragraphs
  return first.length === 1 ? others : [first.slice(1), ...others]
}

/** Whether a line may be a title. */
export function isTitle(text: string): boolean {
  return text.length <= MAX_TITLE && !text.endsWith(':')
}

function siteOf(paragraphs: Paragraphs): string | null {
  const [first, ...more] = paragraphs[0] ?? []
  if (first === undefined || more.length > 0 || paragraphs.length < 3) return null
  return SITE.test(first.text) ? first.text : null
}

function titleOf(paragraph: readonly Line[]): string | null {
  const [first, ...more] = paragraph
  return first !== undefined && more.length === 0 && isTitle(first.text) ? first.text : null
}

/** Paragraphs behind the title that are nothing but bylines. */
function readBylines(head: ArticleHead, turn = 0): ArticleHead {
  const said = turn > BYLINE_PARAGRAPHS ? null : bylineIn(head.rest[0] ?? [])
  if (said === null) return head
  const { name, printedDate: date } = said
  return readBylines(
    { ...head, name: head.name ?? name, printedDate: head.printedDate ?? date, rest: head.rest.slice(1) },
    turn + 1,
  )
}

/** A title with the byline right below it; one paragraph with one line above may be the name of the site. */
function readTitleAndByline(paragraphs: Paragraphs): ArticleHead | null {
  const at = (paragraphs[0]?.length ?? 0) === 1 && bylineFrom(paragraphs[1] ?? []) > 0 ? 1 : 0
  const block = paragraphs[at] ?? []
  const from = bylineFrom(block)
  const said = from > 0 ? bylineIn(block.slice(from)) : null
  const [title, ...more] = block.slice(0, from)
  // A link on Hacker News has no text of its own.
  const isHead = paragraphs.length > at + 1 || (said?.name !== null && said?.printedDate !== null)
  if (said === null || title === undefined || more.length > 1 || !isTitle(title.text) || !isHead)
    return at === 0 ? readTitleAndSubtitle(paragraphs) : null
  const site = at === 0 ? null : (paragraphs[0]?.[0]?.text ?? null)
  const rest = [...(more.length === 0 ? [] : [more]), ...paragraphs.slice(at + 1)]
  return readBylines({ site, title: title.text, ...said, rest })
}

/** Title and subtitle, then a paragraph of byline and day. The subtitle is text. */
function readTitleAndSubtitle(paragraphs: Paragraphs): ArticleHead | null {
  const [[title, subtitle, ...more] = [], byline = [], ...others] = paragraphs
  if (title === undefined || subtitle === undefined || more.length > 0 || others.length === 0) return null
  const said = isTitle(title.text) && isTitle(subtitle.text) ? bylineIn(byline) : null
  return said === null ? null : readBylines({ site: null, title: title.text, ...said, rest: [[subtitle], ...others] })
}

/** Reddit, as copied: `r/boats`, a dot, `3 yr. ago`, the name, then the title. */
function readReddit(paragraphs: Paragraphs): ArticleHead | null {
  const [first = [], second = [], ...others] = paragraphs
  const [site, ...facts] = first.map(({ text }) => text).filter((text) => !DOT.test(text))
  const title = titleOf(second)
  const [date, name, ...more] = facts
  if (site === undefined || !SUBREDDIT.test(site) || title === null || more.length > 0) return null
  return date === undefined || shownDate(date) === null
    ? null
    : { site, title, name: name ?? null, printedDate: date, rest: others }
}

/** The first line of a paragraph from which on all are bylines; its length when none is. */
function bylineFrom(paragraph: readonly Line[]): number {
  if (paragraph.length > MAX_HEAD_LINES) return 0
  const at = paragraph.findIndex((_, from) => bylineIn(paragraph.slice(from)) !== null)
  return at === -1 ? 0 : at
}

/** Name and day if the lines are nothing but bylines. */
function bylineIn(lines: readonly Line[]): Byline | null {
  if (lines.length === 0 || lines.some(isBlank)) return null
  const texts = lines.map(({ text }) => text)
  const said = nameAndDay(texts) ?? allOf(texts.map(bylineOf))
  if (said === null) return null
  return {
    name: said.map(({ name }) => name).find((found) => found !== null) ?? null,
    printedDate: said.map((one) => one.printedDate).find((found) => found !== null) ?? null,
  }
}

function allOf(said: readonly (Byline | null)[]): readonly Byline[] | null {
  const found = said.filter((one) => one !== null)
  return found.length === said.length ? found : null
}

/** Substack prints a bare name above the day. */
function nameAndDay([name, day, ...more]: readonly string[]): readonly Byline[] | null {
  if (name === undefined || day === undefined || more.length > 0) return null
  const isName = isNameLike(name) && name.split(SPACES).length <= MAX_NAME_WORDS && bylineOf(name) === null
  return isName && shownDate(day) !== null ? [{ name, printedDate: day }] : null
}

/** Name and date if the line is nothing but a byline. */
function bylineOf(text: string): Byline | null {
  const points = POINTS.exec(text)
  if (points !== null) return { name: points[1] ?? null, printedDate: points[2] ?? null }
  if (text.length > MAX_BYLINE) return null
  const date = printedDate(text)
  if (date !== null) return { name: null, printedDate: date }
  const name = BYLINE.exec(text)?.[1]
  if (name !== undefined && isNameLike(name)) return { name, printedDate: null }
  const posted = POSTED.exec(text)
  const on = posted?.[1] === undefined ? null : printedDate(posted[1])
  return on === null ? null : { name: posted?.[2] ?? null, printedDate: on }
}
