// Verify finds what is not as it was written: in the WARC files, in the rows, and between the two.
import { appendFileSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import type { Problem } from '../../../src/archive/verify/checked.ts'
import { shareOfDay, type VerifyScope } from '../../../src/archive/verify/scope.ts'
import { checkArchive, verifyArchive } from '../../../src/archive/verify/verify.ts'
import { isDamage, scanWarc } from '../../../src/archive/warc/scan.ts'
import { encodeRecord } from '../../../src/archive/warc/warc.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { addPage, makeCapture, makeFolder, makeOptions } from '../samples.ts'

interface Made {
  readonly dir: string
  readonly warc: string
  readonly database: string
}

function makeArchive(): Made {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const text of ['first page', 'second page', 'third page']) addPage(writer, run, makeCapture(text), [1, 2])
  addPage(writer, run, makeCapture('first page', { capturedAt: '2026-05-05T00:00:00.000Z' }), [1, 2])
  writer.close()
  return { dir, warc: join(dir, 'warc', `${run}.warc.gz`), database: join(dir, 'archive.sqlite') }
}

function openRun(dir: string, start: string): void {
  const writer = openArchiveWriter(dir, makeOptions(start))
  addPage(writer, writer.beginRun({ command: 'add', options: {} }), makeCapture(`page of ${start}`), [3])
  writer.close()
}

function problemsOf(dir: string, scope?: VerifyScope): Problem[] {
  return [...checkArchive(dir, scope)].flatMap((checked) => ('ok' in checked ? [] : [checked]))
}

/** Changes rows behind the back of the triggers, as damage does. */
function damage({ database }: Made, sql: string): void {
  const db = new SqliteDatabase(database)
  db.pragma('foreign_keys = OFF')
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 4
  writeFileSync(path, bytes)
}

