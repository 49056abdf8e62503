// The Misskey API's JSON, from any server of that family (Misskey, Sharkey, Firefish, Iceshrimp …): a note, a list of
// notes, and an account's export of its notes. What such servers send each other is ActivityPub, and gives the posts
// the same names.
import type { Extraction, Note } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { placeInJson } from '../extraction/place.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { isRenote, noteId, postOfNote } from './note.ts'

const NAME = 'misskey'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
/** Parents inside of parents are not followed further; servers nest one or two. */
const MAX_NESTING = 50
const LINKS = ['replyId', 'renoteId']

export const misskey: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  // The API answers only to POST; a note's own address gives ActivityPub to who asks for it.
  locate: () => null,
  recognises: (page) => page.kind === 'json' && notesIn(page.json()).some(({ note }) => isNote(note)),
  extract: extractNotes,
}

interface Found {
  readonly note: Json
  readonly path: string
}

function extractNotes(page: Page): Extraction {
  const all = notesIn(page.json())
  const notes = all.filter(({ note }) => isNote(note))
  const found = notes.flatMap((one) => withParents(one))
  const own = found.filter(({ note }) => !isRenote(note))
  const shared = found.filter(({ note }) => isRenote(note)).flatMap(renoted)
  const host = page.url?.host ?? null
  const posts = listPosts(
    [...own, ...shared].flatMap(({ note, path }) => {
      const id = noteId(note)
      return id === null ? [] : [postOfNote(note, id, host, placeInJson(page, READER, path, null))]
    }),
  )
  return makeExtraction({
    posts,
    notes: [
      ...withheldNotes(page, posts),
      ...leftNotes(page, all.length - notes.length),
      ...renoteNotes(page, found.length - own.length),
      ...ownerNotes(page, notes),
    ],
    declared: { title: null, site: host, replies: null },
  })
}

/** `createdNote` is what a server answers to a new note. */
function notesIn(value: unknown): readonly Found[] {
  if (Array.isArray(value))
    return (value as readonly unknown[]).flatMap((item, i) => {
      const note = asObject(item)
      return note === null ? [] : [{ note, path: `/${i}` }]
    })
  const created = objectAt(value, 'createdNote')
  if (created !== null) return [{ note: created, path: '/createdNote' }]
  const note = asObject(value)
  return note === null ? [] : [{ note, path: '' }]
}

/**
 * Drafts of other software have a text and a visibility too; nobody else names what is answered and what is shown like
 * this.
 */
function isNote(note: Json): boolean {
  const isLinked = LINKS.every((key) => valueAt(note, key) !== undefined)
  const isWritten = valueAt(note, 'text') !== undefined && textAt(note, 'visibility') !== null
  return noteId(note) !== null && textAt(note, 'createdAt') !== null && isLinked && isWritten
}

/** An answer carries the note it answers, the oldest first. */
function withParents({ note, path }: Found, depth = 0): readonly Found[] {
  const reply = objectAt(note, 'reply')
  const above =
    reply === null || depth >= MAX_NESTING ? [] : withParents({ note: reply, path: `${path}/reply` }, depth + 1)
  return [...above, { note, path }]
}

function renoted({ note, path }: Found): readonly Found[] {
  const shown = objectAt(note, 'renote')
  return shown === null || isRenote(shown) ? [] : [{ note: shown, path: `${path}/renote` }]
}

function leftNotes(page: Page, left: number): Note[] {
  const message = `${left} items are no notes and were left.`
  return left === 0 ? [] : [noteOn(page, 'warning', 'status-unread', message)]
}

function renoteNotes(page: Page, renotes: number): Note[] {
  const message = `${renotes} renotes of other people's notes were left out; notes that are here in full stand under their own authors.`
  return renotes === 0 ? [] : [noteOn(page, 'info', 'reblogs', message)]
}

function ownerNotes(page: Page, notes: readonly Found[]): Note[] {
  const isNameless = notes.length > 0 && notes.every(({ note }) => objectAt(note, 'user') === null)
  const message = 'An export of notes does not name its account: all are by one unnamed author.'
  return isNameless ? [noteOn(page, 'warning', 'owner-unknown', message)] : []
}
