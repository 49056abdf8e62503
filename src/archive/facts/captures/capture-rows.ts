// Rows of the captures table as nouns, and the payload behind a row, read from the WARC and proven by its digest.
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { IntegrityError, UsageError } from '../../../errors.ts'
import { digestOf } from '../../../fixity.ts'
import type { Capture } from '../../../model.ts'
import { guardStorage } from '../../database/failures.ts'
import { type CaptureFacts, type ReadCapture, recordToCapture } from '../../warc/capture-record.ts'
import { WARC_FOLDER } from '../../warc/folder.ts'
import { type KeptReading, type Redaction, recordToTombstone } from '../../warc/redaction-record.ts'
import { decodeRecord, type WarcRecord } from '../../warc/warc.ts'

/** Rows read at once by iterators: no long read transaction holds back the write-ahead log. */
const PAGE_ROWS = 500

/** A capture as the index knows it; its bytes are in the WARC. */
export interface CaptureRow extends CaptureFacts {
  readonly id: string
  readonly runId: string
  /** Length of the payload. */
  readonly bytes: number
  /** Id of the earlier capture with the same payload, whose record holds it; null when its own does. */
  readonly sameAs: string | null
  readonly warc: { readonly file: string; readonly offset: number; readonly length: number }
  /** Not null: the bytes were removed on request. */
  readonly redacted: Redaction | null
}

interface RawRow extends Omit<CaptureFacts, 'headers' | 'redactedHeaders' | 'importedFrom'> {
  readonly key: number
  readonly id: string
  readonly runId: string
  readonly bytes: number
  readonly sameAs: string | null
  readonly headers: string
  readonly redactedHeaders: string
  readonly importedFrom: string | null
  readonly file: string
  readonly offset: number
  readonly length: number
  readonly redacted: string | null
}

const SELECT = `
  SELECT c.key, c.id, r.id AS runId, c.digest, c.bytes, c.input, c.url, c.final_url AS finalUrl,
    c.original_url AS originalUrl, c.captured_at AS capturedAt, c.captured_at_basis AS capturedAtBasis, c.method,
    c.status, c.headers, c.redacted_headers AS redactedHeaders, c.media_type AS mediaType, c.truncated, c.imported_from AS importedFrom,
    same.id AS sameAs, w.name AS file, c.warc_offset AS offset, c.warc_length AS length, c.redacted
  FROM captures AS c
  JOIN runs AS r ON r.key = c.run_key
  JOIN warc_files AS w ON w.key = c.warc_file_key
  LEFT JOIN captures AS same ON same.key = c.payload_key`

export type CaptureFinder = (id: string) => CaptureRow | null

export function createCaptureFinder(db: Database): CaptureFinder {
  const select = db.prepare<[string], RawRow>(`${SELECT} WHERE c.id = ?`)
  return (id) => {
    const row = select.get(id)
    return row === undefined ? null : toCaptureRow(row)
  }
}

/** All captures, in the order they were made. */
export function* readCaptureRows(db: Database): Generator<CaptureRow> {
  const page = db.prepare<[number, number], RawRow>(`${SELECT} WHERE c.key > ? ORDER BY c.key LIMIT ?`)
  for (let after = 0; ; ) {
    const rows = page.all(after, PAGE_ROWS)
    for (const row of rows) yield toCaptureRow(row)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.key
  }
}

/** Captures that no adapter was given yet, in the order of the log. */
export function readUnextracted(db: Database, findCapture: CaptureFinder): readonly CaptureRow[] {
  const ids = db.prepare<[], string>(UNEXTRACTED).pluck().all()
  return ids.map((id) => findCapture(id)!)
}

const UNEXTRACTED = `
  SELECT c.id FROM captures AS c JOIN warc_files AS w ON w.key = c.warc_file_key
  WHERE NOT EXISTS (SELECT 1 FROM extractions AS e WHERE e.capture_key = c.key) ORDER BY w.name, c.warc_offset`

