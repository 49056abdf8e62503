// Writes planned files into a folder: each whole or not at all, unchanged ones not touched. The only I/O of the
// exports.
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { StorageError } from '../errors.ts'
import { makeFolders } from '../folders.ts'
import type { PlannedFile } from './plan.ts'

interface WriteReport {
  readonly written: number
  readonly unchanged: number
}

/** A file that is being written: the process that does it stands in its name, for two may export to one folder. */
const DRAFT = /\.(\d+)\.tmp$/

/** Writes beside the target and renames, so that a reader never sees half a file. Throws StorageError. */
export function writeExport(dir: string, files: Iterable<PlannedFile>): WriteReport {
  const report = { written: 0, unchanged: 0 }
  attempt(dir, () => makeFolders(dir))
  attempt(dir, () => removeDeadDrafts(dir))
  for (const { path, content } of files) {
    const target = join(dir, basename(path))
    const isSame = isUnchanged(target, content)
    if (!isSame) attempt(target, () => replaceFile(target, content))
    report[isSame ? 'unchanged' : 'written']++
  }
  return report
}

/** Removes files that name one of these ids, because something in those threads had to go. Returns their names. */
export function removeExports(dir: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0 || !existsSync(dir)) return []
  const isMeant = (name: string): boolean => {
    const path = join(dir, name)
    if (!lstatSync(path).isFile()) return false
    const text = readFileSync(path, 'utf8')
    return ids.some((id) => text.includes(id))
  }
  const names = readdirSync(dir).filter(isMeant)
  for (const name of names) attempt(join(dir, name), () => rmSync(join(dir, name)))
  return names
}

/** Drafts of exports that were killed; a process has none of its own when it begins. */
function removeDeadDrafts(dir: string): void {
  for (const name of readdirSync(dir)) {
    const [, pid] = DRAFT.exec(name) ?? []
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid))))
      rmSync(join(dir, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process is running too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A symbolic link is never followed: the rename takes its place. */
function isUnchanged(target: string, content: string): boolean {
  const found = lstatSync(target, { throwIfNoEntry: false })
  if (found === undefined || !found.isFile() || found.size !== Buffer.byteLength(content)) return false
  return readFileSync(target, 'utf8') === content
}

function replaceFile(target: string, content: string): void {
  const draft = `${target}.${process.pid}.tmp`
  try {
    writeFileSync(draft, content, { flag: 'wx' })
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function attempt(target: string, act: () => void): void {
  try {
    act()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError(`cannot write ${target}: ${why}; free some space or choose another folder with --to`, {
      cause,
    })
  }
}
