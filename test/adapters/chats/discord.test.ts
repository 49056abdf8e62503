// Channels and threads of Discord: answers, the message a thread hangs on, what previews and forwards show, what is no
// message.
import { describe, expect, it } from 'vitest'
import { discord } from '../../../src/adapters/chats/discord.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(discord)

const CASES = new Map(casesOf('discord').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => discord.extract(pageOf(CASES.get(name) as Case, body))

describe('a channel', () => {
  const { posts, notes, declared } = read('channel')
  const byKey = new Map(posts.map((post) => [post.key, post]))

  it('is its messages, with the remarks of the program counted', () => {
    expect(posts).toHaveLength(6)
    expect(declared).toMatchObject({ title: 'rigging', site: 'Harbour Society' })
    expect(notes.map(({ code }) => code)).toEqual(['partial-export', 'remarks'])
    expect(notes.at(-1)?.message).toContain('1 ChannelPinnedMessage, 1 Call')
  })

  it('joins answers by id, also to messages that are not here', () => {
    expect(byKey.get('1213000000000000002')?.parent).toMatchObject({ key: '1213000000000000001', basis: 'declared' })
    expect(byKey.get('1213000000000000005')?.parent).toMatchObject({ key: null, ref: { id: '1210000000000000077' } })
    const { threads } = unrollTogether([read('channel')])
    expect(threads.find(({ posts: [first] }) => first?.post.key === '1213000000000000001')?.posts).toHaveLength(2)
  })

  it('keeps edits, files, stickers, reactions and old account numbers', () => {
    expect(byKey.get('1213000000000000001')).toMatchObject({
      createdAt: '2024-03-01T08:00:00.125Z',
      editedAt: '2024-03-01T08:02:00.000Z',
      author: { handle: 'wren', name: 'Wren of Dock 4' },
      media: [{ kind: 'image', url: 'rigging.json_Files/halyard-1A2B3.jpg', alt: 'halyard.jpg' }],
      provenance: { extra: { reactions: { '⛵': 3 }, pinned: true } },
    })
    expect(byKey.get('1213000000000000004')?.author?.handle).toBe('Odo#4411')
    expect(byKey.get('1213000000000000005')?.media).toMatchObject([{ kind: 'image', alt: 'Waving gull' }])
  })

  it('shows previews and forwarded words as quotes, and never as the writer’s own', () => {
    expect(byKey.get('1213000000000000004')?.quotes).toMatchObject([
      { text: 'Ropes at night\nWhy cordage shrinks after dusk', url: 'https://rope.example/night' },
    ])
    expect(byKey.get('1213000000000000004')?.media).toHaveLength(1)
    expect(byKey.get('1213000000000000007')).toMatchObject({
      text: '',
      parent: null,
      quotes: [{ ref: { id: '1209000000000000055' }, text: 'Nobody sails on the thirteenth.' }],
    })
    expect(byKey.get('1213000000000000006')?.text).toBe('High water\nAt the north mole.\nTime: 13:40')
  })
})

it('takes the paths of Windows, and none that lead out of the export', () => {
  const media = (url: string) => {
    const page = JSON.parse(new TextDecoder().decode((CASES.get('channel') as Case).body))
    page.messages[0].attachments[0].url = url
    return read('channel', JSON.stringify(page)).posts[0]?.media.map((one) => one.url)
  }
  expect(media('a [1].json_Files\\\\b.png')).toEqual(['a [1].json_Files/b.png'])
  expect(media('..\\..\\b.png')).toEqual([])
})

describe('a thread', () => {
  it('hangs on the message whose id it has; the stand-in is no message', () => {
    const { posts, notes } = read('thread')
    expect(posts.map(({ key, parent }) => [key.slice(-3), parent?.ref?.id.slice(-3)])).toEqual([
      ['502', '500'],
      ['503', '502'],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['messages-missing'])
  })

  it('counts nothing as missing that is in another piece of its file', () => {
    const page = pageOf(CASES.get('thread') as Case)
    const piece = { ...page, capture: { ...page.capture, input: 'thread.json!/items-1-3.json' } }
    expect(discord.extract(piece).notes).toEqual([])
  })

  it('without a stand-in hangs on nothing', () => {
    const page = JSON.parse(new TextDecoder().decode((CASES.get('thread') as Case).body))
    const { posts } = read('thread', JSON.stringify({ ...page, messages: page.messages.slice(1) }))
    expect(posts.map(({ parent }) => parent?.ref?.id.slice(-3) ?? null)).toEqual([null, '502'])
  })
})

describe('a channel as a page', () => {
  const { posts, notes, declared } = read('page')

  it('tells the moment of a message by its id, for the printed clock has no zone', () => {
    expect(posts.map(({ key, createdAt }) => [key, createdAt])).toEqual([
      ['1213000000000000001', '2024-03-01T05:48:56.450Z'],
      ['1213000000000000011', '2024-03-01T05:48:56.450Z'],
      ['1213000500000000000', '2024-03-01T05:50:55.659Z'],
    ])
  })

  it('gives all of a group the name above it, and an answer its own', () => {
    expect(posts.map(({ author }) => [author?.handle, author?.name, author?.id?.slice(-1)])).toEqual([
      ['wren', 'Wren of Dock 4', '1'],
      ['wren', 'Wren of Dock 4', '1'],
      ['Odo#4411', 'Odo', '2'],
    ])
    expect(posts[2]?.parent?.ref?.id).toBe('1213000000000000001')
  })

  it('keeps lines, marks, files and reactions, and counts the program’s remarks', () => {
    expect(posts[0]?.text).toBe('The halyard was never tied.\nLook at the knot 🪢')
    expect(posts[0]?.media.map(({ kind, url }) => [kind, url])).toEqual([
      ['image', 'rigging.html_Files/halyard-1A2B3.jpg'],
    ])
    expect(posts[0]?.provenance.extra).toMatchObject({ reactions: { '⛵': 3 }, pinned: true })
    expect(posts[2]?.quotes).toMatchObject([{ text: 'Ropes at night', url: 'https://rope.example/night' }])
    expect(notes.map(({ code }) => code)).toEqual(['remarks'])
    expect(declared).toMatchObject({ title: 'Workshops / rigging', site: 'Harbour Society' })
  })
})
