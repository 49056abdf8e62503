// Several entries marked up with microformats.
import { describe, expect, it } from 'vitest'
import { microformats } from '../../../src/adapters/blogs/microformats.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(microformats)

const [feed, note] = casesOf('microformats') as [Case, Case]
const entry = (inside: string) => `<div class="h-entry">${inside}</div>`
const page = (body: string) => pageOf(feed, `<!doctype html><title>T</title><body>${body}</body>`)

describe('microformats', () => {
  const { posts } = microformats.extract(pageOf(feed))

  it('tells notes from articles, and takes the name above them', () => {
    expect(posts.map(({ kind, title, author }) => [kind, title, author?.name])).toEqual([
      ['article', 'How to splice in the rain', 'Birte Holm'],
      ['post', null, 'Birte Holm'],
      ['post', null, 'Birte Holm'],
    ])
  })

  it('knows what an entry answers, here and elsewhere', () => {
    expect(posts[1]?.parent).toMatchObject({ key: 'entry-3', ref: { id: 'http://slipway.example/notes/1' } })
    const answer = entry('<a class="u-in-reply-to" href="https://tide.example/9">9</a><p class="e-content">Tar.</p>')
    const { posts: others } = microformats.extract(page(answer + answer))
    expect(others.map(({ parent }) => [parent?.key, parent?.ref?.id])).toEqual([
      [null, 'https://tide.example/9'],
      [null, 'https://tide.example/9'],
    ])
  })

  it('reads one note whose words are its name, under its own address and not its author’s', () => {
    const { posts: read } = microformats.extract(pageOf(note))
    expect(microformats.recognises(pageOf(note))).toBe(true)
    expect(read).toMatchObject([
      {
        kind: 'post',
        title: null,
        url: 'https://lamps.example/molewarden/705248246067806',
        author: { name: 'Mole Warden' },
      },
    ])
    expect(read[0]?.text).toMatch(/^Counted the lamps .* hums https:\/\/lamps\.example\/e11$/)
  })

  it.each([
    ['one entry', entry('<p class="e-content">Tar.</p>')],
    ['an entry with its comments', entry(`<p class="e-content">Tar.</p>${entry('<p class="e-content">Rope.</p>')}`)],
    ['entries without words', entry('<a class="u-url" href="/1">1</a>').repeat(3)],
  ])('leaves %s to others', (_, body) => {
    expect(microformats.recognises(page(body))).toBe(false)
  })
})

describe('microformats as a parser hands them on', () => {
  const parsed = casesOf('microformats').find(({ name }) => name === 'parsed') as Case
  const { posts } = microformats.extract(pageOf(parsed))

  it('reads entries with their comments, and takes the feed’s author', () => {
    expect(posts.map(({ key, kind, title, author, parent }) => [key, kind, title, author?.name, parent?.key])).toEqual([
      ['entry-1', 'article', 'Winter oil', 'Birte Holm', undefined],
      ['entry-1-comment-1', 'comment', null, 'Ove', 'entry-1'],
      ['entry-1-comment-2', 'comment', null, 'Tide Club', 'entry-1'],
      ['entry-2', 'post', null, 'Birte Holm', 'entry-1'],
    ])
    expect(posts[0]?.text).toBe('Oil the planks before the frost.\n\nAfterwards is too late.')
    expect(posts[3]?.media).toMatchObject([{ url: 'http://slipway.example/half.jpg', alt: 'A hull, one side darker' }])
  })

  it('reads one entry by itself, and no JSON of other kinds', () => {
    const lone = '{"type":["h-entry"],"properties":{"name":["Tar"],"content":["Black and slow."]}}'
    expect(microformats.extract(pageOf(parsed, lone)).posts).toMatchObject([{ title: 'Tar', text: 'Black and slow.' }])
    for (const other of ['{"items":[{"title":"Tar"}]}', '{"type":"h-entry","properties":{}}', '[]'])
      expect(microformats.recognises(pageOf(parsed, other))).toBe(false)
  })
})
