// What recover must save of an archive in which one bit is wrong: every row that does not come out of the record that
// was hit.
import { cpSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import type { CaptureRow } from '../../../src/archive/facts/captures/capture-rows.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { recoverArchive } from '../../../src/pipeline/recover.ts'
import { problemsOf } from './check.ts'

export interface Rows {
  readonly captures: readonly CaptureRow[]
  /** `kind id` of runs and events. */
  readonly doings: readonly string[]
  /** Posts and where they were seen. */
  readonly seen: readonly { readonly post: string; readonly capture: string }[]
  /** Ids of threads with their posts. */
  readonly threads: readonly { readonly id: string; readonly post: string }[]
}

export function readRows(dir: string): Rows {
  const reader = openArchiveReader(dir)
  const captures = [...reader.captures()]
  reader.close()
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const all = <T>(sql: string): readonly T[] => db.prepare<[], T>(sql).all()
  const rows = {
    captures,
    doings: all<{ id: string }>(DOINGS).map(({ id }) => id),
    seen: all<Rows['seen'][number]>('SELECT post_id AS post, capture_id AS capture FROM post_places'),
    threads: all<Rows['threads'][number]>('SELECT thread_id AS id, post_id AS post FROM thread_text'),
  }
  db.close()
  return rows
}

const DOINGS = "SELECT 'run ' || id AS id FROM runs UNION ALL SELECT 'event ' || id FROM events"

/**
 * Rows that are gone after recover and need not be, and what verify still finds. `hit`: a byte of a WARC file, or none.
 */
export async function countLost(
  dir: string,
  before: Rows,
  hit: { readonly name: string; readonly at: number } | null,
): Promise<readonly string[]> {
  const copy = `${dir}-recovered`
  cpSync(dir, copy, { recursive: true })
  const signal = new AbortController().signal
  await recoverArchive(copy, { now: () => new Date(), version: 'torture', signal })
  const after = readRows(copy)
  const problems = problemsOf(copy).map(({ where, what }) => `after recover: ${where}: ${what}`)
  rmSync(copy, { recursive: true, force: true })
  return [...missing(before, after, gonerIds(before.captures, hit)), ...problems]
}

/** Captures that one wrong byte costs: the record it lies in, and those that only point to its payload. */
function gonerIds(captures: readonly CaptureRow[], hit: { name: string; at: number } | null): ReadonlySet<string> {
  const isHit = ({ warc }: CaptureRow): boolean =>
    hit !== null && warc.file === basename(hit.name) && hit.at >= warc.offset && hit.at < warc.offset + warc.length
  const victims = new Set(captures.filter(isHit).map(({ id }) => id))
  const pointers = captures.filter(({ sameAs }) => sameAs !== null && victims.has(sameAs))
  return new Set([...victims, ...pointers.map(({ id }) => id)])
}

function missing(before: Rows, after: Rows, goners: ReadonlySet<string>): readonly string[] {
  const [captures, doings] = [new Set(after.captures.map(({ id }) => id)), new Set(after.doings)]
  const seen = new Set(after.seen.map(keyOf))
  const threads = new Set(after.threads.map(keyOf))
  const hurt = new Set(before.seen.filter(({ capture }) => goners.has(capture)).map(({ post }) => post))
  const lostDoings = before.doings.filter((id) => !doings.has(id))
  return [
    ...before.captures.filter(({ id }) => !captures.has(id) && !goners.has(id)).map(({ id }) => `capture ${id}`),
    // A record that is no capture is a run's or an event's.
    ...lostDoings.slice(goners.size === 0 ? 1 : 0),
    ...before.seen.filter((row) => !seen.has(keyOf(row)) && !goners.has(row.capture)).map(keyOf),
    ...before.threads.filter((row) => !threads.has(keyOf(row)) && !hurt.has(row.post)).map(keyOf),
  ]
}

function keyOf(row: object): string {
  return Object.values(row).join(' ')
}
