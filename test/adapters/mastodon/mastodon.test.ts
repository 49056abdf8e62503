import { describe, expect, it } from 'vitest'
import { mastodon } from '../../../src/adapters/mastodon/mastodon.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import { type Case, captureOf, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(mastodon)

const cases = new Map(casesOf('mastodon').map((fixture) => [fixture.name, fixture]))
const context = cases.get('context') as Case
const status = cases.get('status') as Case
const ROOT = 'http://social.example/users/nora/statuses/110000000000000001'

describe('mastodon', () => {
  it('names the absent root as the status itself does, so that both captures meet', () => {
    const first = mastodon.extract(pageOf(context)).posts[0]
    expect(first?.parent).toMatchObject({ ref: { platform: 'mastodon', id: ROOT }, key: null, basis: 'declared', p: 1 })
    expect(mastodon.extract(pageOf(status)).posts[0]?.ref?.id).toBe(ROOT)
  })

  it('names a remote post by its uri and its author by user@host', () => {
    const remote = mastodon.extract(pageOf(context)).posts.find((post) => post.author?.handle === 'per@harbour.example')
    expect(remote?.ref?.id).toBe('http://harbour.example/users/per/statuses/43')
    expect(remote?.text).toBe('@nora What thermometer is that? :ferry:')
  })

  it('keeps a content warning out of the text and first in the HTML, and poll options in both', () => {
    const { posts } = mastodon.extract(pageOf(context))
    const warned = posts.find((post) => post.provenance.extra?.['contentWarning'] !== undefined)
    expect(warned?.text).not.toContain('burnt shed')
    expect(warned?.html).toMatch(/^<p><strong>burnt shed/)
    const poll = posts.find((post) => post.html?.includes('<li>'))
    expect(poll?.text).toContain('- I turn it (7)')
  })

  it('reads what a server answers who deletes a post under the id the post had, marked, in the words as typed', () => {
    const { content: _, ...rest } = JSON.parse(new TextDecoder().decode(status.body))
    const deleted = { ...rest, text: 'Ash & <soot>\nin the pan\n\nI sweep it' }
    const { posts, notes, next } = mastodon.extract(pageOf(status, JSON.stringify(deleted)))
    expect(posts).toMatchObject([
      { ref: { id: ROOT }, text: 'Ash & <soot>\nin the pan\n\nI sweep it', provenance: { extra: { deleted: true } } },
    ])
    expect([notes.map(({ code }) => code), next]).toEqual([['deleted-posts'], []])
    const { uri: _uri, ...unnamed } = deleted
    expect(mastodon.recognises(pageOf(status, JSON.stringify(unnamed)))).toBe(false)
  })

  it('asks for the root, the context, and what the server left out', () => {
    expect(mastodon.extract(pageOf(status)).next).toEqual([
      'http://social.example/api/v1/statuses/110000000000000001/context',
    ])
    const { next, notes } = mastodon.extract(pageOf(context))
    expect(next).toEqual([
      'http://social.example/api/v1/statuses/110000000000000001',
      'http://social.example/api/v1/statuses/110000000000000008/context',
    ])
    expect(notes.map((note) => note.code)).toEqual(['root-elsewhere', 'replies-missing'])
  })

  it('says when a context stands at the limit for people without a login', () => {
    const { descendants } = JSON.parse(new TextDecoder().decode(context.body))
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...descendants[0],
      id: String(120000000000000000n + BigInt(i)),
    }))
    const page = pageOf(context, JSON.stringify({ ancestors: [], descendants: many }))
    expect(mastodon.extract(page).notes.map((note) => note.code)).toContain('context-cut')
  })

  it('reads a history as its newest version, older ones beside it', () => {
    const { account } = JSON.parse(new TextDecoder().decode(status.body))
    const versions = ['<p>frist</p>', '<p>first</p>'].map((content, i) => {
      return { content, spoiler_text: '', created_at: `2025-04-05T06:0${i}:00.000Z`, account }
    })
    const capture = {
      ...captureOf(status, JSON.stringify(versions)),
      finalUrl: `http://social.example/api/v1/statuses/110000000000000001/history`,
    }
    const [post] = mastodon.extract(readPage(capture)).posts
    expect(post).toMatchObject({ ref: { id: ROOT }, text: 'first', editedAt: '2025-04-05T06:01:00.000Z' })
    expect(post?.provenance.extra).toEqual({
      olderVersions: [{ text: 'frist', createdAt: '2025-04-05T06:00:00.000Z' }],
    })
  })

  it('leaves boosts out and counts them; a status listed twice is one', () => {
    const own = JSON.parse(new TextDecoder().decode(status.body))
    const list = [own, { ...own, id: '110000000000000099', reblog: own }, own]
    const { posts, notes } = mastodon.extract(pageOf(status, JSON.stringify(list)))
    expect(posts).toHaveLength(1)
    expect(notes.map((note) => note.code)).toEqual(['reblogs'])
  })
})

describe('servers of other kinds', () => {
  const akkoma = cases.get('akkoma-context') as Case

  it('number their posts with letters too', () => {
    const { posts, notes } = mastodon.extract(pageOf(akkoma))
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id ?? null])).toEqual([
      ['http://reeds.example/objects/AM7S6vZQmL6pI9TgPY', null],
      ['http://reeds.example/objects/AM7S7xZQmL6pI9TgQZ', 'http://reeds.example/objects/AM7S6vZQmL6pI9TgPY'],
      ['http://swans.example/objects/78', 'http://reeds.example/objects/AM7S7xZQmL6pI9TgQZ'],
    ])
    expect(posts[0]?.text).toBe('1/2 Counted the geese at dawn.\nForty-one.')
    expect(posts[1]?.quotes).toMatchObject([{ text: 'Every swan is a rumour of snow.' }])
    expect(notes.map(({ code }) => code)).not.toContain('status-unread')
  })

  it('are known by what they find, and by what they notify of', () => {
    const { ancestors } = JSON.parse(new TextDecoder().decode(akkoma.body)) as { ancestors: unknown[] }
    const found = JSON.stringify({ accounts: [], statuses: ancestors, hashtags: [] })
    const told = JSON.stringify([{ id: '7', type: 'mention', account: {}, status: ancestors[0] }])
    for (const [body, path] of [
      [found, '/statuses/0'],
      [told, '/0/status'],
    ] as const) {
      const page = pageOf(akkoma, body)
      expect(mastodon.recognises(page)).toBe(true)
      expect(mastodon.extract(page).posts.map(({ provenance }) => provenance.path)).toEqual([path])
    }
  })
})
