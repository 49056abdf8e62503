// The archive for reading: what is in it, out of SQLite and the WARC files. A connection that cannot write, and no way
// from here to one that can.

import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { UsageError } from '../errors.ts'
import type { Capture, Conversation, Extraction, ReplyEdge, Thread, Unplaced } from '../model.ts'
import { createRowFinder, type FrontierRow } from './crawl/frontier.ts'
import { createLookHistory, type LookHistory } from './crawl/look-history.ts'
import { DATABASE_NAME, openForReading } from './database/database.ts'
import { guardCalls, guardStorage } from './database/failures.ts'
import {
  type CaptureRow,
  createCaptureFinder,
  joinCapture,
  readCaptureRows,
  readKept,
  readPayload,
  readUnextracted,
} from './facts/captures/capture-rows.ts'
import { createKeptCaptures, type KeptCaptures } from './facts/captures/kept.ts'
import { readTelling } from './facts/looks/by-post.ts'
import { createLookReader } from './facts/looks/looks.ts'
import { createExtractionReader } from './facts/readings/extraction-read.ts'
import {
  type AdapterVersions,
  hasNamelessTexts,
  isBehind,
  type ReadingRow,
  readEngineVersions,
  readReadings,
  readRefreshed,
} from './facts/readings/readings.ts'
import { HOME_OF } from './findings/ids/kept-ids.ts'
import { createFindingReader } from './findings/read.ts'
import { createNeighbourhoodReader, type Neighbourhood, readEverything } from './neighbourhood/neighbourhood.ts'
import { findByAddress, findNamed } from './queries/addresses.ts'
import { type PostHistory, readHistory } from './queries/history.ts'
import { countFindings, type FindingCounts, type Listing, listFindings, type PageRequest } from './queries/listing.ts'
import { createKeyWalker, type OpeningWanted } from './queries/openings.ts'
import { type CapturedPage, readPages } from './queries/pages.ts'
import { listHandles } from './queries/search/filter.ts'
import { type SearchPage, type SearchRequest, searchPosts } from './queries/search/search.ts'
import { type Trace, tracePost } from './queries/trace.ts'
import { readUnreadPages } from './queries/unread.ts'
import { readRedactionLaw } from './redaction/law.ts'
import { findLostOrders, type RestoredOrder } from './redaction/lost-orders.ts'
import { planRedaction, type RedactionPlan } from './redaction/plan.ts'
import { listLostRuns } from './verify/run-chain.ts'
import { listWarcExtents, type WarcExtent } from './warc/extents.ts'
import type { KeptReading, Redaction } from './warc/redaction-record.ts'
import type { Run } from './warc/run-record.ts'

/** A thread or a conversation: exactly one of the two is not null. */
export type Finding =
  | { readonly thread: Thread; readonly conversation: null }
  | { readonly thread: null; readonly conversation: Conversation }

