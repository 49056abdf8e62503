// Comment areas as blog software of many makers lays them out beside the article, each kind as small as it can be.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case
const WORDS = [
  'The bell on the breakwater has not been rung since the ferry was moved, and yet somebody oils its hinge each spring.',
  'I sat there for three mornings with a flask, and on the third one I met the man with the oil can, who said nothing.',
  'Later the harbour office told me that no such man was on their books, and that the bell had been sold for scrap.',
]
const ARTICLE = WORDS.map((words) => `<p>${words}</p>`).join('')

function read(body: string): Extraction {
  const html = `<!DOCTYPE html><html lang="en"><head><title>The bell</title></head><body>${body}</body></html>`
  return extractPage(pageOf({ ...fixture, url: 'https://quay.example/bell' }, html))
}

function rows({ posts }: Extraction) {
  return posts.slice(1).map(({ author, text, parent }) => [author?.name, text, parent?.key, parent?.basis])
}

describe('a part that is named and headed as comments', () => {
  const comment = (id: number, name: string, words: string) =>
    `<article id="comment-${id}" class="comment"><footer><p class="comment__author">${name} (not verified)</p><p class="comment__time">Thu, 05/02/2019 - 09:1${id}</p></footer><div class="comment__content"><p>${words}</p></div></article>`
  const said =
    'It was my uncle who went out there with the can, every spring until he died, and he never told any of us why he did.'
  const part = `<section class="comment-wrapper"><h2>Comments</h2>${[1, 2, 3, 4, 5].map((id) => comment(id, `ida_${id}9`, said)).join('')}</section>`

  it('leaves the article beside it what it is, however little that has (Drupal)', () => {
    const page = read(
      `<main><h1>The bell</h1><article class="node"><div class="node__content"><div class="field">${ARTICLE}</div>${part}</div></article></main>`,
    )
    expect(page.posts[0]).toMatchObject({ kind: 'article', text: WORDS.join('\n\n') })
    expect(rows(page)[4]).toEqual(['ida_59', said, 'article', 'layout'])
    expect(page.notes.map(({ code }) => code)).not.toContain('entry-elsewhere')
  })
})

describe('a comment that links to what it says it answers', () => {
  const comment = (id: number, name: string, to: string, words: string) =>
    `<div class="comment" id="comment-${id}"><div class="comment-header"><span class="byline">${name}</span>${to} | <a href="#comment-${id}">May 2, 2019 9:1${id} AM</a> | <a href="#comment-${id}">Reply to this</a></div><div class="comment-content"><p>${words}</p></div></div>`

  it.each([
    ' replied to <a href="#comment-1">comment from Ida</a>',
    '<span> in reply to</span> <a href="#comment-1">Ida</a>',
    ' <a href="https://quay.example/bell#comment-1">In reply to Ida</a>',
    ' <a href="#comment-1">parent</a>',
    ' <span>Antwort auf: <a href="#comment-1">@Ida</a></span>',
  ])('hangs below it, in a flat list: %s', (to) => {
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><div id="comments">${comment(1, 'Ida', '', 'It was my uncle.')}${comment(2, 'Jon', '', 'They say it was sold.')}${comment(3, 'Kari', to, 'Which uncle?')}</div>`,
    )
    expect(rows(page)).toEqual([
      ['Ida', 'It was my uncle.', 'article', 'layout'],
      ['Jon', 'They say it was sold.', 'article', 'layout'],
      ['Kari', 'Which uncle?', 'comment-1', 'declared'],
    ])
  })
})

describe('words and their signature in one list item (Textpattern)', () => {
  it.each([
    '&#8212; Ida Holm &#160; May 2, 2019 &#160; #',
    '— Ida Holm · 2 May 2019, 09:12 · #',
    'Ida Holm, 2 May 2019',
  ])('are signed by what stands before the date: %s', (line) => {
    const item = (id: number) =>
      `<li class="comment" id="c${id}"><p>It was my uncle ${id}.</p><p>He went alone.</p><p>${line}</p></li>`
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}<p>Commenting is closed for this article.</p></article><h3 id="comment">Comment</h3><ol class="comments">${item(11)}${item(12)}</ol>`,
    )
    expect(page.posts[0]?.text).toBe(WORDS.join('\n\n'))
    expect(rows(page)).toEqual([
      ['Ida Holm', 'It was my uncle 11.\n\nHe went alone.', 'article', 'layout'],
      ['Ida Holm', 'It was my uncle 12.\n\nHe went alone.', 'article', 'layout'],
    ])
  })

  it('are whole where a paragraph that is called the words ends with the first', () => {
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><ol class="comments"><li class="comment" id="c11"><p class="comment-author">Ida</p><p class="comment-text">It was my uncle.<p>He went alone.</p></p><p class="comment-date">2 May 2019</p></li></ol>`,
    )
    expect(rows(page)).toEqual([['Ida', 'It was my uncle.\n\nHe went alone.', 'article', 'layout']])
  })
})
