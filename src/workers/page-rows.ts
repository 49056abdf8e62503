// A page on its way between threads: posts and numbers as lists of values. Between threads an object costs most by the
// names of its members, which are written and read with every one of sixty posts; what a page says alike of all of them
// goes along once.
import type { Extraction, Post, Provenance } from '../model.ts'
import type { Marker } from '../unroll/markers/marker.ts'
import type { PageRead } from './read-page.ts'

/** A page as a thread gives it, with work that is otherwise left to unrolling. */
export interface PageReadAhead extends PageRead {
  /** The numbers that may be in each post, in the order of the posts; none where the page will not be unrolled. */
  readonly markers: readonly (readonly Marker[])[]
}

/** What is sent: all of it can be cloned. */
export interface PageRows extends Pick<PageReadAhead, 'adapter'> {
  /** The extraction without its posts. */
  readonly frame: Omit<Extraction, 'posts'>
  readonly posts: readonly PostRow[]
  readonly markers: readonly (readonly MarkerRow[])[]
}

type SourceRow = ReturnType<typeof sourceToRow>
type PostRow = ReturnType<typeof postToRow>
type MarkerRow = ReturnType<typeof markerToRow>

export function toRows({ adapter, extraction, markers }: PageReadAhead): PageRows {
  const { posts, ...frame } = extraction
  let source: SourceRow | null = null
  const rows: PostRow[] = []
  for (const post of posts) {
    source = source !== null && isFrom(post.provenance, source) ? source : sourceToRow(post.provenance)
    rows.push(postToRow(post, source))
  }
  return { adapter, frame, posts: rows, markers: markers.map((found) => found.map(markerToRow)) }
}

export function fromRows({ adapter, frame, posts, markers }: PageRows): PageReadAhead {
  return {
    adapter,
    extraction: { ...frame, posts: posts.map(postOfRow) },
    markers: markers.map((found) => found.map(markerOfRow)),
  }
}

/** Shared by the posts of a page: a list that is sent twice is written once. */
function sourceToRow({ input, capture, capturedAt, adapter, adapterVersion }: Provenance) {
  return [input, capture, capturedAt, adapter, adapterVersion] as const
}

function isFrom(of: Provenance, [input, capture, capturedAt, adapter, version]: SourceRow): boolean {
  const isSameCapture = of.input === input && of.capture === capture && of.capturedAt === capturedAt
  return isSameCapture && of.adapter === adapter && of.adapterVersion === version
}

// biome-ignore format: a row
function postToRow(post: Post, source: SourceRow) {
  const { selector, path, line, endLine, extra } = post.provenance
  return [
    source, selector, path, line, endLine, extra, post.key, post.ref, post.kind, post.platform, post.author, post.isPostAuthor,
    post.title, post.text, post.html, post.createdAt, post.editedAt, post.url, post.lang, post.parent, post.conversation,
    post.media, post.quotes, post.footnotes, post.block, post.index, post.boundary,
  ] as const
}

// biome-ignore format: the same row
function postOfRow([
  source, selector, path, line, endLine, extra, key, ref, kind, platform, author, isPostAuthor,
  title, text, html, createdAt, editedAt, url, lang, parent, conversation,
  media, quotes, footnotes, block, index, boundary,
]: PostRow): Post {
  const [input, capture, capturedAt, adapter, adapterVersion] = source
  const provenance = { input, capture, capturedAt, adapter, adapterVersion, selector, path, line, endLine, extra }
  return {
    key, ref, kind, platform, author, isPostAuthor, title, text, html, createdAt, editedAt, url, lang, parent, conversation,
    media, quotes, footnotes, block, index, boundary, provenance,
  }
}

function markerToRow({ number, total, form, place, bracket, openEnded, start, end, cue, prior }: Marker) {
  return [number, total, form, place, bracket, openEnded, start, end, cue, prior] as const
}

function markerOfRow([number, total, form, place, bracket, openEnded, start, end, cue, prior]: MarkerRow): Marker {
  return { number, total, form, place, bracket, openEnded, start, end, cue, prior }
}