describe('verify', () => {
  it('finds nothing in what was just written, and notes that it looked', async () => {
    const { dir } = makeArchive()
    const signal = new AbortController().signal
    const report = await verifyArchive(dir, { ...makeOptions('2026-06-01T00:00:00.000Z'), signal })
    expect(report).toMatchObject({ problems: [], captures: 4, postVersions: 2, recorded: true })
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const event = db
      .prepare("SELECT outcome, detail ->> 'captures' AS captures FROM events WHERE type = 'fixity check'")
      .all()
    expect(event).toEqual([{ outcome: 'success', captures: 4 }])
    db.close()
    expect(problemsOf(dir)).toEqual([])
  })

  it('says of damage the same as often as it is asked', async () => {
    const made = makeArchive()
    const signal = new AbortController().signal
    damage(made, "UPDATE post_versions SET text = replace(text, 'oil', 'ail')")
    const look = async (day: number) =>
      (await verifyArchive(made.dir, { ...makeOptions(`2026-06-0${day}T00:00:00.000Z`), signal })).problems
    const first = await look(1)
    expect(first).not.toEqual([])
    expect(await look(2)).toEqual(first)
    expect(await look(3)).toEqual(first)
  })

  it('hashes each payload: a record that was packed anew with another one is no record of its capture', () => {
    const { dir, warc } = makeArchive()
    const old = [...scanWarc(warc)].find(
      (one) => !isDamage(one) && Buffer.from(one.record.block).includes('second page'),
    )
    if (old === undefined || isDamage(old)) throw new Error('the record is not there')
    // As long as before, so that every place in the index is right: of many other words some pack as well.
    const forged = Array.from('abcdefghijklmnopqrstuvwxyz', (one) => [`${one}econd`, `s${one}cond`, `sec${one}nd`])
      .flat()
      .filter((word) => word !== 'second')
      .map((word) => Buffer.from(Buffer.from(old.record.block).toString('latin1').replace('second', word), 'latin1'))
      .map((block) => encodeRecord({ ...old.record, block }))
      .find(({ length }) => length === old.length)
    expect(forged).toBeDefined()
    const bytes = readFileSync(warc)
    forged?.copy(bytes, old.offset)
    writeFileSync(warc, bytes)
    expect(problemsOf(dir)).toMatchObject([
      { what: expect.stringMatching(/^the payload of the capture .* is not sha256:/) },
    ])
  })

  it('sees everything once in so many days, another share each day', () => {
    const made = makeArchive()
    for (const month of ['04', '05', '06']) openRun(made.dir, `2026-${month}-04T05:06:07.000Z`)
    damage(
      made,
      "UPDATE post_versions SET text = replace(text, 'oil', 'ail'); UPDATE captures SET status = 404 WHERE key > 3",
    )
    const all = problemsOf(made.dir)
    const days = [0, 1, 2, 3].map((day) => shareOfDay(new Date(Date.UTC(2026, 1, day + 1)), 4))
    const found = days.map((share) => problemsOf(made.dir, { since: null, share }).map(({ where }) => where))
    expect(days.map(({ part }) => part).sort()).toEqual([0, 1, 2, 3])
    expect(found.flat().sort()).toEqual(all.map(({ where }) => where).sort())
    expect(found.filter((list) => list.length > 0).length).toBeGreaterThan(1)
  })

  it('misses a run that was taken out whole, or whose capture was, by what the next run says of it', () => {
    const made = makeArchive()
    openRun(made.dir, '2026-05-04T05:06:07.000Z')
    openRun(made.dir, '2026-06-04T05:06:07.000Z')
    expect(problemsOf(made.dir)).toEqual([])
    const [, second = ''] = readdirSync(join(made.dir, 'warc')).sort()
    const id = second.slice(0, -'.warc.gz'.length)
    damage(
      made,
      'DELETE FROM unrolled_extractions WHERE extraction_key = 5; DELETE FROM captures WHERE url IS NOT NULL AND run_key = 2 AND key = 5; DELETE FROM extractions WHERE capture_key = 5; DELETE FROM sightings WHERE reading_key = 5',
    )
    expect(problemsOf(made.dir).map(({ what }) => what)).toContainEqual(
      expect.stringContaining(`${id}, is not what it was`),
    )
    rmSync(join(made.dir, 'warc', second))
    damage(
      made,
      'DELETE FROM events WHERE run_key = 2; DELETE FROM runs WHERE key = 2; DELETE FROM warc_files WHERE key = 2',
    )
    expect(problemsOf(made.dir)).toMatchObject([{ what: `the run before it, ${id}, is not here` }])
  })

  it('finds an address that is sought for pages that do not name it', () => {
    const made = makeArchive()
    damage(made, "INSERT INTO further_pages VALUES ('http://elsewhere.example/', 1)")
    expect(problemsOf(made.dir)).toMatchObject([
      { where: 'further_pages', what: expect.stringContaining('http://elsewhere.example/') },
    ])
  })

  it('finds a name said to be seen when no page shows it', () => {
    const made = makeArchive()
    damage(made, "UPDATE names_seen SET last_seen_at = '2030-01-01T00:00:00.000Z'")
    expect(problemsOf(made.dir)).toContainEqual(expect.objectContaining({ where: 'names_seen' }))
  })

  it('looks only at what was written since a date', () => {
    const made = makeArchive()
    openRun(made.dir, '2026-05-04T05:06:07.000Z')
    damage(made, 'UPDATE captures SET status = 404')
    expect(problemsOf(made.dir)).toHaveLength(5)
    expect(problemsOf(made.dir, { since: '2026-05-01T00:00:00.000Z', share: null })).toHaveLength(1)
    expect(problemsOf(made.dir, { since: '2026-06-01T00:00:00.000Z', share: null })).toEqual([])
  })

  it('looks at nothing that somebody put in the place of a table: it may have no end', () => {
    const endless = 'WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT t.* FROM mine AS t, c'
    const views = {
      captures: `ALTER TABLE captures RENAME TO mine; CREATE VIEW captures AS ${endless}`,
      post_versions: `ALTER TABLE post_versions RENAME TO mine; CREATE VIEW post_versions AS ${endless}`,
      posts_fts: 'DROP TABLE posts_fts; CREATE TABLE posts_fts (posts_fts, rank)',
    }
    for (const [name, sql] of Object.entries(views)) {
      const made = makeArchive()
      const db = new SqliteDatabase(made.database)
      db.pragma('legacy_alter_table = ON')
      db.exec(sql)
      db.close()
      const found = problemsOf(made.dir)
      expect(found).toContainEqual({ where: `schema of ${name}`, what: 'is not what this version makes' })
      expect(found.at(-1)?.what).toContain('unspool rebuild')
    }
  })

  it('holds the full-text index against the words of the posts', () => {
    const made = makeArchive()
    damage(made, "INSERT INTO posts_fts (rowid, title, text) VALUES (7, NULL, 'stray')")
    expect(problemsOf(made.dir)).toMatchObject([{ where: 'posts_fts' }])
  })

  it('stops when it is told to', async () => {
    const { dir } = makeArchive()
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(verifyArchive(dir, { ...makeOptions(), signal })).rejects.toThrow('enough')
  })

  it('looks although another command writes, and says that it could not note it', async () => {
    const { dir } = makeArchive()
    const writer = openArchiveWriter(dir, makeOptions('2026-06-01T00:00:00.000Z'))
    addPage(writer, writer.beginRun({ command: 'add', options: {} }), makeCapture('just now'), [1])
    const signal = new AbortController().signal
    expect(await verifyArchive(dir, { ...makeOptions(), signal })).toMatchObject({
      problems: [],
      captures: 5,
      recorded: false,
    })
    writer.close()
  })

  it('names a flipped bit anywhere in the WARC, or the bit means nothing', () => {
    const { dir, warc } = makeArchive()
    const good = readFileSync(warc)
    let missed = 0
    for (let at = 3; at < good.length; at += 41) {
      flip(warc, at)
      if (problemsOf(dir).length === 0) missed++
      writeFileSync(warc, good)
    }
    expect(missed).toBeLessThanOrEqual(1)
    const first = [...openAndClose(dir)][0]!
    flip(warc, first.warc.offset + 300)
    const [problem] = problemsOf(dir)
    expect(problem?.where).toBe(`warc/${first.warc.file} at byte ${first.warc.offset}`)
    expect(problem?.what).toContain(first.id)
  })

  it('never serves a damaged payload', () => {
    const { dir, warc } = makeArchive()
    const rows = openAndClose(dir)
    flip(warc, rows[0]!.warc.offset + 300)
    const reader = openArchiveReader(dir)
    // The fourth is a revisit of the first.
    for (const index of [0, 3])
      expect(() => reader.readCapture(rows[index]!)).toThrow(expect.objectContaining({ name: 'IntegrityError' }))
    expect(Buffer.from(reader.readCapture(rows[1]!).body).toString()).toBe('second page')
    reader.close()
  })

  const rows: [name: string, sql: string, where: RegExp][] = [
    ['the text of a post', "UPDATE post_versions SET text = replace(text, 'oil', 'ail')", /post_versions row 1/],
    ['the author of a post', "UPDATE bylines SET handle = 'other'", /post_versions row 1/],
    ['the id of a post', "UPDATE post_versions SET post_id = 'x:1' WHERE key = 1", /post_versions row 1/],
    [
      'JSON that is broken',
      "PRAGMA ignore_check_constraints = ON; UPDATE post_versions SET detail = '{' WHERE key = 1",
      /post_versions row 1|archive.sqlite/,
    ],
    ['the place of a sighting', "UPDATE sightings SET selector = '#p9' WHERE key = 1", /readings row 1/],
    ['a sighting that is gone', 'DELETE FROM sightings WHERE key = 2', /readings row 1/],
    ['what a page declares', `UPDATE readings SET declared = '{"title":"B"}' WHERE key = 1`, /readings row 1/],
    ['the URL of a capture', "UPDATE captures SET final_url = 'http://elsewhere.example/' WHERE key = 1", /^warc\//],
    [
      'headers of a capture that are no JSON any more',
      "PRAGMA ignore_check_constraints = ON; UPDATE captures SET headers = '[[' WHERE key = 1",
      /./,
    ],
    ['the digest of a capture', "UPDATE captures SET digest = 'sha256:00' WHERE key = 2", /^warc\//],
    ['which payload a revisit means', 'UPDATE captures SET payload_key = 2 WHERE key = 4', /^warc\//],
    ['where a record lies', 'UPDATE captures SET warc_offset = warc_offset + 1 WHERE key = 2', /^warc\//],
    ['the command of a run', "UPDATE runs SET command = 'rm'", /^warc\//],
    ['what an event says', "UPDATE events SET outcome = 'failure'", /^warc\//],
    [
      'the detail of an event, to no JSON,',
      'PRAGMA ignore_check_constraints = ON; UPDATE events SET detail = \'{"files":\'',
      /^warc\//,
    ],
    ['a row without its record', 'DELETE FROM events', /^warc\//],
    ['a reference to nothing', 'UPDATE captures SET run_key = 99 WHERE key = 1', /captures row 1|^warc\//],
  ]
  it.each(rows)('finds %s changed', (_name, sql, where) => {
    const made = makeArchive()
    damage(made, sql)
    const problems = problemsOf(made.dir)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]?.where).toMatch(where)
  })

  it('is what reading asks for when a row cannot be read', () => {
    const made = makeArchive()
    damage(made, "PRAGMA ignore_check_constraints = ON; UPDATE post_versions SET detail = '{'")
    const reader = openArchiveReader(made.dir)
    const damaged = expect.objectContaining({
      name: 'IntegrityError',
      message: expect.stringContaining('unspool verify'),
    })
    expect(() => [...reader.allExtractions()]).toThrow(damaged)
    expect(() => reader.readNeighbourhood()).toThrow(damaged)
    reader.close()
  })

  it('finds a WARC file gone, grown, cut or foreign', () => {
    const { dir, warc } = makeArchive()
    const good = readFileSync(warc)
    copyFileSync(warc, `${warc}.kept`)
    rmSync(warc)
    expect(problemsOf(dir)).toMatchObject([{ what: expect.stringContaining('gone') }])
    renameSync(`${warc}.kept`, warc)
    appendFileSync(warc, 'x')
    expect(problemsOf(dir)).toMatchObject([
      { what: expect.stringContaining('was closed with') },
      { what: expect.stringContaining('no record begins here') },
    ])
    writeFileSync(warc, good.subarray(0, -5))
    expect(problemsOf(dir).length).toBeGreaterThan(1)
    writeFileSync(warc, good)
    writeFileSync(join(dir, 'warc', 'foreign.warc.gz'), good)
    expect(problemsOf(dir)).toMatchObject([
      { where: 'warc/foreign.warc.gz', what: expect.stringContaining('not in the index') },
    ])
    expect(readdirSync(join(dir, 'warc'))).toHaveLength(2)
  })

  it('finds most flipped bits of the database, where integrity_check finds next to none', () => {
    const { dir, database } = makeArchive()
    const good = readFileSync(database)
    const texts = [...findAll(good, 'northern lighthouse'), ...findAll(good, 'threads.example/1')]
    expect(texts.length).toBeGreaterThan(4)
    for (const at of texts) {
      flip(database, at)
      expect(problemsOf(dir).length, `byte ${at}`).toBeGreaterThan(0)
      writeFileSync(database, good)
    }
  })
})

function openAndClose(dir: string) {
  const reader = openArchiveReader(dir)
  const rows = [...reader.captures()]
  reader.close()
  return rows
}

function findAll(bytes: Buffer, text: string): number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) found.push(at)
  return found
}
