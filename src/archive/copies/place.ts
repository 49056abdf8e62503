// Where a path leads, whatever it is called: by links, by relative paths, or before it is made.
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

/** What is in an archive's folder: its own, a backup's, and what people lay beside it. Some disks know no case. */
const OWN =
  /^(?:archive\.(?:sqlite|lock).*|warc|quarantine|reports|signing-key\.pem.*|.*manifest.*|README\.md|schema\.sql|metadata\.json|sources\.toml)$/i

export function isSamePlace(a: string, b: string): boolean {
  return realPath(a) === realPath(b)
}

/** Also when it is the folder itself. */
export function liesIn(path: string, folder: string): boolean {
  return `${realPath(path)}${sep}`.startsWith(`${realPath(folder)}${sep}`)
}

/** Whether writing there could write over a part of the archive. */
export function isOfArchive(path: string, dir: string): boolean {
  if (!liesIn(path, dir)) return false
  const [first = ''] = relative(realPath(dir), realPath(path)).split(sep)
  return OWN.test(first)
}

function realPath(path: string): string {
  const whole = resolve(path)
  if (existsSync(whole)) return realpathSync(whole)
  return join(realPath(dirname(whole)), basename(whole))
}
