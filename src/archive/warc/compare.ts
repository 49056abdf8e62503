// Holds two WARC files of one name against each other: a redaction is the one reason for which they may differ.
import { sha256 } from '../../fixity.ts'
import { idOf } from './capture-record.ts'
import { recordToTombstone } from './redaction-record.ts'
import { isDamage, type Scanned, scanWarc } from './scan.ts'
import { fieldOf, type WarcRecord } from './warc.ts'

/**
 * `first-lacks`: the first has removed what the second still holds, and nothing the other way; `both-lack`: each has.
 * `first-begins`: the first was copied while its run was under way, and the second goes on.
 */
type Comparison = 'same' | 'first-lacks' | 'second-lacks' | 'both-lack' | 'first-begins' | 'second-begins' | 'different'

/** Reads both files side by side, record by record. */
export function compareWarcFiles(first: string, second: string): Comparison {
  const [a, b] = [scanWarc(first), scanWarc(second)]
  const lacks = { first: false, second: false }
  for (;;) {
    const [one, other] = [a.next(), b.next()]
    if (one.done === true || other.done === true) {
      if (one.done === other.done) return summarise(lacks)
      if (lacks.first || lacks.second) return 'different'
      return one.done === true ? 'first-begins' : 'second-begins'
    }
    const pair = [summary(one.value), summary(other.value)] as const
    if (pair[0].id !== pair[1].id) return 'different'
    if (pair[0].isRemoved && !pair[1].isRemoved) lacks.first = true
    else if (pair[1].isRemoved && !pair[0].isRemoved) lacks.second = true
    else if (!pair[0].isRemoved && pair[0].hash !== pair[1].hash) return 'different'
  }
}

function summarise({ first, second }: { first: boolean; second: boolean }): Comparison {
  if (first && second) return 'both-lack'
  if (first || second) return first ? 'first-lacks' : 'second-lacks'
  return 'same'
}

/** A record by the capture, run or event it is of; a damaged stretch is only ever like itself. */
function summary(scanned: Scanned): { readonly id: string; readonly hash: string; readonly isRemoved: boolean } {
  if (isDamage(scanned)) return { id: `damage of ${scanned.length} bytes`, hash: scanned.reason, isRemoved: false }
  const tombstone = readTombstone(scanned.record)
  const id = tombstone ?? idOf(fieldOf(scanned.record.fields, 'WARC-Record-ID')) ?? ''
  return { id, hash: hashRecord(scanned.record), isRemoved: tombstone !== null }
}

function readTombstone(record: WarcRecord): string | null {
  return recordToTombstone(record)?.captureId ?? null
}

function hashRecord({ fields, block }: WarcRecord): string {
  return sha256(Buffer.concat([Buffer.from(JSON.stringify(fields)), block]))
}
