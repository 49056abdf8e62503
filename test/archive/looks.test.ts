// The law of looks: a page that is looked at for years and says the same costs its own rows and no more. Findings name
// its first and its last look, nothing of it is unrolled again, and all of it is as if it had been read at once.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storeNews, storePending } from '../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../src/pipeline/redact.ts'
import { problemsOf } from './problems.ts'
import { differingTables, digestTables, NOT_FROM_WARC } from './rows.ts'
import { makeCapture, makeFolder, makeOptions } from './samples.ts'

const SECRET = 'quicksilver'
const signal = new AbortController().signal
const LATER = '2026-06-01T00:00:00.000Z'

/** A thread of three, of which the second holds the word that has to go. */
function linesOf(changed = ''): string {
  const texts = ['The lamp room before dawn', `The ${SECRET} was spilt there${changed}`, 'And was never found']
  const line = (text: string, at: number) => ({
    ...{ id: `s${at + 1}`, platform: 'sample', author: 'keeper', createdAt: `2026-01-02T03:04:0${at}.000Z` },
    text: `${at + 1}/3 ${text}`,
  })
  return texts.map((text, at) => JSON.stringify(line(text, at))).join('\n')
}

/** Ten posts, and one more a day, each by somebody else. */
function growing(day: number): string {
  const line = (_: unknown, at: number) =>
    JSON.stringify({ id: `g${at + 1}`, platform: 'sample', author: `keeper${at}`, text: `Answer number ${at} of them` })
  return Array.from({ length: 10 + day }, line).join('\n')
}

/** How many posts all looks showed. */
const SHOWN = `
  SELECT count(*) FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
  JOIN sightings AS s ON s.reading_key = e.reading_key`

/** The page as it was on a day of January; `blanks` make other bytes of it that say the same. */
function look(day: number, blanks: number, text = linesOf()): Capture {
  return makeCapture(`${text}${'\n'.repeat(blanks)}`, {
    ...{ mediaType: 'application/jsonl', headers: [] },
    capturedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  })
}

/** Stores each look as a crawl does. Gives how many extractions were unrolled after each, and ids of the captures. */
function addLooks(dir: string, captures: readonly Capture[]) {
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'crawl', options: {} })
  const added = captures.map((capture) => {
    const { id } = writer.appendCapture(capture, run)
    const { extraction, adapter } = readCapture(capture)
    writer.storeExtraction(id, extraction, adapter)
    writer.storeRepeats()
    const unrolled = writer.readNeighbourhood().extractions.length
    storePending(writer)
    return { id, unrolled }
  })
  writer.close()
  return { unrolled: added.map((one) => one.unrolled), ids: added.map(({ id }) => id) }
}

function query(dir: string, sql: string): readonly unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare(sql).raw().all()
  db.close()
  return rows.map((row) => (row as unknown[]).join(' '))
}

const namedLooks = (dir: string) =>
  query(dir, 'SELECT DISTINCT date(captured_at) FROM post_places WHERE rank IS NOT NULL ORDER BY captured_at')

/** How often each post is said to have been seen on each day. */
const allLooks = (dir: string) =>
  query(dir, 'SELECT post_id, date(captured_at), count(*) FROM post_places GROUP BY 1, 2 ORDER BY 1, 2')

async function expectAsRebuilt(dir: string): Promise<void> {
  expect(problemsOf(dir)).toEqual([])
  const before = digestTables(join(dir, 'archive.sqlite'), NOT_FROM_WARC)
  await rebuildArchive(dir, { ...makeOptions(LATER), signal })
  expect(differingTables(digestTables(join(dir, 'archive.sqlite'), NOT_FROM_WARC), before)).toEqual([])
}

it.each([
  ['the same bytes', [0, 0, 0, 0, 0]],
  ['other bytes each time', [0, 1, 2, 3, 4]],
])('unrolls a page that says the same twice, and names its first and last look: %s', async (_, blanks) => {
  const dir = makeFolder()
  const { unrolled } = addLooks(
    dir,
    blanks.map((count, at) => look(at + 1, count)),
  )
  expect(unrolled).toEqual([1, 2, 0, 0, 0])
  expect(namedLooks(dir)).toEqual(['2026-01-01', '2026-01-05'])
  expect(query(dir, 'SELECT sightings, date(last_seen_at) FROM post_history')).toEqual(Array(3).fill('5 2026-01-05'))
  const each = ['s1', 's2', 's3'].flatMap((id) => [1, 2, 3, 4, 5].map((day) => `sample:${id} 2026-01-0${day} 1`))
  expect(allLooks(dir)).toEqual(each)
  await expectAsRebuilt(dir)
})

it('unrolls a look that is new or that words between make matter', async () => {
  const dir = makeFolder()
  const changed = linesOf(', all of it')
  const { unrolled } = addLooks(dir, [look(1, 0), look(2, 1), look(3, 0, changed), look(4, 2), look(5, 3), look(6, 4)])
  expect(unrolled).toEqual([1, 2, 3, 3, 0, 0])
  expect(namedLooks(dir)).toEqual(['2026-01-01', '2026-01-03', '2026-01-06'])
  await expectAsRebuilt(dir)
})

