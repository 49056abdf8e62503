// The law of merging: the same archives in any order, any number of times, killed or not, give the same facts and
// findings.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { contentDigest } from '../../../src/fixity.ts'
import { mergeArchives } from '../../../src/pipeline/merge.ts'
import { readCapture, storePending } from '../../../src/pipeline/pipeline.ts'
import { unspoolHere } from '../../cli/in-process.ts'
import fc, { lawCases } from '../../laws.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const LAW_TIMEOUT_MS = 1_800_000

/** Posts of a few authors, some of them in two versions, some answering others. */
const POOL = Array.from({ length: 12 }, (_, at) => ({
  ...{ platform: 'x', id: String(at >> 1), author: `keeper${at % 3}` },
  text: `${(at >> 1) + 1}/6 The lamp needs ${at % 2 === 0 ? 'oil' : 'wax and a wick'}, says number ${at >> 1}`,
  ...(at > 3 ? { inReplyTo: String((at >> 1) - 1) } : {}),
}))

/** An archive is a list of runs, a run a list of pages, a page a list of posts out of the pool. */
type Plan = readonly (readonly (readonly number[])[])[]
const page = fc.uniqueArray(fc.nat(POOL.length - 1), { minLength: 1, maxLength: 4 })
const plans = fc.array(fc.array(fc.array(page, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }), {
  minLength: 2,
  maxLength: 3,
})

function makeArchive(plan: Plan, day: number): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions(`2026-03-0${day + 1}T05:06:07.000Z`))
  const reader = openArchiveReader(dir)
  for (const [at, pages] of plan.entries()) {
    const run = writer.beginRun({ command: 'add', options: { at } })
    for (const numbers of pages) {
      const text = numbers.map((number) => `${JSON.stringify(POOL[number])}\n`).join('')
      const changes = { mediaType: 'application/jsonl', capturedAt: `2026-03-0${day + 1}T07:0${at}:00.000Z` }
      const row = writer.appendCapture(makeCapture(text, { ...changes, headers: [] }), run)
      const { adapter, extraction } = readCapture(reader.readCapture(row))
      writer.storeExtraction(row.id, extraction, adapter)
      storePending(writer)
    }
    writer.endRun(run)
  }
  reader.close()
  writer.close()
  return dir
}

/** Met by chance: one page said one thing, then another, then the first again. */
const WORDS_THAT_CAME_BACK: [Plan[], number[]] = [[[[[0]]], [[[11]], [[8, 6, 0], [0]]], [[[10]], [[11]]]], []]

/**
 * Met by chance: a page that bears one id twice, with two authors; what the author not shown declares there is not his.
 */
const TWO_AUTHORS: [Plan[], number[]] = [[[[[0]]], [[[3, 7, 6]]]], []]

/** Met by chance: a count that goes from hand to hand, of which the third number came last. */
const COUNT_IN_THREE_HANDS: [Plan[], number[]] = [[[[[4, 2]]], [[[6, 0]]]], []]

/** One page that says the same wherever and whenever it is looked at, and once something else. */
const UNCHANGED: [Plan[], number[]] = [
  [
    [
      [
        [0, 4],
        [0, 4],
      ],
      [[0, 4]],
    ],
    [[[0, 4]], [[1], [0, 4]]],
    [[[0, 4]]],
  ],
  [2, 0],
]

const signal = new AbortController().signal
const merge = (dir: string, others: readonly string[]) =>
  mergeArchives(dir, others, { ...makeOptions('2026-06-01T00:00:00.000Z'), signal })

/** One digest over all rows in an order of their own; keys, times of reading and the merging itself left out. */
function digestOf(dir: string): { readonly rows: number; readonly digest: string } {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = ROWS.map((sql) => db.prepare(sql).all())
  db.close()
  return { rows: rows.flat().length, digest: contentDigest(rows) }
}

function capturesOf(dir: string): readonly unknown[] {
  const reader = openArchiveReader(dir)
  const rows = [...reader.captures()].map(({ id, digest, warc }) => ({ id, digest, warc }))
  reader.close()
  return rows
}

/** The row is there before the first record. */
function noteFile(dir: string, name: string): void {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
  db.prepare('INSERT INTO warc_files (name) VALUES (?)').run(name)
  db.close()
}

/** Of all but the file of the merge itself. */
function namesOfFiles(dir: string): readonly unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const names = db.prepare(FILES_OF_OTHERS).pluck().all()
  db.close()
  return names
}

const FILES_OF_OTHERS = `
  SELECT name FROM warc_files WHERE key NOT IN (SELECT warc_file_key FROM runs WHERE command = 'merge') ORDER BY name`

