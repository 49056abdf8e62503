// Refresh: what another version of an adapter or the engine read is read again, nothing else; the report says what
// changed.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storePending } from '../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { refreshArchive } from '../../src/pipeline/refresh.ts'
import { ENGINE_VERSION } from '../../src/unroll/unroll.ts'
import { problemsOf } from '../archive/problems.ts'
import { differingTables, digestTables, NOT_FROM_WARC } from '../archive/rows.ts'
import { makeCapture, makeFolder, makeOptions } from '../archive/samples.ts'
import { unspoolHere } from '../cli/in-process.ts'

const LATER = '2026-06-01T00:00:00.000Z'
const lines = [1, 2, 3].map((n) =>
  JSON.stringify({
    id: `s${n}`,
    platform: 'sample',
    author: 'keeper',
    text: `${n}/3 Oil for the lamp, part ${'abcd'[n]}`,
  }),
)
const FIRST = makeCapture(lines.join('\n'), { mediaType: 'application/jsonl', headers: [] })
const SECOND = makeCapture(JSON.stringify({ id: 't1', platform: 'sample', author: 'other', text: 'Nothing of note' }), {
  ...{ mediaType: 'application/jsonl', headers: [] },
})

/** What an older adapter gave: `read` makes its reading out of today's. */
function makeArchive(read: (text: string) => string, version: number, engine = '1'): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const reader = openArchiveReader(dir)
  const run = writer.beginRun({ command: 'add', options: {} })
  const add = (capture: Capture, as: Capture, adapterVersion: number): void => {
    const row = writer.appendCapture(capture, run)
    const { adapter, extraction } = readCapture(as)
    const posts = extraction.posts.map((post) => ({
      ...post,
      provenance: { ...post.provenance, capture: capture.digest, adapterVersion },
    }))
    writer.storeExtraction(row.id, { ...extraction, posts }, { name: adapter!.name, version: adapterVersion })
  }
  add(FIRST, { ...FIRST, body: new TextEncoder().encode(read(lines.join('\n'))) }, version)
  add(SECOND, SECOND, 1)
  storePending(writer)
  reader.close()
  writer.close()
  if (engine !== '1') change(dir, `UPDATE unrolled_extractions SET engine_version = '${engine}'`)
  return dir
}

function change(dir: string, sql: string): void {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
  db.exec(sql)
  db.close()
}

function query(dir: string, sql: string): readonly unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare(sql).pluck().all()
  db.close()
  return rows
}

const signal = new AbortController().signal
const refresh = (dir: string, dryRun = false, partPosts = 1000) =>
  refreshArchive(dir, { ...makeOptions(LATER), signal, dryRun, partPosts })
const rebuild = (dir: string) => rebuildArchive(dir, { ...makeOptions(LATER), signal })
const oldReader = (text: string) => text.split('\n').slice(0, 2).join('\n').replace('part b', 'part of')

/** A page of two posts for each author and, later, one more of each: all by themselves. */
function makeTimelines(authors: readonly string[]) {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  // Each counts to another total: nobody could carry on the count of somebody else.
  const lineOf = (author: string, n: number) => {
    const text = `${n}/${3 + authors.indexOf(author)} ${author} trims lamp ${'abcd'[n]}`
    return JSON.stringify({ id: `${author}${n}`, platform: 'sample', author, text })
  }
  for (const numbers of [[1, 2], [3]])
    for (const author of authors) {
      const text = numbers.map((n) => lineOf(author, n)).join('\n')
      const capture = makeCapture(text, { mediaType: 'application/jsonl', headers: [] })
      const { adapter, extraction } = readCapture(capture)
      writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, adapter)
    }
  storePending(writer)
  writer.close()
  return { dir, findings: () => digestTables(join(dir, 'archive.sqlite'), NOT_FROM_WARC) }
}

/** Posts that a refresh in parts of so many would unroll first. */
function countFirstPart(dir: string, mostPosts: number): number {
  const writer = openArchiveWriter(dir, makeOptions(LATER))
  const { extractions } = writer.readNeighbourhood(mostPosts, String(ENGINE_VERSION))
  writer.close()
  return extractions.reduce((sum, { posts }) => sum + posts.length, 0)
}

