// Files that lie in the folder of the log and that no run of ours wrote: WARC files of other tools, and what is none at
// all.
import { join } from 'node:path'
import { WARC_FOLDER } from './folder.ts'
import { recordToRun } from './run-record.ts'
import { isDamage, scanWarc } from './scan.ts'

/** A run's id, with which the names of its files begin. */
export const RUN_NAME = /^\d{17}-[0-9a-f]{8}/

/** Told by its name, or by the run that opens it when somebody renamed it. */
export function isStranger(dir: string, name: string): boolean {
  if (RUN_NAME.test(name)) return false
  for (const scanned of scanWarc(join(dir, WARC_FOLDER, name)))
    return isDamage(scanned) || recordToRun(scanned.record) === null
  return true
}
