// The log of one run: its WARC files, one after the other, each opened by a warcinfo record. A record is on the disk
// before its row is written, and taken back when the row cannot be: both or neither.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { hashFile } from '../copies/whole-files.ts'
import { explainFailure, guardStorage, isOutcomeUnknown } from '../database/failures.ts'
import { createRecordIndex, type RecordIndex } from '../facts/captures/record-index.ts'
import { newRecordId } from '../record-names.ts'
import { createWarcFile, makeFolder, type RecordPlace, type WarcFile } from './file.ts'
import { WARC_FOLDER } from './folder.ts'
import { createGroup, type Entry } from './group.ts'
import type { FileHash } from './hashes.ts'
import { type Run, runToRecord } from './run-record.ts'
import { encodeRecord, type WarcRecord } from './warc.ts'

/** A file that has grown past this is followed by another, in bytes. Common practice of web archives. */
const ROTATE_BYTES = 1_073_741_824
/**
 * Digits of the number of a run's second and later files. What stands before it sorts after the dot of the first one's
 * ending: the order of names is the order of the log.
 */
const PART_DIGITS = 5
const PART_MARK = '_'

type RecordMaker = (warcinfoId: string) => WarcRecord

export interface WarcLog {
  readonly run: Run
  /**
   * Appends records and their rows, all or none. Each maker gets the id of the warcinfo record that opens the file.
   */
  append(makers: readonly RecordMaker[]): void
  /** The same without waiting here: settles when all is safe. Those who come together share one wait for the disk. */
  appendSoon(entry: Entry): Promise<void>
  /** Of each file of the run, as far as it is written. */
  hashes(): readonly FileHash[]
  close(): void
}

interface OpenFile {
  readonly file: WarcFile
  readonly key: number
  readonly warcinfoId: string
}

/** Begins the log of a run: the file exists and its first record is safe when this returns. */
export function openWarcLog(db: Database, dir: string, run: Run, rotateBytes = ROTATE_BYTES): WarcLog {
  const index = createRecordIndex(db)
  let part = 1
  let open = openFile(index, dir, run, part)
  const finished: FileHash[] = []
  const addRows = db.transaction((rows: () => void) => rows())
  const rotate = (): void => {
    if (open.file.size() < rotateBytes) return
    const full = open
    const hash = hashOf(full.file, dir)
    // First the next: where the disk has no room for it, this one stays open.
    open = openFile(index, dir, run, ++part)
    finished.push(hash)
    closeFile(index, full)
  }
  const noteIn =
    ({ file, key }: OpenFile, records: readonly WarcRecord[], beside: () => void) =>
    (whole: Whole) =>
      noteRecords(file, whole, (places) =>
        addRows.immediate(() => {
          for (const [at, place] of places.entries()) index.addRecord(records[at]!, key, place)
          beside()
        }),
      )
  const group = createGroup(() => {
    rotate()
    const { file, warcinfoId } = open
    const place = open
    return {
      file,
      warcinfoId,
      note: (records, members, { offset }, beside) => noteIn(place, records, beside)({ members, offset }),
    }
  })
  return {
    run,
    append: (makers) => {
      group.finish()
      if (!group.isBusy()) rotate()
      const records = makers.map((make) => make(open.warcinfoId))
      noteIn(open, records, () => undefined)(appendWhole(open.file, records))
    },
    appendSoon: group.add,
    hashes: () => {
      group.finish()
      return [...finished, hashOf(open.file, dir)]
    },
    close: () => {
      group.finish()
      closeFile(index, open)
    },
  }
}

function openFile(index: RecordIndex, dir: string, run: Run, part: number): OpenFile {
  const name = `${run.id}${part === 1 ? '' : PART_MARK + String(part).padStart(PART_DIGITS, '0')}.warc.gz`
  const folder = join(dir, WARC_FOLDER)
  guardStorage(`${folder} cannot be created`, () => makeFolder(folder))
  const file = createWarcFile(join(folder, name))
  const warcinfoId = newRecordId(new Date(run.startedAt))
  const opening = runToRecord(run, warcinfoId, name)
  try {
    const key = guardStorage('the index cannot be written', () => index.addFile(name))
    noteRecords(file, appendWhole(file, [opening]), ([place]) => void index.addRecord(opening, key, place!))
    return { file, key, warcinfoId }
  } catch (error) {
    file.close()
    throw error
  }
}

/** Members in a row, and where the first begins. */
interface Whole {
  readonly members: readonly Buffer[]
  readonly offset: number
}

/** One write and one sync for all of them. */
function appendWhole(file: WarcFile, records: readonly WarcRecord[]): Whole {
  const members = records.map(encodeRecord)
  return { members, offset: file.append(Buffer.concat(members)).offset }
}

/** `note` puts the places of what is safe in the file into the index. */
function noteRecords(file: WarcFile, { members, offset }: Whole, note: (places: readonly RecordPlace[]) => void): void {
  try {
    note(placesOf(members, offset))
  } catch (error) {
    // Rows that may be there after all need their records; if they are not, the next opening takes the records in.
    if (isOutcomeUnknown(error)) file.stop()
    else file.takeBack(offset)
    throw explainFailure('the index cannot be written', error)
  }
}

function placesOf(members: readonly Buffer[], start: number): readonly RecordPlace[] {
  let offset = start
  return members.map(({ length }) => {
    const place = { offset, length }
    offset += length
    return place
  })
}

function hashOf(file: WarcFile, dir: string): FileHash {
  const bytes = file.size()
  const path = join(dir, WARC_FOLDER, file.name)
  const sha256 = file.sha256() ?? guardStorage(`${path} cannot be read`, () => hashFile(path, bytes))
  return { name: file.name, bytes, sha256, redacted: 0 }
}

function closeFile(index: RecordIndex, { file, key }: OpenFile): void {
  const bytes = file.size()
  file.close()
  guardStorage('the index cannot be written', () => index.closeFile(key, bytes, 0))
}
