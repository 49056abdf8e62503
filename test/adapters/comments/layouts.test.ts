// Comments of unknown software: how they are nested, signed, dated and counted, each kind as small as it can be.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case
const WORDS =
  'The bell on the breakwater has not been rung since the ferry was moved, and yet somebody oils its hinge each spring. '.repeat(
    4,
  )

function read(comments: string, head = ''): Extraction {
  const html = `<!DOCTYPE html><html lang="en"><head><title>The bell</title></head><body>${head}<article><h1>The bell</h1><p>${WORDS}</p><p>${WORDS}</p></article>${comments}</body></html>`
  return extractPage(pageOf({ ...fixture, url: null }, html))
}

function rows({ posts }: Extraction) {
  return posts.slice(1).map(({ author, createdAt, text, parent }) => [author?.name, createdAt, text, parent?.key])
}

describe('answers in a box behind what they answer', () => {
  const comment = (id: number, line: string, words: string) =>
    `<a id="comment-${id}"></a><div class="comment"><h3 class="title"><a href="#comment-${id}">Re: bell</a></h3><div class="submitted">${line}</div><div class="content"><p>${words}</p></div></div>`

  it('hang below it; name and order of the day are told by their lines', () => {
    const page = read(
      `<div id="comments">${comment(1, 'Thu, 05/02/2019 - 09:12 — Ida Holm', 'It was my uncle.')}<div class="indented">${comment(2, 'Thu, 05/02/2019 - 10:40 — Jon (not verified)', 'Which one of them?')}</div>${comment(3, 'Mon, 05/13/2019 - 11:02 — Kari', 'I oiled it once myself.')}</div>`,
    )
    expect(rows(page)).toEqual([
      ['Ida Holm', '2019-05-02T09:12:00.000Z', 'Re: bell\n\nIt was my uncle.', 'article'],
      ['Jon', '2019-05-02T10:40:00.000Z', 'Re: bell\n\nWhich one of them?', 'comment-1'],
      ['Kari', '2019-05-13T11:02:00.000Z', 'Re: bell\n\nI oiled it once myself.', 'article'],
    ])
  })
})

describe('the time of a comment', () => {
  it('is the one for machines, where the line around it says only the day', () => {
    const page = read(
      '<section id="comments"><article class="comment"><h3 class="comment__author">Ida</h3><p class="comment__date"><time datetime="2019-05-02T09:12:00+00:00">May 2, 2019</time></p><div class="comment__text"><p>It was my uncle, and his father before him.</p></div></article></section>',
    )
    expect(page.posts[1]?.createdAt).toBe('2019-05-02T09:12:00.000Z')
  })
})

describe('what was written elsewhere about a page (h-cite)', () => {
  const item = (name: string, day: number, words: string) =>
    `<li class="h-cite"><a class="p-author h-card u-url" href="https://${name}.example/">${name}</a> <a class="u-url" href="https://${name}.example/n/${day}"><time class="dt-published" datetime="2024-03-0${day}T08:00:00Z">March ${day}</time></a><div class="e-content p-name">${words}</div></li>`

  it('is a comment with the address it has there, without being called one', () => {
    const page = read(`<ol class="mentions">${item('otto', 2, 'My uncle, I think.')}${item('ida', 3, 'Ours.')}</ol>`)
    expect(rows(page)).toEqual([
      ['otto', '2024-03-02T08:00:00.000Z', 'My uncle, I think.', 'article'],
      ['ida', '2024-03-03T08:00:00.000Z', 'Ours.', 'article'],
    ])
    expect(page.posts.slice(1).map(({ url }) => url)).toEqual(['https://otto.example/n/2', 'https://ida.example/n/3'])
    expect(page.posts[1]?.html).not.toContain('<li')
  })

  it('is none where the page answers or quotes it', () => {
    const page = read('', `<div class="u-in-reply-to">${item('otto', 2, 'Who oils that hinge?')}</div>`)
    expect(page.posts).toHaveLength(1)
  })
})

describe('the offset of a comment', () => {
  it('is kept where the words beside it have none', () => {
    const page = read(
      '<section id="comments"><article class="comment"><b class="author">Ida</b> <time content="2019-05-02T09:12:29+0200">02.05.2019, 09:12 Uhr</time><div class="text"><p>It was my uncle, and his father before him.</p></div></article></section>',
    )
    expect(page.posts[1]?.createdAt).toBe('2019-05-02T07:12:29.000Z')
  })
})

describe('a date among the words of a short comment', () => {
  it('keeps its half of the day', () => {
    const item = (name: string, when: string, words: string) =>
      `<li><b>${name}</b> <span>${when}</span><p>${words}</p></li>`
    const page = read(
      `<section id="comments"><ul>${item('Ida', 'May 2, 2019 at 9:12 pm', 'My uncle.')}${item('Jon', 'May 2, 2019 at 10:40 pm', 'Which one of the three?')}</ul></section>`,
    )
    expect(page.posts.slice(1).map(({ createdAt }) => createdAt)).toEqual([
      '2019-05-02T21:12:00.000Z',
      '2019-05-02T22:40:00.000Z',
    ])
  })
})

describe('how many comments there are', () => {
  const one =
    '<div class="comment" id="comment-1"><b class="author">Ida</b> <time datetime="2019-05-02T09:12:00Z">May 2</time><p>It was my uncle.</p></div>'

  it.each([
    ['<h3>15 Comments</h3>', 15],
    ['<h3>2 Gedanken zu „The bell“</h3>', 2],
    ['<h2>Una respuesta a «The bell»</h2>', 1],
    ['<h3>۱۵ دیدگاه</h3>', 15],
    ['<h3>15 комментариев</h3>', 15],
    ['<h3>“The bell” için 15 yorum</h3>', 15],
    ['<h3>《The bell》上有15条评论</h3>', 15],
    ['<h3>15 tanker om "The bell"</h3>', 15],
    ['<h3>„The bell” bejegyzéshez 15 hozzászólás</h3>', 15],
    ['<h3>ความเห็น 15 รายการ</h3>', 15],
    ['<h3>15 комментариев: The bell</h3>', 15],
    ['<h3>The bell의 15개의 댓글</h3>', 15],
    ['<h3>15 ความเห็นบน “The bell”</h3>', 15],
    ['<h3>15 comments: why I write them</h3>', null],
    ['<h3>Comments</h3>', null],
    ['<h3>15 reasons to comment</h3>', null],
  ])('is said by the heading over them: %s', (heading, count) => {
    expect(read(`<div id="comments">${heading}${one}</div>`).declared.replies).toBe(count)
  })

  it('is said by a label, unless another disagrees', () => {
    expect(read('', '<a href="#comments">15 comments</a>').declared.replies).toBe(15)
    const other = '<span class="comment-count">3 comments</span>'
    expect(read('', `<a href="#comments">15 comments</a>${other}`).declared.replies).toBeNull()
  })
})
