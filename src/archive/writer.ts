// The archive for writing. A capture is on the disk, in the WARC and then in the index, before anything reads it; what
// is acknowledged survives any crash. One writer at a time; readers go on reading.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { AdapterName, Extraction, Unrolled } from '../model.ts'
import { refuseBackup } from './copies/manifest.ts'
import { type Recovery, recoverWarcFiles } from './copies/recovery.ts'
import { createFrontier, type Frontier } from './crawl/frontier.ts'
import { createHostMannersStore, type HostMannersStore } from './crawl/host-manners.ts'
import { createLookHistory, type LookHistory } from './crawl/look-history.ts'
import { checkIsThere, checkStructure, DATABASE_NAME, withoutWaiting } from './database/database.ts'
import { guardCalls, guardStorage } from './database/failures.ts'
import { takeLock } from './database/lock.ts'
import { createCaptureFinder } from './facts/captures/capture-rows.ts'
import { createExtractionStore, type NewReading } from './facts/readings/extraction-store.ts'
import { createFreshReadings } from './facts/readings/fresh-readings.ts'
import type { ExtractionReport } from './facts/readings/post-store.ts'
import { type MovedIds, recallIds } from './findings/ids/kept-ids.ts'
import { createWordIndex, POSTPONED_WORDS } from './findings/posts/words.ts'
import { createRepeatStore } from './findings/replacing/repeats.ts'
import type { Scope } from './findings/replacing/replacement.ts'
import { createFindingStore, type FindingStore } from './findings/store.ts'
import { createNeighbourhoodReader, type Growth, type Neighbourhood } from './neighbourhood/neighbourhood.ts'
import { createReplacedFinder, REPLACED_EVENT, type Replaced } from './queries/replaced.ts'
import { createObedientStore, obeyRedactions } from './redaction/redaction.ts'
import { type AskedRun, createRuns, type RunOptions } from './runs.ts'
import { openSealed, type SealedDatabase } from './seal/sealed-database.ts'
import { type CaptureAppender, createCaptureAppender } from './warc/capture-append.ts'
import { makeFolder } from './warc/file.ts'
import { listWarcFiles } from './warc/folder.ts'
import type { ArchiveEvent } from './warc/run-record.ts'

/** It also tells what its own work needs to know of the past: a reader's pages are stale after each look. */
export interface ArchiveWriter extends CaptureAppender, LookHistory {
  /** What a crash had left behind and this opening took into the index. Its captures wait to be read. */
  readonly recovered: readonly Recovery[]
  /** Whether SQLite can read its own file (`quick_check`). Throws IntegrityError that says how to save what is left. */
  checkStructure(): void
  /** Begins a run and its WARC file; ends the one before. Returns the run's id. */
  beginRun(run: AskedRun): string
  readonly frontier: Frontier
  readonly hosts: HostMannersStore
  /**
   * What a capture, which was read, has put out of its place, noted as an event of the run; null where words of it are
   * left.
   */
  noteReplaced(captureId: string, runId: string): Replaced | null
  /**
   * Stores what was read out of a capture. `adapter` is null when none recognised it. `beside` writes what must be true
   * with it, in the same transaction.
   */
  storeExtraction(
    captureId: string,
    extraction: Extraction,
    adapter: AdapterName | null,
    beside?: () => void,
  ): ExtractionReport
  /** The same of many captures at once, all or none: pages of the database that they share are written once. */
  storeExtractions(readings: readonly NewReading[], beside?: () => void): readonly ExtractionReport[]
  /** Of what waits, takes into the findings what only repeats the look before: it need not be unrolled. */
  storeRepeats(): void
  /**
   * What waits to be unrolled, or about so many posts of it, with its neighbours. What was just stored is not read
   * back. With `engine`, what another version of it unrolled waits too.
   */
  readNeighbourhood(mostPosts?: number, engine?: string): Neighbourhood
  /** Whether what was made of it is what unrolling everything would make; else what to unroll instead. */
  growNeighbourhood(unrolled: Unrolled): Growth
  /** Puts new findings in place of the old ones of the same posts. */
  storeFindings(unrolled: Unrolled, engineVersion: string, scope: Scope): void
  recordEvent(runId: string, event: ArchiveEvent): void
  /** Lets old ids of threads lead to them again that only events tell of. */
  recallIds(): void
  /** Ends the run: says how, and finishes its WARC file. */
  endRun(runId: string, outcome?: string): void
  /** Ends what is open and frees the lock. */
  close(): void
}

export interface WriterOptions extends RunOptions {
  /** For what makes sense only in an archive that is there: no new one is made. */
  readonly mustExist?: boolean
}

/**
 * Opens an archive for writing; makes the folder when it is new. Throws LockedError when another command writes to it,
 * UsageError when it is a backup, IntegrityError when it is not ours, too new, or has lost its database.
 */
