// Where the stages meet: what one page lacks another may have, and what the archive makes again is what it had.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCapture, unrollTogether } from '../../src/pipeline/pipeline.ts'
import { allCases, captureOf } from '../adapters/cases.ts'
import { makeFolder, ROOT, unspool, writeInto } from '../cli/run.ts'

const caseNamed = (platform: string, name: string) => {
  const found = allCases().find((fixture) => fixture.platform === platform && fixture.name === name)
  if (found === undefined) throw new Error(`no fixture ${platform}/${name}`)
  return readCapture(captureOf(found)).extraction
}

describe('one thread seen on two pages', () => {
  const whole = caseNamed('thread-reader', 'whole-and-cut')
  const mirror = caseNamed('thread-reader', 'mirror')

  it.each([
    ['the whole one first', [whole, mirror]],
    ['the mirror first', [mirror, whole]],
  ])('is one thread with two sources a post, %s', (_, extractions) => {
    const threads = unrollTogether(extractions).threads.filter((thread) => thread.posts.length > 5)
    expect(threads).toHaveLength(1)
    const [thread] = threads
    expect(thread?.posts.map(({ post }) => post.sources.length)).toEqual([2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2])
    expect(thread?.branches).toEqual([])
    expect(thread?.completeness).toBe('complete')
  })
})

describe('a refusal', () => {
  const [some] = allCases()
  if (some === undefined) throw new Error('no fixture')
  const answer = (status: number, body: string) => ({
    ...captureOf(some),
    status,
    mediaType: 'text/html',
    headers: [['content-type', 'text/html']] as const,
    body: new TextEncoder().encode(body),
  })
  const words = `<html><body><article><h1>No entry</h1><p>${'You may not read this here. '.repeat(40)}</p></article></body></html>`

  it.each([401, 402, 403])('with status %i is no post, whatever its words', (status) => {
    for (const body of ['no', words]) {
      const { adapter, extraction } = readCapture(answer(status, body))
      expect({ adapter, posts: extraction.posts, scrapes: extraction.scrapes }).toEqual({
        adapter: null,
        posts: [],
        scrapes: [],
      })
    }
    expect(readCapture(answer(200, words)).extraction.posts).toHaveLength(1)
  })

  it('is read by who knows the platform', () => {
    const known = caseNamed('thread-reader', 'mirror')
    const page = allCases().find(({ platform, name }) => platform === 'thread-reader' && name === 'mirror')
    if (page === undefined) throw new Error('no fixture')
    expect(readCapture({ ...captureOf(page), status: 403 }).extraction.posts).toEqual(known.posts)
  })
})

it.each([
  ['robots.txt', 0],
  ['ads.txt', 0],
  ['.well-known/security.txt', 0],
  ['llms.txt?v=2', 0],
  ['2021/ads.txt', 1],
  ['notes.txt', 1],
])('what a site says to programs is no post: %s', (path, posts) => {
  const [some] = allCases()
  const url = `http://lamp.example/${path}`
  const { extraction } = readCapture({
    ...{ ...captureOf(some!), url, finalUrl: url, input: url, status: 200, method: 'import', mediaType: 'text/plain' },
    body: new TextEncoder().encode('Contact: mailto:keeper@lamp.example\nExpires: 2030-01-01T00:00:00.000Z\n'),
  })
  expect(extraction.posts.length + extraction.scrapes.length).toBe(posts)
})

it('an answer that broke off is said to once', () => {
  const [some] = allCases()
  const cut = { ...captureOf(some!), truncated: 'disconnect' } as const
  const codes = readCapture(cut).extraction.notes.map(({ code }) => code)
  expect(codes.filter((code) => code === 'cut' || code === 'truncated')).toEqual(['truncated'])
})

describe('the archive', () => {
  const archive = join(makeFolder(), 'archive')
  const pages = ['text/thread-scrape', 'text/blog-with-comments', 'text/essay'].map((name) =>
    join(ROOT, 'fixtures', name, 'page.txt'),
  )
  const dump = () =>
    JSON.stringify([
      unspool(['list', '--archive', archive, '--json']).out,
      unspool(['export', '--archive', archive, '--to', join(archive, 'again')]).out.replace(
        /\d+ written, \d+ unchanged/,
        '',
      ),
      execFileSync(
        'node',
        [
          '-e',
          `const f=require('fs'),d=process.argv[1];for(const n of f.readdirSync(d).sort())console.log(n,f.readFileSync(d+'/'+n,'utf8'))`,
          join(archive, 'again'),
        ],
        { encoding: 'utf8' },
      ),
    ])

  it('holds the same findings however often the same is added, and after a rebuild', () => {
    expect(unspool(['add', '--archive', archive, ...pages]).code).toBe(0)
    const first = dump()
    const again = unspool(['add', '--archive', archive, ...pages])
    expect(again.out).toMatch(/^0 captures kept, 0 of them as before; 3 more were here already$/m)
    expect(dump()).toBe(first)
    expect(unspool(['rebuild', '--archive', archive]).code).toBe(0)
    expect(dump()).toBe(first)
    expect(unspool(['verify', '--archive', archive]).code).toBe(0)
  })

  it('finds the same one by one as all at once', () => {
    const single = join(archive, '../single')
    for (const page of pages) unspool(['add', '--archive', single, page])
    const statements = (dir: string) =>
      (
        JSON.parse(unspool(['list', '--archive', dir, '--json']).out) as { rows: { id: string; statement: string }[] }
      ).rows.map(({ id, statement }) => `${id} ${statement}`)
    expect(statements(single)).toEqual(statements(archive))
  })

  it('remembers that the order of an input means nothing, also after a rebuild', () => {
    const dir = join(archive, '../shuffled')
    const lines = [2, 4, 1, 3].map((n) =>
      JSON.stringify({ author: 'orla', text: `Words that differ in post ${n} of it. ${n}/4` }),
    )
    const input = writeInto(join(archive, '..'), 'shuffled.jsonl', lines.join('\n'))
    unspool(['add', '--archive', dir, '--order', 'none', input])
    const whole = /posts 1–4 of 4/
    expect(unspool(['list', '--archive', dir]).out).toMatch(whole)
    unspool(['rebuild', '--archive', dir])
    expect(unspool(['list', '--archive', dir]).out).toMatch(whole)
  })
})
