// The log of one run: its WARC files, one after the other, each opened by a warcinfo record. A record is on the disk before
// its row is written, and taken back when the row cannot be: both or neither.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { WARC_FOLDER } from './capture-rows.ts'
import { explainFailure, guardStorage, isOutcomeUnknown } from './failures.ts'
import { newRecordId } from './identity.ts'
import { createRecordIndex, type RecordIndex } from './record-index.ts'
import { type RunStart, runToRecord } from './run-record.ts'
import { encodeRecord, type WarcRecord } from './warc.ts'
import { createWarcFile, type Place, syncFolder, type WarcFile } from './warc-file.ts'

/** A file that has grown past this is followed by another, in bytes. Common practice of web archives. */
const ROTATE_BYTES = 1_073_741_824
/** Digits of the number of a run's second and later files. */
const PART_DIGITS = 5

export type RecordMaker = (warcinfoId: string) => WarcRecord

export interface WarcLog {
  readonly run: RunStart
  /**
   * Appends records and their rows, all or none. Each maker gets the id of the warcinfo record that opens the file.
   * `beside` runs in the transaction of the rows.
   */
  append(makers: readonly RecordMaker[], beside?: () => void): void
  close(): void
}

interface OpenFile {
  readonly file: WarcFile
  readonly key: number
  readonly warcinfoId: string
}

/** Begins the log of a run: the file exists and its first record is safe when this returns. */
export function openWarcLog(db: Database, dir: string, run: RunStart, rotateBytes = ROTATE_BYTES): WarcLog {
  const index = createRecordIndex(db)
  let part = 1
  let open = openFile(index, dir, run, part)
  const addRows = db.transaction((rows: () => void) => rows())
  return {
    run,
    append: (makers, beside = () => undefined) => {
      if (open.file.size() >= rotateBytes) {
        closeFile(index, open)
        open = openFile(index, dir, run, ++part)
      }
      const { warcinfoId, file, key } = open
      const records = makers.map((make) => make(warcinfoId))
      appendRecords(file, records, (places) =>
        addRows.immediate(() => {
          for (const [at, place] of places.entries()) index.addRecord(records[at]!, key, place)
          beside()
        }),
      )
    },
    close: () => closeFile(index, open),
  }
}

function openFile(index: RecordIndex, dir: string, run: RunStart, part: number): OpenFile {
  const name = `${run.id}${part === 1 ? '' : `-${String(part).padStart(PART_DIGITS, '0')}`}.warc.gz`
  const folder = join(dir, WARC_FOLDER)
  guardStorage(`${folder} cannot be created`, () => {
    if (mkdirSync(folder, { recursive: true }) !== undefined) syncFolder(dir)
  })
  const file = createWarcFile(join(folder, name))
  const warcinfoId = newRecordId(new Date(run.startedAt))
  const open = { file, key: guardStorage('the index cannot be written', () => index.addFile(name)), warcinfoId }
  const opening = runToRecord(run, warcinfoId, name)
  appendRecords(file, [opening], ([place]) => void index.addRecord(opening, open.key, place!))
  return open
}

/** One write and one sync for all of them; `note` puts their places into the index. */
function appendRecords(file: WarcFile, records: readonly WarcRecord[], note: (places: readonly Place[]) => void): void {
  const members = records.map(encodeRecord)
  const whole = file.append(Buffer.concat(members))
  try {
    note(placesOf(members, whole.offset))
  } catch (error) {
    // Rows that may be there after all need their records; if they are not, the next opening takes the records in.
    if (isOutcomeUnknown(error)) file.stop()
    else file.takeBack(whole)
    throw explainFailure('the index cannot be written', error)
  }
}

function placesOf(members: readonly Buffer[], start: number): readonly Place[] {
  let offset = start
  return members.map(({ length }) => {
    const place = { offset, length }
    offset += length
    return place
  })
}

function closeFile(index: RecordIndex, { file, key }: OpenFile): void {
  const bytes = file.size()
  file.close()
  guardStorage('the index cannot be written', () => index.closeFile(key, bytes, 0))
}
