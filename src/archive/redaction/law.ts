// What the redaction events of an archive ask for, taken together, and how a reading looks that obeys them. The events
// are facts: wherever the bytes turn up again (merge, a new crawl, a rebuild), they are removed again.
import type { Database } from 'better-sqlite3'
import type { Extraction, Post, Scrape } from '../../model.ts'
import { contentHash } from '../facts/contents/content-hash.ts'
import { postIdOf } from '../facts/contents/content-rows.ts'
import type { KeptReading, Redaction } from '../warc/redaction-record.ts'

/** PREMIS's word for it. */
export const REDACTION_EVENT = 'redaction'
/** Note on a reading that something was taken out of. */
export const REDACTED_NOTE = 'redacted'
const COUNT = /^\d+/

/** Detail of a redaction event. */
export interface RedactionOrder {
  readonly reason: string
  /** Posts to be forgotten, with the hash of each content they were seen with. */
  readonly posts: readonly { readonly id: string; readonly sha256: string | null }[]
  /** Payloads to be removed; with `whole`, everything read from them too. */
  readonly payloads: readonly { readonly digest: string; readonly whole: boolean }[]
}

export interface RedactionLaw {
  readonly isEmpty: boolean
  /** Of a payload, when an event names it. */
  ofPayload(digest: string): Redaction | null
  ofPost(id: string): Redaction | null
  /**
   * The reading without what must be forgotten; the same object when it holds nothing of that. `carriedOut`: the event
   * that its capture was redacted for before, or null.
   */
  obey(reading: KeptReading, payload: { readonly digest: string; readonly carriedOut: string | null }): KeptReading
  /** What a capture has to be redacted for, the first of several; null when it may stay. */
  whyRemove(reading: KeptReading, digest: string): Redaction | null
  /** The same for what the reading still shows alone. */
  whyForget(extraction: Extraction): Redaction | null
}

interface EventRow {
  readonly id: string
  readonly happenedAt: string
  readonly detail: string
}

/** What is asked of a payload. */
interface PayloadRule extends Redaction {
  /** For each event that asks for all of it: the lost event that it stands for, or null. */
  readonly wholes: readonly (string | null)[]
}

/** Reads all redaction events, the first one that names a thing giving its reason. */
export function readRedactionLaw(db: Database): RedactionLaw {
  const posts = new Map<string, Redaction>()
  const payloads = new Map<string, PayloadRule>()
  for (const { id, happenedAt, detail } of db.prepare<[], EventRow>(EVENTS).all()) {
    const order = JSON.parse(detail) as Partial<RedactionOrder> & { readonly restores?: string }
    const redaction = { event: id, reason: order.reason ?? '', at: happenedAt }
    for (const post of order.posts ?? []) if (!posts.has(post.id)) posts.set(post.id, redaction)
    for (const { digest, whole } of order.payloads ?? []) {
      const rule = payloads.get(digest) ?? { ...redaction, wholes: [] }
      payloads.set(digest, whole ? { ...rule, wholes: [...rule.wholes, order.restores ?? null] } : rule)
    }
  }
  return createLaw(posts, payloads)
}

const EVENTS = `
  SELECT id, happened_at AS happenedAt, detail FROM events WHERE type = '${REDACTION_EVENT}' ORDER BY happened_at, id`

function createLaw(posts: ReadonlyMap<string, Redaction>, payloads: ReadonlyMap<string, PayloadRule>): RedactionLaw {
  const isForgotten = (id: string): boolean => posts.has(id)
  const findForgotten = (extraction: Extraction): Redaction | null =>
    posts.size === 0 ? null : firstOf(idsIn(extraction).flatMap((id) => posts.get(id) ?? []))
  return {
    isEmpty: posts.size + payloads.size === 0,
    ofPayload: (digest) => payloads.get(digest) ?? null,
    ofPost: (id) => posts.get(id) ?? null,
    whyRemove: ({ extraction }, digest) =>
      firstOf([payloads.get(digest) ?? [], findForgotten(extraction) ?? []].flat()),
    whyForget: findForgotten,
    obey: (reading, { digest, carriedOut }) => {
      // What a lost event left of a page was to be kept: the one in its place asks for nothing more.
      const isWhole = payloads.get(digest)?.wholes.some((restores) => restores === null || restores !== carriedOut)
      if (isWhole === true) return { adapter: null, extraction: forgetAll(reading.extraction) }
      const isMeant = findForgotten(reading.extraction) !== null
      return isMeant ? { ...reading, extraction: forgetPosts(reading.extraction, isForgotten) } : reading
    },
  }
}

