// ActivityPub as servers exchange it and accounts export it (`outbox.json`): objects, activities, collections, from any
// server that speaks it. The Mastodon API, which is no ActivityPub, has its own adapter; both give a post the same
// name.
import type { Extraction, Note } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { isPiece } from '../page/piece.ts'
import { asObject, countAt, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { exportedFile } from './media.ts'
import { idIn, listAt, visibilityOf } from './names.ts'
import { type FoundObject, postOf } from './object.ts'
import { isActivityPub, type Walk, walk } from './walk.ts'

const NAME = 'activitypub'
const VERSION = 1
/** Addresses asked for: objects that a collection only names, answers, further pages. */
const MAX_NEXT = 20
const COLLECTED = /\/(?:orderedItems|items)\//

export const activitypub: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'json' && isActivityPub(page.json()),
  extract: extractActivityPub,
}

function extractActivityPub(page: Page): Extraction {
  const value = page.json()
  const result = walk(value)
  const found = withoutRepeats(result.found)
  const present = new Set(found.flatMap(({ object }) => textAt(object, 'id') ?? []))
  const { input, digest, capturedAt } = page.capture
  const reader = { adapter: NAME, adapterVersion: VERSION, selector: null, line: null, endLine: null, extra: null }
  const provenance = { input, capture: digest, capturedAt, ...reader, path: null }
  const [first] = found
  const isOne = first !== undefined && !COLLECTED.test(first.path)
  return {
    posts: found.map((one, index) => postOf(one, index, present, provenance)),
    scrapes: [],
    blocks: [],
    next: nextOf(result, isOne ? first : null, present),
    notes: notesOn(page, result, found, present),
    declared: {
      title: null,
      site: hostOf(first, value),
      replies: isOne ? countAt(first.object, 'replies', 'totalItems') : null,
    },
  }
}

/** An export or outbox holds an edited post as it is now, and sometimes again in its Update; the later one is newer. */
function withoutRepeats(found: readonly FoundObject[]): readonly FoundObject[] {
  return [...new Map(found.map((one) => [textAt(one.object, 'id') ?? one.path, one])).values()]
}

function hostOf(first: FoundObject | undefined, value: unknown): string | null {
  return parseUrl(textAt(first?.object ?? asObject(value), 'id'))?.host ?? null
}

/** A single post asks for its parent and its answers; a collection for what it names and for its next page. */
function nextOf(result: Walk, one: FoundObject | null, present: ReadonlySet<string>): readonly string[] {
  const around = one === null ? [] : [...listAt(one.object, 'inReplyTo').map(idIn), repliesOf(one)]
  const all = [...around, ...result.named, ...result.pages, ...result.outboxes]
  const addresses = all.filter((url): url is string => url !== null && parseUrl(url) !== null && !present.has(url))
  return [...new Set(addresses)].slice(0, MAX_NEXT)
}

function repliesOf({ object }: FoundObject): string | null {
  const replies = valueAt(object, 'replies') ?? valueAt(object, 'comments')
  const first = objectAt(replies, 'first')
  return textAt(first, 'next') ?? textAt(asObject(replies), 'first') ?? idIn(replies)
}

function notesOn(
  page: Page,
  result: Walk,
  found: readonly FoundObject[],
  present: ReadonlySet<string>,
): readonly Note[] {
  const remarks = [
    ...absenceRemarks(result, present),
    ...privacyRemarks(found),
    ...fileRemarks(found),
    ...countRemarks(page, result),
  ]
  const message = 'This is ActivityPub that holds no post.'
  const empty: Remark[] = found.length + remarks.length === 0 ? [['error', 'no-post', message]] : []
  return [...remarks, ...empty].map(([level, code, text]) => ({
    level,
    code,
    message: text,
    input: page.capture.input,
  }))
}

type Remark = readonly [level: Note['level'], code: string, message: string]

function absenceRemarks(
  { deleted, boosts, named, others, accounts, outboxes }: Walk,
  present: ReadonlySet<string>,
): readonly Remark[] {
  const where = `An account, not a post; its posts are at ${outboxes[0] ?? 'an address it does not tell'}.`
  const absent = named.filter((url) => !present.has(url)).length
  const kinds = [...new Set(others)].join(', ')
  const all: readonly (readonly [number, ...Remark])[] = [
    [
      deleted.length,
      'warning',
      present.size + named.length + accounts === 0 ? 'not-found' : 'deleted',
      `Deleted by its author or server: ${deleted.slice(0, MAX_NEXT).join(', ')}.`,
    ],
    [boosts, 'info', 'boosts', `Boosts of other people's posts, left out: ${boosts}.`],
    [absent, 'info', 'only-named', `Items that are only named here: ${absent}.`],
    [others.length, 'info', 'no-post', `Items that are no posts (${kinds}), left alone: ${others.length}.`],
    [accounts, 'warning', 'account', where],
  ]
  return all.filter(([count]) => count > 0).map(([, ...remark]) => remark)
}

/** An export holds everything its owner wrote, also to a few. It is read, and must not be shown around unawares. */
function privacyRemarks(found: readonly FoundObject[]): readonly Remark[] {
  const kinds = found.map(({ object }) => visibilityOf(object))
  const followers = kinds.filter((kind) => kind === 'private').length
  const direct = kinds.filter((kind) => kind === 'direct').length
  const message = `Some posts here were not meant for everybody: for followers only ${followers}, for named people only ${direct}.`
  return followers + direct === 0 ? [] : [['warning', 'not-public', message]]
}

function fileRemarks(found: readonly FoundObject[]): readonly Remark[] {
  const attached = found.flatMap(({ object }) => listAt(object, 'attachment').map(asObject))
  const files = attached.filter((item) => exportedFile(textAt(item, 'url')) !== null).length
  const message = `Pictures and films that are files of the export, named by their paths in it: ${files}.`
  return files === 0 ? [] : [['info', 'media-in-export', message]]
}

/** `totalItems` counts what the server hides, too, so that it is seldom met exactly. */
function countRemarks(page: Page, { found, boosts, named, deleted, others }: Walk): readonly Remark[] {
  const total = countAt(page.json(), 'totalItems')
  const items = found.length + boosts + named.length + deleted.length + others.length
  return total === null || total === items || isPiece(page)
    ? []
    : [['info', 'total-differs', `Items that the collection says it has: ${total}; that are here: ${items}.`]]
}
