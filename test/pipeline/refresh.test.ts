// Refresh: what another version of an adapter or the engine read is read again, nothing else; the report says what changed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { checkArchive } from '../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, storePending } from '../../src/pipeline/pipeline.ts'
import { refreshArchive } from '../../src/pipeline/refresh.ts'
import { makeCapture, makeFolder, makeOptions } from '../archive/samples.ts'

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
  const db = new Database(join(dir, 'archive.sqlite'))
  db.exec(sql)
  db.close()
}

function query(dir: string, sql: string): readonly unknown[] {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare(sql).pluck().all()
  db.close()
  return rows
}

const refresh = (dir: string, dryRun = false) =>
  refreshArchive(dir, { ...makeOptions(LATER), signal: new AbortController().signal, dryRun })
const problemsOf = (dir: string) => [...checkArchive(dir)].filter((checked) => !('ok' in checked))
const oldReader = (text: string) => text.split('\n').slice(0, 2).join('\n').replace('part b', 'part of')

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
      ...{ dryRun: false, captures: [], engine: null, findings: { added: [], gone: [], changed: [] } },
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

  it('makes no edit out of what a newer adapter reads otherwise', async () => {
    const dir = makeArchive(oldReader, 0)
    await refresh(dir)
    expect(query(dir, "SELECT text FROM post_history WHERE post_id = 'sample:s1'")).toHaveLength(1)
    const reader = openArchiveReader(dir)
    expect(reader.readHistory('sample:s1')?.versions).toHaveLength(1)
    reader.close()
  })
})
