// A post or thread is called by its id, or by the address that a person has at hand.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeFolder, ROOT, unspool, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const NOTE = 'https://social.example/@jo/1100001'

beforeAll(() => {
  const line = { author: 'jo', text: 'The ferry has a library.', id: 'note-1', url: NOTE }
  const note = writeInto(folder, 'note.jsonl', `${JSON.stringify(line)}\n`)
  const page = join(ROOT, 'fixtures/thread-reader/whole-and-cut/page.html')
  expect(unspool(['add', '--archive', archive, page, note]).code).toBe(0)
})

describe('a web address', () => {
  const ask = (...args: readonly string[]) => unspool([...args, '--archive', archive])

  it.each([
    'https://x.com/lamproomnotes/status/1767612520723386369',
    'https://twitter.com/i/status/1767612520723386369',
    'https://threadreaderapp.com/thread/1767612520723386369.html',
  ])('names the thread of a post: %s', (url) => {
    expect(ask('show', url)).toEqual(ask('show', 'x:1767612520723386369'))
    expect(ask('why', url)).toEqual(ask('why', 'x:1767612520723386369'))
  })

  it('names a post that a page says is there', () => {
    expect(ask('show', NOTE, '--format', 'text').out).toContain('The ferry has a library.')
    expect(ask('trace', NOTE).out).toMatch(/note-1/)
    expect(ask('history', NOTE).out).toMatch(/1 version/)
  })

  it('that nothing is known of is told as it was given', () => {
    const ran = ask('show', 'https://nowhere.example/')
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(ran.err).toContain('https://nowhere.example/')
  })
})

describe('an id without its platform', () => {
  const ask = (...args: readonly string[]) => unspool([...args, '--archive', archive])

  it('names the one post that has it', () => {
    expect(ask('show', '1767612520723386369')).toEqual(ask('show', 'x:1767612520723386369'))
    expect(ask('trace', 'note-1').out).toMatch(/note-1/)
    expect(ask('show', '17676125207233')).toMatchObject({ code: EXIT_CODES.usage.code })
  })

  it('that several platforms have names none of them', () => {
    const other = writeInto(folder, 'other.csv', 'id,author,text\nnote-1,kim,The ferry has two libraries now.\n')
    expect(unspool(['add', '--archive', archive, other]).code).toBe(0)
    expect(ask('show', 'note-1')).toMatchObject({
      code: EXIT_CODES.usage.code,
      err: expect.stringMatching(/of several platforms: \S+:note-1, \S+:note-1; give one of these/),
    })
  })
})
