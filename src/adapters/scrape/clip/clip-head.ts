// The head of a Markdown clip: YAML front matter, or a title, a byline and links to the thread, or nothing but its
// address. Readers' fields do as well (`URL Source: …`). It gives what the head says and how many lines it takes; only
// what names a source or stands between fences is a head.
import type { Author } from '../../../model.ts'
import { parseUrl } from '../../../url.ts'
import { isXHost, statusInUrl } from '../../x/names.ts'
import { isBlank, type Line } from '../lines.ts'
import { type ListedHead, readListedHead } from './reading-list-head.ts'

export interface ClipHead {
  /** Lines it takes from the top. */
  readonly length: number
  readonly url: string | null
  readonly title: string | null
  readonly description: string | null
  readonly author: Author | null
  /** As printed: a date or time of whatever form. */
  readonly published: string | null
  /** True where the page stands below as a program saw it, with all that is around its words. */
  readonly isWholePage: boolean
}

/** Longest front matter, and longest head below it, in lines. */
const MAX_FRONT = 200
const MAX_TOP = 20
/** Fields that make front matter without a second fence. */
const MIN_FIELDS = 2

/** The lines above what Jina Reader makes of a page (2024 on). */
const READER_FIELD = /^(Title|URL Source|Published Time|Warning|Number of Pages|Markdown Content):\s*(.*)$/s
const READER_ADDRESS = 'URL Source'
/**
 * X's articles, and where posts stand by one or by thread, on X and its kin, Mastodon's and Bluesky's; the rest are
 * pages of one text.
 */
const X_ARTICLE = /^https?:\/\/(?:www\.)?(?:x|twitter)\.com\/\w{1,20}\/article\/\d/i
const POST_PLACE =
  /^https?:\/\/(?:[\w-]+\.)*(?:x|twitter|threadreaderapp|typefully|twitter-thread|rattibha|pingthread|unrollthread|bsky|threads|nitter\.\w+|xcancel|t)\.\w+\/|\/@[\w.@-]+\/(?:post\/)?\d+|\/(?:notes|notice|objects)\/[\w-]+$|\/status(?:es)?\/\d/i
