// Folders are made with all above them; what is in the way is said, and nothing is waited for that never comes.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolders } from '../src/folders.ts'
import { unspool } from './cli/run.ts'
import { makeFolder } from './folder.ts'

test('gives the uppermost folder that was made', () => {
  const dir = makeFolder()
  expect(makeFolders(join(dir, 'a/b/c'))).toBe(join(dir, 'a'))
  expect(statSync(join(dir, 'a/b/c')).isDirectory()).toBe(true)
  expect(makeFolders(join(dir, 'a/b/c'))).toBe(undefined)
  expect(makeFolders(join(dir, 'a/b/d'))).toBe(join(dir, 'a/b/d'))
})

test('throws what is in the way: a file, or a link that leads nowhere', () => {
  const dir = makeFolder()
  writeFileSync(join(dir, 'file'), '')
  symlinkSync(join(dir, 'nowhere'), join(dir, 'link'))
  for (const taken of ['file', 'file/below', 'link'])
    expect(() => makeFolders(join(dir, taken)), taken).toThrow(/EEXIST|ENOTDIR|ENOENT/)
  expect(existsSync(join(dir, 'nowhere'))).toBe(false)
})

test.runIf(existsSync('/proc/self'))('ends where no name can be made, and says so', () => {
  const archive = join(makeFolder(), 'archive')
  expect(unspool(['add', '--archive', archive, '-'], { input: 'One. 1/2\n\nTwo. 2/2\n' }).code).toBe(0)
  const given = ['md', 'jsonl', 'bagit'].map((format) => ['export', '--format', format, '--to', `/proc/x/${format}`])
  for (const command of [...given, ['backup', '/proc/x/copy']]) {
    const { code, err } = unspool([...command, '--archive', archive], { timeout: 15_000 })
    expect(code, command.join(' ')).toBe(9)
    expect(err).toMatch(/\/proc\/x.*ENOENT/)
  }
  expect(unspool(['add', '--archive', '/proc/x', '-'], { input: 'One.', timeout: 15_000 }).code).toBe(9)
  expect(spawnSync('ls', ['/proc/x']).status).not.toBe(0)
})
