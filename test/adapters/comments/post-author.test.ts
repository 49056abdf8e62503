// Which comments are the article's author's own: what the page marks, and what only bears the same name.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case
const WORDS = 'The weir was mended in the dry year, and whoever mended it left a shoe between the stones. '.repeat(5)

interface Comment {
  readonly name: string
  readonly worn?: string
  readonly badge?: string
}

function read(comments: readonly Comment[]): Extraction {
  const items = comments.map(
    ({ name, worn = '', badge = '' }, i) =>
      `<article class="comment ${worn}"><b class="username">${name}</b> ${badge}<time datetime="2019-05-02T09:1${i}:00Z">2 May</time><div class="text"><p>It was a left shoe, number ${i}.</p></div></article>`,
  )
  const head = '<title>The weir</title><meta name="author" content="Mara Lind">'
  const html = `<!DOCTYPE html><html lang="en"><head>${head}</head><body><article><h1>The weir</h1><p>${WORDS}</p><p>${WORDS}</p></article><section id="comments">${items.join('')}</section></body></html>`
  return extractPage(pageOf({ ...fixture, url: null }, html))
}

const marks = ({ posts }: Extraction) =>
  posts.slice(1).map(({ author, isPostAuthor, provenance }) => {
    const inferred = provenance.extra?.['postAuthor'] as { readonly basis: string } | undefined
    return [author?.name, isPostAuthor, inferred?.basis ?? null]
  })

describe('a comment of the article’s author', () => {
  it.each<[string, Partial<Comment>]>([
    ['class of the comment', { worn: 'bypostauthor' }],
    ['badge', { badge: '<span class="pill">Author</span>' }],
    ['badge in German', { badge: '<em>(Autorin)</em>' }],
    ['class of an empty badge', { badge: '<i class="comment-author-badge"></i>' }],
  ])('is marked by the page, under whatever name: %s', (_, mark) => {
    const page = read([{ name: 'Ida' }, { name: 'weirkeeper', ...mark }, { name: 'Jon' }])
    expect(marks(page)).toEqual([
      ['Ida', false, null],
      ['weirkeeper', true, null],
      ['Jon', false, null],
    ])
    expect(page.posts[2]?.text).toBe('It was a left shoe, number 1.')
  })

  it('is not told by what stands beside every name', () => {
    const badge = '<span>Author</span>'
    expect(
      marks(
        read([
          { name: 'Ida', badge },
          { name: 'Jon', badge },
        ]),
      ),
    ).toEqual([
      ['Ida', false, null],
      ['Jon', false, null],
    ])
  })

  it('that bears the same name is no more than that: inferred, with its probability', () => {
    const page = read([{ name: 'Ida' }, { name: 'mara  lind' }])
    expect(marks(page)).toEqual([
      ['Ida', false, null],
      ['mara lind', false, 'inferred'],
    ])
    expect(page.posts[2]?.provenance.extra).toEqual({
      postAuthor: { basis: 'inferred', p: 0.9, say: 'bears the name of the article’s author' },
    })
  })
})
