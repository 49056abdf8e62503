// An archive open for writing and reading at once, as the pipeline has it.
import { join } from 'node:path'
import { expect } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { verifySeals } from '../../src/archive/findings/seals.ts'
import { type ArchiveReader, openArchiveReader } from '../../src/archive/reader.ts'
import { WHOLE } from '../../src/archive/verify/scope.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../src/archive/writer.ts'
import type { Thread, Unrolled } from '../../src/model.ts'
import { EMPTY, makeFolder, makeOptions } from './samples.ts'

export interface Open {
  readonly dir: string
  readonly writer: ArchiveWriter
  readonly reader: ArchiveReader
  readonly run: string
}

/** An open archive for the length of a test; at its end all references, all seals and the full-text index must hold. */
export function withArchive(test: (open: Open) => void): void {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const reader = openArchiveReader(dir)
  test({ dir, writer, reader, run })
  reader.close()
  writer.close()
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect([...verifySeals(db, WHOLE)].filter((checked) => !('ok' in checked))).toEqual([])
  // FTS5 compares its index with the posts and throws when they differ.
  db.exec("INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)")
  db.close()
}

export function threadsOf(reader: ArchiveReader): readonly Thread[] {
  return [...reader.findings()].flatMap(({ thread }) => (thread === null ? [] : [thread]))
}

/** Stores findings of what waits and its neighbours. */
export function store({ writer, reader }: Open, findings: Partial<Unrolled>): void {
  writer.storeFindings({ ...EMPTY, ...findings }, 'test-1', reader.readNeighbourhood().scope)
}
