// What the archive would have shown at an earlier moment: the captures made until then, unrolled anew by the engine of
// today. What was edited or deleted later is then as it was. Nothing is stored.
import type { ArchiveReader, Finding } from '../archive/reader.ts'
import { sha256 } from '../fixity.ts'
import type { Unplaced } from '../model.ts'
import { asRead } from '../unroll/neighbourhoods.ts'
import { unrollEach } from '../unroll/unroll.ts'

interface FindingsThen {
  /** All threads, then all conversations, in the order of their ids. */
  readonly findings: () => Iterable<Finding>
  readonly unplaced: () => Iterable<Unplaced>
}

/** `time`: UTC, ISO 8601 with milliseconds; captures of that very moment count. */
export function findAsOf(reader: ArchiveReader, time: string): FindingsThen {
  const parts = [...unrollEach([...reader.extractionsUntil(time)].map(asRead), { order: 'page', digest: sha256 })]
  const threads = parts.flatMap((part) => part.threads).sort(byId)
  const conversations = parts.flatMap((part) => part.conversations).sort(byId)
  const unplaced = parts.flatMap((part) => part.unplaced)
  const findings: readonly Finding[] = [
    ...threads.map((thread) => ({ thread, conversation: null })),
    ...conversations.map((conversation) => ({ thread: null, conversation })),
  ]
  return { findings: () => findings, unplaced: () => unplaced }
}

/** As SQLite orders text: by bytes. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
}
