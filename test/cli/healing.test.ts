// What a damaged archive is told to do works: the file of a backup in place of the damaged one, and a rebuild. What was
// removed on request stays removed.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeFolder, ROOT, unspool } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const backup = join(folder, 'backup')
const POST = 'x:1767612520723386369'
const ask = (...args: readonly string[]) => unspool([...args, '--archive', archive])
let file = ''

beforeAll(() => {
  ask('add', join(ROOT, 'fixtures/thread-reader/whole-and-cut/page.html'))
  ask('backup', backup)
  ask('redact', POST, '--reason', 'asked by the author')
  file = readdirSync(join(backup, 'warc'))[0] ?? ''
})

it('a post that was removed is told as such, whoever asks', () => {
  for (const command of ['show', 'why', 'trace', 'history']) {
    const { code, err } = ask(command, POST)
    expect({ command, code, err }).toEqual({
      command,
      code: EXIT_CODES.usage.code,
      err: expect.stringMatching(/was removed on request, on .*: asked by the author/),
    })
  }
})

it('answers to a post that was removed are shown, and that it was', () => {
  const place = ['--archive', join(folder, 'answered')]
  const posts = [
    { platform: 'x', id: '1', author: 'orla', text: 'The lamp is lit again.' },
    { platform: 'x', id: '2', author: 'tom', text: 'Since when?', inReplyTo: '1' },
    { platform: 'x', id: '3', author: 'ann', text: 'And by whom?', inReplyTo: '1' },
  ]
  unspool(['add', ...place, '-'], { input: posts.map((post) => `${JSON.stringify(post)}\n`).join('') })
  expect(unspool(['show', ...place, 'x:1'])).toMatchObject({ code: 0, err: '' })
  unspool(['redact', ...place, 'x:1', '--reason', 'asked by orla'])
  for (const command of ['show', 'why']) {
    const { code, out, err } = unspool([command, ...place, 'x:1'])
    expect(code).toBe(0)
    expect(out).toContain('Since when?')
    expect(err).toMatch(/x:1 was removed on request, on .*: asked by orla; this is what answered it/)
  }
  expect(unspool(['list', ...place]).out).toMatch(/◐ Replies to x:1 {2}2 replies/)
})

it('damage is told with what to do next, and that heals it', () => {
  const path = join(archive, 'warc', file)
  const bytes = readFileSync(path)
  const middle = Math.floor(bytes.length / 2)
  writeFileSync(path, bytes.fill(0, middle, middle + 8))
  const verified = ask('verify')
  expect(verified.code).toBe(EXIT_CODES.integrity.code)
  expect(verified.err).toMatch(/back from a backup.*`unspool rebuild`.*`unspool recover`/)
  expect(ask('recover').err).toMatch(/a backup may have these files whole/)
  copyFileSync(join(backup, 'warc', file), path)
  expect(ask('rebuild').code).toBe(0)
  expect(ask('verify').code).toBe(0)
  expect(ask('list').out).toMatch(/posts 2–12 of 12/)
  expect(ask('show', POST).err).toMatch(/was removed on request/)
})
