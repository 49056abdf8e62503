// Messages written out below fields of their own, as programs that keep Signal's chats do.
import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../../src/adapters/index.ts'
import { text } from '../../../../src/adapters/scrape/text.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'

const fixture = casesOf('text').find(({ name }) => name === 'essay') as Case
const pageWith = (...lines: readonly string[]) => pageOf(fixture, lines.join('\n'))
const fields = (name: string, minute: number) => [
  `From: ${name} (+1555000${minute})`,
  'Type: incoming',
  `Sent: Wed, 1 May 2024 10:0${minute}:00 +0200`,
  '',
]

describe('messages below fields', () => {
  const lines = [
    ['Conversation: The pier', ''],
    [...fields('Ada', 1), 'The tide clock stopped.', '', 'Again.', ''],
    [...fields('Kit', 2), 'Note: it is the rope.', ''],
  ].flat()

  it('are told apart, with the moments their clocks name', () => {
    const page = pageWith(...lines)
    expect(adapterFor(page)?.name).toBe('text')
    expect(text.extract(page).posts.map((post) => [post.author?.name, post.createdAt, post.text])).toEqual([
      ['Ada', '2024-05-01T08:01:00.000Z', 'The tide clock stopped.\n\nAgain.'],
      ['Kit', '2024-05-01T08:02:00.000Z', 'Note: it is the rope.'],
    ])
  })

  it('may begin without saying of which chat they are, and are no mails', () => {
    const received = lines.slice(2).map((line) => (line === 'Type: incoming' ? `${line}\nReceived: now` : line))
    const page = pageWith(...received)
    expect(adapterFor(page)?.name).toBe('text')
    expect(text.extract(page).posts).toHaveLength(2)
  })

  it('are not looked for where other words stand above them', () => {
    expect(text.extract(pageWith('Somebody sent me this.', '', ...lines)).posts).toEqual([])
  })
})
