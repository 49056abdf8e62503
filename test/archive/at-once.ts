// What the laws of findings compare: captures stored in a run of their own, everything unrolled at once, and digests of
// all that findings say.
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storePending, unrollTogether } from '../../src/pipeline/pipeline.ts'
import { ENGINE_VERSION } from '../../src/unroll/unroll.ts'
import { digestTables, NOT_FROM_WARC, type TableDigests } from './rows.ts'
import { makeOptions } from './samples.ts'

/** @param at of the run among others: a month of 2026, from 0 */
export function addRun(dir: string, captures: readonly Capture[], at: number): void {
  const writer = openArchiveWriter(dir, makeOptions(`2026-0${at + 1}-02T00:00:00.000Z`))
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const capture of captures) {
    const { extraction, adapter } = readCapture(capture)
    writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, adapter)
  }
  storePending(writer)
  writer.endRun(run)
  writer.close()
}

/** Makes all findings anew from everything together. */
export function unrollAll(dir: string): void {
  const writer = openArchiveWriter(dir, makeOptions('2026-12-01T00:00:00.000Z'))
  const reader = openArchiveReader(dir)
  const { extractions, scope } = reader.readEverything()
  writer.storeFindings(unrollTogether(extractions), String(ENGINE_VERSION), scope)
  reader.close()
  writer.close()
}

export function findingsOf(dir: string): TableDigests {
  return digestTables(join(dir, 'archive.sqlite'), NOT_FROM_WARC)
}

/** Rows as arrays. */
export function query(dir: string, sql: string): readonly unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  try {
    return db.prepare(sql).raw().all()
  } finally {
    db.close()
  }
}
