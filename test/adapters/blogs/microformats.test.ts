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
