// The page for whoever finds the folder: what it says about tables, views and queries is true.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { sha256 } from '../../src/fixity.ts'
import { addPage, EMPTY, makeCapture, makeFolder, makeMerged, makeOptions, makeThread } from './samples.ts'

const GUIDE = readFileSync(join(import.meta.dirname, '../../archive/README.md'), 'utf8')

function makeArchive(): { dir: string; run: string } {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const { posts } = addPage(writer, run, makeCapture('<p>a page</p>'), [1, 2])
  const [parent, child] = posts.map(makeMerged)
  const edges = [{ child: child!.id, parent: parent!.id, basis: 'declared' as const, p: 1, evidence: [] }]
  writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)], edges }, '1', 'all')
  writer.close()
  return { dir, run }
}

describe('archive/README.md', () => {
  it('shows queries that run and answer', () => {
    const db = new SqliteDatabase(join(makeArchive().dir, 'archive.sqlite'), { readonly: true })
    const block = /```sql\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? ''
    const queries = block.split(';').filter((query) => query.trim() !== '')
    expect(queries).toHaveLength(3)
    for (const query of queries) expect(db.prepare(query).all()).toHaveLength(2)
    db.close()
  })

  it('names only tables, views and columns that exist', () => {
    const db = new SqliteDatabase(join(makeArchive().dir, 'archive.sqlite'), { readonly: true })
    const known = db
      .prepare(`
        SELECT name FROM pragma_table_list WHERE schema = 'main'
        UNION SELECT c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c WHERE t.schema = 'main'`)
      .pluck()
      .all()
    const named = [...GUIDE.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name]) => name)
    const words = ['integrity_check', 'post_versions.sha']
    expect(named.filter((name) => !known.includes(name) && !words.includes(name ?? ''))).toEqual([])
    db.close()
  })

  it('leads from a post to its bytes with standard tools', () => {
    const { dir } = makeArchive()
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const place = db.prepare('SELECT warc_file, warc_offset, warc_length FROM post_places LIMIT 1').get() as Record<
      string,
      string
    >
    db.close()
    const command = /```sh\n(.*)\n```/.exec(GUIDE)?.[1] ?? ''
    const filled = command
      .replace('OFFSET', place['warc_offset']!)
      .replace('FILE', place['warc_file']!)
      .replace('LENGTH', place['warc_length']!)
    const record = execFileSync('sh', ['-c', filled], { cwd: dir, encoding: 'utf8' })
    expect(record).toMatch(/^WARC\/1\.1\r\nWARC-Type: response\r\n/)
    const payload = record.split('\r\n\r\n')[2]
    const reader = openArchiveReader(dir)
    expect(`sha256:${sha256(payload ?? '')}`).toBe([...reader.captures()][0]!.digest)
    reader.close()
  })
})
