// Holds the WARC files against the index, record by record: damage, records without rows, rows without records, rows
// that say other things than their records, payloads that are not what their digest says.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { canonicalJson, digestOf } from '../../fixity.ts'
import { differenceFrom } from '../difference.ts'
import { type CaptureFinder, type CaptureRow, createCaptureFinder, factsOf } from '../facts/captures/capture-rows.ts'
import { createOrderTest } from '../redaction/lost-orders.ts'
import { type ReadCapture, recordToCapture } from '../warc/capture-record.ts'
import { WARC_FOLDER } from '../warc/folder.ts'
import { createQuarantineTest, type QuarantineTest } from '../warc/quarantine.ts'

import { recordToTombstone, type Tombstone } from '../warc/redaction-record.ts'
import { type Run, recordToEvent, recordToRun, type StoredEvent } from '../warc/run-record.ts'
import { isDamage, scanWarc } from '../warc/scan.ts'
import type { WarcRecord } from '../warc/warc.ts'
import type { Checked } from './checked.ts'

/** A WARC file as the index knows it. */
export interface FileRow {
  readonly key: number
  readonly name: string
  readonly closedBytes: number | null
  readonly unreadableBytes: number
}

/** A row of the index that stands for a record. */
interface IndexRow {
  readonly kind: 'run' | 'capture' | 'event'
  readonly id: string
  readonly offset: number
  readonly length: number
}

/** Holds the records of a file from the byte `from` on against the rows that stand for them. */
export function* verifyRecords(dir: string, file: FileRow, lookup: RowLookup, from: number): Generator<Checked> {
  const path = join(dir, WARC_FOLDER, file.name)
  const place = `${WARC_FOLDER}/${file.name}`
  const rows = new Map(lookup.index(file.key, from).map((row) => [row.offset, row]))
  // Of a run that was killed before its first record only the name is known, and a backup leaves its file out.
  if (!existsSync(path) && file.closedBytes === null && rows.size === 0) return
  if (!existsSync(path)) return yield { where: place, what: `is gone, with ${rows.size} records` }
  if (file.closedBytes !== null && statSync(path).size !== file.closedBytes)
    yield { where: place, what: `has ${statSync(path).size} bytes, but was closed with ${file.closedBytes}` }
  const end = [...rows.values()].reduce((furthest, { offset, length }) => Math.max(furthest, offset + length), 0)
  for (const scanned of scanWarc(path, from, 'pass over')) {
    if (file.closedBytes === null && scanned.offset >= end) break
    const where = `${place} at byte ${scanned.offset}`
    const row = rows.get(scanned.offset)
    rows.delete(scanned.offset)
    if ((row === undefined || row.kind === 'run') && lookup.isQuarantined(dir, file.name, scanned)) continue
    if (!isDamage(scanned))
      yield tryRecord(lookup, where, scanned.record, row?.length === scanned.length ? row : undefined)
    else if (!isKnownTail(file, scanned.length, scanned.torn))
      yield { where, what: `${scanned.reason} (${scanned.length} bytes)${row ? `: the ${row.kind} ${row.id}` : ''}` }
  }
  for (const { kind, id, offset } of rows.values())
    yield { where: `${place} at byte ${offset}`, what: `no record of the ${kind} ${id} can be read here` }
}

/** The end of a write that a crash cut; it was never acknowledged and was counted when the file was recovered. */
function isKnownTail(file: FileRow, length: number, torn: boolean): boolean {
  return torn && file.unreadableBytes === length
}

/** A row or record may also hold JSON that is none any more. */
function tryRecord(lookup: RowLookup, where: string, record: WarcRecord, row: IndexRow | undefined): Checked {
  try {
    return checkRecord(lookup, where, record, row)
  } catch (error) {
    if (error instanceof SyntaxError) return { where, what: `the record or its row is not readable: ${error.message}` }
    throw error
  }
}

function checkRecord(lookup: RowLookup, where: string, record: WarcRecord, row: IndexRow | undefined): Checked {
  const run = recordToRun(record)
  if (run !== null) return compare(where, run, lookup.run(run.id))
  if (row === undefined) return checkCopy(lookup, where, record)
  const tombstone = recordToTombstone(record)
  if (tombstone !== null) return checkTombstone(lookup, where, tombstone, row)
  const event = recordToEvent(record)
  if (event !== null) return compare(where, event, row.id === event.id ? lookup.event(event.id) : null)
  const capture = recordToCapture(record)
  if (capture === null || capture.id !== row.id)
    return { where, what: `is not the record of the ${row.kind} ${row.id}` }
  const stored = lookup.capture(capture.id)
  return stored === null
    ? { where, what: `the run of ${capture.id} is not there` }
    : checkCapture(where, capture, stored)
}

/**
 * No row speaks of this place: it may hold what stands elsewhere too, as in a file that was copied under another name.
 */
function checkCopy(lookup: RowLookup, where: string, record: WarcRecord): Checked {
  const event = recordToEvent(record)
  const capture = event === null && recordToTombstone(record) === null ? recordToCapture(record) : null
  const stored = capture === null ? null : lookup.capture(capture.id)
  if (event !== null && lookup.event(event.id) !== null) return compare(where, event, lookup.event(event.id))
  if (capture === null || stored === null) return { where, what: 'a record that no row speaks of' }
  const checked = checkCapture(where, capture, stored)
  return 'ok' in checked ? { ok: 'other' } : checked
}

