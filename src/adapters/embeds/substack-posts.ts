// The posts that Substack's placeholders stand for: of X, Bluesky, Instagram and TikTok, its own notes, the beginnings
// of its articles.
import { type ChildNode, Element } from 'domhandler'
import { parseHtml } from '../../markup/markup.ts'
import { parseUrl } from '../../url.ts'
import * as bluesky from '../bluesky/names.ts'
import { authorOf as namedAuthor, timeOfText } from '../extraction/post.ts'
import { idAt, type Json, objectAt, objectsAt, textAt, textsAt } from '../values/json-fields.ts'
import * as x from '../x/names.ts'
import { blockquoteOf, type CitedPost, linesOf, linkTo, paragraph, picture } from './cited-post.ts'

const PLATFORM = 'substack'
const LINE_ENDS = /\n/g

export function postOfX(data: Json): CitedPost | null {
  const status = x.statusInUrl(textAt(data, 'url'))
  if (status === null) return null
  const handle = textAt(data, 'username') ?? status.handle
  return {
    ref: x.refOf(status.id),
    author: x.authorOf(null, handle, textAt(data, 'name')),
    url: x.statusUrl(handle, status.id),
    createdAt: x.snowflakeTime(status.id) ?? x.timeOf(textAt(data, 'date')),
    title: null,
    words: markedUp(textAt(data, 'full_text')),
    below: [...photos(data), ...cardOfX(data), ...quotedOnX(data)],
  }
}

function photos(data: Json): ChildNode[] {
  const pictures = objectsAt(data, 'photos').flatMap((photo) => {
    const src = textAt(photo, 'img_url')
    return src === null ? [] : [picture(src, textAt(photo, 'alt_text'))]
  })
  const film = textAt(data, 'video_url')
  return film === null ? pictures : [...pictures, new Element('video', { src: film })]
}

/** What the post links to, as the page shows it: a picture, the site's words. */
function cardOfX(data: Json): ChildNode[] {
  const target = objectAt(data, 'expanded_url')
  const url = textAt(target, 'url')
  if (url === null) return []
  const about = textAt(target, 'description')
  const title = paragraph([linkTo(url, textAt(target, 'title') ?? url)])
  return about === null ? [title] : [title, paragraph(linesOf(about))]
}

/** Neither its address nor its time is told. */
function quotedOnX(data: Json): ChildNode[] {
  const quoted = objectAt(data, 'quoted_tweet')
  const words = textAt(quoted, 'full_text')
  if (words === null) return []
  const author = x.authorOf(null, textAt(quoted, 'username'), textAt(quoted, 'name'))
  const post = { ref: null, author, url: null, createdAt: null, title: null, words: markedUp(words) }
  return [blockquoteOf({ ...post, below: quoted === null ? [] : photos(quoted) })]
}

export function postOfBluesky(data: Json): CitedPost | null {
  const did = textAt(data, 'authorDid')
  const uri = textAt(data, 'uri') ?? `at://${did}/${bluesky.POST_COLLECTION}/${textAt(data, 'postId')}`
  const ref = bluesky.refOf(uri)
  if (ref === null) return null
  const author = bluesky.author(did, textAt(data, 'authorHandle'), textAt(data, 'authorName'))
  return {
    ref,
    author,
    url: bluesky.postUrl(ref, author),
    createdAt: bluesky.timeOf(textAt(data, 'createdAt')),
    title: null,
    words: linesOf(textAt(data, 'text') ?? ''),
    below: textsAt(data, 'imageUrls').map((url) => picture(url, null)),
  }
}

export function postOfInstagram(data: Json): CitedPost | null {
  const id = textAt(data, 'instagram_id')
  const thumbnail = textAt(data, 'thumbnail_url')
  return id === null
    ? null
    : {
        ...UNKNOWN,
        author: namedAuthor(textAt(data, 'author_name'), null),
        url: `https://www.instagram.com/p/${id}/`,
        words: linesOf(textAt(data, 'title') ?? ''),
        below: thumbnail === null ? [] : [picture(thumbnail, null)],
      }
}

export function filmOfTikTok(data: Json): CitedPost | null {
  const url = textAt(data, 'url')
  const name = textAt(data, 'author')
  const author = name === null ? null : { id: null, handle: null, name, url: textAt(data, 'author_url') }
  return url === null ? null : { ...UNKNOWN, author, url, words: linesOf(textAt(data, 'title') ?? '') }
}

/** Notes are comments without a post; chats have posts of their own. */
export function note(data: Json, key: 'comment' | 'communityPost'): CitedPost | null {
  const said = objectAt(data, key)
  const id = idAt(said, 'id')
  const words = textAt(said, 'body')
  if (said === null || words === null) return null
  const [handle, name] = [textAt(said, 'handle') ?? textAt(said, 'user', 'handle'), textAt(said, 'name')]
  const author = { id: idAt(said, 'user_id'), handle, name: name ?? textAt(said, 'user', 'name'), url: null }
  const isNote = key === 'comment' && id !== null
  return {
    ...UNKNOWN,
    ref: isNote ? { platform: PLATFORM, id: `comment-${id}` } : null,
    author: author.id === null && author.handle === null && author.name === null ? null : author,
    url: isNote && handle !== null ? `https://substack.com/@${handle}/note/c-${id}` : textAt(data, 'url'),
    createdAt: timeOfText(textAt(said, 'date') ?? textAt(said, 'created_at')),
    words: linesOf(words),
  }
}

/** The beginning of another post, on this blog or on any. */
export function article(data: Json, urlKey: string, timeKey: string): CitedPost | null {
  const url = textAt(data, urlKey)
  const title = textAt(data, 'title')
  if (url === null && title === null) return null
  const id = idAt(data, 'id')
  const [byline] = [...objectsAt(data, 'bylines'), ...objectsAt(data, 'publishedBylines')]
  const name = textAt(byline, 'name') ?? textAt(data, 'publication_name')
  return {
    ...UNKNOWN,
    ref: id === null ? null : { platform: PLATFORM, id: `post-${id}` },
    author: name === null ? null : { id: idAt(byline, 'id'), handle: textAt(byline, 'handle'), name, url: null },
    url: withoutCounting(url),
    createdAt: timeOfText(textAt(data, timeKey)),
    title: title ?? url,
    words: linesOf(textAt(data, 'truncated_body_text') ?? textAt(data, 'caption') ?? ''),
  }
}

export function publication(data: Json): CitedPost | null {
  const [url, title, name] = [textAt(data, 'base_url'), textAt(data, 'name'), textAt(data, 'author_name')]
  const author = name === null ? null : { id: null, handle: null, name, url: null }
  return title === null ? null : { ...UNKNOWN, author, url, title, words: linesOf(textAt(data, 'hero_text') ?? '') }
}

/** Words as X's API writes them, with entities and marks around names. */
export function markedUp(words: string | null): ChildNode[] {
  return parseHtml((words ?? '').trim().replace(LINE_ENDS, '<br>')).root.children
}

/** Without what counts where readers come from. */
function withoutCounting(url: string | null): string | null {
  const parsed = parseUrl(url)
  if (parsed === null) return null
  for (const name of [...parsed.searchParams.keys()]) if (name.startsWith('utm_')) parsed.searchParams.delete(name)
  return parsed.href
}

const UNKNOWN: CitedPost = { ref: null, author: null, url: null, createdAt: null, title: null, words: [], below: [] }
