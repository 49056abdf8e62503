import { describe, expect, it } from 'vitest'
import type { RowReader, Rows } from '../../../src/adapters/adapter.ts'
import { jsonl } from '../../../src/adapters/rows/jsonl.ts'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(jsonl)

const mixed = casesOf('jsonl').find((fixture) => fixture.name === 'mixed') as Case
const read = (...rows: readonly unknown[]): Extraction =>
  jsonl.extract(pageOf(mixed, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n{"text":"last"}`))

describe('jsonl', () => {
  it('reads every good line, names every bad one, and counts lines as an editor does', () => {
    const { posts, notes } = jsonl.extract(pageOf(mixed))
    expect(posts.map((post) => post.provenance.line)).toEqual([1, 2, 4, 6, 7])
    expect(notes.map((note) => note.message.slice(0, 11))).toEqual(
      ['In line 7: ', 'In line 3: ', 'In line 8: ', 'In line 9: '].sort(),
    )
  })

  it('keeps every digit of an id, also of one written as a number, and refuses one that is rounded', () => {
    const { posts } = jsonl.extract(pageOf(mixed))
    expect(posts[0]?.ref).toEqual({ platform: 'bakery', id: '9007199254740993001' })
    expect(posts[3]?.ref).toEqual({ platform: 'bakery', id: '9007199254740993005' })
    expect(read({ text: 'x', id: 9.007199254740993e24 }).posts[0]?.ref).toBeNull()
    expect(read({ text: 'x', id: 12 }).posts[0]?.ref).toEqual({ platform: 'jsonl', id: '12' })
  })

  it('takes inReplyTo within the platform, or on the platform it names', () => {
    const parents = ['5', 'other:5', 'at://did:plc:x/app/5', 'https://a.example/5'].map(
      (inReplyTo) => read({ text: 'x', platform: 'own', inReplyTo }).posts[0]?.parent?.ref,
    )
    expect(parents).toEqual([
      { platform: 'own', id: '5' },
      { platform: 'other', id: '5' },
      { platform: 'own', id: 'at://did:plc:x/app/5' },
      { platform: 'own', id: 'https://a.example/5' },
    ])
  })

  it('writes times in UTC with milliseconds and leaves others unread but kept', () => {
    const understood = ['2025-01-02T03:04:05+02:00', '2025-01-02 03:04', '2025-01-02']
    const unread = ['2025-13-02T00:00:00.000Z', '2025-02-30T00:00:00.000Z', '2025-02-30', 'soon', 5]
    const times = [...understood, ...unread]
    const { posts } = read(...times.map((createdAt) => ({ text: 'x', createdAt })))
    expect(posts.slice(0, -1).map((post) => post.createdAt ?? post.provenance.extra)).toEqual([
      '2025-01-02T01:04:05.000Z',
      '2025-01-02T03:04:00.000Z',
      '2025-01-02T00:00:00.000Z',
      ...unread.map((createdAt) => ({ createdAt })),
    ])
  })

  it('tells a handle from a name, and reads author objects', () => {
    const authors = ['@ada', 'Ada Byron', { handle: '@ada', name: 'Ada', id: 7 }, 7].map(
      (author) => read({ text: 'x', author }).posts[0]?.author,
    )
    expect(authors).toEqual([
      { id: null, handle: 'ada', name: null, url: null },
      { id: null, handle: null, name: 'Ada Byron', url: null },
      { id: '7', handle: 'ada', name: 'Ada', url: null },
      null,
    ])
  })

  it('keeps unknown keys, and __proto__ among them harms nobody', () => {
    const page = pageOf(mixed, '{"text":"x","__proto__":{"y":1},"likes":3}\n{"text":"z"}')
    expect(Object.keys(jsonl.extract(page).posts[0]?.provenance.extra ?? {})).toEqual(['__proto__', 'likes'])
  })

  it('reads pictures and films under the names that rows give them, with words and without', () => {
    const rows = [
      { text: '', id: 1, photos: ['https://tide.example/a.jpg'] },
      { text: 'x', video: 'b.mp4' },
    ]
    const seen = read(...rows).posts.map(({ media }) => media.map(({ kind, url }) => `${kind} ${url}`))
    expect(seen).toEqual([['image https://tide.example/a.jpg'], ['video b.mp4'], []])
  })

  it('reads one JSON array or object of the same shape, and leaves other platforms alone', () => {
    const array = pageOf(mixed, '[{"text":"a","id":"1"},{"text":"b"}]')
    expect(jsonl.recognises(array)).toBe(true)
    expect(jsonl.extract(array).posts.map((post) => post.provenance.path)).toEqual(['/0', '/1'])
    expect(jsonl.recognises(pageOf(mixed, '{"text":"alone"}'))).toBe(true)
    expect(jsonl.recognises(pageOf(mixed, '[{"text":"a","id_str":"1"}]'))).toBe(false)
  })

  it('takes lines for its own by what is in them, whatever else is among them', () => {
    const recognises = (...rows: string[]) => jsonl.recognises(pageOf(mixed, rows.join('\n')))
    expect(recognises('{"a":1}', '{"text":"x"}')).toBe(true)
    expect(recognises('{"broken', '{"text":"x"}')).toBe(true)
    expect(recognises('{"id_str":"1","text":"x"}', '{"id_str":"2","text":"y"}')).toBe(false)
    expect(recognises('{"a":1}', '{"a":2}')).toBe(false)
    // The opening post has no parent to name.
    expect(recognises('{"id":"1","text":"x"}', '{"id":"2","text":"y","in_reply_to_id":"1"}')).toBe(false)
  })

  it('repairs halves of surrogate pairs and Windows line ends', () => {
    expect(
      jsonl.extract(pageOf(mixed, '{"text":"a\\ud83d b\\r\\nc"}\r\n{"text":"d"}\r\n')).posts.map((post) => post.text),
    ).toEqual(['a\uFFFD b\nc', 'd'])
  })

  it('lists where posts stand, and reads any of them by itself as it reads all', () => {
    for (const page of [
      pageOf(mixed),
      pageOf(mixed, '{"text":"ü"}\r\n\r\nnonsense\n{"id":1}\n{"text":"b","id":"7"}'),
    ]) {
      const { posts, ...frame } = jsonl.extract(page)
      const seen: unknown[] = []
      const reader = jsonl.rows as RowReader
      const rows = reader.list(page, ({ ref, author, parent }) => seen.push([ref, author, parent])) as Rows
      expect(seen).toEqual(posts.map(({ ref, author, parent }) => [ref, author, parent]))
      expect(rows.frame).toEqual({ ...frame, posts: [] })
      expect(reader.read(page, rows, null)).toEqual(posts)
      for (const [at, post] of posts.entries()) expect(reader.read(page, rows, [at])).toEqual([post])
    }
  })

  it('does not drown anybody in notes', () => {
    expect(jsonl.extract(pageOf(mixed, `{"text":"a"}\n${'nonsense\n'.repeat(5000)}`)).notes).toHaveLength(21)
  })
})
