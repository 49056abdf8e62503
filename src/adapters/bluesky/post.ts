// One post as the API or a record shows it → one Post. It does not look for posts and knows no pages.
import type { Parent, Post, Provenance } from '../../model.ts'
import { type Json, objectAt, objectsAt, textAt, textsAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'
import { readEmbed } from './embed.ts'
import { authorInUri, authorOf, PLATFORM, parseAtUri, postUrl, refOf, tidTime, timeOf } from './names.ts'
import { bodyOf, type Card, hiddenTagsOf } from './text.ts'

/** A post where it was found. */
export interface Seen {
  /** at:// URI; null for a record that stands alone. */
  readonly uri: string | null
  readonly record: Json
  /** The API's view around the record (author, embed ready to show), or null for a bare record. */
  readonly view: Json | null
  /** JSON Pointer, or null in a file that is no JSON. */
  readonly path: string | null
  readonly block: string | null
  /** What the place says of the post, e.g. that it is pinned. */
  readonly marks: Readonly<Record<string, unknown>>
}

/** Where posts of a page are, by URI: what may be a parent's key. */
export type Present = ReadonlySet<string>

/** The post. `provenance` is the page's, without path and extra. */
export function postOf(seen: Seen, index: number, present: Present, provenance: Provenance): Post {
  const { uri, record, view, path, block } = seen
  const ref = refOf(uri)
  const author = authorOf(objectAt(view, 'author')) ?? authorInUri(uri)
  const { media, quotes, card } = shownIn(seen, author?.id ?? null)
  return {
    key: uri ?? `record-${index + 1}`,
    ref,
    kind: 'post',
    platform: PLATFORM,
    author,
    isPostAuthor: false,
    title: null,
    ...bodyOf(record, card),
    createdAt: timeOf(textAt(record, 'createdAt')) ?? tidTime(parseAtUri(uri)?.rkey ?? ''),
    editedAt: null,
    url: postUrl(ref, author),
    lang: languageOf(textsAt(record, 'langs')[0]),
    parent: parentOf(record, present),
    conversation: textAt(record, 'reply', 'root', 'uri') ?? uri,
    media,
    quotes,
    footnotes: [],
    block,
    index,
    boundary: null,
    provenance: { ...provenance, path, extra: extraOf(seen, card) },
  }
}

/** The URI of the post it answers, or null. */
export function parentUri(record: Json): string | null {
  return textAt(record, 'reply', 'parent', 'uri')
}

function parentOf(record: Json, present: Present): Parent | null {
  const uri = parentUri(record)
  const ref = refOf(uri)
  if (uri === null || ref === null) return null
  return { ref, key: present.has(uri) ? uri : null, basis: 'declared', p: 1, say: 'reply.parent of the record' }
}

// The view knows addresses and quoted words; without one, or when it fails, the record still names what it shows.
function shownIn({ view, record }: Seen, did: string | null): ReturnType<typeof readEmbed> {
  const shown = readEmbed(objectAt(view, 'embed'), did)
  const isEmpty = shown.media.length + shown.quotes.length === 0 && shown.card === null
  return isEmpty ? readEmbed(objectAt(record, 'embed'), did) : shown
}

function extraOf({ view, record, marks }: Seen, card: Card | null): Provenance['extra'] {
  const own = objectsAt(record, 'labels', 'values')
  const labels = [...objectsAt(view, 'labels'), ...own]
    .map((label) => textAt(label, 'val'))
    .filter((val) => val !== null)
  const tags = hiddenTagsOf(record)
  const extra = {
    ...marks,
    ...(card === null ? {} : { card }),
    ...(labels.length === 0 ? {} : { labels: [...new Set(labels)] }),
    ...(tags.length === 0 ? {} : { tags }),
  }
  return Object.keys(extra).length === 0 ? null : extra
}
