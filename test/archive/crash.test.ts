// A writer killed at any moment loses nothing it has acknowledged, frees its lock at once, and leaves an archive that
// opens.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { checkArchive } from '../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { makeFolder, makeOptions } from './samples.ts'

const KILLS = 20

function startChild(dir: string, seed: string): ChildProcess {
  const script = join(import.meta.dirname, 'crash-child.ts')
  return spawn(process.execPath, ['--import', 'tsx', script, dir, seed], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Lines that reached us before the child, killed `afterLines` lines and `delay` ms in, was gone. */
async function runUntilKilled(
  dir: string,
  seed: string,
  afterLines: number,
  delay: number,
): Promise<readonly string[]> {
  const child = startChild(dir, seed)
  let text = ''
  await new Promise<void>((resolve) => {
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      const before = text.split('\n').length
      text += chunk
      if (before <= afterLines && text.split('\n').length > afterLines) setTimeout(() => child.kill('SIGKILL'), delay)
    })
    child.on('close', () => resolve())
  })
  return text.split('\n').slice(0, -1)
}

describe('a writer killed with -9', () => {
  it(`loses nothing acknowledged, ${KILLS} times over in one archive`, async () => {
    const dir = makeFolder()
    const captures = new Map<string, string>()
    const extractions = new Set<string>()
    for (let kill = 0; kill < KILLS; kill++) {
      for (const line of await runUntilKilled(dir, String(kill), 1 + kill * 3, (kill * 7) % 23)) {
        const [what, id = '', digest = ''] = line.split(' ')
        if (what === 'capture') captures.set(id, digest)
        if (what === 'extraction') extractions.add(id)
      }
    }
    // Opening takes in whole records that were on the disk but not yet in the index.
    openArchiveWriter(dir, makeOptions()).close()
    const reader = openArchiveReader(dir)
    const stored = new Map([...reader.captures()].map((row) => [row.id, row] as const))
    expect(captures.size).toBeGreaterThan(KILLS)
    for (const [id, digest] of captures) expect(reader.readCapture(stored.get(id)!).digest).toBe(digest)
    reader.close()
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const read = new Set(
      db.prepare('SELECT c.id FROM extractions AS e JOIN captures AS c ON c.key = e.capture_key').pluck().all(),
    )
    expect([...extractions].filter((id) => !read.has(id))).toEqual([])
    db.close()
    expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
  }, 120_000)

  it('held the lock until then, and no longer', async () => {
    const dir = makeFolder()
    const child = startChild(dir, 'lock')
    await new Promise((resolve) => child.stdout!.once('data', resolve))
    expect(() => openArchiveWriter(dir, makeOptions())).toThrow(expect.objectContaining({ name: 'LockedError' }))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    openArchiveWriter(dir, makeOptions()).close()
  })
})
