// The write-ahead log stays short although somebody is always reading; and a reader who never ends stops nobody from
// writing.
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { openForWriting } from '../../../src/archive/database/database.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { type Checkpoint, createSettler } from '../../../src/archive/seal/log-size.ts'
import { makeFolder } from '../samples.ts'

const ROWS = 700
const ROW_BYTES = 100_000
const LIMIT_BYTES = 45_000_000

function open() {
  const path = join(makeFolder(), 'archive.sqlite')
  const db = openForWriting(path, new Date())
  db.pragma('busy_timeout = 500')
  db.exec('CREATE TABLE much (n INTEGER PRIMARY KEY, bytes BLOB)')
  const insert = db.prepare('INSERT OR REPLACE INTO much VALUES (?, randomblob(?))')
  const settle = createSettler(db, (how) => (db.pragma(`wal_checkpoint(${how})`) as Checkpoint[])[0] ?? null)
  const write = (n: number): number => {
    insert.run(n % 50, ROW_BYTES)
    settle()
    return statSync(`${path}-wal`).size
  }
  return { db, write, path }
}

/** The release that runs in this Node (src/archive/database/sqlite.ts). */
const DRIVER = Number(process.versions['napi']) < 10 ? 'better-sqlite3' : 'better-sqlite3-13'

/**
 * Reads in a thread of its own, in one transaction of so many ms after the other, and two at a time: somebody always
 * reads.
 */
const READING = `
  const { workerData: { driver, path } } = require('node:worker_threads')
  const Database = require(driver)
  const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)
  const begin = () => {
    const db = new Database(path, { readonly: true })
    db.exec('BEGIN; SELECT count(*) FROM much')
    return db
  }
  for (let held = begin(); ; ) {
    wait()
    const next = begin()
    wait()
    held.close()
    held = next
  }`

describe('the write-ahead log', () => {
  it('stays short beside readers that overlap', async () => {
    const { db, write, path } = open()
    const driver = createRequire(import.meta.url).resolve(DRIVER)
    const reader = new Worker(READING, { eval: true, workerData: { driver, path } })
    await new Promise((resolve) => reader.once('online', resolve))
    let longest = 0
    for (let n = 0; n < ROWS; n++) longest = Math.max(longest, write(n))
    await reader.terminate()
    expect(longest).toBeLessThan(LIMIT_BYTES)
    db.close()
  })

  it('grows beside a reader who never ends, and nothing is refused', () => {
    const { db, write, path } = open()
    const reader = new SqliteDatabase(path, { readonly: true })
    reader.exec('BEGIN; SELECT count(*) FROM much')
    for (let n = 0; n < ROWS; n++) write(n)
    expect(db.prepare('SELECT count(*) FROM much').pluck().get()).toBe(50)
    expect(reader.prepare('SELECT count(*) FROM much').pluck().get()).toBe(0)
    for (const one of [reader, db]) one.close()
  })
})
