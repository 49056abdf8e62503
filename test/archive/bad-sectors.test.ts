// A disk that cannot read some place any more: verify names it and looks at everything else, recover saves all the rest,
// and whoever would take what is there for everything stops.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { EXIT_CODES } from '../../src/errors.ts'
import { sha256 } from '../../src/fixity.ts'
import { BIN } from '../cli/run.ts'
import { makeCapture, makeFolder, makeOptions } from './samples.ts'

const CAPTURES = 8
const hasTracer = spawnSync('strace', ['-V']).error === undefined

/** A file of several sectors, in each of which records end. */
function makeArchive(): { readonly dir: string; readonly warc: string; readonly inFirstSector: number } {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const rows = Array.from({ length: CAPTURES }, (_, capture) => {
    const words = Array.from({ length: 40 }, (_, word) => sha256(`${capture} ${word}`))
    return writer.appendCapture(makeCapture(words.join(' ')), run)
  })
  writer.close()
  const inFirstSector = rows.filter(({ warc }) => warc.offset < 4096).length
  return { dir, warc: join(dir, 'warc', `${run}.warc.gz`), inFirstSector }
}

/** Runs a command on a disk whose reads of the WARC file fail, from the first to the `last`. */
function runOn({ dir, warc }: ReturnType<typeof makeArchive>, command: string, last: string) {
  const inject = ['-f', '-o', '/dev/null', '-P', warc, '-e', `inject=pread64:error=EIO:when=1..${last}`]
  const program = [process.execPath, BIN, command, '--archive', dir, '--json']
  const ran = spawnSync('strace', [...inject, ...program], { encoding: 'utf8' })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

it.skipIf(!hasTracer)(
  'names what a disk cannot read, saves the rest, and takes it in when it can be read again',
  () => {
    const archive = makeArchive()
    expect(archive.inFirstSector).toBeGreaterThan(0)
    // The whole window, and then its first sector.
    const last = '2'
    const rebuilt = runOn(archive, 'rebuild', last)
    expect(rebuilt.code).toBe(EXIT_CODES.storage.code)
    expect(rebuilt.err).toContain(`${archive.warc} cannot be read`)
    expect(rebuilt.err).toContain('unspool recover')
    // Of the first reading, which hashes the file, nothing is asked again.
    const { captures, problems } = JSON.parse(runOn(archive, 'verify', '3').out)
    expect(captures).toBe(CAPTURES - archive.inFirstSector)
    expect(JSON.stringify(problems[0])).toMatch(/the disk fails to read/)
    const recovered = JSON.parse(runOn(archive, 'recover', last).out)
    expect(recovered.captures).toBe(CAPTURES - archive.inFirstSector)
    expect(recovered.quarantined[0]).toMatchObject({ offset: 0 })
    // What was set apart is known, and its file no longer hashed.
    expect(JSON.parse(runOn(archive, 'verify', last).out).problems).toEqual([])
    const healed = spawnSync(process.execPath, [BIN, 'recover', '--archive', archive.dir, '--json'])
    expect(JSON.parse(String(healed.stdout))).toMatchObject({ captures: CAPTURES, quarantined: [] })
  },
  120_000,
)