/** Bytes may only be missing where an event asks for it. */
function checkTombstone(lookup: RowLookup, where: string, told: Tombstone, { id, kind }: IndexRow): Checked {
  if (told.captureId !== id) return { where, what: `is not the record of the ${kind} ${id}` }
  const row = lookup.capture(id)
  if (row === null) return { where, what: `the run of ${id} is not there` }
  if (!lookup.isOrdered(told.redaction.event))
    return { where, what: `the payload of the capture ${id} was removed, and no event says why` }
  const { facts, bytes, redaction } = told
  // The capture that held the payload may have been lost to damage.
  const sameAs = told.sameAs !== null && lookup.capture(told.sameAs) === null ? null : told.sameAs
  const wrong = Object.keys(
    differenceFrom({ ...factsOf(row), ...restOf(row) }, { ...facts, bytes, sameAs, redaction }) ?? {},
  )
  if (wrong.length > 0) return { where, what: `the row of the capture ${id} says otherwise: ${wrong.join(', ')}` }
  return { ok: 'capture' }
}

function restOf({ bytes, sameAs, redacted }: CaptureRow): Record<string, unknown> {
  return { bytes, sameAs, redaction: redacted }
}

function checkCapture(where: string, capture: ReadCapture, row: CaptureRow): Checked {
  if (row.redacted !== null)
    return { where, what: `the payload of the capture ${row.id} is here, but was to be removed` }
  if (capture.body !== null && digestOf(capture.body) !== capture.facts.digest)
    return { where, what: `the payload of the capture ${row.id} is not ${capture.facts.digest}` }
  const different = differenceFrom(factsOf(row), capture.facts)
  const wrong = Object.keys(different ?? {})
  if (capture.sameAs !== row.sameAs) wrong.push('payload_key')
  if (capture.body !== null && capture.body.length !== row.bytes) wrong.push('bytes')
  if (wrong.length > 0) return { where, what: `the row of the capture ${row.id} says otherwise: ${wrong.join(', ')}` }
  return { ok: 'capture' }
}

function compare(where: string, told: Run | StoredEvent, row: Run | StoredEvent | null): Checked {
  if (row === null) return { where, what: `a record that no row speaks of: ${told.id}` }
  const wrong = canonicalJson(told) !== canonicalJson(row)
  return wrong ? { where, what: `the row of ${told.id} says otherwise` } : { ok: 'other' }
}

/** Rows by the id that their record tells. */
interface RowLookup {
  /** Rows that stand for the records of a file from a byte on. */
  index(fileKey: number, from: number): readonly IndexRow[]
  readonly capture: CaptureFinder
  run(id: string): Run | null
  event(id: string): StoredEvent | null
  /** Whether this event asks for a redaction. */
  isOrdered(event: string): boolean
  /** Set apart by `unspool recover`: named once, and no news. */
  readonly isQuarantined: QuarantineTest
}

export function createRowLookup(db: Database): RowLookup {
  const index = db.prepare<Record<string, number>, IndexRow>(INDEX)
  const runs = db.prepare<[string], RunRow>(RUN)
  const events = db.prepare<[string], StoredEvent & { detail: string }>(EVENT)
  return {
    index: (file, from) => index.all({ file, from }),
    capture: createCaptureFinder(db),
    isQuarantined: createQuarantineTest(db),
    isOrdered: createOrderTest(db),
    run: (id) => {
      const row = runs.get(id)
      return row === undefined ? null : toRun(row)
    },
    event: (id) => {
      const row = events.get(id)
      return row === undefined ? null : { ...row, detail: JSON.parse(row.detail) as StoredEvent['detail'] }
    },
  }
}

interface RunRow extends Omit<Run, 'options' | 'previous'> {
  readonly options: string
  readonly prevId: string | null
  readonly prevDigest: string | null
}

function toRun({ prevId, prevDigest, options, ...row }: RunRow): Run {
  const previous = prevId === null || prevDigest === null ? null : { id: prevId, digest: prevDigest }
  return { ...row, options: JSON.parse(options) as Run['options'], previous }
}

const INDEX = `
  SELECT 'run' AS kind, id, warc_offset AS offset, warc_length AS length FROM runs
  WHERE warc_file_key = @file AND warc_offset >= @from
  UNION ALL SELECT 'capture', id, warc_offset, warc_length FROM captures
  WHERE warc_file_key = @file AND warc_offset >= @from
  UNION ALL SELECT 'event', id, warc_offset, warc_length FROM events
  WHERE warc_file_key = @file AND warc_offset >= @from`

const RUN = `
  SELECT id, command, options, version, started_at AS startedAt, prev_run_id AS prevId, prev_run_digest AS prevDigest
  FROM runs WHERE id = ?`

const EVENT = `
  SELECT e.id, r.id AS runId, e.type, e.happened_at AS happenedAt, e.outcome, e.detail
  FROM events AS e JOIN runs AS r ON r.key = e.run_key WHERE e.id = ?`
