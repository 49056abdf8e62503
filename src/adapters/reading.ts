// What is read of a page, by whom, and what is remarked of it: the first adapter that recognises a page reads it; what
// stands in other JSON, is shown in place of a post, or was missed by its reader is seen to here. Never throws.
import type { Extraction, Post } from '../model.ts'
import type { Joining } from '../post.ts'
import type { Adapter, Rows } from './adapter.ts'
import { article } from './article/article.ts'
import { microformats } from './blogs/microformats.ts'
import { withoutPlaceholders } from './comments/removed.ts'
import { withClearCount } from './comments/whose-count.ts'
import { makeExtraction, withheldNotes } from './extraction/extraction.ts'
import { ADAPTERS, adapterFor, locateUrl } from './index.ts'
import { driftNotes } from './page/drift.ts'
import { asFilesBeside } from './page/files-beside.ts'
import { insteadNotes } from './page/instead.ts'
import type { Page } from './page/page.ts'
import { failureNote, treeNotes, unreadable } from './page/page-notes.ts'
import { insideOf } from './page/wayback.ts'
import { jsonInPage } from './rows/islands.ts'
import { jsonRows } from './rows/json-rows.ts'
import { jsonl } from './rows/jsonl.ts'
import type { WrappedReading } from './wrapped/answers.ts'
import { readWrapped } from './wrapped/wrapped.ts'

/** What was read, and by whom; `adapter` is null when nobody recognised the page. */
interface PageReading {
  readonly adapter: Adapter | null
  readonly extraction: Extraction
}

/** All that can be read out of a page, with the remarks of reading it. Never throws. */
export function readPosts(page: Page): PageReading {
  try {
    const { adapter, extraction } = readFirst(page)
    return {
      adapter,
      extraction: withRemarks(
        page,
        adapter,
        withDrift(page, adapter, withClearCount(page, withoutPrinted(page, extraction))),
      ),
    }
  } catch (error) {
    return { adapter: null, extraction: makeExtraction({ notes: [failureNote(page, error)] }) }
  }
}

/** Without the words that a page prints in place of a comment; data says that otherwise. */
function withoutPrinted(page: Page, extraction: Extraction): Extraction {
  const posts = page.kind === 'html' ? withoutPlaceholders(extraction.posts) : extraction.posts
  if (posts === extraction.posts) return extraction
  const found = posts.filter((post, at) => post !== extraction.posts[at])
  return { ...extraction, posts, notes: [...extraction.notes, ...withheldNotes(page, found)] }
}

/** With what the reader did not find on the page, or found without knowing the page. */
function withDrift(page: Page, adapter: Adapter | null, extraction: Extraction): Extraction {
  if (adapter === null) return extraction
  const named = page.url === null ? null : locateUrl(page.url.href)
  const located = named?.kind === 'post' ? named.adapter : null
  const notes = driftNotes(page, { reader: adapter, extraction, located })
  return notes.length === 0 ? extraction : { ...extraction, notes: [...extraction.notes, ...notes] }
}

/** Where the posts of a page stand, and who knows how to read them there. All of it can be sent to a thread. */
export interface ListedRows extends Rows {
  /** The adapter's name. */
  readonly adapter: string
}

/**
 * Where the posts of a page stand, each visited in passing; null where they are read all at once, or there are none.
 */
export function listPosts(page: Page, visit: (post: Joining) => void): ListedRows | null {
  const adapter = adapterFor(page)
  const rows = adapter?.rows?.list(page, visit) ?? null
  // Where one reader finds no post another may.
  if (adapter === null || rows === null || rows.starts.length === 0) return null
  return { ...rows, frame: withRemarks(page, adapter, rows.frame), adapter: adapter.name }
}

/** Reads posts of a page by their places among `rows`, which `listPosts` gave of the same bytes; null: all. */
export function readListed(page: Page, rows: ListedRows): (posts: readonly number[] | null) => readonly Post[] {
  const reader = ADAPTERS.find(({ name }) => name === rows.adapter)?.rows
  return (posts) => reader?.read(page, rows, posts) ?? []
}

