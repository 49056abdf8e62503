// Plain text without URL or markup, told apart by its lines: a thread page, a blog post with comments, an essay, or
// posts one after the other. Blog posts and essays become posts (essay/posts.ts); thread pages become scrapes, which
// the engine cuts.
import { bareRun } from '../../bare.ts'
import type { Block, Extraction, Note, Post, Provenance, Scrape } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { noteOn } from '../extraction/extraction.ts'
import { placeInText } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { readClip } from './clip/clip.ts'
import { isThreadAddress } from './clip/clip-head.ts'
import { extractArticle } from './essay/posts.ts'
import { linesOf } from './lines.ts'
import { droppedNote, printed, READER } from './reader.ts'
import { chooseReading, type ReadingKind, type TextReading } from './reading.ts'
import { withoutSheets } from './sheets.ts'
import { readThreads, type ScrapedThreads } from './thread/thread.ts'
import type { Timeline } from './timeline/timeline.ts'
import { timelinePosts } from './timeline/timeline-posts.ts'

const READER_PAGE = /threadreaderapp\.com\/thread\/\d+/
const THREAD_KEY = 'page'
const NO_TIMELINE: Timeline = { posts: [], dropped: [], adverts: 0 }
/** How much is looked at for the head of a Markdown clip, in characters. */
const HEAD_LENGTH = 8_000
const MARKDOWN_START = /^\s*(?:---\r?\n|# \S|Title: |https?:\/\/)/

export const text: Adapter = {
  name: READER.name,
  version: READER.version,
  generic: true,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'text' || (page.kind === 'html' && isMarkdown(page.text)),
  extract: extractText,
}

/** Posts quoted in a Markdown clip stand there as HTML; its head does not. */
function isMarkdown(text: string): boolean {
  return MARKDOWN_START.test(text) && isThreadAddress(readClip(linesOf(text.slice(0, HEAD_LENGTH)))?.url ?? null)
}

function extractText(page: Page): Extraction {
  const { lines, edges } = withoutSheets(linesOf(page.text))
  const reading = chooseReading(lines)
  const extraction = EXTRACT[reading.kind](page, reading)
  return { ...extraction, notes: [readAs(page, reading), ...sheetNotes(page, edges), ...extraction.notes] }
}

function sheetNotes(page: Page, edges: readonly number[]): readonly Note[] {
  const message = `${edges.length} lines that a printer sets on each sheet (date, title, address, number) were left out, the first of them line ${edges[0]}.`
  return edges.length === 0 ? [] : [noteOn(page, 'info', 'furniture', message)]
}

const EXTRACT: Readonly<Record<ReadingKind, (page: Page, reading: TextReading) => Extraction>> = {
  thread: extractThreads,
  posts: extractThreads,
  timeline: extractTimeline,
  blog: extractArticle,
  essay: extractArticle,
}

const READINGS = {
  thread: 'a thread page',
  timeline: 'posts copied off a timeline',
  blog: 'a blog post with comments',
  essay: 'an essay',
  posts: 'posts one after the other',
} as const

function readAs(page: Page, { kind, p, say }: TextReading): Note {
  return noteOn(page, 'info', 'read-as', `Read as ${READINGS[kind]} (p ${p.toFixed(2)}): ${say}.`)
}

function extractThreads(page: Page, { clip, lines }: TextReading): Extraction {
  const url = clip?.url ?? null
  const read = readThreads(lines, { paragraphsArePosts: clip?.hasHardBreaks ?? false, clip })
  const isLost = !read.hasMain || (isReaderPage(url) && !mentions(read, clip?.title ?? null, clip?.description ?? null))
  const blocks = isLost ? read.blocks.map(asCard) : read.blocks
  return {
    posts: [],
    scrapes: read.lines.length === 0 ? [] : [scrapeOf(page, read, clip?.published ?? null)],
    blocks,
    next: isLost && url !== null ? [url] : [],
    notes: [...droppedNote(page, read.dropped), ...(isLost ? [onlyCards(page, url)] : [])],
    declared: { title: clip?.title ?? null, site: null, replies: null },
  }
}

/** A page that shows other threads below its own; its title and description are words of its own. */
function isReaderPage(url: string | null): boolean {
  return url !== null && READER_PAGE.test(url)
}

// The page's thread is not here, so nothing that is may carry its name or total.
function asCard(block: Block): Block {
  return block.kind === 'thread' ? { ...block, kind: 'card', url: null, declaredTotal: null } : block
}

function onlyCards(page: Page, url: string | null): Note {
  const where = url === null ? 'its page' : url
  const message = `Only preview cards are here; the page's own thread was lost in copying. Read ${where} to get it.`
  return noteOn(page, 'warning', 'only-cards', message)
}

/** Characters compared of a title or description; pages cut them. */
const NEEDLE = 30
const GENERIC_TITLE = /^thread by @|^@?\w+ on thread reader/i
const HANDLE_PREFIX = /^@\w+:\s*/

/** Whether the words the clip gives as the page's are among the lines. True when it gives none. */
function mentions(read: ScrapedThreads, title: string | null, description: string | null): boolean {
  const told = [title, description]
    .filter((words) => words !== null && !GENERIC_TITLE.test(words))
    .map((words) => bareRun((words ?? '').replace(HANDLE_PREFIX, '')).slice(0, NEEDLE))
  if (told.length === 0) return true
  const content = bareRun(read.lines.map((line) => line.text).join(' '))
  return told.some((words) => content.includes(words))
}

function scrapeOf(page: Page, read: ScrapedThreads, published: string | null): Scrape {
  const lines = read.lines
  const place = { line: lines[0]?.line ?? null, endLine: lines.at(-1)?.line ?? null }
  return { author: read.author, lines, provenance: placeInText(page, READER, place, printed(published)) }
}

function extractTimeline(page: Page, { timeline, clip }: TextReading): Extraction {
  const { posts, dropped, adverts, page: thread } = timeline ?? NO_TIMELINE
  const cut = posts.filter(({ isCut }) => isCut).map(({ line }) => line)
  const provenance = (line: number, endLine: number, extra: Provenance['extra']) =>
    placeInText(page, READER, { line, endLine }, extra)
  const read = timelinePosts(posts, READER.name, provenance)
  const more = thread === undefined ? null : readThreads(thread.rest, { paragraphsArePosts: false, clip: null })
  return {
    posts: thread === undefined ? read : read.map((post) => ({ ...post, block: THREAD_KEY })),
    scrapes: more === null || more.lines.length === 0 ? [] : [scrapeOf(page, more, null)],
    blocks:
      thread === undefined
        ? []
        : [threadBlock(read, thread.total, clip?.url ?? null), ...(more?.blocks ?? []).map(asCard)],
    next: [],
    notes: [
      ...droppedNote(page, [...dropped, ...(more?.dropped ?? [])]),
      ...cutNote(page, cut),
      ...advertsNote(page, adverts),
    ],
    declared: { title: null, site: null, replies: null },
  }
}

function threadBlock(posts: readonly Post[], declaredTotal: number | null, url: string | null): Block {
  return { key: THREAD_KEY, kind: 'thread', title: null, author: posts[0]?.author ?? null, declaredTotal, url }
}

function cutNote(page: Page, lines: readonly number[]): readonly Note[] {
  if (lines.length === 0) return []
  const posts = lines.length === 1 ? 'a post' : `${lines.length} posts`
  const message = `"Show more" stands where the text of ${posts} goes on (heads at line ${lines.join(', ')}); copy their own pages.`
  return [noteOn(page, 'warning', 'cut-text', message)]
}

function advertsNote(page: Page, adverts: number): readonly Note[] {
  return adverts === 0 ? [] : [noteOn(page, 'info', 'adverts', `Adverts left out: ${adverts}.`)]
}