describe('refresh', () => {
  it('reads again what an older adapter read, and tells posts that are new or changed', async () => {
    const dir = makeArchive(oldReader, 0)
    const { captures, engine, findings } = await refresh(dir)
    expect(captures).toMatchObject([
      { from: 'jsonl 0', to: 'jsonl 1', newPosts: ['sample:s3'], changedPosts: ['sample:s1'], lostPosts: [] },
    ])
    expect(engine).toBe(null)
    expect(findings).toMatchObject({ added: [], gone: [], changed: [{ id: 'sample:s1' }] })
    expect(query(dir, "SELECT text FROM thread_text WHERE thread_id = 'sample:s1'").join()).toContain('part b')
    expect(problemsOf(dir)).toEqual([])
  })

  it('finds nothing left to do the second time, and writes nothing', async () => {
    const dir = makeArchive(oldReader, 0)
    await refresh(dir)
    const runs = query(dir, 'SELECT id FROM runs')
    expect(await refresh(dir)).toEqual({
      ...{ dryRun: false, captures: [], firstRead: 0, engine: null, findings: { added: [], gone: [], changed: [] } },
    })
    expect(query(dir, 'SELECT id FROM runs')).toEqual(runs)
  })

  it('says the same before it is done, and stores nothing then', async () => {
    const dir = makeArchive(oldReader, 0)
    const before = readFileSync(join(dir, 'archive.sqlite'))
    const planned = await refresh(dir, true)
    expect(readFileSync(join(dir, 'archive.sqlite')).equals(before)).toBe(true)
    expect(planned).toEqual({ ...(await refresh(dir)), dryRun: true })
  })

  it('unrolls all again for another engine, and reads nothing again', async () => {
    const dir = makeArchive((text) => text, 1, '0')
    expect(await refresh(dir)).toMatchObject({ captures: [], engine: { from: ['0'], to: '1' } })
    expect(query(dir, 'SELECT DISTINCT engine_version FROM unrolled_extractions')).toEqual(['1'])
  })

  it('unrolls in parts for another engine, never more than a part with its neighbours, to what a rebuild finds', async () => {
    const authors = ['ada', 'bo', 'cy', 'di', 'ed', 'flo']
    const { dir, findings } = makeTimelines(authors)
    change(dir, "UPDATE unrolled_extractions SET engine_version = '0'; UPDATE threads SET engine_version = '0'")
    expect(countFirstPart(dir, 2)).toBe(3)
    const { engine, findings: changes } = await refresh(dir, false, 2)
    expect(engine).toEqual({ from: ['0'], to: '1' })
    expect(changes).toEqual({ added: [], gone: [], changed: [] })
    expect(query(dir, 'SELECT DISTINCT engine_version FROM threads')).toEqual(['1'])
    const refreshed = findings()
    expect(problemsOf(dir)).toEqual([])
    await rebuild(dir)
    expect(differingTables(findings(), refreshed)).toEqual([])
  })

  it('takes back nothing that a newer adapter or engine made, and says which', async () => {
    const ours = readCapture(FIRST).adapter!.version
    for (const [dir, which] of [
      [makeArchive((text) => text, ours + 1), `jsonl ${ours + 1}, here ${ours}`],
      [makeArchive((text) => text, ours, '99'), `engine 99, here ${ENGINE_VERSION}`],
    ] as const) {
      const before = readFileSync(join(dir, 'archive.sqlite'))
      for (const dryRun of [true, false]) await expect(refresh(dir, dryRun)).rejects.toThrow(which)
      expect(readFileSync(join(dir, 'archive.sqlite')).equals(before)).toBe(true)
      expect((await unspoolHere(['refresh', '--archive', dir])).code).toBe(8)
    }
  })

  it('reads again what another adapter takes from the one that read it: rows, a catch-all, nobody', async () => {
    const tree = makeCapture('{"10000": {"10003": {}, "10004": {}}}', { mediaType: 'application/json', headers: [] })
    for (const before of ['jsonl', 'json-rows', 'none']) {
      const dir = makeFolder()
      const writer = openArchiveWriter(dir, makeOptions())
      const row = writer.appendCapture(tree, writer.beginRun({ command: 'add', options: {} }))
      const nothing = readCapture(makeCapture('', { mediaType: 'application/json' })).extraction
      writer.storeExtraction(row.id, nothing, before === 'none' ? null : { name: before, version: 1 })
      writer.close()
      const { adapter } = readCapture(tree)
      expect(['jsonl', 'json-rows', 'none']).not.toContain(adapter!.name)
      expect(await refresh(dir, true)).toMatchObject({ captures: [{ to: `${adapter!.name} ${adapter!.version}` }] })
      await refresh(dir)
      expect(query(dir, 'SELECT adapter FROM latest_extractions')).toEqual([adapter!.name])
      expect(await refresh(dir)).toMatchObject({ captures: [] })
    }
  })

  it('makes no edit out of what a newer adapter reads otherwise', async () => {
    const dir = makeArchive(oldReader, 0)
    await refresh(dir)
    expect(query(dir, "SELECT text FROM post_history WHERE post_id = 'sample:s1'")).toHaveLength(1)
    const reader = openArchiveReader(dir)
    expect(reader.readHistory('sample:s1')?.versions).toHaveLength(1)
    reader.close()
  })
})

it('reads what nobody has: of a WARC file that was put beside an older database', async () => {
  const dir = makeArchive((text) => text, readCapture(FIRST).adapter!.version)
  const older = makeFolder()
  cpSync(dir, older, { recursive: true })
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const third = makeCapture(JSON.stringify({ id: 'u1', platform: 'sample', author: 'third', text: 'A word more' }), {
    ...{ mediaType: 'application/jsonl', headers: [] },
  })
  const row = writer.appendCapture(third, run)
  const { adapter, extraction } = readCapture(third)
  writer.storeExtraction(row.id, extraction, adapter)
  storePending(writer)
  writer.endRun(run)
  writer.close()
  cpSync(join(dir, 'warc'), join(older, 'warc'), { recursive: true })
  // Whatever command writes first takes the file in.
  openArchiveWriter(older, makeOptions()).close()
  const ids = (of: string) => {
    const db = new SqliteDatabase(join(of, 'archive.sqlite'), { readonly: true })
    const found = db.prepare('SELECT id FROM posts ORDER BY id').pluck().all()
    db.close()
    return found
  }
  expect(ids(older)).not.toContain('sample:u1')
  const verified = await unspoolHere(['verify', '--archive', older])
  expect(verified.err).toContain('nobody has read 1 capture of these yet: `unspool refresh` does')
  const ran = await unspoolHere(['refresh', '--archive', older])
  expect(ran.out).toContain('1 capture read for the first time')
  expect(ids(older)).toEqual(ids(dir))
  expect((await unspoolHere(['refresh', '--archive', older])).out).toMatch(/everything is read/)
  expect((await unspoolHere(['verify', '--archive', older])).err).toBe('')
  expect(problemsOf(older)).toEqual([])
})
