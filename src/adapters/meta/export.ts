// Files of an account's export from Facebook, Instagram and Threads in JSON: posts, reels, stories, comments, and a
// chat's messages. They hold no ids, seldom an author and no addresses: who answers whom is told of nothing in them.
import { selectOne } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Post } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts, makePost, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { filesOf, filesOfMessage, filesOfPost } from './export-files.ts'
import { secondsAt, wordsAt } from './export-text.ts'

const READER = { name: 'meta-export', version: 1 } as const
/** Around each post, comment or message; with its words and its date below (2018 to now). */
const ITEM_ON_PAGE = 'div._a6-g > ._a6-p ~ ._a6-o, div._a6-g > ._a6-p ~ div ._a6-o'

interface Item {
  readonly item: Json
  readonly path: string
}

/** One kind of file, known by its items. */
interface Kind {
  readonly platform: string
  readonly kind: Post['kind']
  /** The key of its list; absent: the file is the list, or has one under any key. */
  readonly key?: RegExp
  isItem(item: Json): boolean
  read(item: Json): Partial<Post> & { readonly extra?: Readonly<Record<string, unknown>> }
}

const facebookPost: Kind = {
  platform: 'facebook',
  kind: 'post',
  isItem: (item) =>
    secondsAt(item, 'timestamp') !== null &&
    (objectsAt(item, 'data').some((one) => textAt(one, 'post') !== null) || isAttached(item)) &&
    commentIn(item) === null,
  read: (item) => {
    const told = objectsAt(item, 'data')
    return {
      text: told.flatMap((one) => wordsAt(one, 'post') ?? []).join('\n\n'),
      createdAt: timeAt(item, 'timestamp'),
      editedAt: told.map((one) => timeAt(one, 'update_timestamp')).find((time) => time !== null) ?? null,
      ...filesOfPost(item),
      // `Ann shared a link.`, in the language of the account.
      extra: { said: wordsAt(item, 'title') },
    }
  },
}

const facebookComment: Kind = {
  platform: 'facebook',
  kind: 'comment',
  isItem: (item) => commentIn(item) !== null,
  read: (item) => {
    const comment = commentIn(item)
    return {
      text: wordsAt(comment, 'comment') ?? '',
      author: named(wordsAt(comment, 'author')),
      createdAt: (comment === null ? null : timeAt(comment, 'timestamp')) ?? timeAt(item, 'timestamp'),
      ...filesOfPost(item),
      extra: { said: wordsAt(item, 'title'), group: wordsAt(comment, 'group') },
    }
  },
}

/** A caption stands at the post when it has several pictures, else at its picture. */
const instagramPost: Kind = {
  platform: 'instagram',
  kind: 'post',
  isItem: (item) =>
    mediaOf(item).some((medium) => textAt(medium, 'uri') !== null && secondsAt(medium, 'creation_timestamp') !== null),
  read: (item) => {
    const media = mediaOf(item)
    const first = media[0] ?? item
    return {
      text: wordsAt(item, 'title') ?? wordsAt(first, 'title') ?? '',
      createdAt: timeAt(item, 'creation_timestamp') ?? timeAt(first, 'creation_timestamp'),
      media: filesOf(media),
    }
  },
}

/** Posts of Threads are kept by Instagram, with or without pictures. */
const threadsPost: Kind = {
  ...instagramPost,
  platform: 'threads',
  key: /^text_(?:post_)?app_/,
  isItem: (item) => mediaOf(item).some((medium) => secondsAt(medium, 'creation_timestamp') !== null),
}

const instagramComment: Kind = {
  platform: 'instagram',
  kind: 'comment',
  isItem: (item) => fieldsOf(item).some((field) => textAt(field, 'value') !== null) && timeOfFields(item) !== null,
  read: (item) => {
    // Labels are in the language of the account; the comment stands before the account it was left at.
    const [comment, owner] = fieldsOf(item).flatMap((field) => wordsAt(field, 'value') ?? [])
    return {
      text: comment ?? '',
      createdAt: timeOfFields(item),
      media: filesOf(objectsAt(item, 'media_list_data')),
      extra: { postOf: owner ?? null },
    }
  },
}

const message: Kind = {
  platform: 'messenger',
  kind: 'post',
  key: /^messages$/,
  isItem: (item) => textAt(item, 'sender_name') !== null && typeof valueAt(item, 'timestamp_ms') === 'number',
  read: (item) => ({
    text: wordsAt(item, 'content') ?? '',
    author: named(wordsAt(item, 'sender_name')),
    createdAt: timeOfSeconds(Number(valueAt(item, 'timestamp_ms')) / 1000),
    ...filesOfMessage(item),
    extra: {
      reactions:
        objectsAt(item, 'reactions')
          .flatMap((one) => wordsAt(one, 'reaction') ?? [])
          .join(' ') || null,
      withheld: valueAt(item, 'is_unsent') === true ? 'unsent' : null,
    },
  }),
}

