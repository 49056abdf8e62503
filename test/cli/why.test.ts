// The evidence of a thread or discussion, in words: what is not here, and where it would be.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { unspoolHere } from './in-process.ts'
import { makeFolder, ROOT, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const why = (...args: string[]) => unspoolHere(['why', '--archive', archive, ...args])

beforeAll(async () => {
  const pages = ['thread-reader/whole-and-cut', 'wordpress/footnotes-and-comments']
  const paths = pages.map((name) => join(ROOT, 'fixtures', name, 'page.html'))
  await unspoolHere(['add', '--archive', archive, ...paths])
})

describe('unspool why', () => {
  it('names the pages of a discussion that were not read, as many as are counted', async () => {
    const { code, out } = await why('wordpress:gauges.example/post-1204')
    expect(code).toBe(0)
    expect(out).toMatch(/^wordpress:gauges\.example\/post-1204 {2}partial: .*; further pages not read: 1\n/)
    expect(out.match(/⋯ not read: https?:\/\/gauges\.example\/\S+$/gm)).toHaveLength(1)
  })

  it('tells the gap of a thread', async () => {
    expect((await why('text:79823')).out).toMatch(/⋯ tail: 4, p 0\.99: the page says the thread has 7 posts$/m)
  })

  it('tells of a thread and of what was answered to it, which have one id; so does show, also by its beginning', async () => {
    const rows = [
      '{"platform":"x","id":"9171","author":"ann","text":"One lamp."}',
      '{"platform":"x","id":"9172","author":"bo","text":"Two lamps.","inReplyTo":"9171"}',
    ]
    const path = writeInto(folder, 'answered.jsonl', rows.join('\n'))
    await unspoolHere(['add', '--archive', archive, path])
    for (const id of ['x:9171', 'x:91']) {
      expect((await why(id)).out).toMatch(/^x:9171 {2}unknown: 1 post.*\nx:9171 {2}unknown: 1 reply/s)
      const shown = await unspoolHere(['show', '--archive', archive, '--format', 'text', id])
      expect(shown.out).toMatch(/One lamp\..*Two lamps\./s)
    }
    expect(JSON.parse((await why('x:9171', '--json')).out)).toMatchObject([
      { thread: { id: 'x:9171' } },
      { conversation: { id: 'x:9171' } },
    ])
  })

  it('says so when nothing is called so', async () => {
    const { code, err } = await why('x:nothing')
    expect(code).toBe(EXIT_CODES.usage.code)
    expect(err).toContain('no thread or discussion is called x:nothing')
  })
})
