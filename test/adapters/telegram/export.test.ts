// Telegram Desktop's pages of a chat.
import { describe, expect, it } from 'vitest'
import { telegramExport } from '../../../src/adapters/telegram/export.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(telegramExport)

const [chat] = casesOf('telegram-export') as [Case]
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
