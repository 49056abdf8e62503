// A new name in a folder is on the disk when that folder was synced: whoever acknowledges what lies in new folders has
// synced those above them first.
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { BIN, makeFolder, unspool, writeInto } from '../cli/run.ts'

const CALL = /(mkdir|fsync)\((?:"([^"]*)"|\d+<([^>]*)>)[^=]*= 0/g
const hasTracer = spawnSync('strace', ['-V']).error === undefined
const folder = makeFolder()
const posts = writeInto(folder, 'posts.jsonl', '{"platform":"x","id":"171","text":"The lamp needs oil."}\n')
const archive = join(folder, 'first', 'archive')

/** Folders that a command makes below `folder`, and of these the ones whose names it leaves to chance. */
function makeFolders(...args: readonly string[]): {
  readonly made: readonly string[]
  readonly left: readonly string[]
} {
  const trace = ['-f', '-y', '-s', '4096', '-e', 'trace=mkdir,fsync', process.execPath, BIN, ...args]
  const { stderr } = spawnSync('strace', trace, { encoding: 'utf8' })
  const made: string[] = []
  const left = new Set<string>()
  for (const [, call, path, synced] of stderr.matchAll(CALL)) {
    if (call === 'mkdir' && path?.startsWith(folder)) {
      made.push(relative(folder, path))
      left.add(path)
    }
    for (const one of left) if (call === 'fsync' && dirname(one) === synced) left.delete(one)
  }
  return { made, left: [...left] }
}

describe.skipIf(!hasTracer)('new folders are safe with what lies in them', () => {
  beforeAll(() => void unspool(['add', '--archive', archive, posts]))

  it.each([
    ['an archive', ['add', posts, '--archive', join(folder, 'deep', 'archive')], 'deep/archive'],
    ['a backup', ['backup', join(folder, 'far', 'copy'), '--archive', archive], 'far/copy'],
    ['a merged archive', ['merge', archive, '--archive', join(folder, 'of', 'all')], 'of/all'],
  ])('of %s', (_, args, dir) => {
    expect(makeFolders(...args)).toEqual({ made: [dirname(dir), dir, join(dir, 'warc')], left: [] })
  })
})
