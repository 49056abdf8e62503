// Care of an archive as a person does it: verify a share, back up, merge, recover; each says what it did and by its
// exit code.
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeFolder, unspool, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const post = (id: number) => `${JSON.stringify({ platform: 'x', id: String(id), text: `Post ${id} of the keeper.` })}\n`
const add = (dir: string, id: number) => unspool(['add', '--archive', dir, writeInto(folder, `${id}.jsonl`, post(id))])

describe('care of an archive', () => {
  it('backs up, verifies the backup, and copies only what is new', () => {
    add(archive, 1)
    const target = join(folder, 'backup')
    expect(unspool(['backup', '--archive', archive, target])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 WARC file copied, 0 there before'),
    })
    expect(unspool(['verify', '--archive', target])).toMatchObject({
      code: 0,
      out: expect.stringContaining('as written'),
    })
    const { copied, known } = JSON.parse(unspool(['backup', '--archive', archive, '--json', target]).out)
    expect([copied, known]).toEqual([[], 1])
  })

  it('keeps archive and backup apart: neither into itself, and nothing is written to a backup', () => {
    const target = join(folder, 'backup')
    for (const place of [archive, join(archive, 'copy'), join(archive, '..', 'archive')])
      expect(unspool(['backup', '--archive', archive, place])).toMatchObject({
        code: EXIT_CODES.usage.code,
        err: expect.stringContaining('lies in the archive itself'),
      })
    expect(unspool(['merge', '--archive', archive, archive])).toMatchObject({
      code: EXIT_CODES.usage.code,
      err: expect.stringContaining('is the archive to merge into'),
    })
    expect(unspool(['rebuild', '--archive', target]).code).toBe(EXIT_CODES.usage.code)
    const written = unspool(['add', '--archive', target, writeInto(folder, '9.jsonl', post(9))])
    expect(written).toMatchObject({ code: EXIT_CODES.usage.code, err: expect.stringContaining('is a backup') })
    expect(unspool(['verify', '--archive', target]).code).toBe(0)
    expect(unspool(['verify', '--archive', archive]).code).toBe(0)
  })

  it('verifies a share or what is new, and refuses shares and dates that are none', () => {
    for (const args of [
      ['--sample', '1/30'],
      ['--since', '2020-01-01'],
      ['--sample', '1/2', '--since', '2020-01-01'],
    ])
      expect(unspool(['verify', '--archive', archive, ...args]).code).toBe(0)
    for (const args of [
      ['--sample', '0/3'],
      ['--sample', '1/0'],
      ['--sample', 'x'],
      ['--since', 'yesterday-ish'],
    ])
      expect(unspool(['verify', '--archive', archive, ...args]).code).toBe(EXIT_CODES.usage.code)
  })

  it('merges another archive, and says so when a folder is none', () => {
    const other = join(folder, 'other')
    add(other, 2)
    const ran = unspool(['merge', '--archive', archive, other])
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('1 WARC file taken in, 1 capture read') })
    expect(unspool(['verify', '--archive', archive]).code).toBe(0)
    expect(unspool(['merge', '--archive', archive, join(folder, 'nothing')]).code).toBe(EXIT_CODES.usage.code)
  })

  it.each(['add', 'verify', 'refresh'])('%s ends calmly where a view stands in the place of a table', (command) => {
    const dir = join(folder, `viewed-${command}`)
    const page = writeInto(folder, 'viewed.jsonl', '{"platform":"x","id":"9","text":"The lamp needs oil."}\n')
    unspool(['add', page, '--archive', dir])
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    db.pragma('legacy_alter_table = ON')
    db.exec('ALTER TABLE captures RENAME TO mine; CREATE VIEW captures AS SELECT * FROM mine')
    db.close()
    const more = command === 'add' ? [page] : []
    const ran = unspool([command, ...more, '--archive', dir])
    expect(ran.code).toBe(EXIT_CODES.integrity.code)
    expect(ran.out + ran.err).toMatch(/unspool rebuild/)
  })

  it('says how to go on where the database has other tables than this version makes', () => {
    const other = join(folder, 'unreleased')
    add(other, 5)
    const db = new SqliteDatabase(join(other, 'archive.sqlite'))
    db.exec('DROP TABLE frontier')
    db.close()
    for (const args of [['list'], ['search', 'keeper'], ['add', join(folder, '5.jsonl')], ['refresh']]) {
      const ran = unspool([...args, '--archive', other])
      expect(ran.code).toBe(EXIT_CODES.integrity.code)
      expect(ran.err).toMatch(/other tables .* `unspool rebuild`/)
    }
    expect(unspool(['rebuild', '--archive', other]).code).toBe(0)
    expect(unspool(['list', '--archive', other]).code).toBe(0)
  })

  it('says what stands in the way: an empty database, a lock that is none, a file for a folder', () => {
    const other = join(folder, 'odd')
    add(other, 6)
    const list = ['list', '--archive', other]
    const again = ['add', '--archive', other, join(folder, '6.jsonl')]
    writeFileSync(join(other, 'archive.sqlite'), '')
    for (const args of [list, again])
      expect(unspool(args)).toMatchObject({ code: EXIT_CODES.integrity.code, err: expect.stringContaining('rebuild') })
    writeFileSync(join(other, 'archive.lock'), 'not a database of any kind')
    expect(unspool(['rebuild', '--archive', other]).err).toContain('archive.lock is not what')
    rmSync(join(other, 'archive.lock'))
    expect(unspool(['rebuild', '--archive', other]).code).toBe(0)
    expect(unspool(list).code).toBe(0)
    rmSync(join(other, 'warc'), { recursive: true })
    writeFileSync(join(other, 'warc'), '')
    expect(unspool(again)).toMatchObject({ code: EXIT_CODES.storage.code, err: expect.stringContaining('ENOTDIR') })
  })

  it('recovers what can be read, names the rest, and verifies again', () => {
    const other = join(folder, 'damaged')
    add(other, 3)
    add(other, 4)
    const [name = ''] = readdirSync(join(other, 'warc')).sort()
    const path = join(other, 'warc', name)
    writeFileSync(path, readFileSync(path).subarray(0, -40))
    rmSync(join(other, 'archive.sqlite'))
    const ran = unspool(['recover', '--archive', other])
    expect(ran.code).toBe(EXIT_CODES.partial.code)
    expect(ran.out).toMatch(/2 captures saved[\s\S]*kept in quarantine\//)
    expect(unspool(['verify', '--archive', other]).code).toBe(0)
  })

  it('says once what many looks lost together', () => {
    const other = join(folder, 'lost-payload')
    const page = writeInto(folder, 'page.jsonl', post(7))
    for (let day = 1; day <= 6; day++) {
      utimesSync(page, new Date(`2026-01-0${day}`), new Date(`2026-01-0${day}`))
      unspool(['add', '--archive', other, page])
    }
    const [first = ''] = readdirSync(join(other, 'warc')).sort()
    rmSync(join(other, 'warc', first))
    const { out } = unspool(['recover', '--archive', other])
    expect(out.match(/a revisit of a record/g)).toHaveLength(1)
    expect(out).toMatch(
      /5 places in 5 WARC files, the first warc\/\S+ at byte \d+ \(\d+ bytes\); kept in quarantine, each with/,
    )
    expect(unspool(['verify', '--archive', other]).code).toBe(0)
  })
})