it('reads of a page that changes with each look what is on it and what each look told first or last', async () => {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'crawl', options: {} })
  const unrolled = Array.from({ length: 20 }, (_, day) => {
    addOne(writer, run, look(day + 1, 0, growing(day)))
    const posts = writer.readNeighbourhood().extractions.reduce((sum, one) => sum + one.posts.length, 0)
    storePending(writer)
    return posts
  })
  writer.close()
  // What is on the page, and of each post the first look and the last until then.
  for (const [day, posts] of unrolled.entries()) expect(posts, `day ${day + 1}`).toBeLessThanOrEqual(3 * (10 + day))
  expect(
    query(dir, 'SELECT max(sources) FROM (SELECT count(*) AS sources FROM post_sources GROUP BY post_key)'),
  ).toEqual(['2'])
  expect(query(dir, 'SELECT count(*) FROM post_places')).toEqual(query(dir, SHOWN))
  await expectAsRebuilt(dir)
})

it('reads no more back than the first and the last of looks that wait together', async () => {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'crawl', options: {} })
  for (let day = 1; day <= 9; day++) addOne(writer, run, look(day, day))
  expect(writer.readNeighbourhood().extractions).toHaveLength(2)
  storeNews(writer)
  writer.close()
  const reader = openArchiveReader(dir)
  expect(reader.readEverything().extractions).toHaveLength(2)
  expect([...reader.extractionsUntil('2026-01-05T00:00:00.000Z')].map(dayOf)).toEqual(['01', '05'])
  reader.close()
  await expectAsRebuilt(dir)
})

it('says of posts cut out of a text in which looks they were', async () => {
  const dir = makeFolder()
  const note = (day: number) =>
    makeCapture('1/ The lamp room before dawn\n\n2/ The wick was trimmed\n\n3/ And nobody came /END', {
      ...{
        mediaType: 'text/plain',
        headers: [],
        url: null,
        finalUrl: null,
        input: 'note.txt',
        method: 'file' as const,
      },
      capturedAt: `2026-01-0${day}T00:00:00.000Z`,
    })
  addLooks(dir, [note(1), note(2), note(3), note(4)])
  expect(query(dir, 'SELECT count(DISTINCT post_id), count(*) FROM post_places')).toEqual(['3 12'])
  expect(namedLooks(dir)).toEqual(['2026-01-01', '2026-01-04'])
  await expectAsRebuilt(dir)
})

it('takes a post out of every look, also of those that no finding names', async () => {
  const dir = makeFolder()
  addLooks(dir, [look(1, 0), look(2, 1), look(3, 2), look(4, 3)])
  await redactFromArchive(dir, 'sample:s2', 'asked for', makeOptions(LATER))
  for (const name of readdirSync(join(dir, 'warc')))
    expect(gunzipSync(readFileSync(join(dir, 'warc', name))).includes(SECRET), name).toBe(false)
  expect(readFileSync(join(dir, 'archive.sqlite')).includes(SECRET)).toBe(false)
  await expectAsRebuilt(dir)
})

it.each([0, 1, 3])('names the looks that are left when one of them is taken out: %d', async (at) => {
  const dir = makeFolder()
  const { ids } = addLooks(dir, [look(1, 0), look(2, 1), look(3, 2), look(4, 3)])
  await redactFromArchive(dir, ids[at]!, 'asked for', makeOptions(LATER))
  expect(namedLooks(dir)).toEqual([at === 0 ? '2026-01-02' : '2026-01-01', at === 3 ? '2026-01-03' : '2026-01-04'])
  await expectAsRebuilt(dir)
})

it.each([0, 1, 3])('names the looks that are left when one of them is read otherwise: %d', (at) => {
  const dir = makeFolder()
  const { ids } = addLooks(dir, [look(1, 0), look(2, 1), look(3, 2), look(4, 3)])
  const writer = openArchiveWriter(dir, makeOptions(LATER))
  const { extraction, adapter } = readCapture(look(at + 1, at))
  writer.storeExtraction(ids[at]!, { ...extraction, posts: extraction.posts.slice(1) }, { ...adapter!, version: 99 })
  storeNews(writer)
  writer.close()
  const ranked = "SELECT date(captured_at) FROM post_places WHERE rank IS NOT NULL AND post_id = 'sample:s1'"
  const first = query(dir, `${ranked} ORDER BY captured_at`)
  expect(first).toEqual([at === 0 ? '2026-01-02' : '2026-01-01', at === 3 ? '2026-01-03' : '2026-01-04'])
  expect(problemsOf(dir)).toEqual([])
})

function addOne(writer: ArchiveWriter, run: string, capture: Capture): void {
  const { extraction, adapter } = readCapture(capture)
  writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, adapter)
}

function dayOf({ posts }: { readonly posts: readonly { readonly provenance: { capturedAt: string | null } }[] }) {
  return posts[0]?.provenance.capturedAt?.slice(8, 10)
}