/** Of two requests, by time and then by name. */
export function isBefore(a: Redaction, b: Redaction): boolean {
  return a.at === b.at ? a.event < b.event : a.at < b.at
}

function firstOf(requests: readonly Redaction[]): Redaction | null {
  return requests.reduce<Redaction | null>((first, one) => (first === null || isBefore(one, first) ? one : first), null)
}

/** Ids of the posts in a reading and of those that are quoted with words, by them or beside lines of text. */
function idsIn({ posts, scrapes }: Extraction): readonly string[] {
  const beside = scrapes.flatMap(({ lines }) => lines.flatMap(({ shown }) => shown?.quotes ?? []))
  const quotes = [...posts.flatMap((post) => post.quotes), ...beside]
  return [...posts.map(idOfPost), ...quotes.flatMap((quote) => idOfQuote(quote) ?? [])]
}

function idOfPost(post: Post): string {
  return postIdOf(post.ref, post.ref === null ? contentHash(post) : '')
}

/** Null for a quote that says nothing: there is nothing to forget. */
function idOfQuote({ ref, text }: Post['quotes'][number]): string | null {
  return ref === null || text === null ? null : `${ref.platform}:${ref.id}`
}

function forgetAll(extraction: Extraction): Extraction {
  return {
    ...(extraction.order === undefined ? {} : { order: extraction.order }),
    ...{ posts: [], scrapes: [], blocks: [], next: [], declared: { title: null, site: null, replies: null } },
    notes: [
      { level: 'info', code: REDACTED_NOTE, message: 'All that was read here was removed on request.', input: null },
    ],
  }
}

/** Titles of a page or block may be a post's own words, unless only comments under it are meant. */
function forgetPosts(extraction: Extraction, isForgotten: (id: string) => boolean): Extraction {
  const gone = extraction.posts.filter((post) => isForgotten(idOfPost(post)))
  const isGone = new Set(gone)
  const isTitleSafe = gone.every(({ kind }) => kind === 'comment')
  const notes = extraction.notes.filter(({ code }) => code !== REDACTED_NOTE)
  const all = gone.length + countRemoved(extraction)
  const message = `${all === 1 ? 'A post was' : `${all} posts were`} removed on request.`
  return {
    ...extraction,
    posts: extraction.posts.filter((post) => !isGone.has(post)).map((post) => forgetQuotes(post, isForgotten)),
    scrapes: extraction.scrapes.map((scrape) => forgetLines(scrape, gone, isForgotten)),
    blocks: isTitleSafe ? extraction.blocks : extraction.blocks.map((block) => ({ ...block, title: null })),
    declared: isTitleSafe ? extraction.declared : { ...extraction.declared, title: null },
    notes:
      gone.length === 0 ? extraction.notes : [...notes, { level: 'info', code: REDACTED_NOTE, message, input: null }],
  }
}

/** Posts that were taken out before, as the note says. */
function countRemoved({ notes }: Extraction): number {
  const note = notes.find(({ code }) => code === REDACTED_NOTE)
  return note === undefined ? 0 : Number(COUNT.exec(note.message)?.[0] ?? 1)
}

function forgetQuotes<Quoting extends { readonly quotes: Post['quotes'] }>(
  one: Quoting,
  isForgotten: (id: string) => boolean,
): Quoting {
  const quotes = one.quotes.map((quote) =>
    isForgotten(idOfQuote(quote) ?? '') ? { ...quote, text: null, author: null } : quote,
  )
  return quotes.every((quote, at) => quote === one.quotes[at]) ? one : { ...one, quotes }
}

function forgetLines(scrape: Scrape, gone: readonly Post[], isForgotten: (id: string) => boolean): Scrape {
  const words = new Set(gone.flatMap(({ text }) => text.split('\n').map((line) => line.trim())))
  const lines = scrape.lines.filter(({ text }) => text.trim() === '' || !words.has(text.trim()))
  return {
    ...scrape,
    lines: lines.map((line) =>
      line.shown === undefined ? line : { ...line, shown: forgetQuotes(line.shown, isForgotten) },
    ),
  }
}
