// A thread page (Thread Reader App) scraped as plain text: furniture taken out, the page's own thread told from the
// preview cards below it. Gives lines, not posts: where a post ends, the engine decides from the whole document.
import type { Author, Block, ScrapeLine } from '../../../model.ts'
import type { Clip } from '../clip/clip.ts'
import { type ThreadFurniture, threadFurniture } from '../furniture.ts'
import { isBlank, type Line } from '../lines.ts'
import { isShortDate, NO_HEAD, readThreadHead, type ThreadHead } from './thread-head.ts'

export interface ScrapedThreads {
  readonly author: Author | null
  readonly blocks: readonly Block[]
  readonly lines: readonly ScrapeLine[]
  /** 1-based numbers of the lines left out as page furniture. */
  readonly dropped: readonly number[]
  /** False when furniture that follows the page's thread was met before any of it. */
  readonly hasMain: boolean
}

interface ThreadOptions {
  /** True where each paragraph is one post (a Markdown clip writes breaks inside a post as hard breaks). */
  readonly paragraphsArePosts: boolean
  /** What a clip says of the page it was taken from; null for text that is none. */
  readonly clip: Pick<Clip, 'url' | 'title' | 'author'> | null
}

/** Between the thread and "More from" stand buttons and adverts, in short lines; longer ones are kept as content. */
const MAX_ADVERT = 60

/**
 * Rules that part posts, and the characters between two of them, at most: posts of X that are paid for are longer, and
 * rarely parted.
 */
const MIN_RULES = 2
const MAX_PARTED = 1_000

const HANDLE = /^@(\w{1,20})$/
const PAGE_TITLE = /^thread by @|^@?\w+ on thread reader|on (?:x|twitter): /i
const MARKDOWN_RULE = /^(?:-{3,}|\*{3,}|_{3,}|\* \* \*|- - -)$/

/** Reads the lines of a thread page, or of any text whose posts are not marked off. */
export function readThreads(lines: readonly Line[], options: ThreadOptions): ScrapedThreads {
  const { clip } = options
  const hasRules = clip !== null || areParted(lines)
  const furniture = lines.map((line) => (isBlank(line) ? null : furnitureOf(line, hasRules)))
  const head = readThreadHead(lines, furniture)
  const marks = markLines(lines, furniture, head)
  const author = authorOf(head, furniture) ?? clip?.author ?? null
  const { blocks, byMark } = blocksOf(marks, head, author, clip)
  return {
    author,
    blocks,
    lines: scrapeLines(marks, byMark, options.paragraphsArePosts),
    dropped: marks.filter((mark) => mark.role === 'furniture').map((mark) => mark.line.number),
    hasMain: marks.find((mark) => mark.role === 'content' || mark.after)?.after !== true,
  }
}

/** In Markdown a rule of its own cuts as furniture does; a single one in plain text is somebody's. */
function furnitureOf({ text }: Line, hasRules: boolean): ThreadFurniture | null {
  return hasRules && MARKDOWN_RULE.test(text) ? { kind: 'button' } : threadFurniture(text)
}

/** Whether rules part a plain text into pieces as short as posts: so programs for drafting threads write them down. */
function areParted(lines: readonly Line[]): boolean {
  let [rules, length, longest] = [0, 0, 0]
  for (const { text } of lines) {
    const isRule = MARKDOWN_RULE.test(text)
    rules += isRule ? 1 : 0
    length = isRule ? 0 : length + text.length
    longest = Math.max(longest, length)
  }
  return rules >= MIN_RULES && longest <= MAX_PARTED
}

interface Mark {
  readonly line: Line
  readonly role: 'content' | 'blank' | 'furniture'
  /** True for furniture that stands behind the page's own thread. */
  readonly after: boolean
  /** `start`: a card begins behind this line. A number: a card of that many posts ends here. */
  readonly card: 'start' | number | null
}

function markLines(
  lines: readonly Line[],
  furniture: readonly (ThreadFurniture | null)[],
  head: ThreadHead,
): readonly Mark[] {
  const mainEnd = furniture.findIndex((found) => isAfterMain(found))
  const more = furniture.findIndex((found) => found?.kind === 'more')
  const foot = mainEnd === -1 ? -1 : furniture.findIndex((found, at) => at > mainEnd && found?.kind === 'footer')
  const inCards = (at: number) => mainEnd !== -1 && at > mainEnd
  const starts = new Set(lines.flatMap((_, at) => (inCards(at) ? cardStart(lines, at, head) : [])))
  return lines.map((line, at) => {
    const found = furniture[at] ?? null
    if (isBlank(line)) return { line, role: 'blank', after: false, card: null }
    if (found !== null) return { line, role: 'furniture', after: isAfterMain(found), card: cardEnd(found) }
    if (starts.has(at)) return { line, role: 'furniture', after: true, card: 'start' }
    const isAdvert = inCards(at) && at < more && line.text.length <= MAX_ADVERT
    const dropped = head.used.has(line.number) || (foot !== -1 && at > foot) || isAdvert
    return { line, role: dropped ? 'furniture' : 'content', after: false, card: null }
  })
}