export interface ArchiveReader extends LookHistory {
  /** Threads and conversations, newest first, paged by key. */
  listFindings(page: PageRequest): Listing
  /**
   * What an id, an alias, an id of one of its posts or a unique prefix names: a thread, a discussion, or a thread and
   * what was answered to it, which have one id. Throws UsageError when it names several.
   */
  readFindings(id: string): readonly Finding[]
  /**
   * Id of the post that has one of these names, else of the first one on the newest page of these URLs; null when there
   * is none.
   */
  findByAddress(urls: readonly string[], names: readonly string[]): string | null
  /** Those of `names` that are ids of posts. */
  findNamed(names: readonly string[]): readonly string[]
  /**
   * All threads, then all conversations, in the order of their ids; when a part is asked for, those whose opening post
   * is wanted: the others are not read.
   */
  findings(isWanted?: OpeningWanted): Iterable<Finding>
  unplaced(): Iterable<Unplaced>
  edges(): Iterable<ReplyEdge>
  /** Handles, old ones too, of the accounts that a handle, with or without @, or a name may mean. */
  handlesOf(author: string): readonly string[]
  /** Posts by their words, paged by key. */
  search(request: SearchRequest): SearchPage
  /** Addresses that would complete the pages on which these posts stand, and that were not read. */
  unreadPages(posts: readonly string[]): readonly string[]
  /** The way from a post back to its bytes; null when there is none called so. */
  tracePost(id: string): Trace | null
  /** Every content a post was seen with; null when there is none called so. */
  readHistory(id: string): PostHistory | null
  /** What waits to be unrolled, with its neighbours. */
  readNeighbourhood(): Neighbourhood
  /** The same of all that was ever read. */
  readEverything(): Neighbourhood
  /**
   * The newest extraction of every capture, in the order of the log, one at a time; `instead` has others for some keys.
   */
  allExtractions(instead?: ReadonlyMap<number, Extraction>): Iterable<Extraction>
  /**
   * Of captures that were made until a time (UTC, ISO 8601), and of looks that give the same the first and the last.
   */
  extractionsUntil(time: string): Iterable<Extraction>
  readExtraction(key: number): Extraction
  /** Who read each capture that is here. */
  readings(): Iterable<ReadingRow>
  /** Adapters of the last refresh; null when there was none. */
  refreshed(): AdapterVersions | null
  /** Whether some text was read that no platform names. */
  hasNamelessTexts(): boolean
  countFindings(): FindingCounts
  /** Whether something waits to be unrolled, or was by another version of the engine. */
  isBehind(engine: string): boolean
  /** Versions of the engine that made the findings. */
  engineVersions(): readonly string[]
  /** Every capture, in the order they were made. */
  captures(): Iterable<CaptureRow>
  /** Captured HTML pages that can be opened. */
  pages(): Iterable<CapturedPage>
  /** The WARC files and how far they reach. */
  warcExtents(): readonly WarcExtent[]
  /** Captures that no adapter was given yet, in the order of the log. */
  unextracted(): readonly CaptureRow[]
  /** What an import may meet again. */
  readonly kept: KeptCaptures
  /** A capture with its bytes, proven by its digest. Throws IntegrityError when they are not what they were. */
  readCapture(row: CaptureRow): Capture
  /** What may still be told of a capture whose bytes were removed on request. */
  readKept(row: CaptureRow): KeptReading
  /** What a redaction of this post or capture removes; null when nothing is called so. */
  planRedaction(id: string): RedactionPlan | null
  /** Why a post or capture of this id was removed; null when it was not. */
  redactionOf(id: string): Redaction | null
  /** Runs that the run after them names, and that are gone with their WARC files. */
  lostRuns(): readonly string[]
  /** Redactions whose event was lost to damage. */
  lostOrders(): readonly RestoredOrder[]
  readCaptureRow(id: string): CaptureRow | null
  /** What the crawl's work list says of a URL; null: it is not on it. */
  findInFrontier(url: string): FrontierRow | null
  /** What the command line of a run said. */
  runOptions(runId: string): Run['options']
  close(): void
}

/**
 * Opens the archive in a folder. Throws UsageError when there is none, IntegrityError when it is not ours or too new.
 */
export function openArchiveReader(dir: string, name: string = DATABASE_NAME): ArchiveReader {
  const what = `${dir} cannot be read`
  return guardStorage(what, () => guardCalls(what, createReader(openForReading(join(dir, name)), dir)))
}

