// An article scraped as plain text: its head (article-head.ts), body, notes and signature. Reads what stands at its two
// ends and leaves the words between them alone.
import type { Author } from '../../../model.ts'
import { isBlogFurniture } from '../furniture.ts'
import { isBlank, type Line, paragraphsOf } from '../lines.ts'
import { isNameLike } from '../names.ts'
import { isTitle, readHead } from './article-head.ts'
import { findNotes, type ScrapedNote } from './footnotes.ts'

export interface ScrapedArticle {
  readonly site: string | null
  readonly title: string | null
  readonly author: Author | null
  /** As printed, without a time zone. */
  readonly printedDate: string | null
  readonly paragraphs: readonly (readonly Line[])[]
  readonly notes: readonly ScrapedNote[]
}

/** A first line right above text is a title only if that text is so many times longer. */
const TITLE_RATIO = 2
const NAME_AND_URL = /^(\S.{0,60}?)[\s:,|–—-]+(https?:\/\/\S+)$/u
const FEDIVERSE =
  /^(?:(?:fediverse|fediverso|mastodon|activitypub|pleroma|follow me)\s*(?::\s*)?)?@([\w.-]+@(?:[\w-]+\.)+\w{2,24})$/iu
const BARE_URL = /^https?:\/\/\S+$/

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
    paragraphs: head.rest,
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
