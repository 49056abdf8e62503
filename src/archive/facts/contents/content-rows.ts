// The content of a post as a row of post_versions and back: what an adapter made comes out as it went in, and nothing
// that the text, the id or another row tells already is kept twice.
import type { Footnote, Media, Post, PostRef, Quote } from '../../../model.ts'
import type { PostContent } from './content-hash.ts'
import type { Dictionary, DictionaryWriter } from './dictionary.ts'
import { fromPieces, toPieces } from './html-pieces.ts'

/** Values of these columns, in their order. */
export const CONTENT_COLUMNS = [
  ...['post_id', 'platform', 'kind', 'byline_key', 'title', 'text', 'markup', 'created_at', 'edited_at'],
  ...['url', 'url_head_key', 'url_tail', 'lang', 'conversation', 'detail'],
] as const

export type ContentRow = readonly [
  postId: string,
  platform: string,
  kind: Post['kind'],
  bylineKey: number | null,
  title: string | null,
  text: string,
  markup: string | null,
  createdAt: string | null,
  editedAt: string | null,
  url: string | null,
  urlHeadKey: number | null,
  urlTail: number | null,
  lang: string | null,
  conversation: string | null,
  detail: string | null,
]

/** JSON of a version's detail: members that are null or empty are left out. */
interface ContentDetail {
  readonly ref?: PostRef
  readonly isPostAuthor?: true
  readonly media?: readonly Told<Media, 'kind' | 'url'>[]
  readonly quotes?: readonly Told<Quote, never>[]
  readonly footnotes?: readonly Told<Footnote, 'label' | 'text'>[]
}

type Told<T, Always extends keyof T> = Partial<T> & Pick<T, Always>

/** Begins the id of a post that no platform names; a hash of the content follows. */
const UNNAMED = 'text'
/** Hex digits of a content's hash that name a post which no platform names. */
const TEXT_ID_DIGITS = 24
/** Stands for HTML that is the text, letter by letter: most short posts have no markup. */
const SAME_AS_TEXT = ''
/** A beginning of an address is worth a row of its own when the id tells so many letters at the end. */
const LEAST_TAIL = 4

/** `platform:id`, or a name made of the content. */
export function postIdOf(ref: PostRef | null, sha256: string): string {
  return ref === null ? `${UNNAMED}:${sha256.slice(0, TEXT_ID_DIGITS)}` : `${ref.platform}:${ref.id}`
}

/** `postId` as `postIdOf` makes it. */
export function toContentRow(content: PostContent, postId: string, keys: DictionaryWriter): ContentRow {
  const { author, text, html, url } = content
  const tail = url === null ? 0 : tailLength(url, postId)
  return [
    postId,
    content.platform,
    content.kind,
    author === null ? null : keys.byline(author),
    content.title,
    text,
    html === text ? SAME_AS_TEXT : html === null ? null : toPieces(html, text),
    content.createdAt,
    content.editedAt,
    tail === 0 ? url : null,
    tail === 0 || url === null ? null : keys.urlHead(url.slice(0, -tail)),
    tail === 0 ? null : tail,
    content.lang,
    content.conversation,
    toDetail(content),
  ]
}

export function fromContentRow(row: ContentRow, dictionary: Dictionary): PostContent {
  const [postId, platform, kind, bylineKey, title, text, markup, createdAt, editedAt, ...others] = row
  const [url, urlHeadKey, urlTail, lang, conversation, detail] = others
  const { ref, isPostAuthor, media, quotes, footnotes } =
    detail === null ? NO_DETAIL : (JSON.parse(detail) as ContentDetail)
  return {
    ref: ref ?? refOfId(postId),
    kind,
    platform,
    author: bylineKey === null ? null : dictionary.byline(bylineKey),
    isPostAuthor: isPostAuthor === true,
    title,
    text,
    html: htmlOf(markup, text),
    createdAt,
    editedAt,
    url: urlHeadKey === null ? url : dictionary.urlHead(urlHeadKey) + postId.slice(-(urlTail ?? 0)),
    lang,
    conversation,
    media: media?.map(toMedia) ?? [],
    quotes: quotes?.map(toQuote) ?? [],
    footnotes: footnotes?.map(({ label, text, html = null }) => ({ label, text, html })) ?? [],
  }
}

const NO_DETAIL: ContentDetail = {}

/** Null when the columns tell everything. */
function toDetail({ ref, isPostAuthor, media, quotes, footnotes }: PostContent): string | null {
  const isOdd = ref !== null && isUntold(ref)
  if (!isOdd && !isPostAuthor && media.length + quotes.length + footnotes.length === 0) return null
  return JSON.stringify({
    ref: isOdd ? ref : undefined,
    isPostAuthor: isPostAuthor ? true : undefined,
    media: media.length === 0 ? undefined : media.map(tellMedia),
    quotes: quotes.length === 0 ? undefined : quotes.map(withoutNulls),
    footnotes: footnotes.length === 0 ? undefined : footnotes.map(withoutNulls),
  })
}

/** Whether the id of the post does not tell its ref. */
export function isUntold({ platform }: PostRef): boolean {
  return platform === UNNAMED || platform.includes(':')
}

/** JSON leaves out what is undefined. */
function tellMedia({ kind, url, alt, width, height, poster }: Media): object {
  return {
    kind,
    url,
    alt: alt ?? undefined,
    width: width ?? undefined,
    height: height ?? undefined,
    poster: poster ?? undefined,
  }
}

function withoutNulls(value: object): object {
  const told: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) if (member !== null) told[key] = member
  return told
}

export function refOfId(postId: string): PostRef | null {
  const colon = postId.indexOf(':')
  const platform = postId.slice(0, colon)
  return platform === UNNAMED ? null : { platform, id: postId.slice(colon + 1) }
}

function htmlOf(markup: string | null, text: string): string | null {
  if (markup === null) return null
  return markup === SAME_AS_TEXT ? text : fromPieces(markup, text)
}

function toMedia({
  kind,
  url,
  alt = null,
  width = null,
  height = null,
  poster = null,
}: Told<Media, 'kind' | 'url'>): Media {
  return { kind, url, alt, width, height, poster }
}

function toQuote({ ref = null, author = null, text = null, url = null, createdAt = null }: Told<Quote, never>): Quote {
  return { ref, author, text, url, createdAt }
}

/** Letters at the end of an address that are those of the post's id; 0 when they are not worth it. */
function tailLength(url: string, postId: string): number {
  const most = Math.min(url.length, postId.length)
  let length = 0
  while (length < most && isSameLetter(url, postId, length + 1)) length++
  return length < LEAST_TAIL ? 0 : length
}

/** ASCII only: SQL counts other characters otherwise. */
function isSameLetter(a: string, b: string, fromEnd: number): boolean {
  const letter = a.charCodeAt(a.length - fromEnd)
  return letter < 0x80 && letter === b.charCodeAt(b.length - fromEnd)
}
