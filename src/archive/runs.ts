// Runs of an archive: one at a time, each with WARC files of its own. Whatever happens in a run is an event in its log;
// its end says how it ended, which ids moved, and the hashes of its files.
import type { Database } from 'better-sqlite3'
import { IDS_EVENT, listUntoldIds, type MovedIds } from './findings/ids/kept-ids.ts'
import { newRecordId, newRunId } from './record-names.ts'
import { linkToLastRun } from './verify/run-chain.ts'
import { checkSigningKey, signRun } from './verify/signature.ts'
import { RUN_ENDED } from './warc/hashes.ts'
import { openWarcLog, type WarcLog } from './warc/log.ts'
import { type ArchiveEvent, eventToRecord, type Run } from './warc/run-record.ts'

interface Runs {
  /** Ends the run before. Returns the id of the new one. */
  begin(asked: AskedRun): string
  /** Throws when that run is not the open one. */
  logOf(runId: string): WarcLog
  record(runId: string, event: ArchiveEvent): void
  end(runId: string, outcome: string): void
  /** Ends the open run, if there is one. */
  endOpen(outcome: string): void
}

export type AskedRun = Pick<Run, 'command' | 'options'>

export interface RunOptions {
  readonly now: () => Date
  /** Of the program; stands in every run. */
  readonly version: string
}

interface Around {
  /** Ids that findings gave up in the open run; forgotten when its end has told them. */
  readonly moved: MovedIds
  /** After each event. */
  settle(): void
  /** After each run. */
  ended(): void
}

/** The runs of the archive in a folder; none is open yet. */
export function createRuns(db: Database, dir: string, options: RunOptions, { moved, settle, ended }: Around): Runs {
  let log: WarcLog | null = null
  const logOf = (runId: string): WarcLog => {
    if (log?.run.id !== runId) throw new Error(`the run ${runId} is not open`)
    return log
  }
  const record = (runId: string, event: ArchiveEvent): void => {
    const at = options.now()
    const stored = { ...event, id: newRecordId(at), runId, happenedAt: at.toISOString() }
    logOf(runId).append([(warcinfoId) => eventToRecord(stored, warcinfoId)])
    settle()
  }
  const end = (runId: string, outcome: string): void => {
    const ids = listUntoldIds(db, moved)
    moved.clear()
    if (Object.keys(ids).length > 0) record(runId, { type: IDS_EVENT, outcome: 'success', detail: { ids } })
    const files = logOf(runId).hashes()
    record(runId, { type: RUN_ENDED, outcome, detail: { files, ...signRun(db, dir, runId, files) } })
    logOf(runId).close()
    log = null
    ended()
  }
  const endOpen = (outcome: string): void => {
    if (log !== null) end(log.run.id, outcome)
  }
  const begin = ({ command, options: asked }: AskedRun): string => {
    endOpen('success')
    checkSigningKey(dir)
    log = openWarcLog(db, dir, startRun(db, { command, options: asked }, options))
    return log.run.id
  }
  return { begin, logOf, record, end, endOpen }
}

function startRun(db: Database, asked: AskedRun, { now, version }: RunOptions): Run {
  const at = now()
  const last = db.prepare<[], string | null>('SELECT max(id) FROM runs').pluck().get() ?? null
  return { ...asked, id: newRunId(at, last), version, startedAt: at.toISOString(), previous: linkToLastRun(db) }
}
