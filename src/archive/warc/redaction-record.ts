// What stands in a WARC file where a capture's bytes were removed on request: a metadata record that goes on telling
// which capture it was, its digest, the reason and the date, and what was read out of it that nobody asked to remove.
import { canonicalJson, wellFormed } from '../../fixity.ts'
import type { AdapterName, Extraction } from '../../model.ts'
import { type CaptureFacts, idOf, recordId, targetUri } from './capture-record.ts'
import { fieldOf, type WarcRecord } from './warc.ts'

/** Why bytes are not here any more. */
export interface Redaction {
  /** Id of the event that asks for it. */
  readonly event: string
  readonly reason: string
  /** UTC ISO time of that event. */
  readonly at: string
}

/** A reading that outlives the bytes it was made from. */
export interface KeptReading {
  readonly adapter: AdapterName | null
  readonly extraction: Extraction
}

export interface Tombstone {
  readonly captureId: string
  /** Without HTTP headers: those were bytes of the answer too. */
  readonly facts: CaptureFacts
  readonly bytes: number
  readonly sameAs: string | null
  readonly redaction: Redaction
  readonly kept: KeptReading
}

/** Block of the record: everything that its fields do not say. */
type Told = Omit<Tombstone, 'captureId'>

/** `id` is the record's own; the capture's stands in WARC-Refers-To. */
export function tombstoneToRecord(tombstone: Tombstone, id: string): WarcRecord {
  const { captureId, ...told } = tombstone
  return {
    fields: [
      ['WARC-Type', 'metadata'],
      ['WARC-Record-ID', recordId(id)],
      ['WARC-Refers-To', recordId(captureId)],
      ['WARC-Target-URI', targetUri(tombstone.facts)],
      ['WARC-Date', tombstone.redaction.at],
      ['Content-Type', 'application/json'],
    ],
    block: Buffer.from(canonicalJson(wellFormed({ redacted: told }))),
  }
}

/** A reading letter by letter as a rebuild will find it in the record, so that both store the same rows. */
export function asRecorded(kept: KeptReading): KeptReading {
  return JSON.parse(canonicalJson(wellFormed(kept)))
}

/** Null for records of other kinds. */
export function recordToTombstone({ fields, block }: WarcRecord): Tombstone | null {
  const captureId = idOf(fieldOf(fields, 'WARC-Refers-To'))
  if (captureId === null || fieldOf(fields, 'WARC-Type') !== 'metadata') return null
  const told = JSON.parse(block.toString()) as { readonly redacted?: Told }
  return told.redacted === undefined ? null : { captureId, ...told.redacted }
}