const ROWS = [
  "SELECT id, command, options, version, started_at FROM runs WHERE command <> 'merge' ORDER BY id",
  `SELECT c.id, c.digest, c.bytes, c.input, c.url, c.captured_at, c.headers, p.id AS payload, r.id AS run, w.name, c.warc_offset
   FROM captures AS c JOIN runs AS r ON r.key = c.run_key JOIN warc_files AS w ON w.key = c.warc_file_key
   LEFT JOIN captures AS p ON p.key = c.payload_key ORDER BY c.id`,
  `SELECT e.id, e.type, e.outcome, e.detail FROM events AS e JOIN runs AS r ON r.key = e.run_key
   WHERE r.command <> 'merge' ORDER BY e.id`,
  'SELECT post_id, sha256, author_handle, text, html, url, detail FROM post_contents ORDER BY post_id, sha256',
  `SELECT c.id, e.adapter, e.sha256 FROM latest_extractions AS e JOIN captures AS c ON c.key = e.capture_key ORDER BY c.id`,
  `SELECT post_id, rank, capture_id, adapter, selector, path, line, end_line, warc_file, warc_offset FROM post_places
   ORDER BY post_id, rank, capture_id`,
  'SELECT id, platform, kind, title, text, html, created_at, url, author_handle FROM post_latest ORDER BY id',
  'SELECT * FROM thread_text',
  'SELECT * FROM thread_latest ORDER BY id',
  'SELECT t.id, g.* , NULL AS thread_key FROM gaps AS g JOIN threads AS t ON t.key = g.thread_key ORDER BY t.id, ordinal',
  'SELECT * FROM comment_tree',
  'SELECT * FROM replies ORDER BY child_id',
  'SELECT p.id, u.homes FROM unplaced AS u JOIN posts AS p ON p.key = u.post_key ORDER BY p.id',
  'SELECT post_id, first_seen_at, last_seen_at, sightings, sha256 FROM post_history ORDER BY post_id, sha256',
]