export function openArchiveWriter(dir: string, options: WriterOptions): ArchiveWriter {
  refuseBackup(dir)
  if (options.mustExist === true) checkIsThere(join(dir, DATABASE_NAME))
  guardStorage(`${dir} cannot be created`, () => makeFolder(dir))
  const lock = takeLock(dir)
  try {
    if (listWarcFiles(dir).length > 0) checkIsThere(join(dir, DATABASE_NAME))
    return guardStorage(`${dir} cannot be opened`, () => {
      const sealed = openSealed(join(dir, DATABASE_NAME), options.now())
      return createWriter(sealed, dir, options, { release: () => lock.release(), isInPlace: true })
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

interface WriterPlace {
  /** Called when the writer closes. */
  release(): void
  /**
   * False for a database that is not the archive's yet: then no WARC file may change, and words are learnt at its end.
   */
  readonly isInPlace: boolean
}

/** A writer over an open database. */
export function createWriter(
  sealed: SealedDatabase,
  dir: string,
  options: WriterOptions,
  place: WriterPlace,
): ArchiveWriter {
  const { db, settle } = sealed
  const { now } = options
  const obey = (): void => {
    guardStorage(`${dir} cannot be written`, () => {
      if (place.isInPlace) obeyRedactions(sealed, dir, now)
      settle()
    })
  }
  const recovered = guardStorage(`${dir} cannot be recovered`, () => recoverWarcFiles(db, dir))
  obey()
  const moved: MovedIds = new Map()
  const findReplaced = createReplacedFinder(db)
  const runs = guardCalls('the run cannot be noted', createRuns(db, dir, options, { moved, settle, ended: obey }))
  return {
    recovered,
    checkStructure: () => checkStructure(db, dir),
    beginRun: runs.begin,
    ...guardCalls('the captures cannot be written', createCaptureAppender(db, runs.logOf, now), settle),
    ...guardCalls('the captures cannot be read', createLookHistory(db, createCaptureFinder(db))),
    noteReplaced: (captureId, runId) => {
      const replaced = guardStorage('the captures cannot be read', () => findReplaced(captureId))
      if (replaced !== null)
        runs.record(runId, { type: REPLACED_EVENT, outcome: 'noted', detail: { ...replaced, capture: captureId } })
      return replaced
    },
    // Asked far more than changed, and changed beside captures, which settle.
    frontier: guardCalls('the frontier cannot be written', createFrontier(db)),
    hosts: guardCalls('the manners of hosts cannot be written', createHostMannersStore(db)),
    ...createStores(
      db,
      now,
      settle,
      createFindingStore(db, moved, place.isInPlace ? createWordIndex(db) : POSTPONED_WORDS),
    ),
    recordEvent: runs.record,
    ...guardCalls('the old ids cannot be stored', { recallIds: () => recallIds(db) }, settle),
    endRun: (runId, outcome = 'success') => runs.end(runId, outcome),
    close: () => {
      try {
        runs.endOpen('stopped')
      } finally {
        try {
          guardStorage(`${dir} cannot be closed`, sealed.close)
        } finally {
          place.release()
        }
      }
    },
  }
}

type Stores = Pick<
  ArchiveWriter,
  'storeExtraction' | 'storeExtractions' | 'storeFindings' | 'storeRepeats' | 'readNeighbourhood' | 'growNeighbourhood'
>

function createStores(db: Database, now: () => Date, settle: () => void, store: FindingStore): Stores {
  const fresh = createFreshReadings()
  const extractions = createObedientStore(db, createExtractionStore(db, now, fresh))
  const storeWith = db.transaction((readings: readonly NewReading[], beside: () => void) => {
    const reports = extractions.store(readings)
    beside()
    return reports
  })
  const storeExtractions: Stores['storeExtractions'] = (readings, beside = () => undefined) => {
    try {
      return withoutWaiting(db, () => storeWith.immediate(readings, beside))
    } catch (error) {
      fresh.forget()
      throw error
    }
  }
  const storeExtraction: Stores['storeExtraction'] = (captureId, extraction, adapter, beside) =>
    storeExtractions([{ captureId, extraction, adapter }], beside)[0]!
  // Waits for the disk, and makes the extractions before it safe: nothing reads a capture again whose posts a power cut
  // took.
  const storeFindings: Stores['storeFindings'] = (unrolled, engineVersion, scope) => {
    store(unrolled, engineVersion, scope)
    fresh.forget()
  }
  const near = createNeighbourhoodReader(db, fresh)
  return {
    ...guardCalls('the posts cannot be read', { readNeighbourhood: near.read, growNeighbourhood: near.grow }),
    ...guardCalls('the posts cannot be stored', { storeExtraction, storeExtractions }, settle),
    ...guardCalls('the threads cannot be stored', { storeFindings, storeRepeats: createRepeatStore(db) }, settle),
  }
}
