import { describe, expect, it } from 'vitest'
import { wordpress } from '../../../src/adapters/wordpress/wordpress.ts'
import { wpJson } from '../../../src/adapters/wordpress/wp-json.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(wpJson)

const CASES = new Map(casesOf('wp-json').map((fixture) => [fixture.name, fixture]))
const comments = CASES.get('comments-page') as Case
const post = CASES.get('post') as Case

describe('comments of a post', () => {
  const { posts, declared, next } = wpJson.extract(pageOf(comments))

  it('takes each parent as declared, also one that stands on another page', () => {
    expect(posts.map(({ key, parent }) => [key, parent?.key, parent?.ref?.id, parent?.basis, parent?.p])).toEqual([
      ['comment-141', 'comment-140', 'gauges.example/comment-140', 'declared', 1],
      ['comment-140', null, 'gauges.example/post-1311', 'declared', 1],
      ['comment-142', 'comment-141', 'gauges.example/comment-141', 'declared', 1],
      ['comment-143', null, 'gauges.example/comment-139', 'declared', 1],
      ['comment-144', null, 'gauges.example/post-1311', 'declared', 1],
    ])
  })

  it('knows from the headers how many there are and where the rest is', () => {
    expect(declared.replies).toBe(7)
    expect(next).toEqual(['http://gauges.example/wp-json/wp/v2/comments?post=1311&per_page=5&page=2'])
    const saved = wpJson.extract(pageOf({ ...comments, headers: [] }))
    expect(saved.notes.map(({ code }) => code)).toEqual(['pages-unknown'])
    expect(saved.declared.replies).toBeNull()
  })

  it('flags pingbacks', () => {
    expect(posts.at(-1)?.provenance.extra).toEqual({ type: 'pingback' })
  })
})

describe('names', () => {
  it('are those of the page, so that both sightings are one post', () => {
    const page = pageOf(casesOf('wordpress').find(({ name }) => name === 'footnotes-and-comments') as Case)
    const shown = wordpress.extract(page).posts.slice(0, 3)
    const link = shown[0]?.url
    const told = [
      { id: 1204, title: { rendered: 'x' }, content: { rendered: 'x' }, link, type: 'post' },
      { id: 90, post: 1204, parent: 0, author_name: 'x', content: { rendered: 'x' }, link: `${link}#comment-90` },
      { id: 91, post: 1204, parent: 90, author_name: 'x', content: { rendered: 'x' }, link: `${link}#comment-91` },
    ]
    const { posts } = wpJson.extract(pageOf(comments, JSON.stringify(told)))
    expect(posts.map(({ ref }) => ref)).toEqual(shown.map(({ ref }) => ref))
    expect(posts.map(({ parent }) => parent?.ref)).toEqual(shown.map(({ parent }) => parent?.ref))
  })
})

describe('a post', () => {
  it('carries its author, footnote and times, and asks for its comments', () => {
    const { posts, next } = wpJson.extract(pageOf(post))
    expect(posts[0]).toMatchObject({
      author: { id: 'gauges.example/author-7', handle: 'petra', name: 'Petra Lund' },
      createdAt: '2024-06-01T06:30:00.000Z',
      editedAt: '2024-06-05T10:00:00.000Z',
      footnotes: [{ label: '1', text: 'Except on the 9th, when I was at the dentist.' }],
    })
    expect(posts[0]?.text).not.toMatch(/Share this|Print/)
    expect(next).toEqual(['http://gauges.example/wp-json/wp/v2/comments?post=1311&per_page=100'])
  })

  it('without words because of a password is withheld, not empty', () => {
    const own = JSON.parse(new TextDecoder().decode(post.body))
    const { posts, notes } = wpJson.extract(
      pageOf(post, JSON.stringify({ ...own, content: { rendered: '', protected: true } })),
    )
    expect(posts[0]?.provenance.extra).toEqual({ withheld: 'protected by a password' })
    expect(notes.map(({ code }) => code)).toContain('withheld')
  })
})

describe('answers without posts', () => {
  const codes = (value: unknown) => wpJson.extract(pageOf(post, JSON.stringify(value))).notes.map(({ code }) => code)
  const self = [{ href: 'http://gauges.example/wp-json/wp/v2/media/5' }]

  it('are refused by name', () => {
    expect(codes([{ id: 5, media_type: 'image', _links: { self } }])).toEqual(['not-posts'])
    expect(codes({ code: 'rest_post_invalid_id', message: 'Invalid post ID.', data: { status: 404 } })).toEqual([
      'not-found',
    ])
  })
})

it('keeps an excerpt that the author wrote, and not one made of the first words', () => {
  const item = JSON.parse(new TextDecoder().decode(post.body)) as { content: { rendered: string } }
  const excerptOf = (rendered: string) =>
    wpJson.extract(pageOf(post, JSON.stringify({ ...item, excerpt: { rendered } }))).posts[0]?.provenance.extra?.[
      'excerpt'
    ]
  expect(excerptOf('<p>In short: bring your own boots.</p>')).toBe('In short: bring your own boots.')
  expect(excerptOf(`${item.content.rendered.slice(0, 200)} Read more`)).toBeUndefined()
})
