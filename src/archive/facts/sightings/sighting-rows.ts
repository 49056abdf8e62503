// Where posts were seen, as rows of sightings and back. Together with the content's row they give the post that an
// adapter made, exactly as it went in.
import type { Parent, Post, PostRef, Provenance } from '../../../model.ts'
import { differenceFrom, fromJsonColumn } from '../../difference.ts'
import {
  CONTENT_COLUMNS,
  type ContentRow,
  fromContentRow,
  isUntold,
  postIdOf,
  refOfId,
} from '../contents/content-rows.ts'
import type { Dictionary, Reason } from '../contents/dictionary.ts'

/** Where in a capture a post stands. */
export interface PlaceColumns {
  readonly selector: string | null
  readonly path: string | null
  readonly line: number | null
  readonly endLine: number | null
  /** JSON: what the columns cannot tell. */
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
  readonly parent: Parent
}

/** How a sighting names the parent that the page gives it. */
export interface ParentColumns {
  /** From its own place among the sightings of the extraction to the parent's; null when that is not there. */
  readonly step: number | null
  /** `platform:id` of a parent that is not there. */
  readonly id: string | null
  /** Null without a parent, and where the detail tells it. */
  readonly reason: Reason | null
  /** Tells what the columns cannot. */
  readonly whole: Parent | null
}

const NO_PARENT: ParentColumns = { step: null, id: null, reason: null, whole: null }

/** Tells the parents of the posts of one extraction. */
export function createParentFinder(posts: readonly Post[]): (post: Post, at: number) => ParentColumns {
  const places = new Map<string, number>()
  for (let at = posts.length - 1; at >= 0; at--) places.set(posts[at]!.key, at)
  return ({ parent }, at) => {
    if (parent === null) return NO_PARENT
    if (parent.key === null && isTold(parent.ref)) return { ...NO_PARENT, id: idOf(parent.ref), reason: parent }
    const up = parent.key === null ? undefined : places.get(parent.key)
    const ref = up === undefined ? null : posts[up]!.ref
    const isAlike = up !== undefined && isTold(ref) && idOf(ref) === idOf(parent.ref)
    return isAlike ? { ...NO_PARENT, step: up - at, reason: parent } : { ...NO_PARENT, whole: parent }
  }
}

/** Whether the id as text tells the ref. */
function isTold(ref: PostRef | null): boolean {
  return ref === null || !isUntold(ref)
}

function idOf(ref: PostRef | null): string | null {
  return ref === null ? null : postIdOf(ref, '')
}

/** JSON of what the columns of a sighting cannot tell, or null. */
export function toSightingDetail(post: Post, parent: Parent | null, source: SourceColumns): string | null {
  const isPlain = isToldBy(source, post.provenance)
  if (isPlain && parent === null && post.boundary === null) return null
  const provenance = isPlain ? null : differenceFrom(provenanceOf(post.provenance, source), post.provenance)
  return JSON.stringify({
    ...(provenance && { provenance }),
    ...(post.boundary && { boundary: post.boundary }),
    ...(parent && { parent }),
  })
}

function isToldBy(source: SourceColumns, provenance: Provenance): boolean {
  return (
    provenance.extra === null &&
    provenance.capture === source.digest &&
    provenance.input === source.input &&
    provenance.capturedAt === source.capturedAt &&
    provenance.adapter === source.adapter &&
    provenance.adapterVersion === source.adapterVersion
  )
}

/** Where a sighting stands in its page and below which post, in the order of `PLACE_COLUMNS`. */
export type SightingPlace = readonly [
  position: number,
  localKey: string,
  selector: string | null,
  path: string | null,
  line: number | null,
  endLine: number | null,
  block: string | null,
  parentStep: number | null,
  parentId: string | null,
]
export const PLACE_COLUMNS =
  's.position, s.local_key, s.selector, s.path, s.line, s.end_line, s.block, s.parent_step, s.parent_id'

/** A sighting in the order of `selectSighted`; its content follows. */
type SightingRow = readonly [
  sightingKey: number,
  extractionKey: number,
  ...place: SightingPlace,
  reasonKey: number | null,
  detail: string | null,
  versionKey: number,
]
const SIGHTING_WIDTH = 14 as const
const VERSION_AT = 13 as const

export type SightedRow = readonly [...SightingRow, ...ContentRow]

/** SQL that joins sightings `s`, each in an extraction `e`, and says which are meant by one parameter. */
export interface SightedBy {
  readonly from: string
  readonly where: string
}

/** Selects whole posts as seen, in page order. */
export function selectSighted({ from, where }: SightedBy): string {
  return `
    SELECT s.key, e.key, ${PLACE_COLUMNS}, s.parent_reason_key, s.detail, s.version_key,
      ${CONTENT_COLUMNS.map((name) => `v.${name}`).join(', ')}
    FROM ${from}
    CROSS JOIN post_versions AS v ON v.key = s.version_key
    WHERE ${where} ORDER BY s.key`
}

/** What the row of a sighting refers to. */
export interface SightingContext {
  readonly dictionary: Dictionary
  source(extractionKey: number): SourceColumns
  /** Of another sighting. */
  name(sightingKey: number): SightingName
}

export type SightingName = readonly [localKey: string, postId: string]

export function nameOfRow(row: SightedRow): SightingName {
  const { 3: localKey, [SIGHTING_WIDTH]: postId } = row
  return [localKey, postId]
}

export function versionOfRow(row: SightedRow): number {
  return row[VERSION_AT]
}

/** The post as the adapter made it. */
export function fromSightedRow(row: SightedRow, around: SightingContext): Post {
  const [sightingKey, extractionKey, index, key, selector, path, line, endLine, block, ...others] = row
  const [parentStep, parentId, reasonKey, sightingDetail] = others
  const content = fromContentRow(row.slice(SIGHTING_WIDTH) as unknown as ContentRow, around.dictionary)
  const detail = fromJsonColumn<SightingDetail>(sightingDetail)
  const above = parentStep === null ? null : around.name(sightingKey + parentStep)
  return {
    key,
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
    parent:
      reasonKey === null
        ? (detail.parent ?? null)
        : parentOf(above ?? [null, parentId], around.dictionary.reason(reasonKey)),
    conversation: content.conversation,
    media: content.media,
    quotes: content.quotes,
    footnotes: content.footnotes,
    block,
    index,
    boundary: detail.boundary ?? null,
    provenance: fromPlaceRow({ selector, path, line, endLine, sightingDetail }, around.source(extractionKey)),
  }
}

function parentOf([key, id]: SightingName | readonly [null, string | null], { basis, p, say }: Reason): Parent {
  return { ref: id === null ? null : refOfId(id), key, basis, p, say }
}

/** Where a sighting was, as the adapter said it. */
export function fromPlaceRow(row: PlaceColumns, source: SourceColumns): Provenance {
  const told = provenanceOf(row, source)
  return row.sightingDetail === null
    ? told
    : { ...told, ...fromJsonColumn<SightingDetail>(row.sightingDetail).provenance }
}

function provenanceOf(place: Omit<PlaceColumns, 'sightingDetail'>, source: SourceColumns): Provenance {
  const { selector, path, line, endLine } = place
  const { input, digest, capturedAt, adapter, adapterVersion } = source
  return { input, capture: digest, capturedAt, adapter, adapterVersion, selector, path, line, endLine, extra: null }
}
