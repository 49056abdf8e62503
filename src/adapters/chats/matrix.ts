// A room of Matrix: the JSON that Element exports, what servers answer (`/messages`, `/context`, `/relations`), and
// events one a line or in an array. Events are never changed there: an edit, a reaction and a redaction are events of
// their own and are laid onto what they name.
import { selectOne } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { makePost, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { answered, chatExtraction, reactionsOf } from './export.ts'
import { bodyOfContent, mediaOfContent, timeOfEvent } from './matrix-content.ts'
import { eventId, type FoundEvent, findEvents, relationOf, typeOf } from './matrix-events.ts'

const NAME = 'matrix'
const READER = { name: NAME, version: 1 } as const
const ROOM_ON_PAGE = '.mx_Export_EventWrapper .mx_EventTile'
const SPOKEN = new Set(['m.room.message', 'm.sticker', 'm.room.encrypted'])
/** Laid onto other events, or about the room and nobody's words. */
const ASIDE = new Set(['m.reaction', 'm.room.redaction'])

export const matrix: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  // The address of an event (matrix.to) stands in its fragment, and rooms answer only to their members.
  locate: () => null,
  recognises: (page) => findEvents(page).length > 0 || isRoomAsPage(page),
  extract: extractRoom,
}

/** Element exports a room as a page where nobody asks for JSON. */
function isRoomAsPage(page: Page): boolean {
  return page.kind === 'html' && page.text.includes('mx_Export') && selectOne(ROOM_ON_PAGE, page.html().root) !== null
}

function pagesNote(page: Page): Note {
  const message =
    'A room as Element exports it for people: its times have no zone and its answers no names. Export the room again as JSON, which is read.'
  return noteOn(page, 'warning', 'export-as-pages', message)
}

interface Room {
  readonly page: Page
  readonly names: ReadonlyMap<string, string>
  /** By event: what was said of it later, in order. */
  readonly edits: ReadonlyMap<string, readonly FoundEvent[]>
  readonly reactions: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly redacted: ReadonlySet<string>
}

function extractRoom(page: Page): Extraction {
  const found = findEvents(page)
  if (found.length === 0) return makeExtraction({ notes: isRoomAsPage(page) ? [pagesNote(page)] : [] })
  const events = found.map(({ event }) => event)
  const room: Room = { page, ...learnRoom(found) }
  const known = new Set(events.map(eventId))
  const written = found.filter(({ event }) => SPOKEN.has(typeOf(event)) && !isLaidOn(event, known))
  const left = events.filter((event) => !SPOKEN.has(typeOf(event)) && !ASIDE.has(typeOf(event)))
  return chatExtraction(
    page,
    written.map((one) => postOf(room, one)),
    {
      title: textAt(page.json(), 'room_name'),
      site: 'Matrix',
      remarks: left.map(typeOf),
      notes: lostNotes(page, written),
    },
  )
}

/** An edit whose first form is not here stands for itself. */
function isLaidOn(event: Json, known: ReadonlySet<string>): boolean {
  const { type, id } = relationOf(event)
  return type === 'm.replace' && id !== null && known.has(id)
}

function learnRoom(found: readonly FoundEvent[]): Omit<Room, 'page'> {
  const events = found.map(({ event }) => event)
  const names = new Map<string, string>()
  const edits = new Map<string, FoundEvent[]>()
  const reactions = new Map<string, Map<string, number>>()
  const redacted = new Set(events.flatMap(redactedBy))
  const byId = new Map(events.map((event) => [eventId(event), event]))
  for (const one of found) {
    const { event } = one
    const { type, id, key } = relationOf(event)
    if (typeOf(event) === 'm.room.member') learnName(names, event)
    if (id === null || redacted.has(eventId(event))) continue
    if (type === 'm.replace' && isSameSender(event, byId.get(id))) edits.set(id, [...(edits.get(id) ?? []), one])
    if (type === 'm.annotation' && key !== null) count(reactions, id, key)
  }
  return { names, edits, reactions, redacted }
}

function learnName(names: Map<string, string>, event: Json): void {
  const [account, name] = [textAt(event, 'state_key'), textAt(event, 'content', 'displayname')]
  if (account !== null && name !== null) names.set(account, name)
}

/** Nobody may edit for others: such an edit is none (client-server API, event replacements). */
function isSameSender(event: Json, other: Json | undefined): boolean {
  return other !== undefined && textAt(event, 'sender') === textAt(other, 'sender')
}

function count(reactions: Map<string, Map<string, number>>, id: string, key: string): void {
  const counts = reactions.get(id) ?? new Map<string, number>()
  reactions.set(id, counts.set(key, (counts.get(key) ?? 0) + 1))
}