function isAfterMain(found: ThreadFurniture | null): boolean {
  return found?.kind === 'end' || found?.kind === 'after' || found?.kind === 'more'
}

function cardEnd(found: ThreadFurniture): number | null {
  return found.kind === 'card-end' ? found.total : null
}

/** Indices of the lines that open a card here: a date, or a handle with the name above it. */
function cardStart(lines: readonly Line[], at: number, head: ThreadHead): readonly number[] {
  const text = lines[at]?.text ?? ''
  if (isShortDate(text)) return [at]
  const handle = HANDLE.exec(text)?.[1]
  if (handle === undefined || (head.handle !== null && handle !== head.handle)) return []
  const above = lines[at - 1]?.text ?? ''
  return above === head.name && above !== '' ? [at - 1, at] : [at]
}

function authorOf(head: ThreadHead, furniture: readonly (ThreadFurniture | null)[]): Author | null {
  const more = furniture.find((found) => found?.kind === 'more' && found.handle !== null)
  const handle = head.handle ?? (more?.kind === 'more' ? more.handle : null)
  if (handle === null && head.name === null) return null
  return { id: null, handle, name: head.name, url: handle === null ? null : `https://x.com/${handle}` }
}

interface Blocks {
  readonly blocks: readonly Block[]
  /** The block of each mark, or null. */
  readonly byMark: readonly (string | null)[]
}

// Cards without any line between them cannot be told apart here: the whole run is one block of cut threads, and which
// post belongs to which is the engine's business.
function blocksOf(
  marks: readonly Mark[],
  head: ThreadHead,
  author: Author | null,
  clip: ThreadOptions['clip'],
): Blocks {
  const mainEnd = marks.findIndex((mark) => mark.after)
  const hasCards = marks.some((mark) => mark.card !== null)
  if (mainEnd === -1 && !hasCards && head === NO_HEAD && (clip?.url ?? null) === null)
    return { blocks: [], byMark: marks.map(() => null) }
  const blocks = new Map<string, Block>()
  let card = 0
  const byMark = marks.map((mark, at) => {
    if (mark.card === 'start' && marks[at - 1]?.card !== 'start') card += 1
    const key = keyAt(at, mainEnd, hasCards, card)
    if (mark.role === 'content' && !blocks.has(key)) blocks.set(key, newBlock(key, head, author, clip))
    const block = blocks.get(key)
    if (typeof mark.card === 'number' && block !== undefined) blocks.set(key, { ...block, declaredTotal: mark.card })
    if (typeof mark.card === 'number') card += 1
    return mark.role === 'content' ? key : null
  })
  return { blocks: [...blocks.values()], byMark }
}

function keyAt(at: number, mainEnd: number, hasCards: boolean, card: number): string {
  if (mainEnd === -1 ? !hasCards : at < mainEnd) return 'thread'
  return hasCards ? `card-${card}` : 'more'
}

function newBlock(key: string, head: ThreadHead, author: Author | null, clip: ThreadOptions['clip']): Block {
  const base = { key, title: null, author, declaredTotal: null, url: null }
  if (key === 'thread')
    return { ...base, kind: 'thread', title: titleOf(clip), url: clip?.url ?? null, declaredTotal: head.total }
  return { ...base, kind: 'card' }
}

/** A reader's own title for the page ("Thread by …") is none of the thread. */
function titleOf(clip: ThreadOptions['clip']): string | null {
  const title = clip?.title ?? null
  return title === null || PAGE_TITLE.test(title) ? null : title
}

function scrapeLines(
  marks: readonly Mark[],
  byMark: readonly (string | null)[],
  paragraphsArePosts: boolean,
): readonly ScrapeLine[] {
  const lines: ScrapeLine[] = []
  let blanks: readonly Line[] = []
  let cut = false
  for (const [at, { line, role }] of marks.entries()) {
    if (role === 'furniture') cut = true
    if (role === 'blank') blanks = [...blanks.slice(-1), line]
    if (role !== 'content') continue
    const block = byMark[at] ?? null
    const cutBefore = lines.length > 0 && (cut || (paragraphsArePosts && blanks.some((blank) => !blank.breaks)))
    if (lines.length > 0 && !cutBefore) lines.push(...blanks.map((blank) => blankLine(blank, block)))
    const shown = line.shown === undefined ? {} : { shown: line.shown }
    lines.push({ text: line.text, line: line.number, block, cutBefore, ...shown })
    blanks = []
    cut = false
  }
  return lines
}

function blankLine(line: Line, block: string | null): ScrapeLine {
  return { text: '', line: line.number, block, cutBefore: false }
}
