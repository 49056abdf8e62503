// An article scraped as plain text: site line, title, byline, body, signature. Reads what stands at its two ends and
// leaves the words between them alone.
import type { Author } from '../../model.ts'
import { findNotes, type ScrapedNote } from './footnotes.ts'
import { isBlogFurniture } from './furniture.ts'
import { isBlank, type Line, paragraphsOf } from './lines.ts'
import { isNameLike, printedDate } from './names.ts'

export interface ScrapedArticle {
  readonly site: string | null
  readonly title: string | null
  readonly author: Author | null
  /** As printed, without a time zone. */
  readonly printedDate: string | null
  readonly paragraphs: readonly (readonly Line[])[]
  readonly notes: readonly ScrapedNote[]
}

/** Longest title, in characters. */
const MAX_TITLE = 250
/** A first line right above text is a title only if that text is so many times longer. */
const TITLE_RATIO = 2
/** Where a byline may stand: so many paragraphs from the title on. */
const BYLINE_PARAGRAPHS = 3
const MAX_BYLINE = 120

// WriteFreely prints "Blog title (host)" above a post when it is read as text.
const SITE = /^.{1,200}\s\(?((?:[a-z0-9-]+\.)+[a-z]{2,24})\)$/i
const BYLINE = /^(?:posted |published |written )?(?:by|von|por|par|di|door|av)\s+(\S.{0,60})$/iu
const POSTED =
  /^(?:posted|published|veröffentlicht|publicado|publié)(?: on| am| el| le)?:?\s+(.{6,40}?)(?:\s+(?:by|von|por|par)\s+(\S.{0,60}))?$/iu
const NAME_AND_URL = /^(\S.{0,60}?)[\s:,|–—-]+(https?:\/\/\S+)$/u
const FEDIVERSE =
  /^(?:(?:fediverse|fediverso|mastodon|activitypub|pleroma|follow me)\s*:?\s*)?@([\w.-]+@(?:[\w-]+\.)+\w{2,24})$/iu
const BARE_URL = /^https?:\/\/\S+$/

interface Ends {
  readonly site: string | null
  readonly title: string | null
  readonly name: string | null
  readonly printedDate: string | null
  /** Paragraphs used up. */
  readonly used: number
}

/** Reads an article. Every line is in the result, as a field or in a paragraph, except furniture. */
export function readArticle(lines: readonly Line[]): ScrapedArticle {
  const own = lines.filter((line) => !isBlogFurniture(line.text))
  const list = findNotes(own)
  const { author, rest } = takeSignature(list === null ? own : own.slice(0, list.start))
  const paragraphs = splitHeading(paragraphsOf(rest))
  const head = readHead(paragraphs)
  return {
    site: head.site,
    title: head.title,
    author: author ?? (head.name === null ? null : { id: null, handle: null, name: head.name, url: null }),
    printedDate: head.printedDate,
    paragraphs: paragraphs.slice(head.used),
    notes: list?.notes ?? [],
  }
}

// Some dumps leave no blank line under the title.
function splitHeading(paragraphs: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const [first, ...others] = paragraphs
  const [top, next] = first ?? []
  if (first === undefined || top === undefined || next === undefined || !isTitle(top.text)) return paragraphs
  return next.text.length >= top.text.length * TITLE_RATIO ? [[top], first.slice(1), ...others] : paragraphs
}

function readHead(paragraphs: readonly (readonly Line[])[]): Ends {
  const site = siteOf(paragraphs)
  const at = site === null ? 0 : 1
  const title = paragraphs.length > at + 1 ? titleOf(paragraphs[at] ?? []) : null
  return readByline(paragraphs, { site, title, name: null, printedDate: null, used: at + (title === null ? 0 : 1) })
}

function siteOf(paragraphs: readonly (readonly Line[])[]): string | null {
  const [first, ...more] = paragraphs[0] ?? []
  if (first === undefined || more.length > 0 || paragraphs.length < 3) return null
  return SITE.test(first.text) ? first.text : null
}

function titleOf(paragraph: readonly Line[]): string | null {
  const [first, ...more] = paragraph
  return first !== undefined && more.length === 0 && isTitle(first.text) ? first.text : null
}

function isTitle(text: string): boolean {
  return text.length <= MAX_TITLE && !text.endsWith(':')
}

function readByline(paragraphs: readonly (readonly Line[])[], ends: Ends): Ends {
  if (ends.title === null || ends.used >= BYLINE_PARAGRAPHS + 1) return ends
  const texts = (paragraphs[ends.used] ?? []).map((line) => line.text)
  const said = texts.map(bylineOf)
  if (said.length === 0 || said.some((one) => one === null)) return ends
  const name = said.map((one) => one?.name ?? null).find((found) => found !== null)
  const date = said.map((one) => one?.printedDate ?? null).find((found) => found !== null)
  const read = { ...ends, name: ends.name ?? name ?? null, printedDate: ends.printedDate ?? date ?? null }
  return readByline(paragraphs, { ...read, used: ends.used + 1 })
}

/** Name and date if the line is nothing but a byline. */
function bylineOf(text: string): { readonly name: string | null; readonly printedDate: string | null } | null {
  if (text.length > MAX_BYLINE) return null
  const date = printedDate(text)
  if (date !== null) return { name: null, printedDate: date }
  const name = BYLINE.exec(text)?.[1]
  if (name !== undefined && isNameLike(name)) return { name, printedDate: null }
  const posted = POSTED.exec(text)
  const on = posted?.[1] === undefined ? null : printedDate(posted[1])
  return on === null ? null : { name: posted?.[2] ?? null, printedDate: on }
}

// From the end upwards, only lines that are wholly a name with an address, an address, or a fediverse handle.
function takeSignature(lines: readonly Line[]): { readonly author: Author | null; readonly rest: readonly Line[] } {
  const found: { name: string | null; url: string | null; handle: string | null } = {
    name: null,
    url: null,
    handle: null,
  }
  let end = lines.length
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] as Line
    if (isBlank(line)) continue
    const read = signatureOf(line.text)
    if (read === null || Object.entries(read).some(([key, value]) => value !== null && found[key as Part] !== null))
      break
    Object.assign(found, withoutNulls(read))
    end = at
  }
  const isSigned = found.handle !== null || found.name !== null
  return isSigned ? { author: { id: null, ...found }, rest: lines.slice(0, end) } : { author: null, rest: lines }
}

type Part = 'name' | 'url' | 'handle'

function signatureOf(text: string): Readonly<Record<Part, string | null>> | null {
  const handle = FEDIVERSE.exec(text)?.[1] ?? null
  if (handle !== null) return { name: null, url: null, handle }
  if (BARE_URL.test(text)) return { name: null, url: text, handle: null }
  const [, name = null, url = null] = NAME_AND_URL.exec(text) ?? []
  return name !== null && isNameLike(name) ? { name, url, handle: null } : null
}

function withoutNulls(read: Readonly<Record<Part, string | null>>): Readonly<Partial<Record<Part, string>>> {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null))
}
