// The note that stands in an archive while a merge into it is under way (written by merge.ts): whoever kills one leaves
// captures of other archives that nobody has read, or a part of them. Asked by every command, so it loads nothing.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const UNFINISHED_MERGE = 'merge-unfinished.txt'

/** Folders of other archives that may be here in part, or unread; mostly none. Costs one look at the disk. */
export function unfinishedMerge(dir: string): readonly string[] {
  const path = join(dir, UNFINISHED_MERGE)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('"') ? [String(JSON.parse(line))] : []))
}
