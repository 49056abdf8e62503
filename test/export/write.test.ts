// Exports to a folder: planned names and bytes are stable, files are replaced whole, links are not followed.
import { spawnSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { StorageError } from '../../src/errors.ts'
import type { ExportItem } from '../../src/export/narrow.ts'
import { planExport } from '../../src/export/plan.ts'
import { writeExport } from '../../src/export/write.ts'
import { makeFolder } from '../folder.ts'
import { makeConversation, makeThread } from './build.ts'

let dir: string
beforeEach(() => {
  dir = makeFolder()
})

const ITEMS: ExportItem[] = [
  { thread: makeThread(['Why bridges hum']), conversation: null },
  { thread: null, conversation: makeConversation({ text: 'Body.' }, []) },
]

test('each finding is a file whose front matter leads back to it', () => {
  const files = [...planExport(ITEMS)]
  expect(files.map(({ path }) => path)).toEqual([
    '2026-01-02-ada-why-bridges-hum-x-1.md',
    '2026-01-02-ada-on-bridges-blog-1.md',
  ])
  expect(files.map(({ content }) => parse(content.split('---\n')[1]!).id)).toEqual(['x:1', 'blog:1'])
  expect([...planExport(ITEMS)]).toEqual(files)
})

test('a second export touches nothing; a change replaces one file', () => {
  expect(writeExport(dir, planExport(ITEMS))).toEqual({ written: 2, unchanged: 0 })
  const before = readdirSync(dir).map((name) => statSync(join(dir, name)).mtimeMs)
  expect(writeExport(dir, planExport(ITEMS))).toEqual({ written: 0, unchanged: 2 })
  expect(readdirSync(dir).map((name) => statSync(join(dir, name)).mtimeMs)).toEqual(before)
  writeFileSync(join(dir, readdirSync(dir)[0]!), 'cut')
  expect(writeExport(dir, planExport(ITEMS))).toEqual({ written: 1, unchanged: 1 })
  expect(readdirSync(dir)).toHaveLength(2)
})

test('the draft of a killed export goes; that of one which runs is left to it', () => {
  const none = spawnSync(process.execPath, ['-e', '']).pid
  for (const pid of [none, process.pid, process.ppid]) writeFileSync(join(dir, `a.md.${pid}.tmp`), 'half')
  writeExport(dir, planExport(ITEMS))
  expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([`a.md.${process.ppid}.tmp`])
})

test('a symbolic link in the folder is replaced, what it points at is left alone', () => {
  const outside = join(dir, 'outside.txt')
  writeFileSync(outside, 'mine')
  symlinkSync(outside, join(dir, 'a.md'))
  writeExport(dir, [{ path: 'a.md', content: 'mine' }])
  expect(readFileSync(outside, 'utf8')).toBe('mine')
  expect(lstatSync(join(dir, 'a.md')).isSymbolicLink()).toBe(false)
})

test('a path never leaves the folder', () => {
  writeExport(join(dir, 'in'), [{ path: '../../up.md', content: 'x' }])
  expect(readdirSync(dir)).toEqual(['in'])
  expect(readdirSync(join(dir, 'in'))).toEqual(['up.md'])
})

test('a folder that cannot be made is a StorageError that says what to do', () => {
  writeFileSync(join(dir, 'file'), '')
  expect(() => writeExport(join(dir, 'file', 'sub'), [])).toThrow(StorageError)
  expect(() => writeExport(join(dir, 'file', 'sub'), [])).toThrow('--to')
})
