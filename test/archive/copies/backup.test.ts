// A backup stands alone, copies only what is new, never replaces good files by others, and proves itself.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { MANIFEST_NAME, UNFINISHED_NAME } from '../../../src/archive/copies/manifest.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { verifyArchive } from '../../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { digestOf } from '../../../src/fixity.ts'
import { problemsOf } from '../problems.ts'
import { addPage, makeCapture, makeFolder, makeOptions } from '../samples.ts'

function addRun(dir: string, texts: readonly string[], start: string): void {
  const writer = openArchiveWriter(dir, makeOptions(start))
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const text of texts) addPage(writer, run, makeCapture(text), [1, 2])
  writer.close()
}

function makeArchive(): { readonly dir: string; readonly target: string } {
  const dir = makeFolder()
  addRun(dir, ['first page', 'second page'], '2026-03-04T05:06:07.000Z')
  return { dir, target: join(makeFolder(), 'deep', 'backup') }
}

const payloadsOf = (dir: string): readonly string[] => {
  const reader = openArchiveReader(dir)
  const texts = [...reader.captures()].map((row) => Buffer.from(reader.readCapture(row).body).toString())
  reader.close()
  return texts
}

describe('backup', () => {
  it('can be read and verified without the original', async () => {
    const { dir, target } = makeArchive()
    expect(await backupArchive(dir, target)).toMatchObject({ captures: 2, postVersions: 2, known: 0 })
    rmSync(dir, { recursive: true })
    expect(payloadsOf(target)).toEqual(['first page', 'second page'])
    const signal = new AbortController().signal
    const before = readdirSync(target).sort()
    expect(await verifyArchive(target, { ...makeOptions(), signal })).toMatchObject({
      ...{ problems: [], captures: 2, postVersions: 2, recorded: false },
    })
    expect(readdirSync(target).sort()).toEqual(before)
  })

  it('lists every file with its hash as sha256sum prints it', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    const lines = readFileSync(join(target, MANIFEST_NAME), 'utf8').trim().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines)
      expect(`sha256:${line.slice(0, 64)}`).toBe(digestOf(readFileSync(join(target, line.slice(66)))))
  })

  it('copies only what is new, and the same again when nothing is', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    const [first = ''] = readdirSync(join(target, 'warc'))
    const inode = statSync(join(target, 'warc', first)).ino
    const manifest = readFileSync(join(target, MANIFEST_NAME), 'utf8')
    expect(await backupArchive(dir, target)).toMatchObject({ copied: [], known: 1 })
    expect(readFileSync(join(target, MANIFEST_NAME), 'utf8')).toBe(manifest)
    addRun(dir, ['third page'], '2026-04-04T05:06:07.000Z')
    expect(await backupArchive(dir, target)).toMatchObject({ captures: 3, known: 1, copied: [expect.any(String)] })
    expect(statSync(join(target, 'warc', first)).ino).toBe(inode)
    expect(problemsOf(target)).toEqual([])
  })

  it('takes what was acknowledged while another command writes, and the rest next time', async () => {
    const { dir, target } = makeArchive()
    const writer = openArchiveWriter(dir, makeOptions('2026-05-04T05:06:07.000Z'))
    const run = writer.beginRun({ command: 'crawl', options: {} })
    addPage(writer, run, makeCapture('third page'), [1])
    await backupArchive(dir, target)
    expect(payloadsOf(target)).toHaveLength(3)
    expect(problemsOf(target)).toEqual([])
    addPage(writer, run, makeCapture('fourth page'), [1])
    writer.close()
    await backupArchive(dir, target)
    expect(payloadsOf(target)).toHaveLength(4)
    expect(problemsOf(target)).toEqual([])
  })

  it('leaves out the file of a run that was killed before its first record, and goes on when that is gone', async () => {
    const { dir, target } = makeArchive()
    const name = '20260401050607000-0a1b2c3d.warc.gz'
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    db.prepare('INSERT INTO warc_files (name) VALUES (?)').run(name)
    db.close()
    writeFileSync(join(dir, 'warc', name), '')
    await backupArchive(dir, target)
    expect(readdirSync(join(target, 'warc'))).not.toContain(name)
    expect(problemsOf(target)).toEqual([])
    addRun(dir, ['third page'], '2026-05-04T05:06:07.000Z')
    expect(readdirSync(join(dir, 'warc'))).not.toContain(name)
    await backupArchive(dir, target)
    expect(payloadsOf(target)).toHaveLength(3)
    expect(problemsOf(target)).toEqual([])
  })

  it('begins again after it was killed in the middle', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    addRun(dir, ['third page'], '2026-04-04T05:06:07.000Z')
    const [, second = ''] = readdirSync(join(dir, 'warc')).sort()
    writeFileSync(join(target, 'archive.sqlite.part'), 'half of a database')
    writeFileSync(join(target, 'warc', `${second}.part`), 'half of a file')
    expect(payloadsOf(target)).toHaveLength(2)
    await backupArchive(dir, target)
    expect(payloadsOf(target)).toHaveLength(3)
    expect(readdirSync(target)).not.toContain('archive.sqlite.part')
    expect(existsSync(join(target, 'warc', `${second}.part`))).toBe(false)
  })

  it('says that it is not finished, is no archive until then, and is finished by the next', async () => {
    const { dir, target } = makeArchive()
    const [file = ''] = readdirSync(join(dir, 'warc'))
    // A folder in the place of a file stops it in the middle.
    mkdirSync(join(target, 'warc', `${file}.part`), { recursive: true })
    await expect(backupArchive(dir, target)).rejects.toThrow()
    expect(problemsOf(target)).toMatchObject([
      { where: UNFINISHED_NAME, what: expect.stringContaining('not finished') },
    ])
    expect(() => openArchiveWriter(target, makeOptions())).toThrow(/backup that was not finished/)
    rmSync(join(target, 'warc', `${file}.part`), { recursive: true })
    await backupArchive(dir, target)
    expect(readdirSync(target)).not.toContain(UNFINISHED_NAME)
    expect(problemsOf(target)).toEqual([])
    addRun(dir, ['third page'], '2026-04-04T05:06:07.000Z')
    const [, second = ''] = readdirSync(join(dir, 'warc')).sort()
    mkdirSync(join(target, 'warc', `${second}.part`))
    await expect(backupArchive(dir, target)).rejects.toThrow()
    expect(problemsOf(target)).toMatchObject([{ where: UNFINISHED_NAME }])
  })

  it('overwrites nothing when a file that never changes is another one', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    const [name = ''] = readdirSync(join(dir, 'warc'))
    const good = readFileSync(join(target, 'warc', name))
    const bad = Buffer.from(good)
    bad[500]! ^= 4
    await new Promise((resolve) => setTimeout(resolve, 10))
    writeFileSync(join(dir, 'warc', name), bad)
    await expect(backupArchive(dir, target)).rejects.toThrow(expect.objectContaining({ name: 'IntegrityError' }))
    expect(readFileSync(join(target, 'warc', name)).equals(good)).toBe(true)
    expect(problemsOf(target)).toEqual([])
    expect(existsSync(join(target, UNFINISHED_NAME))).toBe(false)
  })

  it('copies again what was cut short on the disk of the backup, though its time is the same', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    const [name = ''] = readdirSync(join(dir, 'warc'))
    const { atime, mtime, size } = statSync(join(dir, 'warc', name))
    truncateSync(join(target, 'warc', name), size - 100)
    utimesSync(join(target, 'warc', name), atime, mtime)
    expect(await backupArchive(dir, target)).toMatchObject({ copied: [`warc/${name}`], known: 0 })
    expect(problemsOf(target)).toEqual([])
  })

  it('comes to its end while another program writes without a pause', async () => {
    const { dir, target } = makeArchive()
    const other = new SqliteDatabase(join(dir, 'archive.sqlite'))
    const note = other.prepare('INSERT INTO host_manners (host) VALUES (?)')
    let [written, isDone] = [0, false]
    const write = (): void => {
      if (isDone || written === 5_000) return
      note.run(`host-${written++}.example`)
      setImmediate(write)
    }
    write()
    await backupArchive(dir, target)
    isDone = true
    other.close()
    expect(written).toBeLessThan(5_000)
    expect(problemsOf(target)).toEqual([])
  })

  it('does not mix two archives', async () => {
    const { dir, target } = makeArchive()
    addRun(target, ['another page'], '2026-05-04T05:06:07.000Z')
    await expect(backupArchive(dir, target)).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }))
    expect(payloadsOf(target)).toEqual(['another page'])
  })

  it('overwrites nothing of a folder that holds something else', async () => {
    const { dir } = makeArchive()
    writeFileSync(join(dir, 'README.md'), 'of the archive')
    const target = makeFolder()
    writeFileSync(join(target, 'README.md'), 'of something else')
    await expect(backupArchive(dir, target)).rejects.toThrow(/holds README\.md and is no backup; name a folder/)
    expect(readdirSync(target)).toEqual(['README.md'])
    const disk = makeFolder()
    mkdirSync(join(disk, 'lost+found'))
    expect(await backupArchive(dir, disk)).toMatchObject({ captures: 2 })
    expect(await backupArchive(dir, disk)).toMatchObject({ copied: [] })
  })

  it('is found out when a file of it changes', async () => {
    const { dir, target } = makeArchive()
    await backupArchive(dir, target)
    appendFileSync(join(target, 'archive.sqlite'), 'x')
    expect(problemsOf(target)).toMatchObject([{ where: 'archive.sqlite', what: expect.stringContaining('manifest') }])
  })
})