describe('merge', () => {
  it(
    'gives one outcome for any order, any repetition and any grouping',
    async () => {
      const orders = fc.tuple(plans, fc.array(fc.nat(2), { maxLength: 4 }))
      await fc.assert(
        fc.asyncProperty(orders, async ([made, repeats]) => {
          const archives = made.map(makeArchive)
          const straight = join(makeFolder(), 'a')
          await merge(straight, archives)
          const expected = digestOf(straight)
          const shuffled = join(makeFolder(), 'b')
          for (const at of [...repeats.map((n) => n % archives.length), ...archives.keys()].reverse())
            await merge(shuffled, [archives[at]!])
          expect(digestOf(shuffled)).toEqual(expected)
          await merge(archives[0]!, [straight, ...archives.slice(1)])
          expect(digestOf(archives[0]!)).toEqual(expected)
          expect([...checkArchive(shuffled)].filter((checked) => !('ok' in checked))).toEqual([])
        }),
        {
          numRuns: lawCases(12),
          examples: [[WORDS_THAT_CAME_BACK], [TWO_AUTHORS], [COUNT_IN_THREE_HANDS], [UNCHANGED]],
        },
      )
    },
    LAW_TIMEOUT_MS,
  )

  const two: readonly Plan[] = [
    [[[0, 2, 4], [1]]],
    [
      [
        [6, 8],
        [0, 2, 4],
      ],
      [[3]],
    ],
  ]

  it('writes nothing when nothing is new', async () => {
    const [mine = '', other = ''] = two.map(makeArchive)
    expect(await merge(mine, [other])).toMatchObject({ copied: [expect.any(String), expect.any(String)], read: 3 })
    const files = readdirSync(join(mine, 'warc'))
    expect(await merge(mine, [other])).toMatchObject({ copied: [], read: 0 })
    expect(readdirSync(join(mine, 'warc'))).toEqual(files)
  })

  it.each(['files', 'index', 'read'])('goes on when it was killed after some %s', async (stage) => {
    const [mine = '', other = ''] = two.map(makeArchive)
    const whole = join(makeFolder(), 'whole')
    await merge(whole, [mine, other])
    const [first = '', second = ''] = readdirSync(join(other, 'warc')).sort()
    const copy = (name: string, ending = '') =>
      writeFileSync(join(mine, 'warc', name + ending), readFileSync(join(other, 'warc', name)))
    copy(first)
    if (stage === 'files') copy(second, '.part')
    else openArchiveWriter(mine, makeOptions()).close()
    if (stage === 'read') {
      const writer = openArchiveWriter(mine, makeOptions())
      const reader = openArchiveReader(mine)
      const row = reader.unextracted()[0]!
      const { adapter, extraction } = readCapture(reader.readCapture(row))
      writer.storeExtraction(row.id, extraction, adapter)
      reader.close()
      writer.close()
    }
    await merge(mine, [other])
    expect(digestOf(mine)).toEqual(digestOf(whole))
  })

  it('is told by every command while it is broken off, until it is run again with the same archives', async () => {
    const [mine = '', other = '', third = ''] = [two[0]!, two[1]!, two[1]!].map(makeArchive)
    const stopped = AbortSignal.abort()
    await expect(mergeArchives(mine, [other], { ...makeOptions(), signal: stopped })).rejects.toThrow()
    const told = async () => (await unspoolHere(['list', '--archive', mine])).err
    expect(await told()).toContain(`run \`unspool merge --archive ${mine} ${other}\``)
    await merge(mine, [third])
    expect(await told()).toContain(other)
    await merge(mine, [other])
    expect(await told()).toBe('')
  })

  it('takes a file that a kill left without a record for nothing, wherever it lies', async () => {
    const [mine = '', other = ''] = two.map(makeArchive)
    const whole = join(makeFolder(), 'whole')
    await merge(whole, [mine, other])
    for (const [at, dir] of [mine, other].entries())
      writeFileSync(join(dir, 'warc', `2026030405060700${at}-abcdefgh.warc.gz`), '')
    noteFile(mine, '20260304050607000-abcdefgh.warc.gz')
    await merge(mine, [other])
    expect(namesOfFiles(mine)).toEqual(namesOfFiles(whole))
    expect(readdirSync(join(mine, 'warc')).length).toBe(namesOfFiles(mine).length + 1)
    expect([...checkArchive(mine)].filter((checked) => !('ok' in checked))).toEqual([])
  })

  it('raises an alarm when two files of one name differ, and copies nothing', async () => {
    const [mine = '', other = ''] = two.map(makeArchive)
    const [first = '', second = ''] = readdirSync(join(other, 'warc')).sort()
    const bytes = readFileSync(join(other, 'warc', second))
    bytes[bytes.length - 9]! ^= 1
    writeFileSync(join(mine, 'warc', second), bytes)
    await expect(merge(mine, [other])).rejects.toThrow(expect.objectContaining({ name: 'IntegrityError' }))
    expect(existsSync(join(mine, 'warc', first))).toBe(false)
  })

  it('copies nothing of any archive when one of several differs, and takes the same one twice', async () => {
    const [mine = '', good = '', bad = ''] = [two[0]!, two[1]!, two[1]!].map((plan, day) => makeArchive(plan, day))
    const [name = ''] = readdirSync(join(bad, 'warc')).sort()
    const bytes = readFileSync(join(bad, 'warc', name))
    bytes[bytes.length - 9]! ^= 1
    writeFileSync(join(mine, 'warc', name), bytes)
    const before = readdirSync(join(mine, 'warc'))
    await expect(merge(mine, [good, bad])).rejects.toThrow(expect.objectContaining({ name: 'IntegrityError' }))
    expect(readdirSync(join(mine, 'warc'))).toEqual(before)
    const fresh = makeFolder()
    expect((await merge(fresh, [good, good, bad])).copied).toHaveLength(
      namesOfFiles(good).length + namesOfFiles(bad).length,
    )
  })

  it('takes of a run the whole, and a backup made while it was under way for its beginning', async () => {
    const [dir, copy] = [makeFolder(), join(makeFolder(), 'copy')]
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun({ command: 'crawl', options: {} })
    writer.appendCapture(makeCapture('first page'), run)
    await backupArchive(dir, copy)
    writer.appendCapture(makeCapture('second page'), run)
    writer.close()
    expect((await merge(dir, [copy])).copied).toEqual([])
    for (const others of [
      [copy, dir],
      [dir, copy],
    ]) {
      const fresh = makeFolder()
      await merge(fresh, others)
      expect(capturesOf(fresh)).toEqual(capturesOf(dir))
      expect([...checkArchive(fresh)].filter((checked) => !('ok' in checked))).toEqual([])
    }
    const older = makeFolder()
    await merge(older, [copy])
    await expect(merge(older, [dir])).rejects.toThrow(/only the beginning of/)
  })

  it('needs archives that nobody writes to', async () => {
    const [mine = '', other = ''] = two.map(makeArchive)
    await expect(merge(mine, [makeFolder()])).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }))
    const writer = openArchiveWriter(other, makeOptions())
    await expect(merge(mine, [other])).rejects.toThrow(expect.objectContaining({ name: 'LockedError' }))
    writer.close()
  })

  it('takes in an archive in which no lock can be laid: nobody writes there', async () => {
    const [mine = '', other = ''] = two.map(makeArchive)
    rmSync(join(other, 'archive.lock'), { force: true })
    mkdirSync(join(other, 'archive.lock'))
    const { copied } = await merge(mine, [other])
    expect(copied).toEqual(readdirSync(join(other, 'warc')))
  })
})
