// The index of WARC records: one row of runs, captures or events for each. Appending, recovery after a crash and
// rebuild all come through here, so a row never says more than its record.
import type { Database } from 'better-sqlite3'
import { urlOf } from '../../../url.ts'
import { toJsonColumn } from '../../difference.ts'
import { RUN_ID_LENGTH } from '../../record-names.ts'
import { type CaptureFacts, recordToCapture } from '../../warc/capture-record.ts'
import type { RecordPlace } from '../../warc/file.ts'
import { type Redaction, recordToTombstone } from '../../warc/redaction-record.ts'
import { type Run, recordToEvent, recordToRun, type StoredEvent } from '../../warc/run-record.ts'
import type { WarcRecord } from '../../warc/warc.ts'

export interface RecordIndex {
  /** Notes a WARC file; again for the same name gives the same key. */
  addFile(name: string): number
  /** Notes that a file is finished: its size, and how much of it is no whole record. */
  closeFile(fileKey: number, bytes: number, unreadable: number): void
  /** Stands in for a run whose opening record cannot be read: its captures are evidence all the same. */
  addLostRun(name: string, fileKey: number, place: RecordPlace): void
  /**
   * Adds the row of a record. Throws a plain Error when the record is none of ours. Returns what kind of row it made.
   */
  addRecord(record: WarcRecord, fileKey: number, place: RecordPlace): 'run' | 'capture' | 'event' | 'known'
}

export function createRecordIndex(db: Database): RecordIndex {
  const insertFile = db.prepare('INSERT INTO warc_files (name) VALUES (?) ON CONFLICT (name) DO NOTHING')
  const fileKeyOf = db.prepare<[string], number>('SELECT key FROM warc_files WHERE name = ?').pluck()
  const closeFile = db.prepare('UPDATE warc_files SET closed_bytes = ?, unreadable_bytes = ? WHERE key = ?')
  const runs = new Map<number, string>()
  const adders = { run: runAdder(db), capture: captureAdder(db, runs), event: eventAdder(db) }
  return {
    addFile: (name) => {
      insertFile.run(name)
      return Number(fileKeyOf.get(name))
    },
    closeFile: (fileKey, bytes, unreadable) => void closeFile.run(bytes, unreadable, fileKey),
    addLostRun: (name, fileKey, place) => void adders.run(lostRun(name), fileKey, place),
    addRecord: (record, fileKey, place) => {
      const run = recordToRun(record)
      if (run !== null) {
        runs.set(fileKey, run.id)
        return adders.run(run, fileKey, place) ? 'run' : 'known'
      }
      const told = captureIn(record)
      if (told !== null) return adders.capture(told, fileKey, place) ? 'capture' : 'known'
      const event = recordToEvent(record)
      if (event !== null) return adders.event(event, fileKey, place) ? 'event' : 'known'
      throw new Error('a record that is neither capture, run nor event')
    },
  }
}

/** What a record tells of a capture, be its bytes there, elsewhere, or removed. */
interface ToldCapture {
  readonly id: string
  readonly facts: CaptureFacts
  /** Null in a revisit: as many as the record has that it refers to. */
  readonly bytes: number | null
  readonly sameAs: string | null
  readonly redacted: Redaction | null
}

function captureIn(record: WarcRecord): ToldCapture | null {
  const tombstone = recordToTombstone(record)
  if (tombstone !== null) {
    const { captureId, facts, bytes, sameAs, redaction } = tombstone
    return { id: captureId, facts, bytes, sameAs, redacted: redaction }
  }
  const capture = recordToCapture(record)
  if (capture === null) return null
  const { id, facts, body, sameAs } = capture
  return { id, facts, bytes: body?.length ?? null, sameAs, redacted: null }
}

/** What a file's name still tells of its run. */
function lostRun(name: string): Run {
  const id = name.slice(0, RUN_ID_LENGTH)
  const startedAt = id.replace(STAMP, '$1-$2-$3T$4:$5:$6.$7Z').slice(0, ISO_LENGTH)
  return { id, command: 'unknown', options: {}, version: 'unknown', startedAt, previous: null }
}

const STAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})/
const ISO_LENGTH = '0000-00-00T00:00:00.000Z'.length

