// Appends that wait for the disk together: what comes while one sync is under way shares the next. Packing and syncing
// leave the program free to listen; nobody is told that a record is safe before its bytes and its rows are.
import type { Payload } from './capture-record.ts'
import type { WarcFile, Written } from './file.ts'
import { encodeRecordSoon, type WarcRecord } from './warc.ts'

/** What one look wants to be true, all of it or nothing. */
export interface Entry {
  /**
   * Called when its turn comes: what was appended before is in the index, or by its digest among the payloads of the
   * round.
   */
  readonly makeRecords: (warcinfoId: string, payloads: Map<string, Payload>) => readonly WarcRecord[]
  /** Runs in the transaction of the rows. */
  readonly beside: () => void
}

/** Where a round goes. */
interface RoundPlace {
  readonly file: WarcFile
  readonly warcinfoId: string
  /** Puts the records into the index; undoes or keeps what is written when that fails, and throws. */
  note(records: readonly WarcRecord[], members: readonly Buffer[], written: Written, beside: () => void): void
}

interface Group {
  /** Settles when the entry is safe. Rejects with a StorageError when the disk refuses. */
  add(entry: Entry): Promise<void>
  /** Makes safe at once what is written: called by whoever writes to the same file in between. */
  finish(): void
  isBusy(): boolean
}

interface Waiting extends Entry {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** `begin` names the place of the next round, and may begin a new file for it. */
export function createGroup(begin: () => RoundPlace): Group {
  let waiting: Waiting[] = []
  let isBusy = false
  let finish: () => void = () => undefined
  const goOn = async (): Promise<void> => {
    isBusy = true
    while (waiting.length > 0) {
      const entries = waiting
      waiting = []
      await runRound(entries, begin, (act) => (finish = act))
    }
    isBusy = false
  }
  return {
    add: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...entry, resolve, reject })
        if (!isBusy) void goOn()
      }),
    finish: () => finish(),
    isBusy: () => isBusy,
  }
}

/** One write, one sync and one transaction for all entries; all of them fail together. Never throws. */
async function runRound(
  entries: readonly Waiting[],
  begin: () => RoundPlace,
  setFinish: (act: () => void) => void,
): Promise<void> {
  try {
    const { file, warcinfoId, note } = begin()
    const payloads = new Map<string, Payload>()
    const records = entries.flatMap(({ makeRecords }) => makeRecords(warcinfoId, payloads))
    const members = await Promise.all(records.map(encodeRecordSoon))
    const written = file.write(Buffer.concat(members))
    const noteOnce = once(() => note(records, members, written, () => besides(entries)))
    setFinish(() => {
      written.syncNow()
      noteOnce()
    })
    await written.synced
    noteOnce()
    for (const { resolve } of entries) resolve()
  } catch (error) {
    for (const { reject } of entries) reject(error)
  } finally {
    setFinish(() => undefined)
  }
}

function besides(entries: readonly Entry[]): void {
  for (const { beside } of entries) beside()
}

/** Does it the first time, and says each time how that ended. */
function once(act: () => void): () => void {
  let outcome: { readonly error: unknown } | 'well' | null = null
  return () => {
    if (outcome === null)
      try {
        act()
        outcome = 'well'
      } catch (error) {
        outcome = { error }
      }
    if (outcome !== 'well') throw outcome.error
  }
}
