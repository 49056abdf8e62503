// What must hold of an archive after anything was done to it: everything acknowledged is there, every thread is whole, and
// nothing is damaged. Gives faults as sentences; none is good.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { checkArchive } from '../../../src/archive/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { storePending } from '../../../src/pipeline.ts'

/** What a child said of an archive before it was gone. */
export interface Acknowledged {
  /** Digest by id. */
  readonly captures: Map<string, string>
  /** Number of posts by id. */
  readonly threads: Map<string, number>
}

export function nothingYet(): Acknowledged {
  return { captures: new Map(), threads: new Map() }
}

/** Takes in a child's lines; the last one may be cut. Returns the lines that are about something else. */
export function note(lines: readonly string[], acked: Acknowledged): readonly string[] {
  return lines.filter((line) => {
    const [what, id = '', value = ''] = line.split(' ')
    if (what === 'capture') acked.captures.set(id, value)
    else if (what === 'thread') acked.threads.set(id, Number(value))
    else return true
    return false
  })
}

/** Opens the archive as the next command would, lets it finish what was begun, and looks. */
export function findFaults(dir: string, acked: Acknowledged, isThorough = true): readonly string[] {
  try {
    finish(dir)
    return [...lostCaptures(dir, acked), ...threadFaults(dir, acked), ...(isThorough ? damageOf(dir) : [])]
  } catch (error) {
    return [`the archive cannot be used: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function finish(dir: string): void {
  const writer = openArchiveWriter(dir, { now: () => new Date(), version: 'torture' })
  const reader = openArchiveReader(dir)
  storePending(writer, reader)
  reader.close()
  writer.close()
}

function lostCaptures(dir: string, { captures }: Acknowledged): readonly string[] {
  const reader = openArchiveReader(dir)
  const faults = [...captures].flatMap(([id, digest]) => {
    const row = reader.readCaptureRow(id)
    if (row === null) return [`the capture ${id} was acknowledged and is not there`]
    if (row.redacted !== null) return []
    return reader.readCapture(row).digest === digest ? [] : [`the capture ${id} has other bytes`]
  })
  reader.close()
  return faults
}

/** Every thread of these pages counts its posts: fewer than it counts is a partial thread, unless some were redacted. */
function threadFaults(dir: string, { threads }: Acknowledged): readonly string[] {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const partial = db.prepare<[], string>(PARTIAL).pluck().all()
  const rows = db.prepare<[], { id: string; posts: number }>('SELECT id, posts FROM thread_latest').all()
  const redacted = Number(db.prepare("SELECT count(*) FROM redactions WHERE kind = 'post'").pluck().get())
  db.close()
  const counted = new Map(rows.map(({ id, posts }) => [id, posts]))
  const lost = [...threads].filter(([id, posts]) => counted.get(id) !== posts)
  return [
    ...(redacted > 0 ? [] : partial.map((id) => `the thread ${id} is partial`)),
    ...(lost.length > redacted
      ? lost.map(([id, posts]) => `the thread ${id} of ${posts} posts was acknowledged and is not whole`)
      : []),
  ]
}

function damageOf(dir: string): readonly string[] {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const foreign = db.pragma('foreign_key_check') as readonly unknown[]
  db.close()
  const problems = [...checkArchive(dir)].flatMap((checked) =>
    'ok' in checked ? [] : [`${checked.where}: ${checked.what}`],
  )
  return [
    ...(integrity === 'ok' ? [] : [integrity]),
    ...(foreign.length === 0 ? [] : ['a reference leads nowhere']),
    ...problems,
  ]
}

const PARTIAL = "SELECT id FROM threads WHERE completeness <> 'complete'"
