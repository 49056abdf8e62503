// Saves what can be saved of a damaged archive: a fresh database out of every record that can be read; the stretches
// that cannot be, and a database that knows more, set apart and named. A redaction whose event is lost is noted again.
// Nothing is deleted.
import type { Quarantined } from '../archive/warc/quarantine.ts'
import type { WriterOptions } from '../archive/writer.ts'
import { type RebuildReport, rebuildArchive } from './rebuild.ts'

interface RecoverReport extends RebuildReport {
  /** What could not be read, and where its bytes are kept. */
  readonly quarantined: readonly Quarantined[]
  /** Runs that others name and of which nothing is left. */
  readonly lostRuns: readonly string[]
}

/** Rebuilds, sets apart, and notes both in the archive. Throws what `rebuildArchive` throws. */
export async function recoverArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal },
): Promise<RecoverReport> {
  const report = await rebuildArchive(dir, { ...options, atBadSector: 'pass over' })
  const { quarantine, RECOVERY_EVENT } = await import('../archive/warc/quarantine.ts')
  const { REDACTION_EVENT } = await import('../archive/redaction/law.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const writer = openArchiveWriter(dir, options)
  try {
    const quarantined = quarantine(dir, report.recoveries)
    const run = writer.beginRun({ command: 'recover', options: {} })
    const { captures, setAside } = report
    const reader = openArchiveReader(dir)
    const lostRuns = reader.lostRuns()
    const isWhole = quarantined.length + lostRuns.length === 0 && setAside === null
    const detail = { captures, quarantined, lostRuns, setAside }
    writer.recordEvent(run, { type: RECOVERY_EVENT, outcome: isWhole ? 'success' : 'partial', detail })
    for (const order of reader.lostOrders())
      writer.recordEvent(run, { type: REDACTION_EVENT, outcome: 'success', detail: { ...order } })
    reader.close()
    writer.endRun(run)
    return { ...report, quarantined, lostRuns }
  } finally {
    writer.close()
  }
}
