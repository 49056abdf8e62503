// The log of a long run: one file after the other, each opened by the record of the run.
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { rebuildDatabase } from '../../../src/archive/copies/rebuild.ts'
import { openForWriting } from '../../../src/archive/database/database.ts'
import { createCaptureAppender } from '../../../src/archive/warc/capture-append.ts'
import { openWarcLog, type WarcLog } from '../../../src/archive/warc/log.ts'
import { StorageError } from '../../../src/errors.ts'
import { sha256 } from '../../../src/fixity.ts'
import { problemsOf } from '../problems.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const STARTED = '2026-03-04T05:06:07.000Z'
const RUN = '20260304050607000-0a1b2c3d'
const ROTATE_BYTES = 1500

function openLog(): { readonly dir: string; readonly db: Database; readonly log: WarcLog } {
  const dir = makeFolder()
  const db = openForWriting(join(dir, 'archive.sqlite'), new Date(STARTED))
  const run = { id: RUN, command: 'crawl', options: {}, version: '0.1.0', startedAt: STARTED, previous: null }
  return { dir, db, log: openWarcLog(db, dir, run, ROTATE_BYTES) }
}

/** Words that hardly pack; each third capture is one that was there before. */
function append({ db, log }: Pick<ReturnType<typeof openLog>, 'db' | 'log'>, number: number): void {
  const text = sha256(String(number % 3 === 2 ? 0 : number)).repeat(2)
  createCaptureAppender(db, () => log, makeOptions().now).appendCapture(makeCapture(text), RUN)
}

function readCaptures(db: Database): readonly unknown[] {
  return db.prepare('SELECT key, id, digest, payload_key FROM captures ORDER BY key').all()
}

describe('the log of a run that outgrows a file', () => {
  it('goes on in another, and all of them are one run to verify and to rebuild', async () => {
    const open = openLog()
    for (let number = 0; number < 12; number++) append(open, number)
    const names = readdirSync(join(open.dir, 'warc')).sort()
    expect(names.length).toBeGreaterThan(2)
    expect(open.log.hashes().map(({ name }) => name)).toEqual(names)
    const before = readCaptures(open.db)
    open.log.close()
    open.db.close()
    expect(problemsOf(open.dir)).toEqual([])
    const { captures, damaged } = await rebuildDatabase(open.dir, makeOptions(), () => undefined)
    expect({ captures, damaged }).toEqual({ captures: before.length, damaged: [] })
    expect(problemsOf(open.dir)).toEqual([])
    const again = openForWriting(join(open.dir, 'archive.sqlite'), new Date(STARTED))
    expect(readCaptures(again)).toEqual(before)
    again.close()
  })

  it('goes on in another also where captures wait for the disk together', async () => {
    const open = openLog()
    const appender = createCaptureAppender(open.db, () => open.log, makeOptions().now)
    const nothing = () => undefined
    for (let number = 0; number < 12; number++)
      await appender.appendLook([makeCapture(sha256(String(number)).repeat(4))], RUN, nothing)
    const sizes = open.log.hashes().map(({ bytes }) => bytes)
    expect(sizes.length).toBeGreaterThan(2)
    // A file is full when it has reached its size, and not long after.
    for (const bytes of sizes.slice(0, -1)) expect(bytes).toBeGreaterThanOrEqual(ROTATE_BYTES)
    expect(Math.max(...sizes)).toBeLessThan(2 * ROTATE_BYTES)
    open.log.close()
    open.db.close()
    expect(problemsOf(open.dir)).toEqual([])
  })

  it('keeps its file open while the disk has none for the next, and closes no file of anybody else', () => {
    const open = openLog()
    writeFileSync(join(open.dir, 'warc', `${RUN}_00002.warc.gz`), 'in the way')
    let number = 0
    const fill = () => {
      for (;;) append(open, number++)
    }
    expect(fill).toThrow(StorageError)
    const other = openSync(join(open.dir, 'other'), 'w')
    append(open, number)
    writeSync(other, 'still open')
    closeSync(other)
    const names = open.log.hashes().map(({ name }) => name)
    expect(names).toEqual([`${RUN}.warc.gz`, `${RUN}_00003.warc.gz`])
    open.log.close()
    expect(readCaptures(open.db)).toHaveLength(number)
    open.db.close()
  })
})
