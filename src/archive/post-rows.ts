// Posts as rows and back: the content of a post (a version) and where it was seen (a sighting), so that the post an adapter
// made comes out of the tables exactly as it went in.
import type { Author, Post, Provenance } from '../model.ts'
import { differenceFrom, fromJson, toJson } from './difference.ts'

/** What the author wrote, without where and when we saw it: two digests, two questions. */
export type PostContent = Omit<Post, 'key' | 'parent' | 'block' | 'index' | 'boundary' | 'provenance'>

/** The columns of post_versions that hold content. */
export interface VersionColumns {
  readonly platform: string
  readonly platformPostId: string | null
  readonly kind: Post['kind']
  readonly authorId: string | null
  readonly authorHandle: string | null
  readonly authorName: string | null
  readonly authorUrl: string | null
  readonly title: string | null
  readonly text: string
  readonly html: string | null
  readonly createdAt: string | null
  readonly editedAt: string | null
  readonly url: string | null
  readonly lang: string | null
  readonly conversation: string | null
  readonly detail: string | null
}

/** The columns of sightings. */
export interface SightingColumns {
  readonly position: number
  readonly localKey: string
  readonly selector: string | null
  readonly path: string | null
  readonly line: number | null
  readonly endLine: number | null
  readonly block: string | null
  readonly parent: string | null
  readonly sightingDetail: string | null
}

/** What the capture and the extraction say about every post in them. */
export interface SourceColumns {
  readonly input: string
  readonly digest: string
  readonly capturedAt: string
  readonly adapter: string
  readonly adapterVersion: number
}

/** JSON of a sighting's detail. */
interface SightingDetail {
  readonly boundary: Post['boundary']
  readonly provenance: Partial<Provenance>
}

export type SightedRow = VersionColumns & SightingColumns & SourceColumns & { readonly sightingKey: number }

const VERSION_COLUMNS = `
    v.platform, v.platform_post_id AS platformPostId, v.kind,
    v.author_id AS authorId, v.author_handle AS authorHandle, v.author_name AS authorName, v.author_url AS authorUrl,
    v.title, v.text, v.html, v.created_at AS createdAt, v.edited_at AS editedAt, v.url, v.lang, v.conversation, v.detail`

/** Selects versions with their hashes; `VersionColumns` are among its columns. */
export const SELECT_VERSION = `
  SELECT v.key, v.post_id AS postId, v.sha256, ${VERSION_COLUMNS} FROM post_versions AS v`

/** Selects whole posts as seen; `SightedRow` is its row. */
export const SELECT_SIGHTED = `
  SELECT s.key AS sightingKey, s.position, s.local_key AS localKey, s.selector, s.path, s.line, s.end_line AS endLine,
    s.block, s.parent, s.detail AS sightingDetail, ${VERSION_COLUMNS},
    c.input, c.digest, c.captured_at AS capturedAt, e.adapter, e.adapter_version AS adapterVersion
  FROM sightings AS s
  JOIN post_versions AS v ON v.key = s.version_key
  JOIN extractions AS e ON e.key = s.extraction_key
  JOIN captures AS c ON c.key = e.capture_key`

/** Field by field, as all that follows: V8 makes a dictionary of an object spread from several, at six times the cost. */
export function contentOf(post: Post): PostContent {
  return {
    ref: post.ref,
    kind: post.kind,
    platform: post.platform,
    author: post.author,
    isPostAuthor: post.isPostAuthor,
    title: post.title,
    text: post.text,
    html: post.html,
    createdAt: post.createdAt,
    editedAt: post.editedAt,
    url: post.url,
    lang: post.lang,
    conversation: post.conversation,
    media: post.media,
    quotes: post.quotes,
    footnotes: post.footnotes,
  }
}

