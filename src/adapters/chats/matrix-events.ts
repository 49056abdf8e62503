// Where the events of a Matrix room stand: in Element's export, in answers of a server, one a line. Knows what an event
// is and what it relates to; makes no posts.

import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'

export interface FoundEvent {
  readonly event: Json
  /** JSON Pointer in the file, or in its line. */
  readonly path: string
  /** 1-based, where events are lines. */
  readonly line: number | null
}

/** How an event names another one; null where it does not. */
interface Relation {
  readonly type: string | null
  readonly id: string | null
  /** The sign of a reaction. */
  readonly key: string | null
}

const EVENT_ID = /^\$[^\s]{1,254}$/
const SENDER = /^@[^\s:]{0,254}:\S{1,254}$/
const LISTS = ['messages', 'chunk', 'events_before', 'events', 'events_after']
const ONE = 'event'
const MARK = '"event_id"'
/** A file of lines is a room's only if an event stands this near its top (UTF-16 code units). */
const TOP = 1_000_000

/** The events in their order; none where half of what stands in the lists is something else. */
export function findEvents(page: Page): readonly FoundEvent[] {
  const searched = page.kind === 'jsonl' ? page.text.slice(0, TOP) : page.text
  if (!searched.includes(MARK)) return []
  const all = page.kind === 'jsonl' ? eventsInLines(page.text) : page.kind === 'json' ? eventsIn(page.json(), null) : []
  const found = all.filter(({ event }) => isEvent(event))
  return found.length * 2 > all.length ? found : []
}

export function eventId(event: Json): string {
  return textAt(event, 'event_id') ?? ''
}

export function typeOf(event: Json): string {
  return textAt(event, 'type') ?? ''
}

/** Reactions name what they are about in the same place as answers and edits. */
export function relationOf(event: Json): Relation {
  const relates = objectAt(event, 'content', 'm.relates_to')
  return { type: textAt(relates, 'rel_type'), id: textAt(relates, 'event_id'), key: textAt(relates, 'key') }
}

function isEvent(event: Json): boolean {
  const isNamed = EVENT_ID.test(eventId(event)) && SENDER.test(textAt(event, 'sender') ?? '')
  return isNamed && typeOf(event) !== '' && objectAt(event, 'content') !== null
}

function eventsInLines(text: string): readonly FoundEvent[] {
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : eventsIn(parseJson(line).value, i + 1)))
}

/** A context has the event asked for in the middle of its list. */
function eventsIn(value: unknown, line: number | null): readonly FoundEvent[] {
  if (Array.isArray(value)) return itemsOf(value, '', line)
  const object = asObject(value)
  if (object === null) return []
  if (isEvent(object)) return [{ event: object, path: '', line }]
  const lists = LISTS.flatMap((key) => {
    const items = itemsOf(valueAt(object, key), `/${key}`, line)
    const asked = key === 'events_before' ? oneOf(valueAt(object, ONE), `/${ONE}`, line) : []
    // The server lists what came before from the newest to the oldest.
    return key === 'events_before' ? [...items.toReversed(), ...asked] : items
  })
  return lists
}

function itemsOf(items: unknown, path: string, line: number | null): readonly FoundEvent[] {
  return Array.isArray(items) ? items.flatMap((item, i) => oneOf(item, `${path}/${i}`, line)) : []
}

function oneOf(item: unknown, path: string, line: number | null): readonly FoundEvent[] {
  const event = asObject(item)
  return event === null ? [] : [{ event, path, line }]
}
