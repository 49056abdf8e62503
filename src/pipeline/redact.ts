// Removes a post or a capture on request: bytes, text, and what was exported of it. The request is noted first;
// everything after it is done again by the next command if this one is killed.
import type { RedactionPlan } from '../archive/redaction/plan.ts'
import type { WriterOptions } from '../archive/writer.ts'
import { UsageError } from '../errors.ts'
import { storePending } from './pipeline.ts'

export interface RedactReport extends Omit<RedactionPlan, 'payloads'> {
  readonly reason: string
  /** SHA-256 of each payload whose bytes were removed. */
  readonly digests: readonly string[]
  /** Files in exports/ that showed it and were removed. */
  readonly exports: readonly string[]
}

/** Whoever asks again, perhaps because the first time was killed, has what was asked for. */
export interface RedactedBefore {
  readonly id: string
  readonly redactedBefore: { readonly at: string; readonly reason: string }
}

/** Throws UsageError when nothing is called so. */
export async function redactFromArchive(
  dir: string,
  id: string,
  reason: string,
  options: WriterOptions,
): Promise<RedactReport | RedactedBefore> {
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { REDACTION_EVENT } = await import('../archive/redaction/law.ts')
  const { removeExports } = await import('../export/write.ts')
  const writer = openArchiveWriter(dir, { ...options, mustExist: true })
  const reader = openArchiveReader(dir)
  try {
    // A redaction that was killed has been finished by opening, but for the findings.
    storePending(writer)
    const plan = reader.planRedaction(id)
    const known = plan === null ? reader.redactionOf(id) : null
    if (known !== null) return { id, redactedBefore: known }
    if (plan === null) throw nothingCalled(id, dir)
    const { posts, payloads, homes } = plan
    const exports = removeExports(`${dir}/exports`, homes)
    const run = writer.beginRun({ command: 'redact', options: { [plan.kind]: plan.id } })
    writer.recordEvent(run, { type: REDACTION_EVENT, outcome: 'success', detail: { reason, posts, payloads } })
    writer.endRun(run)
    storePending(writer)
    const { payloads: _payloads, ...told } = plan
    return { ...told, reason, exports, digests: payloads.map(({ digest }) => digest) }
  } finally {
    reader.close()
    writer.close()
  }
}

function nothingCalled(id: string, dir: string): UsageError {
  return new UsageError(
    `no post and no capture is called ${id} in ${dir}; \`unspool search\` finds posts by words, \`unspool trace\` their captures`,
  )
}
