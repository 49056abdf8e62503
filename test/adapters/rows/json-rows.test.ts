import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../src/adapters/index.ts'
import { jsonRows } from '../../../src/adapters/rows/json-rows.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(jsonRows)

const nested = casesOf('json-rows').find((fixture) => fixture.name === 'nested') as Case
const pageWith = (value: unknown) => pageOf(nested, JSON.stringify(value))
const read = (value: unknown) => jsonRows.extract(pageWith(value)).posts
const ROW = { content: 'Tar is cheap.', username: 'ola' }

describe('json-rows', () => {
  it('says where each post stands, and which items hold none', () => {
    const { posts, notes } = jsonRows.extract(pageOf(nested))
    expect(posts.map(({ provenance }) => provenance.path)).toEqual([0, 1, 3].map((at) => `/result/items/${at}`))
    expect(notes.map(({ message }) => message)).toEqual(['In item 3: no "text".'])
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([
      '2024-03-03T09:12:00.000Z',
      '2024-03-03T09:13:00.000Z',
      '2024-03-03T09:21:00.000Z',
    ])
  })

  it('reads lines, arrays of arrays of facts, and arrays of texts', () => {
    const lines = pageOf(nested, `${JSON.stringify(ROW)}\n\n${JSON.stringify(ROW)}\n`)
    expect(jsonRows.extract(lines).posts.map(({ provenance }) => provenance.line)).toEqual([1, 3])
    expect(read({ a: { b: [1, 2, 3], posts: [ROW, ROW] } })).toHaveLength(2)
    expect(read(['Tar is cheap. 1/2', 'Rope is not. 2/2']).map(({ text }) => text)).toEqual([
      'Tar is cheap. 1/2',
      'Rope is not. 2/2',
    ])
  })

  it('knows a post of X by its address', () => {
    const row = {
      ...ROW,
      id: '1764940034995126279',
      url: 'https://x.com/ola/status/1764940034995126279',
      reply_to: '1764940034995126200',
    }
    const [post] = read([row])
    expect([post?.ref, post?.parent?.ref]).toEqual([row.id, row.reply_to].map((id) => ({ platform: 'x', id })))
    expect(read([{ ...row, id: '7' }])[0]?.ref?.platform).toBe('json-rows')
  })

  it('keeps the fields that nobody knows', () => {
    expect(read([{ ...ROW, mood: 'tired' }])[0]?.provenance.extra).toEqual({ mood: 'tired' })
  })

  it.each([
    ['settings', { name: 'app', version: 1, scripts: { build: 'x' } }],
    ['words', ['tar', 'rope']],
    ['rows without a text', [{ id: 1, createdAt: '2024-01-01' }]],
    ['texts without whose or when', [{ content: 'Tar.' }, { content: 'Rope.' }]],
    ['places', { features: [{ id: 1, geometry: { coordinates: [1, 2] } }] }],
  ])('leaves %s alone', (_, value) => {
    expect(adapterFor(pageWith(value))?.name).not.toBe('json-rows')
  })
})