export function toVersionColumns(content: PostContent): VersionColumns {
  const { author, text, html } = content
  const columns: { -readonly [Key in keyof VersionColumns]: VersionColumns[Key] } = {
    platform: content.platform,
    platformPostId: content.ref?.id ?? null,
    kind: content.kind,
    authorId: author?.id ?? null,
    authorHandle: author?.handle ?? null,
    authorName: author?.name ?? null,
    authorUrl: author?.url ?? null,
    title: content.title,
    text,
    html: html === text ? SAME_AS_TEXT : html,
    createdAt: content.createdAt,
    editedAt: content.editedAt,
    url: content.url,
    lang: content.lang,
    conversation: content.conversation,
    detail: null,
  }
  columns.detail = toJson(differenceFrom(fromVersionColumns(columns), content))
  return columns
}

/** Stands for HTML that is the text, letter by letter: most short posts have no markup, and would be kept twice. */
const SAME_AS_TEXT = ''

export function fromVersionColumns(row: VersionColumns): PostContent {
  const told: PostContent = {
    ref: row.platformPostId === null ? null : { platform: row.platform, id: row.platformPostId },
    kind: row.kind,
    platform: row.platform,
    author: authorOf(row),
    isPostAuthor: false,
    title: row.title,
    text: row.text,
    html: row.html === SAME_AS_TEXT ? row.text : row.html,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    url: row.url,
    lang: row.lang,
    conversation: row.conversation,
    media: [],
    quotes: [],
    footnotes: [],
  }
  return row.detail === null ? told : { ...told, ...fromJson<PostContent>(row.detail) }
}

export function toSightingColumns(post: Post, source: SourceColumns): SightingColumns {
  const { selector, path, line, endLine } = post.provenance
  const columns: SightingColumns = {
    ...{ position: post.index, localKey: post.key, selector, path, line, endLine, block: post.block },
    parent: toJson(post.parent),
    sightingDetail: null,
  }
  const provenance = differenceFrom(provenanceOf(columns, source), post.provenance)
  const detail = { ...(provenance && { provenance }), ...(post.boundary && { boundary: post.boundary }) }
  return { ...columns, sightingDetail: Object.keys(detail).length === 0 ? null : JSON.stringify(detail) }
}

/** The post as the adapter made it. */
export function fromSightedRow(row: SightedRow): Post {
  const content = fromVersionColumns(row)
  return {
    key: row.localKey,
    ref: content.ref,
    kind: content.kind,
    platform: content.platform,
    author: content.author,
    isPostAuthor: content.isPostAuthor,
    title: content.title,
    text: content.text,
    html: content.html,
    createdAt: content.createdAt,
    editedAt: content.editedAt,
    url: content.url,
    lang: content.lang,
    parent: row.parent === null ? null : (JSON.parse(row.parent) as Post['parent']),
    conversation: content.conversation,
    media: content.media,
    quotes: content.quotes,
    footnotes: content.footnotes,
    block: row.block,
    index: row.position,
    boundary: fromJson<SightingDetail>(row.sightingDetail).boundary ?? null,
    provenance: fromPlaceRow(row),
  }
}

/** Where a sighting was, as the adapter said it. */
export function fromPlaceRow(row: SightingColumns & SourceColumns): Provenance {
  const told = provenanceOf(row, row)
  return row.sightingDetail === null ? told : { ...told, ...fromJson<SightingDetail>(row.sightingDetail).provenance }
}

function provenanceOf(place: SightingColumns, source: SourceColumns): Provenance {
  const { selector, path, line, endLine } = place
  const { input, digest, capturedAt, adapter, adapterVersion } = source
  return { input, capture: digest, capturedAt, adapter, adapterVersion, selector, path, line, endLine, extra: null }
}

function authorOf({ authorId, authorHandle, authorName, authorUrl }: VersionColumns): Author | null {
  if (authorId === null && authorHandle === null && authorName === null && authorUrl === null) return null
  return { id: authorId, handle: authorHandle, name: authorName, url: authorUrl }
}
