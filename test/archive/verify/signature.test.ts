// Signed runs: the archive's key signs what a run left; whoever changes it afterwards is found out, also in a rebuilt
// database.
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { KEY_NAME, makeSigningKey } from '../../../src/archive/verify/signature.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { IntegrityError } from '../../../src/errors.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { problemsOf } from '../problems.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const texts = ['first page of words', 'second page of words']

function makeArchive(): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  writer.beginRun({ command: 'add', options: {} })
  writer.close()
  makeSigningKey(dir)
  const again = openArchiveWriter(dir, makeOptions('2026-04-04T05:06:07.000Z'))
  const run = again.beginRun({ command: 'add', options: {} })
  for (const text of texts) again.appendCapture(makeCapture(text), run)
  again.close()
  return dir
}

function change(dir: string, sql: string): void {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

describe('the signature of a run', () => {
  it('is there from the moment the archive has a key, and good', () => {
    const dir = makeArchive()
    expect(problemsOf(dir)).toEqual([])
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const signed = db.prepare("SELECT detail ->> 'signature' IS NOT NULL FROM events WHERE type = 'run ended'").pluck()
    expect(signed.all()).toEqual([0, 1])
    db.close()
  })

  it('is good after a rebuild, and in a backup, which leaves the key at home', async () => {
    const dir = makeArchive()
    const signal = new AbortController().signal
    await rebuildArchive(dir, { ...makeOptions('2026-05-04T05:06:07.000Z'), signal })
    expect(problemsOf(dir)).toEqual([])
    const target = join(makeFolder(), 'backup')
    await backupArchive(dir, target)
    expect(problemsOf(target)).toEqual([])
    expect(readdirSync(target)).not.toContain(KEY_NAME)
  })

  it('is bad when a capture was taken out, or another key signed', () => {
    const dir = makeArchive()
    change(dir, 'DELETE FROM captures WHERE key = 2')
    expect(problemsOf(dir)).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining('not what was signed') }),
    )
    const other = makeArchive()
    change(
      other,
      "UPDATE events SET detail = json_set(detail, '$.digest', 'other') WHERE detail ->> 'digest' IS NOT NULL",
    )
    expect(problemsOf(other)).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining('not by the key it names') }),
    )
  })
})

describe('the key', () => {
  it('is its owner’s alone, made once, and missed by nobody when it is gone', () => {
    const dir = makeArchive()
    const path = join(dir, KEY_NAME)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    expect(() => makeSigningKey(dir)).toThrow('there already')
    chmodSync(path, 0o644)
    expect(problemsOf(dir)).toMatchObject([{ where: KEY_NAME }])
    rmSync(path)
    expect(problemsOf(dir)).toEqual([])
  })

  it('that signs nothing stops whoever would write before anything is done, and is named', () => {
    const dir = makeArchive()
    writeFileSync(join(dir, KEY_NAME), '')
    expect(problemsOf(dir)).toMatchObject([{ where: KEY_NAME, what: expect.stringContaining('is no private key') }])
    const writer = openArchiveWriter(dir, makeOptions('2026-06-04T05:06:07.000Z'))
    expect(() => writer.beginRun({ command: 'add', options: {} })).toThrow(IntegrityError)
    writer.close()
    rmSync(join(dir, KEY_NAME))
    expect(problemsOf(dir)).toEqual([])
  })
})
