// The ledger behind a seal: every stretch that a session changes is known, however often the write-ahead log begins
// anew, and nothing is sealed that somebody else had a hand in.
import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { readTouched } from '../../../src/archive/seal/log-pages.ts'
import { readSeal } from '../../../src/archive/seal/seal.ts'
import { openSealed, type SealedDatabase } from '../../../src/archive/seal/sealed-database.ts'
import { checkSeal } from '../../../src/archive/verify/seal.ts'
import { makeFolder } from '../samples.ts'

const STRETCH = 65_536
/** Pages of 4 KiB; the log is moved after 4,096 of them. */
const ROWS = 6000

function isSealed(path: string): boolean {
  const steps = checkSeal(path)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.isSame
  }
}

/** A session that ends with a seal or without. */
function work(path: string, act: (sealed: SealedDatabase) => void): void {
  const sealed = openSealed(path, new Date(0))
  act(sealed)
  sealed.close()
}

/** Rows of about a page each, a few a transaction. */
function fill({ db, settle }: SealedDatabase, rows = ROWS): void {
  db.exec('CREATE TABLE IF NOT EXISTS filling (key INTEGER PRIMARY KEY, text TEXT)')
  const insert = db.prepare("INSERT INTO filling (text) VALUES (printf('%.*c', 3900, ?))")
  for (let row = 0; row < rows; row += 100) {
    db.transaction(() => {
      for (let at = 0; at < 100; at++) insert.run(String(at % 10))
    })()
    settle()
  }
}

function makeFilled(): string {
  const path = join(makeFolder(), 'archive.sqlite')
  work(path, (sealed) => fill(sealed))
  return path
}

const changeRow = ({ db }: SealedDatabase, key: number) =>
  db.prepare("UPDATE filling SET text = 'x' || substr(text, 2) WHERE key = ?").run(key)

describe('a database that will be sealed', () => {
  it('keeps its log short and is sealed as it is, whatever was moved when', () => {
    const path = makeFilled()
    expect(isSealed(path)).toBe(true)
    work(path, (sealed) => {
      for (const key of [7, ROWS / 2, ROWS]) changeRow(sealed, key)
      fill(sealed)
      expect(statSync(`${path}-wal`).size).toBeLessThan(4096 * 4120 * 1.2)
      changeRow(sealed, 1)
    })
    expect(isSealed(path)).toBe(true)
    expect(statSync(path).size).toBeGreaterThan(2 * ROWS * 4000)
  })

  it('hashes again only what changed', () => {
    const path = makeFilled()
    const before = readSeal(path)!
    work(path, (sealed) => changeRow(sealed, 7))
    const after = readSeal(path)!
    const changed = after.hashes.filter((hash, stretch) => hash !== before.hashes[stretch])
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.length).toBeLessThan(4)
    expect(isSealed(path)).toBe(true)
  })

  it('leaves the seal alone when nothing was written', () => {
    const path = makeFilled()
    const before = readFileSync(`${path}.seal`)
    work(path, () => undefined)
    expect(readFileSync(`${path}.seal`)).toEqual(before)
  })

  it('is not sealed over a flipped bit, also one in a page that the session wrote', () => {
    const path = makeFilled()
    const key = 40
    const at = readFileSync(path).indexOf(Buffer.alloc(3900, String((key - 1) % 10)))
    const fd = openSync(path, 'r+')
    writeSync(fd, '!', at + 2000)
    closeSync(fd)
    work(path, (sealed) => {
      sealed.db.exec("UPDATE filling SET text = 'x' || substr(text, 2) WHERE key < 60")
    })
    expect(existsSync(`${path}.seal`)).toBe(false)
    work(path, (sealed) => fill(sealed, 100))
    expect(existsSync(`${path}.seal`)).toBe(false)
  })

  it('is not sealed when another connection wrote or somebody is still reading', () => {
    const path = makeFilled()
    work(path, (sealed) => {
      changeRow(sealed, 1)
      const other = new SqliteDatabase(path)
      other.exec("UPDATE filling SET text = 'y' WHERE key = 2")
      other.close()
    })
    expect(existsSync(`${path}.seal`)).toBe(false)
    const read = makeFilled()
    const reader = new SqliteDatabase(read, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM filling').get()
    work(read, (sealed) => changeRow(sealed, 1))
    expect(existsSync(`${read}.seal`)).toBe(false)
    reader.close()
  })

  it('is sealed after it was emptied out', () => {
    const path = makeFilled()
    work(path, ({ db, empty }) => {
      db.exec('DELETE FROM filling WHERE key % 3 = 0')
      db.exec('VACUUM')
      empty()
      expect(statSync(`${path}-wal`).size).toBe(0)
    })
    expect(isSealed(path)).toBe(true)
  })
})

describe('the log', () => {
  it('names every stretch that a checkpoint changes, and none of an earlier round', () => {
    const path = makeFilled()
    const db = new SqliteDatabase(path)
    db.pragma('wal_autocheckpoint = 0')
    db.exec("UPDATE filling SET text = 'x' WHERE key IN (5, 900, 4000)")
    const before = readFileSync(path)
    const touched = readTouched(path)
    db.pragma('wal_checkpoint(PASSIVE)')
    const after = readFileSync(path)
    const changed = Array.from({ length: Math.ceil(after.length / STRETCH) }, (_, stretch) => stretch).filter(
      (stretch) =>
        !after
          .subarray(stretch * STRETCH, (stretch + 1) * STRETCH)
          .equals(before.subarray(stretch * STRETCH, (stretch + 1) * STRETCH)),
    )
    expect([...touched].sort((a, b) => a - b)).toEqual(changed)
    db.exec("UPDATE filling SET text = 'x' WHERE key = 2000")
    expect(readTouched(path).size).toBeLessThan(touched.size)
    db.close()
    expect(readTouched(path).size).toBe(0)
  })
})
