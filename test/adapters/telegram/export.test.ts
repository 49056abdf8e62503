// Telegram Desktop's pages of a chat.
import { describe, expect, it } from 'vitest'
import { telegramExport } from '../../../src/adapters/telegram/export.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(telegramExport)

const [chat, json] = casesOf('telegram-export') as [Case, Case]
const { posts, notes } = telegramExport.extract(pageOf(chat))

describe('telegram-export', () => {
  it('gives a joined message the name above it, and a forwarded one its forwarder', () => {
    expect(posts.map(({ author }) => author?.name)).toEqual(['Birte Holm', 'Birte Holm', 'Juno', 'Nils Aas'])
    expect(posts.at(-1)?.provenance.extra?.['forwardedFrom']).toContain('Harbour office')
  })

  it('takes moments from clocks with a zone only', () => {
    expect(posts[0]?.createdAt).toBe('2024-03-03T08:12:04.000Z')
    expect(posts.at(-1)?.createdAt).toBeNull()
    expect(posts.at(-1)?.provenance.extra?.['printedDate']).toBe('03.03.2024 09:30:00')
  })

  it('knows what is answered, and no number outside of its chat', () => {
    expect(posts.map(({ parent }) => parent?.key ?? null)).toEqual([null, null, 'message11', null])
    expect(posts.map(({ ref }) => ref)).toEqual([null, null, null, null])
  })

  it('keeps pictures, and says what it left', () => {
    expect(posts[2]?.media.map(({ kind, url }) => [kind, url])).toEqual([
      ['image', 'photos/photo_1@03-03-2024_09-20-31.jpg'],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['wordless'])
  })
})

describe('telegram-export in JSON', () => {
  const all = telegramExport.extract(pageOf(json))

  it('names a message by its chat and number, so that two chats keep theirs apart', () => {
    expect(all.posts.map(({ ref }) => ref?.id)).toEqual([
      '1500000042/3',
      '1500000042/4',
      '1500000042/5',
      '1500000042/6',
      '5100000002/3',
    ])
    expect(all.posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual([null, '1500000042/3', null, null, null])
  })

  it('takes a topic of a forum for no message that is answered', () => {
    expect(all.posts[0]?.parent).toBeNull()
    expect(all.posts[0]?.conversation).toBe('1500000042/2')
  })

  it('takes only what has a zone for a moment', () => {
    expect(all.posts[0]?.createdAt).toBe('2024-03-03T08:12:04.000Z')
    expect(all.posts[1]?.editedAt).toBe('2024-03-03T08:21:00.000Z')
    expect(all.posts.at(-1)).toMatchObject({ createdAt: null, editedAt: null })
    expect(all.posts.at(-1)?.provenance.extra?.['printedDate']).toBe('2019-07-12T16:55:32')
  })

  it('keeps marked-up words, authors without a name, and says what is not there', () => {
    expect(all.posts[0]?.text).toBe('We meet on Thursday, the notes are on the shelf.\nBring tea.')
    expect(all.posts[0]?.html).toContain('href="https://choir.example/shelf"')
    expect(all.posts[3]?.author).toEqual({ id: '5100000009', handle: null, name: null, url: null })
    expect(all.notes.map(({ code }) => code)).toEqual(['files-gone', 'clock-without-zone', 'wordless', 'remarks'])
  })
})
