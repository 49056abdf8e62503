// Runs and events as WARC records and back: a warcinfo record opens each file, a metadata record tells each event. So
// the WARC files alone can tell who did what, and the database can be made again from them.
import { canonicalJson, wellFormed } from '../../fixity.ts'
import { idOf, recordId } from './capture-record.ts'
import { fieldOf, type WarcRecord } from './warc.ts'

/** Something done to the archive (PREMIS event). */
export interface ArchiveEvent {
  /** Words of the PREMIS vocabulary where it has them: `fixity check`, `redaction`; also `run ended`, `recovery`. */
  readonly type: string
  readonly outcome: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface StoredEvent extends ArchiveEvent {
  readonly id: string
  readonly runId: string
  readonly happenedAt: string
}

/** A run and a digest of all it left (see run-chain.ts). */
export interface RunLink {
  readonly id: string
  readonly digest: string
}

/** One invocation of the program (PROV Activity), as it begins: its end is an event. */
export interface Run {
  readonly id: string
  readonly command: string
  readonly options: Readonly<Record<string, unknown>>
  readonly version: string
  readonly startedAt: string
  /** The run before it in this archive; null for the first. */
  readonly previous: RunLink | null
}

const RUN_FIELD = 'Unspool-Run'
const CONFORMS_TO = 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/'

/** The record that opens a WARC file of a run. */
export function runToRecord(run: Run, id: string, fileName: string): WarcRecord {
  const lines = [`software: unspool/${run.version}`, 'format: WARC File Format 1.1', `conformsTo: ${CONFORMS_TO}`]
  return {
    fields: [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', recordId(id)],
      ['WARC-Date', run.startedAt],
      ['WARC-Filename', fileName],
      ['Content-Type', 'application/warc-fields'],
      [RUN_FIELD, canonicalJson(wellFormed(run))],
    ],
    block: Buffer.from(`${lines.join('\r\n')}\r\n`),
  }
}

/** The run that a warcinfo record of ours opens, or null. */
export function recordToRun(record: WarcRecord): Run | null {
  const text = fieldOf(record.fields, RUN_FIELD)
  if (text === null) return null
  const run = JSON.parse(text) as Omit<Run, 'previous'> & Partial<Run>
  return { ...run, previous: run.previous ?? null }
}

export function eventToRecord(event: StoredEvent, warcinfoId: string): WarcRecord {
  const { id, ...told } = event
  return {
    fields: [
      ['WARC-Type', 'metadata'],
      ['WARC-Record-ID', recordId(id)],
      ['WARC-Warcinfo-ID', recordId(warcinfoId)],
      ['WARC-Date', event.happenedAt],
      ['Content-Type', 'application/json'],
    ],
    block: Buffer.from(canonicalJson(wellFormed(told))),
  }
}

/** The event a metadata record of ours tells, or null. */
export function recordToEvent(record: WarcRecord): StoredEvent | null {
  if (fieldOf(record.fields, 'WARC-Type') !== 'metadata') return null
  const id = idOf(fieldOf(record.fields, 'WARC-Record-ID'))
  const told = JSON.parse(record.block.toString()) as Omit<StoredEvent, 'id'>
  return id === null || typeof told.runId !== 'string' ? null : { id, ...told }
}