const FENCE = /^---$/
const FIELD = /^([\w-]{1,40}):\s+(\S.*)$/s
const LIST_FIELD = /^([\w-]{1,40}):$/
const LIST_ITEM = /^-\s+(\S.*)$/s
/** What YAML says of nothing. */
const NULL = /^(?:null|~)$/i
const QUOTED = /^(["'])(.*)\1$/
const WIKI_LINK = /^\[\[(.*)\]\]$/
const HANDLE = /^@(\w{1,20})$/
const READER_TITLE = /^thread by @(\w{1,20}) on thread reader app\b/i
const ON_X = /^@(\w{1,20}) on (?:Twitter|X)$/i
const HEADING = /^#\s+(\S.*)$/s
const BYLINE = /^(?:author|by|thread by|written by):?\s+\[([^\]]{1,200})\]\((\S{1,500})\)$/i
const THREAD_LINKS = /^\W{0,3}(?:links? to (?:this|the) thread|source|original|thread)\b[^[\]()]{0,40}:\W{0,3}/i
const ADDRESS = /https?:\/\/[^\s()[\]<>]+/g
const LINK_MARKS = /[\s()[\]<>]+/g
const THREAD_ADDRESS = /threadreaderapp\.com\/thread\/\d+/

/** The head, or null when there is none. */
export function readClipHead(lines: readonly Line[]): ClipHead | null {
  const listed = readListedHead(lines)
  if (listed !== null && parseUrl(listed.fields.get('url') ?? null) !== null) return headOf(listed)
  const front = frontLength(lines)
  const fields = fieldsOf(lines.slice(1, front))
  const reader = readReaderHead(lines, front)
  const top = reader ?? readTop(lines, front)
  const named = [fields.get('url'), fields.get('source')].find((value) => parseUrl(value ?? null) !== null)
  const url = named ?? top.url
  if (front === 0 && top.url === null) return null
  return {
    length: url !== null && (top.url !== null || top.title !== null) ? top.length : front,
    url,
    title: fields.get('title') ?? (url === null ? null : top.title),
    description: fields.get('description') ?? null,
    author: authorOf(fields) ?? top.author ?? accountAt(url) ?? accountIn(fields.get('title')),
    published: ['published', 'published_at', 'date', 'created_at'].map((key) => fields.get(key)).find(Boolean) ?? null,
    isWholePage: reader !== null,
  }
}

function headOf({ length, fields }: ListedHead): ClipHead {
  const url = fields.get('url') ?? null
  const said = (fields.get('author') ?? '').replace(WIKI_LINK, '$1')
  const handle = ON_X.exec(said)?.[1] ?? null
  const author = handle !== null ? accountOf(handle, null) : said === '' ? accountAt(url) : accountOf(null, said)
  const title = fields.get('full title') ?? null
  return { length, url, title, description: null, author, published: null, isWholePage: false }
}

/** Whether an address names a thread: a post's page on X, or an unroller's. */
export function isThreadAddress(address: string | null): boolean {
  return address !== null && (THREAD_ADDRESS.test(address) || statusInUrl(address) !== null)
}

/** Whether an address leads to one long text: an article of X, or a page of none of the places where posts are. */
export function isTextAddress(address: string | null): boolean {
  return address !== null && (X_ARTICLE.test(address) || !POST_PLACE.test(address))
}

/** A reader's fields, below front matter and a title or not; null without the address. */
function readReaderHead(lines: readonly Line[], from: number): Top | null {
  const fields = new Map<string, string>()
  let length = from
  for (const [at, { text }] of lines.slice(from, from + MAX_TOP).entries()) {
    const [, key, value = ''] = READER_FIELD.exec(text) ?? []
    if (key === undefined && text !== '' && !HEADING.test(text)) break
    if (key === undefined) continue
    fields.set(key, value)
    length = from + at + 1
  }
  const url = fields.get(READER_ADDRESS) ?? null
  return parseUrl(url) === null ? null : { length, url, title: fields.get('Title') ?? null, author: null }
}

/**
 * Lines of the front matter with its fences; 0 for none. People forget the second fence: then a blank line ends the
 * fields.
 */
function frontLength(lines: readonly Line[]): number {
  if (!FENCE.test(lines[0]?.text ?? '')) return 0
  const rest = lines.slice(1, MAX_FRONT)
  const end = rest.findIndex((line) => FENCE.test(line.text))
  const blank = rest.findIndex(isBlank)
  const isOpen = blank >= MIN_FIELDS && rest.slice(0, blank).every(({ text }) => FIELD.test(text))
  if (isOpen && (end === -1 || !rest.slice(blank, end).every((line) => isBlank(line) || FIELD.test(line.text))))
    return blank + 1
  return end < 1 ? 0 : end + 2
}

/** Scalars, and the first item of lists. */
function fieldsOf(lines: readonly Line[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  let list: string | null = null
  for (const { text } of lines) {
    const [, key, value] = FIELD.exec(text) ?? []
    if (key !== undefined && value !== undefined && !NULL.test(value)) fields.set(key, value.replace(QUOTED, '$2'))
    const item: string | undefined = list === null ? undefined : LIST_ITEM.exec(text)?.[1]
    if (list !== null && item !== undefined && !fields.has(list)) fields.set(list, item.replace(QUOTED, '$2'))
    list = LIST_FIELD.exec(text)?.[1] ?? (item === undefined ? null : list)
  }
  return fields
}

function authorOf(fields: ReadonlyMap<string, string>): Author | null {
  const said = (fields.get('author') ?? '').replace(WIKI_LINK, '$1')
  const handle = HANDLE.exec(fields.get('handle') ?? '')?.[1] ?? HANDLE.exec(said)?.[1] ?? null
  const name = said === '' || HANDLE.test(said) ? null : said
  return handle === null && name === null ? null : accountOf(handle, name)
}

function accountOf(handle: string | null, name: string | null): Author {
  return { id: null, handle, name, url: handle === null ? null : `https://x.com/${handle}` }
}

interface Top {
  readonly length: number
  readonly url: string | null
  readonly title: string | null
  readonly author: Author | null
}

/** Title, byline and links below the front matter; what is none of these ends the head. */
function readTop(lines: readonly Line[], from: number): Top {
  let top: Top = { length: from, url: null, title: null, author: null }
  for (const [at, line] of lines.slice(from, from + MAX_TOP).entries()) {
    if (isBlank(line)) continue
    const next = readTopLine(top, line.text)
    if (next === null) break
    top = { ...next, length: from + at + 1 }
  }
  return top
}

function readTopLine(top: Top, text: string): Top | null {
  const title = HEADING.exec(text)?.[1]
  if (title !== undefined && top.title === null && top.url === null) return { ...top, title }
  const [, name, address] = BYLINE.exec(text) ?? []
  if (name !== undefined && address !== undefined) return { ...top, author: accountOf(handleIn(address), name) }
  const isBare = text.replace(ADDRESS, '').replace(LINK_MARKS, '') === ''
  const addresses = isBare || THREAD_LINKS.test(text) ? (text.match(ADDRESS) ?? []) : []
  const url = addresses.find(isThreadAddress)
  return url === undefined || top.url !== null ? null : { ...top, url }
}

/** The address of a post names who wrote it. */
function accountAt(url: string | null): Author | null {
  const handle = statusInUrl(url)?.handle ?? null
  return handle === null ? null : accountOf(handle, null)
}

/** Thread Reader's title of its pages. */
function accountIn(title: string | undefined): Author | null {
  const handle = READER_TITLE.exec(title ?? '')?.[1]
  return handle === undefined ? null : accountOf(handle, null)
}

function handleIn(address: string): string | null {
  const url = parseUrl(address)
  const [, handle] = url === null || !isXHost(url) ? [] : url.pathname.split('/')
  return handle !== undefined && HANDLE.test(`@${handle}`) ? handle : null
}
