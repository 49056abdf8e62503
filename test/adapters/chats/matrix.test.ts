// Rooms of Matrix: threads and answers, edits as versions, reactions counted, redactions as places without words.
import { describe, expect, it } from 'vitest'
import { matrix } from '../../../src/adapters/chats/matrix.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(matrix)

const CASES = new Map(casesOf('matrix').map((fixture) => [fixture.name, fixture]))
const read = (body?: string) => matrix.extract(pageOf(CASES.get('element-export') as Case, body))
const event = (id: string, ts: number, content: object) => ({
  type: 'm.room.message',
  event_id: id,
  sender: '@ada:light.example',
  origin_server_ts: ts,
  content: { msgtype: 'm.text', ...content },
})

describe('a room', () => {
  const { posts, notes } = read()
  const byKey = new Map(posts.map((post) => [post.key, post]))

  it('takes the words of an answer without those it repeats', () => {
    expect(byKey.get('$answer')).toMatchObject({ text: 'Since when?', parent: { key: '$first', basis: 'declared' } })
  })

  it('tells a real answer in a thread from the stand-in for old clients', () => {
    expect(byKey.get('$threaded')?.parent?.key).toBe('$first')
    expect(byKey.get('$inthread')?.parent?.key).toBe('$threaded')
  })

  it('lays edits onto what they edit, and only those of its author', () => {
    expect(byKey.get('$threaded')).toMatchObject({
      text: 'Monday, after the hail.',
      createdAt: '2024-03-01T09:02:00.000Z',
      editedAt: '2024-03-01T09:05:00.000Z',
      provenance: { path: '/messages/5', extra: { olderVersions: [{ text: 'Tuesday, after the hail.' }] } },
    })
    expect(posts.some(({ text }) => text.includes('Never'))).toBe(false)
  })

  it('keeps the places of what is redacted or encrypted, without words', () => {
    expect(byKey.get('$gone')).toMatchObject({ text: '', provenance: { extra: { withheld: 'redacted' } } })
    expect(byKey.get('$late')).toMatchObject({ text: '', html: null, parent: { key: '$gone' } })
    expect(byKey.get('$secret')?.provenance.extra).toEqual({ withheld: 'encrypted' })
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'withheld', 'remarks'])
  })

  it('counts reactions, names accounts, and tells a file’s name from a caption', () => {
    expect(byKey.get('$first')).toMatchObject({
      author: { handle: 'ada:light.example', name: 'Ada of the Lamp' },
      provenance: { extra: { reactions: { '🕯️': 2 } } },
    })
    expect(byKey.get('$picture')).toMatchObject({ text: '', media: [{ kind: 'image', alt: 'lamp.jpg', width: 1024 }] })
    expect(byKey.get('$captioned')?.text).toBe('The crack, in <evening> light')
  })
})

describe('answers of a server', () => {
  it('give a context in the order of the room', () => {
    const [a, b, c] = ['$a', '$b', '$c'].map((id, i) => event(id, 1_709_283_600_000 + i, { body: `Line ${id}` }))
    const context = { start: 's', end: 'e', event: c, events_before: [b, a], events_after: [] }
    expect(read(JSON.stringify(context)).posts.map(({ key }) => key)).toEqual(['$a', '$b', '$c'])
  })

  it('may hold an edit alone, or inside of what it edits', () => {
    const edit = event('$e', 1_709_283_700_000, {
      body: '* New',
      'm.new_content': { msgtype: 'm.text', body: 'New' },
      'm.relates_to': { rel_type: 'm.replace', event_id: '$a' },
    })
    const alone = read(JSON.stringify({ chunk: [edit] }))
    expect(alone.posts).toMatchObject([
      { key: '$a', text: 'New', createdAt: null, editedAt: '2024-03-01T09:01:40.000Z' },
    ])
    expect(alone.notes.map(({ code }) => code)).toEqual(['edits-only'])
    const bundled = {
      ...event('$a', 1_709_283_600_000, { body: 'Old' }),
      unsigned: { 'm.relations': { 'm.replace': edit } },
    }
    expect(read(JSON.stringify({ chunk: [bundled] })).posts).toMatchObject([{ key: '$a', text: 'New' }])
  })

  it('may come one a line', () => {
    const lines = [event('$a', 1, { body: 'One' }), event('$b', 2, { body: 'Two' })].map((one) => JSON.stringify(one))
    const { posts } = read(`${lines.join('\n')}\n`)
    expect(posts.map(({ text, provenance: { line, path } }) => [text, line, path])).toEqual([
      ['One', 1, null],
      ['Two', 2, null],
    ])
  })
})

it('says of a room exported as a page what to ask for instead', () => {
  const tile = '<li class="mx_EventTile"><span class="mx_EventTile_body">Oil is low.</span></li>'
  const page = `<!doctype html><ol><div class="mx_Export_EventWrapper">${tile}</div></ol>`
  expect(read(page)).toMatchObject({ posts: [], notes: [{ code: 'export-as-pages' }] })
})
