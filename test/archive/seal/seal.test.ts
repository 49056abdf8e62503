// The seal of the database and the hashes of the WARC files: they save looking at every record and row, and never hide
// what that look would find.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { openForReading } from '../../../src/archive/database/database.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { readSeal } from '../../../src/archive/seal/seal.ts'
import type { FileProof } from '../../../src/archive/verify/checked.ts'
import { WHOLE } from '../../../src/archive/verify/scope.ts'
import { checkSeal } from '../../../src/archive/verify/seal.ts'
import { checkArchive, verifyArchive } from '../../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { mergeArchives } from '../../../src/pipeline/merge.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { addPage, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../samples.ts'

const DATABASE = 'archive.sqlite'
const LATER = '2026-06-01T00:00:00.000Z'
const signal = new AbortController().signal

/**
 * Pages of long posts, so that the database has many stretches; the last is short, and the next shares its page of the
 * file.
 */
function makeArchive(pages = 12): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  for (let page = 0; page < pages; page++) {
    const capture = makeCapture(`page ${page}`)
    const text = `The lamp of the tower ${page} is lit. ${'Oil, wick and wax. '.repeat(page === pages - 1 ? 1 : 2000)}`
    const post = makePost(1, capture, { ref: { platform: 'x', id: `9${page}` }, text })
    const { id } = writer.appendCapture(capture, run)
    writer.storeExtraction(id, makeExtraction([post]), { name: 'sample', version: 1 })
  }
  writer.close()
  return dir
}

function addOne(dir: string, start = LATER): void {
  const writer = openArchiveWriter(dir, makeOptions(start))
  addPage(writer, writer.beginRun({ command: 'add', options: {} }), makeCapture(`page of ${start}`), [3])
  writer.close()
}

const verify = (dir: string, start = LATER) => verifyArchive(dir, { ...makeOptions(start), signal })

/** How each file was proven, `problem` when something was found. */
function waysOf(dir: string, isThorough = false): Record<string, FileProof['by'] | 'problem'> {
  const ways: Record<string, FileProof['by'] | 'problem'> = {}
  for (const checked of checkArchive(dir, { ...WHOLE, isThorough })) {
    if (!('ok' in checked)) ways[checked.where] = 'problem'
    else if (checked.ok === 'file') ways[checked.proof.file] = checked.proof.by
  }
  return ways
}

const problemsOf = (dir: string, isThorough = false) =>
  [...checkArchive(dir, { ...WHOLE, isThorough })].filter((checked) => !('ok' in checked))
const warcsOf = (dir: string) => readdirSync(join(dir, 'warc')).map((name) => `warc/${name}`)

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 4
  writeFileSync(path, bytes)
}

function findInDatabase(dir: string, text: string): number {
  const at = readFileSync(join(dir, DATABASE)).indexOf(text)
  expect(at).toBeGreaterThan(0)
  return at
}

