// What a person reads of a search: a hit a line, what was not ranked, and the key of the next page.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { unspoolHere } from './in-process.ts'
import { makeFolder, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const POSTS = [
  { id: '1', author: 'keeper', text: 'The lamp needs oil', created_at: '2026-01-02T03:04:05Z' },
  { id: '2', author: 'orla', text: 'No oil on the island', created_at: '2026-01-03T23:30:00Z' },
  { id: '3', author: 'orla', text: '港の灯台は今日も光る', created_at: '2026-01-04T00:30:00Z' },
]
const search = (...args: string[]) => unspoolHere(['search', '--archive', archive, ...args])

beforeAll(async () => {
  const lines = POSTS.map((post) => JSON.stringify(post)).join('\n')
  await unspoolHere(['add', '--archive', archive, writeInto(folder, 'posts.jsonl', lines)])
})

describe('unspool search', () => {
  it('prints a hit a line, with its day, author and words', async () => {
    const { code, out } = await search('lamp')
    expect(code).toBe(0)
    expect(out).toMatch(/^\S+ {2}2026-01-02 {2}keeper {2}The \[lamp\] needs oil\n$/)
  })

  it('gives the key of the next page, which is the rest', async () => {
    const first = await search('oil', '--limit', '1')
    const key = /more: unspool search oil --archive \S+ --limit 1 --after (\S+)/.exec(first.err)?.[1] ?? ''
    const second = await search('oil', '--limit', '1', '--after', key)
    expect(second.err).toBe('')
    expect(`${first.out}${second.out}`.split('\n').sort()).toEqual((await search('oil')).out.split('\n').sort())
  })

  it('takes a day whole, in UTC', async () => {
    const days = async (...args: string[]) => (await search('oil', ...args)).out.match(/2026-01-0\d/g) ?? []
    expect(await days('--since', '2026-01-03')).toEqual(['2026-01-03'])
    expect(await days('--until', '2026-01-03', '--author', '@Orla')).toEqual(['2026-01-03'])
    expect(await days('--until', '2026-01-02')).toEqual(['2026-01-02'])
    expect((await search('oil', '--since', 'yesterday')).code).toBe(EXIT_CODES.usage.code)
  })

  it('finds words inside text without spaces, and says how', async () => {
    const { out, err } = await search('灯台')
    expect(out).toContain('港の[灯台]は今日も光る')
    expect(err).toBe('unspool: posts were looked at one by one and are not ranked: those stored last come first\n')
  })

  it('says so when nothing is found', async () => {
    expect((await search('whale')).err).toContain('has all of these words')
    expect((await search('oil', '--author', 'nobody')).err).toContain('and is what else was asked for')
  })

  it('prints one JSON document with the order and the next key', async () => {
    expect(JSON.parse((await search('oil', '--limit', '1', '--json')).out)).toMatchObject({
      hits: [{ snippet: expect.stringContaining('[oil]') }],
      order: 'rank',
      next: expect.stringMatching(/^[\d.e-]+\/\d+$/),
      remark: null,
    })
  })
})