/** Since room version 11 what is redacted stands in the content. */
function redactedBy(event: Json): readonly string[] {
  if (typeOf(event) !== 'm.room.redaction') return []
  const id = textAt(event, 'redacts') ?? textAt(event, 'content', 'redacts')
  return id === null ? [] : [id]
}

function postOf(room: Room, found: FoundEvent): Post {
  const { event } = found
  const relation = relationOf(event)
  const isEdit = relation.type === 'm.replace' && relation.id !== null
  const id = isEdit ? (relation.id ?? '') : eventId(event)
  const [withheld, versions] = [withheldOf(room, event), versionsOf(room, found)]
  const { event: newest, path, line } = versions.at(-1) ?? found
  const content = objectAt(newest, 'content', 'm.new_content') ?? objectAt(newest, 'content')
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'post',
    platform: NAME,
    author: authorOf(room, textAt(event, 'sender')),
    ...(withheld === null ? bodyOfContent(content) : NO_BODY),
    createdAt: isEdit ? null : timeOfEvent(event),
    editedAt: isEdit || versions.length > 1 ? timeOfEvent(newest) : null,
    url: addressOf(event, id),
    parent: parentOf(event, id),
    conversation: relation.type === 'm.thread' ? relation.id : null,
    media: withheld === null ? mediaOfContent(content, typeOf(event) === 'm.sticker') : [],
    provenance: {
      ...placeInJson(room.page, READER, path, extraOf(room, id, versions, withheld)),
      ...placeOf(path, line),
    },
  })
}

function placeOf(path: string, line: number | null) {
  return line === null ? {} : { path: path === '' ? null : path, line, endLine: line }
}

function refOf(id: string): PostRef {
  return { platform: NAME, id }
}

function authorOf({ names }: Room, sender: string | null): Author | null {
  if (sender === null) return null
  return { id: sender, handle: sender.slice(1), name: names.get(sender) ?? null, url: null }
}

/** Redacted ones keep no content; of one that was, the words may still be in the file and are not shown. */
function withheldOf({ redacted }: Room, event: Json): string | null {
  if (objectAt(event, 'unsigned', 'redacted_because') !== null || redacted.has(eventId(event))) return 'redacted'
  return typeOf(event) === 'm.room.encrypted' ? 'encrypted' : null
}

/** All forms of a message, the newest last; servers put the newest edit into the event itself. */
function versionsOf({ edits }: Room, found: FoundEvent): readonly FoundEvent[] {
  const later = [...(edits.get(eventId(found.event)) ?? [])]
  const bundled = objectAt(found.event, 'unsigned', 'm.relations', 'm.replace')
  if (bundled !== null && !later.some(({ event }) => eventId(event) === eventId(bundled)))
    later.push({ ...found, event: bundled, path: `${found.path}/unsigned/m.relations/m.replace` })
  const byTime = later.sort((a, b) => (timeOfEvent(a.event) ?? '').localeCompare(timeOfEvent(b.event) ?? ''))
  return [found, ...byTime.filter(({ event }) => objectAt(event, 'content', 'm.new_content') !== null)]
}

function addressOf(event: Json, id: string): string | null {
  const room = textAt(event, 'room_id')
  return room === null ? null : `https://matrix.to/#/${encodeURIComponent(room)}/${encodeURIComponent(id)}`
}

/** In a thread the answered message is a stand-in for clients that know no threads, unless it says it is not. */
function parentOf(event: Json, own: string): Parent | null {
  const relates = objectAt(event, 'content', 'm.relates_to')
  const { type, id } = relationOf(event)
  const said = textAt(relates, 'm.in_reply_to', 'event_id')
  if (said !== null && (type !== 'm.thread' || valueAt(relates, 'is_falling_back') !== true))
    return answered(refOf(said), said, own, 'm.in_reply_to of the event')
  return type === 'm.thread' && id !== null ? answered(refOf(id), id, own, 'stands in the thread of this event') : null
}

function extraOf({ reactions }: Room, id: string, versions: readonly FoundEvent[], withheld: string | null) {
  const older = versions.slice(0, -1).map(({ event: version }) => ({
    text: bodyOfContent(objectAt(version, 'content', 'm.new_content') ?? objectAt(version, 'content')).text,
    createdAt: timeOfEvent(version),
  }))
  return knownOf({
    reactions: reactionsOf([...(reactions.get(id) ?? [])]),
    olderVersions: older.length === 0 || withheld !== null ? null : older,
    withheld,
  })
}

function lostNotes(page: Page, written: readonly FoundEvent[]): readonly Note[] {
  const lost = written.filter(({ event }) => relationOf(event).type === 'm.replace').length
  const message = `${lost} messages are here only as they were edited; when they were written is not told.`
  return lost === 0 ? [] : [noteOn(page, 'info', 'edits-only', message)]
}
