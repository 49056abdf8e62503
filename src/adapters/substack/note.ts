// A Substack note on a page of its own. Around it the page shows other people's notes in the same markup, so only the
// unit of the permalink counts, or the one note there is. Class names end in a hash that changes with each release.
import type { Element } from 'domhandler'
import { attr, closest, select, selectOne } from '../../markup/markup.ts'
import type { Author, Media, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { metaOf, ownUrl } from '../article/metadata/metadata.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentKey, commentRef } from './json.ts'

const NOTE_PATH = /^\/@([\w.-]+)\/note\/c-(\d{1,20})\/?$/
const BODY = '[class*="feedCommentBody-"]'
const UNIT = '[class*="feedPermalinkUnit"]'
const CARD = '#entry > *'
const PICTURES = '[class*="imageGrid"] img[src]'
const NAME_AND_HANDLE = /^(.{1,100}?) \(@[\w.-]+\)$/

/** Whether the URL the page gives itself names a note. */
export function isNotePage(page: Page): boolean {
  return noteOf(page) !== null && page.text.includes('/note/c-')
}

export function readNote(page: Page, reader: Reader): Post | null {
  const note = noteOf(page)
  const body = bodyOf(page)
  if (note === null || body === null) return null
  const { text, html } = bodyFromNodes(body.children, note.url)
  return makePost({
    key: commentKey(note.id),
    ref: commentRef(note.id),
    kind: 'post',
    platform: reader.name,
    author: authorOf(page, note.handle),
    text,
    html,
    url: note.url.href,
    media: picturesOf(body, note.url),
    provenance: placeInHtml(page, reader, body, null),
  })
}

interface SubstackNote {
  readonly handle: string
  readonly id: string
  readonly url: URL
}

function noteOf(page: Page): SubstackNote | null {
  const url = ownUrl(page.html().root, page.url)
  const [, handle, id] = NOTE_PATH.exec(url?.pathname ?? '') ?? []
  return url === null || handle === undefined || id === undefined ? null : { handle, id, url }
}

function bodyOf(page: Page): Element | null {
  const { root } = page.html()
  const unit = selectOne(UNIT, root)
  if (unit !== null) return selectOne(BODY, unit)
  const all = select(BODY, root)
  return all.length === 1 ? (all[0] ?? null) : null
}

/** Their names stand in the page's title, as `Name (@handle)`. */
function authorOf(page: Page, handle: string): Author {
  const title = metaOf(page.html().root, 'og:title')
  const name = NAME_AND_HANDLE.exec(title ?? '')?.[1] ?? null
  return { id: null, handle, name, url: `https://substack.com/@${handle}` }
}

function picturesOf(body: Element, base: URL): readonly Media[] {
  const around = closest(body, UNIT) ?? closest(body, CARD) ?? body
  return select(PICTURES, around).flatMap((image) => {
    const url = resolve(attr(image, 'src'), base)
    if (url === null || !url.startsWith('http')) return []
    return [{ kind: 'image', url, alt: attr(image, 'alt'), width: null, height: null, poster: null } as const]
  })
}