function withRemarks(page: Page, adapter: Adapter | null, extraction: Extraction): Extraction {
  // That binary data holds no posts is said before anybody who knows its format has looked at it.
  const remarks = adapter === null ? page.notes : page.notes.filter(({ code }) => code !== 'binary')
  const read = asFilesBeside(page, { ...extraction, notes: [...remarks, ...treeNotes(page), ...extraction.notes] })
  return page.copy === null ? read : insideOf(page.copy, read)
}

/** A page of a known platform in an unknown shape is still a page: the article reader has a look at it. */
function readFirst(page: Page): PageReading {
  const adapter = adapterFor(page)
  const wrapped = adapter === null || adapter === jsonRows ? readInside(page, adapter === jsonRows) : null
  if (wrapped !== null) return wrapped
  const extraction = withoutSubstitute(page, adapter, adapter?.extract(page) ?? unreadable(page))
  if (adapter === article) return extraction.posts.length > 0 ? { adapter, extraction } : readCarried(page, extraction)
  if (adapter === null || adapter.generic || !isSilent(extraction) || !article.recognises(page))
    return { adapter, extraction }
  const second = article.extract(page)
  if (second.posts.length === 0) return { adapter, extraction }
  return { adapter: article, extraction: { ...second, notes: [...extraction.notes, ...second.notes] } }
}

function readInside(page: Page, isRows: boolean): WrappedReading | null {
  return readWrapped(page, {
    answer: readAnswer,
    document: (inner) => readDocument(inner, isRows),
    rows: (rest) => (jsonRows.recognises(rest) ? jsonRows.extract(rest) : null),
  })
}

/** What stands in other JSON as JSON is read by platforms that know it for their own, as rows the whole is read. */
function readAnswer(page: Page): WrappedReading | null {
  const adapter = ADAPTERS.find((one) => isOfPlatform(one) && one.recognises(page)) ?? null
  return adapter === null ? null : { adapter, extraction: adapter.extract(page) }
}

/** What stands there as text is a page like any other, unless the whole is rows already, of which it is a field. */
function readDocument(page: Page, isOfRow: boolean): WrappedReading | null {
  if (isOfRow) return page.kind === 'json' ? readAnswer(page) : null
  const { adapter, extraction } = readFirst(page)
  return adapter === null ? null : { adapter, extraction }
}

function isOfPlatform(adapter: Adapter): boolean {
  return adapter === microformats || !(adapter.generic || adapter === jsonl)
}

/**
 * What a known platform shows in place of a post has its frame, and may be read for its article: then it is what the
 * site says instead. A page of more than one post is one.
 */
function withoutSubstitute(page: Page, adapter: Adapter | null, extraction: Extraction): Extraction {
  if (adapter === null || adapter === article || !mayBeSubstitute(extraction)) return extraction
  const instead = insteadNotes(page)
  return instead.length === 0 ? extraction : makeExtraction({ notes: instead })
}

function mayBeSubstitute(extraction: Extraction): boolean {
  const { posts, scrapes } = extraction
  const [only] = posts
  if (only !== undefined) return posts.length === 1 && only.kind === 'article' && only.text !== ''
  return isSilent(extraction) || scrapes.length === 1
}

/** What a page shows only when its script ran it may carry as JSON. */
function readCarried(page: Page, shown: Extraction): PageReading {
  const carried = jsonInPage.extract(page)
  return carried.posts.length === 0
    ? { adapter: article, extraction: shown }
    : { adapter: jsonInPage, extraction: carried }
}

/** Nothing read, nothing to go on to, and no reason given: a wall or a refusal is an answer. */
function isSilent({ posts, scrapes, next, notes }: Extraction): boolean {
  return posts.length + scrapes.length + next.length === 0 && notes.every(({ code }) => SILENT_CODES.has(code))
}

/** Remarks that say only that nothing was found. */
const SILENT_CODES: ReadonlySet<string> = new Set(['no-article', 'no-post', 'no-posts'])