function createReader(db: Database, dir: string): ArchiveReader {
  const findings = createFindingReader(db)
  const extractions = createExtractionReader(db)
  const looks = createLookReader(db)
  const findCapture = createCaptureFinder(db)
  const readCapture = (row: CaptureRow): Capture => joinCapture(row, readPayload(findCapture, dir, row))
  const byKey = (kind: 'thread' | 'conversation', key: number): Finding =>
    kind === 'thread'
      ? { thread: findings.thread(key), conversation: null }
      : { thread: null, conversation: findings.conversation(key) }
  const keysOf = createKeyWalker(db)
  return {
    listFindings: (page) => listFindings(db, page),
    readFindings: (id) => {
      const name = findId(db, id)
      if (name === null) return []
      const named = db.prepare<{ name: string }, { kind: 'thread' | 'conversation'; key: number }>(NAMED)
      return named.all({ name }).map(({ kind, key }) => byKey(kind, key))
    },
    findByAddress: (urls, names) => findByAddress(db, urls, names),
    findNamed: (names) => findNamed(db, names),
    findings: function* (isWanted) {
      for (const key of keysOf('threads', isWanted)) yield byKey('thread', key)
      for (const key of keysOf('conversations', isWanted)) yield byKey('conversation', key)
    },
    unplaced: findings.unplaced,
    edges: findings.edges,
    handlesOf: (author) => listHandles(db, author),
    search: (request) => searchPosts(db, request),
    unreadPages: (posts) => readUnreadPages(db, posts),
    tracePost: (id) => tracePost(db, findCapture, id),
    readHistory: (id) => readHistory(db, id),
    readNeighbourhood: () => createNeighbourhoodReader(db).read(),
    readEverything: () => readEverything(db),
    allExtractions: function* (instead) {
      for (const { extraction } of looks.latest(null)) yield instead?.get(extraction) ?? extractions.read(extraction)
    },
    extractionsUntil: (time) => readTelling(looks.latest(time), extractions),
    readExtraction: (key) => extractions.read(key),
    readings: () => readReadings(db),
    refreshed: () => readRefreshed(db),
    hasNamelessTexts: () => hasNamelessTexts(db),
    countFindings: () => countFindings(db),
    isBehind: (engine) => isBehind(db, engine),
    engineVersions: () => readEngineVersions(db),
    captures: () => readCaptureRows(db),
    pages: () => readPages(db),
    warcExtents: () => listWarcExtents(db),
    unextracted: () => readUnextracted(db, findCapture),
    kept: guardCalls(`${dir} cannot be read`, createKeptCaptures(db, findCapture, readCapture)),
    readCapture,
    readKept: (row) => readKept(dir, row),
    planRedaction: (id) => planRedaction(db, id),
    lostRuns: () => listLostRuns(db),
    lostOrders: () => findLostOrders(db),
    redactionOf: (id) => readRedactionLaw(db).ofPost(id) ?? findCapture(id)?.redacted ?? null,
    readCaptureRow: findCapture,
    ...createLookHistory(db, findCapture),
    findInFrontier: createRowFinder(db),
    runOptions: createRunOptions(db),
    close: () => void db.close(),
  }
}

/** Asked for each capture that is read again, and mostly of one run many times over. */
function createRunOptions(db: Database): ArchiveReader['runOptions'] {
  const known = new Map<string, Run['options']>()
  return (id) => {
    const told = known.get(id)
    if (told !== undefined) return told
    const json = db.prepare<[string], string>('SELECT options FROM runs WHERE id = ?').pluck().get(id)
    if (json === undefined) return {}
    const options = JSON.parse(json) as Run['options']
    known.set(id, options)
    return options
  }
}

/**
 * The exact id first, then the alias, then the thread a post of this id stands in, then the prefix: an id is never
 * shadowed.
 */
function findId(db: Database, id: string): string | null {
  const exact = db.prepare<{ id: string }, string>(BY_ID).pluck()
  const alias = db.prepare<[string], string>('SELECT id FROM aliases WHERE alias = ?').pluck().get(id)
  const home = alias ?? db.prepare<{ id: string }, string>(HOME_OF).pluck().get({ id })
  const found = exact.get({ id }) ?? (home === undefined ? undefined : exact.get({ id: home }))
  if (found !== undefined) return found
  const near = id === '' ? [] : db.prepare<{ id: string }, string>(BY_PREFIX).pluck().all({ id })
  if (near.length > 1)
    throw new UsageError(`${id} is the beginning of several ids: ${near.join(', ')} …; give more of it`)
  return near[0] ?? null
}

const NAMED = `
  SELECT 'thread' AS kind, key FROM threads WHERE id = @name
  UNION ALL SELECT 'conversation', key FROM conversations WHERE id = @name`

const BY_ID = 'SELECT id FROM threads WHERE id = @id UNION SELECT id FROM conversations WHERE id = @id'

/** Up to three: enough to say that it is not unique. The upper bound is the largest code point. */
const BY_PREFIX = `
  SELECT id FROM threads WHERE id >= @id AND id < @id || char(1114111)
  UNION SELECT id FROM conversations WHERE id >= @id AND id < @id || char(1114111) LIMIT 3`
