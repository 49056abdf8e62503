// How many records of each kind stood in a WARC file, which of them were taken, and why the others were not: nothing of
// a file is left out in silence.
import type { Note } from '../../../model.ts'

export interface RecordTally {
  /** A record that became a capture, or waits to become one. */
  taken(kind: string): void
  left(kind: string): void
  records(): number
  tell(input: string): Note
}

const UNKNOWN = 'of a kind that is not known'
/** Kinds that are longer than the standard's. */
export const NOT_HTTP = 'response without an HTTP answer'
export const UNKEPT = 'revisit'
/** Why records of a kind were left: most hold no answer of a site (ISO 28500, 6). */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['warcinfo', 'about the file itself'],
  ['request', 'what was asked, not what was answered'],
  ['metadata', 'about other records'],
  ['conversion', 'made out of another record'],
  ['continuation', 'the rest of a longer record, whose beginning was taken as cut'],
  [NOT_HTTP, 'DNS and other protocols'],
  [UNKEPT, 'the same as before; new only in an archive'],
])

export function createRecordTally(): RecordTally {
  const [taken, left] = [new Map<string, number>(), new Map<string, number>()]
  let records = 0
  const add = (counts: Map<string, number>) => (kind: string) => {
    records += 1
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return {
    taken: add(taken),
    left: add(left),
    records: () => records,
    tell: (input) => {
      const others = [...left].map(([kind, count]) => `${count} ${kind} (${REASONS.get(kind) ?? UNKNOWN})`)
      const message = `Records taken: ${list([...taken].map(([kind, count]) => `${count} ${kind}`))}. Left alone: ${list(others)}.`
      return { level: 'info', code: 'warc-records', message, input }
    },
  }
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(', ')
}
