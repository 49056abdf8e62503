// Films with their comments: as programs that download them write them down (yt-dlp's `.info.json` of YouTube, TikTok
// and others; the lines or the list of youtube-comment-downloader), and pages of YouTube that were saved. The film is
// an article, whatever it shows; its comments are a tree one level deep.
import type { Author, Extraction, Note, Post, PostRef } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { escapeHtml, listPosts, makePost, timeOfSeconds, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { hasYoutubeComments, readYoutubePage } from './page.ts'
import { commentUrl, parentById, YOUTUBE } from './youtube.ts'

const READER = { name: 'video', version: 1 } as const
/** What an info file is known by: no other JSON has all of them. */
const INFO = ['id', 'title', 'extractor', 'webpage_url']
/** The same of a line of comments. */
const LINE = ['cid', 'text', 'author', 'channel', 'votes']
const COMMENTS = 'comments'
const ROOT = 'root'
const DAY = /^(\d{4})(\d{2})(\d{2})$/
/** An extractor may name a part of its site: `youtube:tab`. */
const PART = /[:\s][\s\S]*$/

export const video: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => hasYoutubeComments(page) || rowsOf(page, 1).some(({ row }) => isInfo(row) || isLine(row)),
  extract: (page) => (hasYoutubeComments(page) ? readYoutubePage(page, READER) : extractVideos(page)),
}

interface Row {
  readonly row: Json
  /** 1-based; null where the page is no file of lines. */
  readonly line: number | null
  /** JSON Pointer to it in the page or in its line. */
  readonly path: string
}

function rowsOf(page: Page, limit: number): readonly Row[] {
  if (page.kind === 'json') return rowsIn(page.json())
  if (page.kind !== 'jsonl') return []
  const lines = limit === 1 ? [page.text.slice(0, page.text.indexOf('\n'))] : page.text.split('\n')
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : asRow(parseJson(line).value, { line: i + 1, path: '' })))
}

/** A film; or the lines of comments as one list, alone or under its name. */
function rowsIn(value: unknown): readonly Row[] {
  const alone = asRow(value, { line: null, path: '' })
  if (alone.some(({ row }) => isInfo(row) || isLine(row))) return alone
  const [list, path] = Array.isArray(value)
    ? [value as readonly unknown[], '']
    : [valueAt(value, COMMENTS), `/${COMMENTS}`]
  const items = Array.isArray(list) ? (list as readonly unknown[]) : []
  return items.flatMap((item, i) => asRow(item, { line: null, path: `${path}/${i}` }))
}

function asRow(value: unknown, place: Place): readonly Row[] {
  const row = asObject(value)
  return row === null ? [] : [{ row, ...place }]
}

function isInfo(row: Json): boolean {
  return INFO.every((key) => textAt(row, key) !== null) && valueAt(row, 'entries') === undefined
}

function isLine(row: Json): boolean {
  return LINE.every((key) => Object.hasOwn(row, key))
}

function extractVideos(page: Page): Extraction {
  const rows = rowsOf(page, Number.POSITIVE_INFINITY)
  const films = rows.filter(({ row }) => isInfo(row))
  const posts = listPosts([
    ...films.flatMap((one) => postsOf(page, one)),
    ...rows.filter(({ row }) => isLine(row)).map((one) => lineOf(page, one)),
  ])
  const only = films.length === 1 ? films[0]?.row : undefined
  const left = rows.filter(({ row }) => !isInfo(row) && !isLine(row)).length
  return makeExtraction({
    posts,
    notes: [...timeNotes(page, posts), ...answerNotes(page, rows), ...leftNotes(page, left)],
    declared: {
      title: textAt(only, 'title'),
      site: textAt(only, 'extractor_key'),
      replies: countAt(only, 'comment_count'),
    },
  })
}

/** The film, and what stands below it. */
function postsOf(page: Page, { row, line, path }: Row): readonly Post[] {
  const platform = (textAt(row, 'extractor_key') ?? textAt(row, 'extractor') ?? '').toLowerCase().replace(PART, '')
  const film = filmOf(page, { row, line, path }, platform)
  const comments = objectsAt(row, 'comments').flatMap((comment, i) => {
    const place = { path: `${path}/comments/${i}`, line }
    return commentOf(page, comment, { platform, film, place, owner: textAt(row, 'uploader_id') })
  })
  return [film, ...comments]
}

function filmOf(page: Page, { row, line, path }: Row, platform: string): Post {
  const id = textAt(row, 'id') ?? ''
  const url = parseUrl(textAt(row, 'webpage_url'))?.href ?? null
  const poster = parseUrl(textAt(row, 'thumbnail'))?.href ?? null
  const title = textAt(row, 'title')
  return makePost({
    key: id,
    ref: { platform, id },
    kind: 'article',
    platform,
    title,
    author: uploaderOf(row),
    ...bodyOf(textAt(row, 'description') ?? ''),
    createdAt: timeOfSeconds(valueAt(row, 'timestamp')) ?? dayOf(textAt(row, 'upload_date')),
    url,
    lang: textAt(row, 'language'),
    conversation: id,
    media:
      url === null
        ? []
        : [{ kind: 'video', url, alt: title, width: countAt(row, 'width'), height: countAt(row, 'height'), poster }],
    provenance: placeOf(page, { path, line }, {}),
  })
}