/**
 * The bytes of a capture, out of the WARC. Throws IntegrityError when the record cannot be read or its payload is not
 * what its digest says, StorageError when the file cannot be read, UsageError when it was removed on request.
 */
export function readPayload(findCapture: CaptureFinder, dir: string, row: CaptureRow): Uint8Array {
  if (row.redacted !== null)
    throw new UsageError(
      `the bytes of the capture ${row.id} were removed on ${row.redacted.at.slice(0, DATE_LENGTH)}: ${row.redacted.reason}`,
    )
  const holder = row.sameAs === null ? row : findCapture(row.sameAs)
  const body = holder === null ? null : readRecord(dir, holder).body
  if (body !== null && digestOf(body) === row.digest) return body
  throw new IntegrityError(`${placeOf(holder ?? row)} does not hold ${row.digest}; \`unspool verify\` lists all damage`)
}

const DATE_LENGTH = '0000-00-00'.length

/** What may still be told of a capture whose bytes were removed: the reading that its record holds in their stead. */
export function readKept(dir: string, row: CaptureRow): KeptReading {
  return readMember(dir, row, (record) => {
    const tombstone = recordToTombstone(record)
    return tombstone?.captureId === row.id ? tombstone.kept : null
  })
}

/** A row and its payload as the noun that the fetchers made. */
export function joinCapture(row: CaptureRow, body: Uint8Array): Capture {
  return { ...factsOf(row), body }
}

/** What the fetchers said of a capture, without what the archive added. */
export function factsOf(row: CaptureRow): CaptureFacts {
  const { id: _id, runId: _runId, bytes: _bytes, sameAs: _sameAs, warc: _warc, redacted: _redacted, ...facts } = row
  return facts
}

/** Reads the record of a row. Throws IntegrityError when there is none at that place. */
function readRecord(dir: string, row: CaptureRow): ReadCapture {
  return readMember(dir, row, (record) => {
    const capture = recordToCapture(record)
    return capture?.id === row.id ? capture : null
  })
}

function readMember<T>(dir: string, row: CaptureRow, read: (record: WarcRecord) => T | null): T {
  const member = guardStorage(`${placeOf(row)} cannot be read`, () => readBytes(dir, row))
  try {
    const found = read(decodeRecord(member))
    if (found !== null) return found
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new IntegrityError(`${placeOf(row)}: ${reason}; \`unspool verify\` lists all damage`, { cause: error })
  }
  throw new IntegrityError(`${placeOf(row)} holds another record; \`unspool verify\` lists all damage`)
}

function readBytes(dir: string, { warc }: CaptureRow): Buffer {
  const fd = openSync(join(dir, WARC_FOLDER, warc.file), 'r')
  try {
    const bytes = Buffer.alloc(warc.length)
    return bytes.subarray(0, readSync(fd, bytes, 0, warc.length, warc.offset))
  } finally {
    closeSync(fd)
  }
}

/** For messages: `warc/<file> at byte <offset>`. */
export function placeOf({ warc }: Pick<CaptureRow, 'warc'>): string {
  return `${WARC_FOLDER}/${warc.file} at byte ${warc.offset}`
}

function toCaptureRow(raw: RawRow): CaptureRow {
  const { key: _key, file, offset, length, headers, redactedHeaders, importedFrom, redacted, ...rest } = raw
  return {
    ...rest,
    ...(importedFrom === null
      ? {}
      : { importedFrom: JSON.parse(importedFrom) as NonNullable<CaptureFacts['importedFrom']> }),
    headers: JSON.parse(headers) as CaptureRow['headers'],
    redactedHeaders: JSON.parse(redactedHeaders) as CaptureRow['redactedHeaders'],
    warc: { file, offset, length },
    redacted: redacted === null ? null : (JSON.parse(redacted) as Redaction),
  }
}
