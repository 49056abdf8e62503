// One archive, exported as a person would, and the ways other programs read what came out.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { fillResearchArchive } from '../../archive/research.ts'
import { unspoolHere } from '../../cli/in-process.ts'
import { makeFolder, type Ran } from '../../cli/run.ts'

export interface Exported {
  readonly archive: string
  readonly folder: string
  /** Runs `unspool export` into `folder`. */
  run(format: string, name: string, ...more: string[]): Promise<Ran>
}

/** The researcher's archive, and a folder to export into. */
export function openExports(): Exported {
  const folder = makeFolder()
  const archive = join(folder, 'archive')
  fillResearchArchive(archive)
  const run = (format: string, name: string, ...more: string[]) =>
    unspoolHere(['export', '--archive', archive, '--format', format, '--to', join(folder, name), ...more])
  return { archive, folder, run }
}

export interface Member {
  readonly isStored: boolean
  readonly body: Buffer
}

/** Every member of a ZIP file, read by its directory. */
export async function readZip(path: string): Promise<ReadonlyMap<string, Member>> {
  const zip = await yauzl.openPromise(path)
  const members = new Map<string, Member>()
  for await (const entry of zip.eachEntry()) {
    const body = await buffer(Readable.from(await zip.openReadStreamPromise(entry)))
    members.set(entry.fileName, { isStored: entry.compressionMethod === 0, body })
  }
  return members
}

export function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex')
}