function uploaderOf(row: Json): Author | null {
  const own = textAt(row, 'uploader_id')
  const name = textAt(row, 'channel') ?? textAt(row, 'creator') ?? textAt(row, 'uploader')
  const handle = own?.startsWith('@') === true ? own.slice(1) : textAt(row, 'uploader')
  const url = parseUrl(textAt(row, 'uploader_url') ?? textAt(row, 'channel_url'))?.href ?? null
  return name === null && handle === null ? null : { id: textAt(row, 'channel_id') ?? own, handle, name, url }
}

interface Around {
  readonly platform: string
  readonly film: Post
  readonly place: Place
  readonly owner: string | null
}

function commentOf(page: Page, comment: Json, { platform, film, place, owner }: Around): readonly Post[] {
  const id = textAt(comment, 'id')
  if (id === null) return []
  const parent = textAt(comment, 'parent') ?? ROOT
  const above = parent === ROOT ? (film.ref as PostRef) : { platform, id: parent }
  const extra = {
    likes: countAt(comment, 'like_count'),
    pinned: valueAt(comment, 'is_pinned') === true,
    // Where a site prints only "2 years ago", the time is reckoned from that.
    printedTime: textAt(comment, '_time_text') ?? textAt(comment, 'time_text'),
  }
  return [
    makePost({
      key: id,
      ref: { platform, id },
      kind: 'comment',
      platform,
      author: accountOf(comment),
      isPostAuthor: isOwner(comment, owner),
      ...bodyOf(textAt(comment, 'text') ?? ''),
      createdAt: timeOfSeconds(valueAt(comment, 'timestamp')),
      url: addressOf(platform, film, id),
      parent: { ref: above, key: above.id, basis: 'declared', p: 1, say: 'parent of the comment' },
      conversation: film.conversation,
      provenance: placeOf(page, place, extra),
    }),
  ]
}

function isOwner(comment: Json, owner: string | null): boolean {
  return valueAt(comment, 'author_is_uploader') === true || (owner !== null && textAt(comment, 'author_id') === owner)
}

function accountOf(comment: Json): Author | null {
  const name = textAt(comment, 'author')
  if (name === null) return null
  const url = parseUrl(textAt(comment, 'author_url'))?.href ?? null
  return { id: textAt(comment, 'author_id') ?? textAt(comment, 'channel'), ...handleOf(name), url }
}

/** YouTube has handles since 2022, and names alone before. */
function handleOf(name: string): Pick<Author, 'handle' | 'name'> {
  return name.startsWith('@') ? { handle: name.slice(1), name: null } : { handle: null, name }
}

function addressOf(platform: string, film: Post, id: string): string | null {
  return platform === YOUTUBE ? commentUrl(film, id) : film.url
}

function lineOf(page: Page, { row, line, path }: Row): Post {
  const id = textAt(row, 'cid') ?? ''
  // Above a thousand the site prints `1.2K`, which is kept as printed.
  const extra = { likes: countAt(row, 'votes') ?? textAt(row, 'votes'), printedTime: textAt(row, 'time') }
  return makePost({
    key: id,
    ref: { platform: YOUTUBE, id },
    kind: 'comment',
    platform: YOUTUBE,
    author: accountOf(row),
    ...bodyOf(textAt(row, 'text') ?? ''),
    createdAt: timeOfSeconds(valueAt(row, 'time_parsed')),
    parent: parentById(id),
    provenance: placeOf(page, { path, line }, extra),
  })
}

function bodyOf(text: string) {
  return bodyFromHtml(text === '' ? '' : `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`, null)
}

/** `20240301`: which day, in no zone that is told. */
function dayOf(date: string | null): string | null {
  return timeOfText(DAY.test(date ?? '') ? (date ?? '').replace(DAY, '$1-$2-$3') : null)
}

interface Place {
  readonly path: string
  readonly line: number | null
}

function placeOf(page: Page, { path, line }: Place, extra: Readonly<Record<string, unknown>>) {
  const place = placeInJson(page, READER, path, knownOf(extra))
  return line === null ? place : { ...place, path: path === '' ? null : path, line, endLine: line }
}

function timeNotes(page: Page, posts: readonly Post[]): readonly Note[] {
  const rounded = posts.filter(({ provenance }) => provenance.extra?.['printedTime'] !== undefined).length
  const message = `The times of ${rounded} comments are reckoned from what the site printed ("2 years ago"), and no nearer than that.`
  return rounded === 0 ? [] : [noteOn(page, 'info', 'times-rounded', message)]
}

/** What the site counts below comments, and the program did not get. */
function answerNotes(page: Page, rows: readonly Row[]): readonly Note[] {
  const lines = rows.filter(({ row }) => isLine(row))
  const counted = lines.reduce((sum, { row }) => sum + (countAt(row, 'replies') ?? 0), 0)
  const here = lines.filter(({ row }) => textAt(row, 'cid')?.includes('.') === true).length
  const message = `The site counts ${counted} answers to these comments; ${here} of them are here.`
  return here >= counted ? [] : [noteOn(page, 'warning', 'replies-missing', message)]
}

function leftNotes(page: Page, left: number): readonly Note[] {
  return left === 0
    ? []
    : [noteOn(page, 'warning', 'row-unread', `${left} lines are neither films nor comments, and were left.`)]
}
