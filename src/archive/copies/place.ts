// Whether two folders are one, whatever they are called: by links, by relative paths, or before one of them is made.
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

export function isSameFolder(a: string, b: string): boolean {
  return realPath(a) === realPath(b)
}

/** Also when it is the folder itself. */
export function liesIn(path: string, folder: string): boolean {
  return `${realPath(path)}${sep}`.startsWith(`${realPath(folder)}${sep}`)
}

function realPath(path: string): string {
  const whole = resolve(path)
  if (existsSync(whole)) return realpathSync(whole)
  return join(realPath(dirname(whole)), basename(whole))
}