describe('a seal', () => {
  it('is left when a writer closes, names every stretch, and follows each run', () => {
    const dir = makeArchive()
    const first = readSeal(join(dir, DATABASE))!
    expect(first.bytes).toBe(statSync(join(dir, DATABASE)).size)
    expect(first.hashes.length).toBe(Math.ceil(first.bytes / 65_536))
    addOne(dir)
    const second = readSeal(join(dir, DATABASE))!
    expect(second.hashes.filter((hash) => first.hashes.includes(hash)).length).toBeGreaterThan(3)
    expect(Object.values(waysOf(dir))).toEqual(['hash', 'hash', 'hash'])
    expect(new Set(Object.values(waysOf(dir, true)))).toEqual(new Set(['records', 'rows']))
  })

  it('is not needed: cut, changed or gone it costs a look at the rows, and is made again', async () => {
    const dir = makeArchive(2)
    const path = join(dir, `${DATABASE}.seal`)
    const good = readFileSync(path)
    for (const hurt of [() => flip(path, 300), () => truncateSync(path, 99), () => writeFileSync(path, '')]) {
      hurt()
      expect(waysOf(dir)[DATABASE]).toBe('rows')
      writeFileSync(path, good)
    }
    writeFileSync(path, '')
    expect(await verify(dir)).toMatchObject({ problems: [], captures: 2 })
    expect(waysOf(dir)[DATABASE]).toBe('hash')
  })

  it('is of the whole file: one that ends with a stretch too early is another', () => {
    const dir = makeArchive()
    const path = join(dir, DATABASE)
    truncateSync(path, 65_536)
    const steps = checkSeal(path)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    expect(step.value).toMatchObject({ isSame: false, why: expect.stringContaining('not what unspool left') })
  })

  it('never covers damage: what the disk did before a run is found after it, wherever the run wrote', () => {
    const dir = makeArchive()
    const good = readFileSync(join(dir, DATABASE))
    let found = 0
    for (let page = 0; page < 12; page++) {
      const copy = makeFolder()
      cpSync(dir, copy, { recursive: true })
      flip(join(copy, DATABASE), good.indexOf(`the tower ${page} is lit`))
      const before = problemsOf(copy, true)
      addOne(copy)
      addOne(copy, '2026-07-01T00:00:00.000Z')
      expect(problemsOf(copy)).toEqual(before)
      found += before.length
    }
    expect(found).toBeGreaterThan(8)
  })

  it('is not built on when another program wrote rows, and says nothing against them', async () => {
    const dir = makeArchive(2)
    const db = new SqliteDatabase(join(dir, DATABASE))
    db.exec('CREATE TABLE my_notes (text TEXT)')
    db.close()
    addOne(dir)
    expect(waysOf(dir)[DATABASE]).toBe('rows')
    const report = await verify(dir)
    expect(report.problems).toEqual([])
    const remark = report.files.find(({ file }) => file === DATABASE)
    expect(remark?.why).not.toBeNull()
    const reader = openForReading(join(dir, DATABASE))
    const noted = reader
      .prepare("SELECT detail ->> '$.remarks[0]' FROM events WHERE type = 'fixity check'")
      .pluck()
      .get()
    expect(JSON.parse(String(noted))).toEqual(remark)
    reader.close()
    expect(waysOf(dir)[DATABASE]).toBe('hash')
  })

  it('is not there while rows wait in the log of a writer that died', () => {
    const dir = makeArchive(2)
    const writer = openArchiveWriter(dir, makeOptions(LATER))
    addPage(writer, writer.beginRun({ command: 'add', options: {} }), makeCapture('one more'), [3])
    const copy = makeFolder()
    cpSync(dir, copy, { recursive: true })
    writer.close()
    expect(waysOf(copy)[DATABASE]).toBe('rows')
    addOne(copy, '2026-07-01T00:00:00.000Z')
    expect(waysOf(copy)[DATABASE]).toBe('rows')
  })

  it('is carried to a backup and made by a rebuild', async () => {
    const dir = makeArchive(3)
    const target = join(makeFolder(), 'backup')
    await backupArchive(dir, target)
    expect(new Set(Object.values(waysOf(target)))).toEqual(new Set(['hash']))
    flip(join(target, DATABASE), findInDatabase(target, 'the tower 1 is lit'))
    expect(problemsOf(target).length).toBe(2)
    await rebuildArchive(dir, { ...makeOptions(LATER), signal })
    expect(new Set(Object.values(waysOf(dir)))).toEqual(new Set(['hash']))
  })

  it('is there after a merge, and the files that came are proven by what their own events tell', async () => {
    const [dir, other] = [makeArchive(2), makeArchive(3)]
    await mergeArchives(dir, [other], { ...makeOptions(LATER), signal })
    const ways = waysOf(dir)
    expect(Object.keys(ways)).toEqual(expect.arrayContaining([...warcsOf(other), DATABASE]))
    expect(new Set(Object.values(ways))).toEqual(new Set(['hash']))
  })

  it('does not vouch for a backup of damaged rows', async () => {
    const dir = makeArchive(3)
    flip(join(dir, DATABASE), findInDatabase(dir, 'the tower 1 is lit'))
    const target = join(makeFolder(), 'backup')
    await backupArchive(dir, target)
    expect(problemsOf(target)).toMatchObject([{ where: 'post_versions row 2' }])
  })

  it('leaves the locks of a connection in place', () => {
    const dir = makeArchive(2)
    const path = join(dir, DATABASE)
    const earlier = openForReading(path)
    earlier.close()
    const db = openForReading(path)
    earlier.close()
    db.prepare('SELECT count(*) FROM captures').get()
    for (const _ of checkSeal(path));
    // A program that closes last removes the log, under the feet of a reader whose locks were lost.
    const script = `const db = new (require('better-sqlite3'))(${JSON.stringify(path)}); db.exec('CREATE TABLE mine (a)'); db.close()`
    expect(spawnSync(process.execPath, ['-e', script]).status).toBe(0)
    expect(existsSync(`${path}-wal`)).toBe(true)
    db.close()
  })
})

describe('the hash of a WARC file', () => {
  it('is told by the event that ends its run, and proves all but that event', () => {
    const dir = makeArchive(3)
    const [warc = ''] = warcsOf(dir)
    expect(waysOf(dir)[warc]).toBe('hash')
    const size = statSync(join(dir, warc)).size
    for (const at of [9, 700, size - 700, size - 20]) {
      flip(join(dir, warc), at)
      expect(waysOf(dir)[warc], `byte ${at}`).not.toBe('hash')
      flip(join(dir, warc), at)
    }
  })

  it('is taken by a verification where a crash left none', async () => {
    const dir = makeArchive(2)
    const writer = openArchiveWriter(dir, makeOptions(LATER))
    addPage(writer, writer.beginRun({ command: 'add', options: {} }), makeCapture('one more'), [3])
    const copy = makeFolder()
    cpSync(dir, copy, { recursive: true })
    writer.close()
    const [, torn = ''] = warcsOf(copy)
    addOne(copy, '2026-07-01T00:00:00.000Z')
    expect(waysOf(copy)[torn]).toBe('records')
    await verify(copy, '2026-08-01T00:00:00.000Z')
    await verify(copy, '2026-08-02T00:00:00.000Z')
    expect(new Set(Object.values(waysOf(copy)))).toEqual(new Set(['hash']))
  })

  it('is another after a redaction: the file as it was before is not taken for good', async () => {
    const dir = makeArchive(3)
    const before = makeFolder()
    cpSync(dir, before, { recursive: true })
    await redactFromArchive(dir, 'x:91', 'asked for by its author', makeOptions(LATER))
    const [warc = ''] = warcsOf(dir)
    expect(waysOf(dir)[warc]).toBe('records')
    await verify(dir, '2026-08-01T00:00:00.000Z')
    expect(waysOf(dir)).toMatchObject({ [warc]: 'hash', [DATABASE]: 'hash' })
    writeFileSync(join(dir, warc), readFileSync(join(before, warc)))
    expect(problemsOf(dir).length).toBeGreaterThan(0)
  })

  it('is not enough when the index is not what it was', () => {
    const dir = makeArchive(3)
    const [warc = ''] = warcsOf(dir)
    const db = new SqliteDatabase(join(dir, DATABASE))
    for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
      db.exec(`DROP TRIGGER ${name}`)
    db.exec("UPDATE captures SET final_url = 'http://elsewhere.example/' WHERE key = 2")
    db.close()
    expect(problemsOf(dir)).toMatchObject([{ where: expect.stringContaining(warc) }])
  })
})
