// Redactions whose event was lost to damage. The records in the place of the bytes go on telling its reason and date,
// so recover can note it again: otherwise nothing would say why those bytes are gone, and they could come back.
import type { Database } from 'better-sqlite3'
import { REDACTION_EVENT, type RedactionOrder } from './law.ts'

/**
 * Detail of an event that stands for a lost one. Which posts were meant is not known: all that those payloads show is.
 */
export interface RestoredOrder extends RedactionOrder {
  /** Id of the event that was lost. */
  readonly restores: string
  /** When it happened, UTC ISO. */
  readonly askedAt: string
}

interface LostRow {
  readonly restores: string
  readonly askedAt: string
  readonly reason: string
  /** JSON. */
  readonly digests: string
}

export function findLostOrders(db: Database): readonly RestoredOrder[] {
  return db
    .prepare<[], LostRow>(LOST)
    .all()
    .map(({ digests, ...order }) => {
      const payloads = (JSON.parse(digests) as string[]).map((digest) => ({ digest, whole: true }))
      return { ...order, posts: [], payloads }
    })
}

/** Whether an event asks for a redaction, itself or in the place of one that was lost. */
export function createOrderTest(db: Database): (event: string) => boolean {
  const find = db.prepare(ORDERED)
  return (event) => find.get({ event }) !== undefined
}

const ORDERED = `
  SELECT 1 FROM events WHERE type = '${REDACTION_EVENT}' AND (id = @event OR detail ->> 'restores' = @event)`

const LOST = `
  SELECT restores, askedAt, reason, json_group_array(digest) AS digests FROM (
    SELECT DISTINCT redacted ->> 'event' AS restores, redacted ->> 'at' AS askedAt, redacted ->> 'reason' AS reason, digest
    FROM captures WHERE redacted IS NOT NULL ORDER BY restores, digest)
  WHERE restores NOT IN (SELECT id FROM events) AND restores NOT IN (
    SELECT detail ->> 'restores' FROM events WHERE type = '${REDACTION_EVENT}' AND detail ->> 'restores' IS NOT NULL)
  GROUP BY restores`
