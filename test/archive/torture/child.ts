// A command that is going to be killed, or to meet a bad disk: does one thing to an archive again and again, and says what is
// acknowledged: `capture ID DIGEST`, `thread ID POSTS`, `merged DIR`, `backup DIR`, `migrated N`, `redacted ID`, `rebuilt`.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { backupArchive } from '../../../src/archive/backup.ts'
import { openForWriting } from '../../../src/archive/database.ts'
import { MIGRATIONS, migrate } from '../../../src/archive/migrations.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { openArchiveWriter, type WriterOptions } from '../../../src/archive/writer.ts'
import { readCapture, rebuildArchive, storePending } from '../../../src/pipeline.ts'
import { mergeArchives } from '../../../src/pipeline-merge.ts'
import { redactFromArchive } from '../../../src/pipeline-redact.ts'
import { makePage } from './pages.ts'

const [what = '', dir = '', seed = '', ...rest] = process.argv.slice(2)
const options: WriterOptions = { now: () => new Date(), version: 'torture' }
const signal = new AbortController().signal
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Rows that a made-up migration writes: enough to be killed in. */
const ROWS_A_STEP = 20_000
const STEPS = 40

const DEEDS: Readonly<Record<string, () => Promise<void> | void>> = {
  add: () => addPages(Number(rest[0] ?? Number.POSITIVE_INFINITY)),
  rebuild: async () => {
    for (;;) {
      await rebuildArchive(dir, { ...options, signal })
      say('rebuilt')
    }
  },
  merge: async () => {
    for (const other of rest) {
      await mergeArchives(dir, [other], { ...options, signal })
      say(`merged ${other}`)
    }
  },
  backup: async () => {
    for (;;) {
      await backupArchive(dir, rest[0]!)
      say(`backup ${rest[0]}`)
      addPages(1)
    }
  },
  migrate: migrateOften,
  redact: async () => {
    for (const id of rest) {
      await redactFromArchive(dir, id, 'torture', options)
      say(`redacted ${id}`)
    }
  },
}

say('open')
await DEEDS[what]!()

/** Each page is a thread of its own; one in five is a page that was there before. */
function addPages(pages: number): void {
  const writer = openArchiveWriter(dir, options)
  const reader = openArchiveReader(dir)
  const run = writer.beginRun({ command: 'add', options: { seed } })
  for (let page = 0; page < pages; page++) {
    const { capture, thread, posts } = makePage(`${seed}-${page % 5 === 4 ? page - 1 : page}`)
    const row = writer.appendCapture(capture, run)
    say(`capture ${row.id} ${row.digest}`)
    const { adapter, extraction } = readCapture(capture)
    writer.storeExtraction(row.id, extraction, adapter)
    storePending(writer, reader)
    say(`thread ${thread} ${posts}`)
  }
  reader.close()
  writer.close()
}

/** Steps after the real ones, in a database of its own: each must be there whole or not at all. */
function migrateOften(): void {
  const path = join(dir, 'migrating.sqlite')
  const db = openOrCreate(path)
  const steps = Array.from({ length: STEPS }, (_, at) => stepSql(MIGRATIONS.length + at + 1))
  for (let upTo = 1; upTo <= STEPS; upTo++) {
    migrate(db, new Date(), [...MIGRATIONS, ...steps.slice(0, upTo)])
    say(`migrated ${MIGRATIONS.length + upTo}`)
  }
}

function openOrCreate(path: string): Database.Database {
  try {
    return openForWriting(path, new Date())
  } catch {
    // Made by a newer version: by an earlier round of this very loop.
    return new Database(path)
  }
}

function stepSql(version: number): string {
  return `CREATE TABLE step_${version} (n INTEGER PRIMARY KEY) STRICT;
    WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${ROWS_A_STEP})
    INSERT INTO step_${version} SELECT n FROM c;`
}
