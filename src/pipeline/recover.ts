// Saves what can be saved of a damaged archive: a fresh database out of every record that can be read, and the stretches that
// cannot set apart and named. A redaction whose
// event is lost is noted again. Nothing is deleted.
import type { Quarantined } from '../archive/warc/quarantine.ts'
import type { WriterOptions } from '../archive/writer.ts'
import { type RebuildReport, rebuildArchive } from './rebuild.ts'

interface RecoverReport extends RebuildReport {
  /** What could not be read, and where its bytes are kept. */
  readonly quarantined: readonly Quarantined[]
}

/** Rebuilds, sets apart, and notes both in the archive. Throws what `rebuildArchive` throws. */
export async function recoverArchive(
  dir: string,
  options: WriterOptions & { readonly signal: AbortSignal },
): Promise<RecoverReport> {
  const report = await rebuildArchive(dir, options)
  const { quarantine, RECOVERY_EVENT } = await import('../archive/warc/quarantine.ts')
  const { REDACTION_EVENT } = await import('../archive/redaction/law.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const writer = openArchiveWriter(dir, options)
  try {
    const quarantined = quarantine(dir, report.recoveries)
    const run = writer.beginRun({ command: 'recover', options: {} })
    const outcome = quarantined.length === 0 ? 'success' : 'partial'
    writer.recordEvent(run, { type: RECOVERY_EVENT, outcome, detail: { captures: report.captures, quarantined } })
    const reader = openArchiveReader(dir)
    for (const order of reader.lostOrders())
      writer.recordEvent(run, { type: REDACTION_EVENT, outcome: 'success', detail: { ...order } })
    reader.close()
    writer.endRun(run)
    return { ...report, quarantined }
  } finally {
    writer.close()
  }
}
