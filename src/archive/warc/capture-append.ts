// Captures into the log of a run: named, proven by their digest, and as revisits when the archive holds their bytes
// already.
import type { Database } from 'better-sqlite3'
import { IntegrityError } from '../../errors.ts'
import { digestOf } from '../../fixity.ts'
import type { Capture } from '../../model.ts'
import { type CaptureFinder, type CaptureRow, createCaptureFinder } from '../facts/captures/capture-rows.ts'
import { newRecordId } from '../record-names.ts'
import { type CaptureFacts, captureToRecord, type Payload, targetUri } from './capture-record.ts'
import type { Entry } from './group.ts'
import type { WarcLog } from './log.ts'

export interface CaptureAppender {
  /** Makes a capture safe: when this returns, no crash can lose it. Throws StorageError when the disk refuses. */
  appendCapture(capture: Capture, runId: string): CaptureRow
  /**
   * The same for all captures of one look at a URL, all or none, sharing the wait for the disk with other looks.
   * `beside` writes what must be true with them.
   */
  appendLook(captures: readonly Capture[], runId: string, beside: () => void): Promise<readonly CaptureRow[]>
}

interface NamedCapture {
  readonly capture: Capture
  readonly id: string
}

/** `logOf` throws when the run is not open. */
export function createCaptureAppender(
  db: Database,
  logOf: (runId: string) => WarcLog,
  now: () => Date,
): CaptureAppender {
  const findCapture = createCaptureFinder(db)
  const findPayload = createPayloadFinder(db, findCapture)
  const nameCapture = (capture: Capture): NamedCapture => {
    checkDigest(capture)
    return { capture, id: newRecordId(now()) }
  }
  return {
    appendCapture: (given, runId) => {
      const { capture, id } = nameCapture(given)
      const same = findPayload(capture.digest)
      logOf(runId).append([(warcinfoId) => captureToRecord(capture, { id, warcinfoId, same })])
      return findCapture(id)!
    },
    appendLook: async (captures, runId, beside) => {
      const named = captures.map(nameCapture)
      const makeRecords: Entry['makeRecords'] = (warcinfoId, payloads) =>
        named.map(({ capture, id }) => {
          const same = findPayload(capture.digest) ?? payloads.get(capture.digest) ?? null
          if (same === null) payloads.set(capture.digest, payloadOf(id, capture))
          return captureToRecord(capture, { id, warcinfoId, same })
        })
      await logOf(runId).appendSoon({ makeRecords, beside })
      return named.map(({ id }) => findCapture(id)!)
    },
  }
}

/** The digest names the bytes everywhere: a wrong one must not get in. */
function checkDigest({ digest, body, input }: Capture): void {
  const found = digestOf(body)
  if (found !== digest) throw new IntegrityError(`the capture of ${input} says ${digest}, but its bytes are ${found}`)
}

/** Finds the record that already holds a payload. */
function createPayloadFinder(db: Database, findCapture: CaptureFinder): (digest: string) => Payload | null {
  const find = db
    .prepare<[string], string>(
      'SELECT id FROM captures WHERE digest = ? AND payload_key IS NULL AND redacted IS NULL ORDER BY key LIMIT 1',
    )
    .pluck()
  return (digest) => {
    const id = find.get(digest)
    const row = id === undefined ? null : findCapture(id)
    return row === null ? null : payloadOf(row.id, row)
  }
}

function payloadOf(recordId: string, facts: CaptureFacts): Payload {
  return { recordId, uri: targetUri(facts), date: facts.capturedAt }
}
