// Parts as files of a folder that appears at once: it is filled under another name and renamed when it is whole.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../../errors.ts'
import { makeFolders } from '../../folders.ts'
import type { Sink } from './part.ts'
import { attempt, DRAFT, writePieces } from './whole-file.ts'

/** Ends the name of the export before, until it is thrown away; people call what they keep `.old`. */
const OLD = '.unspool-old'

/**
 * Opens a folder for parts. An earlier export, which holds the file `mark`, is replaced in the end; throws UsageError
 * when the folder holds anything else.
 */
export function openFolder(folder: string, mark: string): Sink {
  // A slash behind the name would put the draft into the folder.
  const target = resolve(folder)
  const found = statSync(target, { throwIfNoEntry: false })
  if (found !== undefined && !found.isDirectory())
    throw new UsageError(`${target} is no folder; name a new one with --to`)
  const isTaken = found !== undefined && readdirSync(target).length > 0
  if (isTaken && !existsSync(join(target, mark)))
    throw new UsageError(`${target} holds other files; name a new folder with --to`)
  const draft = target + DRAFT
  const discard = (): void => rmSync(draft, { recursive: true, force: true })
  discard()
  attempt(target, () => makeFolders(draft))
  return {
    add: async (part) =>
      attempt(join(target, part.path), () => {
        const path = join(draft, part.path)
        makeFolders(dirname(path))
        return writePieces(path, part)
      }),
    finish: async () => attempt(target, () => swap(draft, target)),
    discard,
  }
}

function swap(draft: string, target: string): void {
  rmSync(target + OLD, { recursive: true, force: true })
  if (existsSync(target)) renameSync(target, target + OLD)
  renameSync(draft, target)
  rmSync(target + OLD, { recursive: true, force: true })
}