/** Adds a row and tells true, or false when the id is known: a run's second file, a file read again. */
type Adder<T> = (value: T, fileKey: number, place: RecordPlace) => boolean

function runAdder(db: Database): Adder<Run> {
  const known = db.prepare<[string], number>('SELECT 1 FROM runs WHERE id = ?').pluck()
  const insert = db.prepare(`
    INSERT INTO runs (id, command, options, version, started_at, prev_run_id, prev_run_digest, warc_file_key, warc_offset,
      warc_length)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return (run, fileKey, { offset, length }) => {
    if (known.get(run.id) !== undefined) return false
    const { id, command, version, startedAt, previous } = run
    const told = [id, command, JSON.stringify(run.options), version, startedAt]
    insert.run(...told, previous?.id ?? null, previous?.digest ?? null, fileKey, offset, length)
    return true
  }
}

function eventAdder(db: Database): Adder<StoredEvent> {
  const known = db.prepare<[string], number>('SELECT 1 FROM events WHERE id = ?').pluck()
  const insert = db.prepare(`
    INSERT INTO events (id, run_key, type, happened_at, outcome, detail, warc_file_key, warc_offset, warc_length)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const runKeyOf = db.prepare<[string], number>('SELECT key FROM runs WHERE id = ?').pluck()
  return (event, fileKey, { offset, length }) => {
    if (known.get(event.id) !== undefined) return false
    const { id, runId, type, happenedAt, outcome } = event
    const runKey = runKeyOf.get(runId)
    if (runKey === undefined) throw new Error(`an event of a run that is not here (${runId})`)
    insert.run(id, runKey, type, happenedAt, outcome, JSON.stringify(event.detail), fileKey, offset, length)
    return true
  }
}

/** `runs`: by file, what its opening record told, if it was met. */
function captureAdder(db: Database, runs: ReadonlyMap<number, string>): Adder<ToldCapture> {
  const known = db.prepare<[string], number>('SELECT 1 FROM captures WHERE id = ?').pluck()
  const payload = db.prepare<[string], { key: number; bytes: number }>('SELECT key, bytes FROM captures WHERE id = ?')
  const runOfFile = db.prepare<Record<string, unknown>, number>(RUN_OF_FILE).pluck()
  const insert = db.prepare(`
    INSERT INTO captures (id, run_key, digest, bytes, input, url, final_url, original_url, host, captured_at,
      captured_at_basis, method, status, headers, redacted_headers, media_type, truncated, imported_from, payload_key, warc_file_key,
      warc_offset, warc_length, redacted)
    VALUES (@id, @runKey, @digest, @bytes, @input, @url, @finalUrl, @originalUrl, @host, @capturedAt,
      @capturedAtBasis, @method, @status, @headers, @redactedHeaders, @mediaType, @truncated, @importedFrom, @payloadKey, @fileKey,
      @offset, @length, @redacted)`)
  return ({ id, facts, bytes: told, sameAs, redacted }, fileKey, place) => {
    if (known.get(id) !== undefined) return false
    const same = sameAs === null ? undefined : payload.get(sameAs)
    if (told === null && same === undefined) throw new Error(`a revisit of a record that is not here (${sameAs})`)
    const bytes = told ?? same?.bytes
    const runKey = runOfFile.get({ fileKey, run: runs.get(fileKey) ?? null })
    if (runKey === undefined) throw new Error('a capture of a run that is not here')
    const links = { id, runKey, fileKey, ...place, bytes, payloadKey: same?.key ?? null }
    insert.run({ ...columnsOf(facts), ...links, redacted: toJsonColumn(redacted) })
    return true
  }
}

/** Which run a file is of, it says itself; so does the beginning of its name, unless somebody renamed it. */
const RUN_OF_FILE = `
  SELECT r.key FROM warc_files AS w JOIN runs AS r ON r.id = coalesce(@run, substr(w.name, 1, ${RUN_ID_LENGTH})) WHERE w.key = @fileKey`

function columnsOf(facts: CaptureFacts): Record<string, unknown> {
  return {
    ...facts,
    host: urlOf(facts.finalUrl ?? facts.url)?.host || null,
    headers: JSON.stringify(facts.headers),
    redactedHeaders: JSON.stringify(facts.redactedHeaders),
    importedFrom: toJsonColumn(facts.importedFrom ?? null),
  }
}
