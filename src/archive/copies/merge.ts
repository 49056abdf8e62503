// Takes the WARC files of other archives into one: facts are united by their records, nothing is changed or lost. What
// was read out of them is the pipeline's to make again.
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { IntegrityError, StorageError, UsageError } from '../../errors.ts'
import { guardStorage } from '../database/failures.ts'
import { type Lock, takeLock } from '../database/lock.ts'
import { compareWarcFiles } from '../warc/compare.ts'
import { listWarcFiles, WARC_FOLDER } from '../warc/folder.ts'
import { isStranger } from '../warc/strangers.ts'
import { type ArchiveWriter, openArchiveWriter, type WriterOptions } from '../writer.ts'
import { isSamePlace } from './place.ts'
import { UNFINISHED_MERGE, unfinishedMerge } from './unfinished-merge.ts'
import { copyWhole, hashFile, putInPlace } from './whole-files.ts'

interface Merging {
  /** Holds every record of all archives; its `recovered` tells what could not be read. */
  readonly writer: ArchiveWriter
  /** Files that were not here before. */
  readonly copied: readonly string[]
}

/**
 * Copies what is not here and opens the archive with all of it in the index. Killed at any moment, it can be run again.
 * Throws UsageError when an input is no archive, LockedError when somebody writes to one of them, IntegrityError when
 * two files of one name differ, and not by redactions alone: then nothing was copied.
 */
export function openMerged(dir: string, others: readonly string[], options: WriterOptions): Merging {
  for (const other of others) {
    if (listWarcFiles(other).length === 0)
      throw new UsageError(`${other} is no archive: it has no ${WARC_FOLDER} folder with WARC files`)
    if (isSamePlace(other, dir)) throw new UsageError(`${other} is the archive to merge into; name others`)
  }
  openArchiveWriter(dir, options).close()
  const lock = takeLock(dir)
  try {
    const copied = guardStorage(`${dir} cannot be merged`, () => copyFresh(others, dir))
    lock.release()
    return { copied, writer: openArchiveWriter(dir, options) }
  } finally {
    lock.release()
  }
}

/** All are looked through before the first is copied, while nobody writes to any of them. */
function copyFresh(others: readonly string[], dir: string): readonly string[] {
  const locks: Lock[] = []
  try {
    const distinct = others.filter((other, at) => others.findIndex((one) => isSamePlace(one, other)) === at)
    for (const other of distinct) locks.push(lockOther(other))
    const fresh = listFresh(distinct, dir)
    if (fresh.length > 0) noteMerge(dir, [...unfinishedMerge(dir), ...others.map((other) => resolve(other))])
    for (const { from, to } of fresh) copyWhole(from, to)
    return fresh.map(({ name }) => name)
  } finally {
    for (const lock of locks) lock.release()
  }
}

const UNFINISHED =
  'The merge of these folders into this archive was not finished. Run it again; where they are lost, run `unspool refresh` and remove this file.'

/** There from before the first file is copied until `endMerge`. */
function noteMerge(dir: string, others: readonly string[]): void {
  const path = join(dir, UNFINISHED_MERGE)
  const folders = [...new Set(others)].map((other) => JSON.stringify(other))
  writeFileSync(`${path}.new`, [UNFINISHED, ...folders, ''].join('\n'))
  putInPlace(`${path}.new`, path)
}

/** All of these is here and read. What was left of an earlier merge stays noted. */
export function endMerge(dir: string, others: readonly string[]): void {
  const done = new Set(others.map((other) => resolve(other)))
  const left = unfinishedMerge(dir).filter((folder) => !done.has(folder))
  if (left.length > 0) noteMerge(dir, left)
  else rmSync(join(dir, UNFINISHED_MERGE), { force: true })
}

interface FreshFile {
  readonly name: string
  readonly from: string
  readonly to: string
}

/** In the order of time: a revisit never comes before the record that holds its payload. */
function listFresh(others: readonly string[], dir: string): readonly FreshFile[] {
  const fresh = new Map<string, FreshFile>()
  for (const other of others)
    for (const name of listWarcFiles(other)) {
      const [from, to] = [join(other, WARC_FOLDER, name), join(dir, WARC_FOLDER, name)]
      if (statSync(from).size > 0 && !isStranger(other, name) && !isHere(from, fresh.get(name)?.from ?? to, to))
        fresh.set(name, { name, from, to })
    }
  return [...fresh.values()]
}

/** Nobody writes to an archive on a disk that may only be read, and no lock can be laid there. */
function lockOther(other: string): Lock {
  try {
    return takeLock(other)
  } catch (error) {
    if (error instanceof StorageError) return { release: () => undefined }
    throw error
  }
}

/** `known`: the file of that name found so far, which is `to` itself or will be copied there. */
function isHere(from: string, known: string, to: string): boolean {
  if (!existsSync(known)) return false
  const difference = hashFile(from) === hashFile(known) ? 'same' : compareWarcFiles(from, known)
  if (difference === 'second-begins') {
    if (known !== to) return false
    // The runs that were written here after it have noted what it held.
    throw new IntegrityError(
      `${known} is only the beginning of ${from}: it was copied while its run was under way, and this archive was written to since; nothing was copied. Begin anew from the other archive and add to it what this one alone has`,
    )
  }
  if (difference !== 'different') return true
  throw new IntegrityError(
    `${from} and ${known} have one name and different bytes; nothing was copied. Run \`unspool verify\` on both archives; put the file of the one that is right in the place of the other and run \`unspool rebuild\` there`,
  )
}