/** The surest first. */
const KINDS: readonly Kind[] = [message, facebookComment, facebookPost, threadsPost, instagramComment, instagramPost]

export const metaExport: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => (page.kind === 'json' ? kindOf(page.json()) !== null : isPageOfExport(page)),
  extract: extractExport,
}

/** The same export for people to look at: its items stand below each other, like paragraphs of one text. */
function isPageOfExport(page: Page): boolean {
  return page.kind === 'html' && page.text.includes('_a6-g') && selectOne(ITEM_ON_PAGE, page.html().root) !== null
}

function pagesNote(page: Page): Note {
  const message =
    'A page of an export of Facebook or Instagram: its times have no zone and its posts no names. Ask for the export in JSON, which is read.'
  return noteOn(page, 'warning', 'export-as-pages', message)
}

/** What the file is: most of its items are of that kind. */
function kindOf(
  value: unknown,
): { readonly kind: Kind; readonly items: readonly Item[]; readonly others: number } | null {
  for (const [key, items] of listsIn(value)) {
    const kind = KINDS.find(
      (one) => (one.key?.test(key) ?? true) && items.filter(({ item }) => one.isItem(item)).length * 2 > items.length,
    )
    const own = kind === undefined ? [] : items.filter(({ item }) => kind.isItem(item))
    if (kind !== undefined) return { kind, items: own, others: items.length - own.length }
  }
  return null
}

function listsIn(value: unknown): readonly (readonly [key: string, items: readonly Item[]])[] {
  if (Array.isArray(value)) return [['', itemsOf(value, '')]]
  return Object.entries(asObject(value) ?? {}).flatMap(([key, list]) =>
    Array.isArray(list) && list.length > 0 ? [[key, itemsOf(list, `/${key}`)] as const] : [],
  )
}

function itemsOf(list: readonly unknown[], path: string): readonly Item[] {
  return list.flatMap((one, i) => {
    const item = asObject(one)
    return item === null ? [] : [{ item, path: `${path}/${i}` }]
  })
}

function extractExport(page: Page): Extraction {
  if (isPageOfExport(page)) return makeExtraction({ notes: [pagesNote(page)] })
  const found = page.kind === 'json' ? kindOf(page.json()) : null
  if (found === null) return makeExtraction({})
  const { kind, items, others } = found
  const posts = items.map((one) => postOf(page, kind, one))
  const told = posts.filter(({ text, media, quotes }) => text.trim() !== '' || media.length + quotes.length > 0)
  return makeExtraction({
    posts: listPosts(told),
    notes: [...ownerNotes(page, told), ...wordlessNotes(page, posts.length - told.length + others)],
    declared: { title: wordsAt(page.json(), 'title'), site: kind.platform, replies: null },
  })
}

function postOf(page: Page, { platform, kind, read }: Kind, { item, path }: Item): Post {
  const { extra, ...told } = read(item)
  return makePost({
    key: path,
    kind,
    platform,
    text: '',
    html: null,
    ...told,
    provenance: placeInJson(page, READER, path, knownOf(extra ?? {})),
  })
}

function commentIn(item: Json): Json | null {
  const comments = objectsAt(item, 'data').map((one) => objectAt(one, 'comment'))
  return comments.find((comment) => textAt(comment, 'comment') !== null) ?? null
}

function isAttached(item: Json): boolean {
  return objectsAt(item, 'attachments').length > 0 && valueAt(item, 'title') !== undefined
}

/** A story is its own medium. */
function mediaOf(item: Json): readonly Json[] {
  const media = objectsAt(item, 'media')
  return media.length === 0 && valueAt(item, 'uri') !== undefined ? [item] : media
}

function fieldsOf(item: Json): readonly Json[] {
  const fields = Object.values(objectAt(item, 'string_map_data') ?? {})
  return fields.map(asObject).filter((field) => field !== null)
}

function timeOfFields(item: Json): string | null {
  return (
    fieldsOf(item)
      .map((field) => timeAt(field, 'timestamp'))
      .find((time) => time !== null) ?? null
  )
}

function timeAt(value: Json, key: string): string | null {
  return timeOfSeconds(secondsAt(value, key))
}

function named(name: string | null): Author | null {
  return name === null ? null : { id: null, handle: null, name, url: null }
}

function ownerNotes(page: Page, posts: readonly Post[]): readonly Note[] {
  const isNameless = posts.length > 0 && posts.every(({ author }) => author === null)
  const message = 'This file does not name its account: all are by one unnamed author.'
  return isNameless ? [noteOn(page, 'warning', 'owner-unknown', message)] : []
}

function wordlessNotes(page: Page, count: number): readonly Note[] {
  const message = `${count} entries have neither words nor files (likes of old, moves, calls); they were left.`
  return count === 0 ? [] : [noteOn(page, 'info', 'wordless', message)]
}
