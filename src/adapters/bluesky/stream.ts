// The network's stream as its collectors keep it, an event a line (Jetstream, 2024 on): posts as records with the names
// that events tell of their accounts, and which of them were deleted. Events of other kinds stay as they are.
import { parseJson } from '../page/json.ts'
import { asObject, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { POST_COLLECTION } from './names.ts'

export interface EventStream {
  /** One a line: `{ uri, value, author }` for a post that was written. */
  readonly items: readonly unknown[]
  /** Posts by URI, with the moment where the event tells it (UTC). */
  readonly deletions: ReadonlyMap<string, string | null>
  /** Lines that tell of deletions. */
  readonly deletionLines: number
}

const DELETE = 'delete'
const MICROSECONDS = 1_000

export function readStream(text: string): EventStream {
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => parseJson(line).value)
  const handles = handlesIn(events)
  const told = events.flatMap((event) => {
    const uri = textAt(event, 'commit', 'operation') === DELETE ? uriOf(event) : null
    return uri === null ? [] : [[uri, timeOf(event)] as const]
  })
  const items = events.map((event) => asRecord(event, handles))
  return { items, deletions: new Map(told), deletionLines: told.length }
}

/** The last name that each account is told to have. */
function handlesIn(events: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) => {
      const [did, handle] = [textAt(event, 'identity', 'did'), textAt(event, 'identity', 'handle')]
      return did === null || handle === null ? [] : [[did, handle] as const]
    }),
  )
}

/** `{ did, kind: "commit", commit: { operation, collection, rkey, record } }`. */
function asRecord(event: unknown, handles: ReadonlyMap<string, string>): unknown {
  const [uri, record] = [uriOf(event), objectAt(event, 'commit', 'record')]
  if (uri === null || record === null) return event
  const did = textAt(event, 'did') ?? ''
  const handle = handles.get(did)
  return { uri, value: record, ...(handle === undefined ? {} : { author: { did, handle } satisfies Json }) }
}

/** Of the post that an event is about, or null. */
function uriOf(event: unknown): string | null {
  const [did, rkey] = [textAt(asObject(event), 'did'), textAt(event, 'commit', 'rkey')]
  const isPost = textAt(event, 'commit', 'collection') === POST_COLLECTION
  return did === null || rkey === null || !isPost ? null : `at://${did}/${POST_COLLECTION}/${rkey}`
}

function timeOf(event: unknown): string | null {
  const time = valueAt(event, 'time_us')
  const moment = new Date(typeof time === 'number' ? time / MICROSECONDS : Number.NaN)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
