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

describe('comments in a definition list whose rows are coloured in turn (Dotclear)', () => {
  it('are all told', () => {
    const item = (id: number, name: string) =>
      `<dt id="c${id}" class="${id % 2 ? 'odd' : ''}"><a href="#c${id}">${id}.</a> Le 2 mai 2019, 09:1${id} par ${name}</dt><dd><p>It was my uncle ${id}.</p></dd>`
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><div id="comments"><h3>4 commentaires</h3><dl>${[1, 2, 3, 4].map((id) => item(id, `Ida ${'ABCDE'[id]}`)).join('')}</dl></div>`,
    )
    expect(rows(page)).toEqual(
      [1, 2, 3, 4].map((id) => [`Ida ${'ABCDE'[id]}`, `It was my uncle ${id}.`, 'article', 'layout']),
    )
  })
})

describe('a time that an element of the page’s own making holds', () => {
  it('is read to the second, whatever the element is called and prints (utterances)', () => {
    const item = (id: number) =>
      `<div class="comment"><header class="comment-header"><span class="comment-meta"><strong>ida</strong> commented <a href="#c${id}"><relative-time datetime="2019-05-02T09:12:0${id}Z">on May 2, 2019</relative-time></a></span></header><div class="markdown-body"><p>It was my uncle.</p></div></div>`
    const page = read(`<article><h1>The bell</h1>${ARTICLE}</article><div id="comments">${item(1)}${item(2)}</div>`)
    expect(page.posts.slice(1).map(({ createdAt }) => createdAt)).toEqual([
      '2019-05-02T09:12:01.000Z',
      '2019-05-02T09:12:02.000Z',
    ])
  })
})

describe('a box of answers, each called the content of a reply (giscus)', () => {
  it('is no second telling of them', () => {
    const reply = (name: string, words: string) =>
      `<div class="x-reply"><div class="x-reply-content"><div class="x-reply-header"><span class="x-author">${name}</span> <time datetime="2019-05-02T10:00:00Z">May 2</time></div><div class="markdown x-reply-content-body"><p>${words}</p></div></div></div>`
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><div class="x-comments"><h4>1 comment</h4><div class="x-comment"><div class="x-comment-header"><span class="x-author">Ida</span> <time datetime="2019-05-02T09:12:00Z">May 2</time></div><div class="markdown x-comment-content"><p>It was my uncle who oiled it.</p></div><div class="x-replies">${reply('Jon', 'Which of your uncles was it?')}${reply('Kari', 'The one with the red can?')}</div></div></div>`,
    )
    expect(rows(page).map(([name, text]) => [name, text])).toEqual([
      ['Ida', 'It was my uncle who oiled it.'],
      ['Jon', 'Which of your uncles was it?'],
      ['Kari', 'The one with the red can?'],
    ])
  })
})

describe('what is pressed beside a name, or stands in place of a heading', () => {
  it.each([
    [
      'zh',
      '评论列表',
      (id: number, name: string, words: string) =>
        `<div class="feedbackItem"><div class="sub"><div><span class="comment_actions"><a>回复</a> <a>引用</a></span></div><a href="#${id}" class="layer">#${id}楼</a> <span class="comment_date">2019-05-02 09:1${id}</span> <a id="a_comment_author_${id}" href="/x">${name}</a></div><div id="comment_body_${id}" class="blog_comment_body"><p>${words}</p></div></div>`,
    ],
    [
      'ja',
      'コメント',
      (id: number, name: string, words: string) =>
        `<div class="comment_entry" id="comment${id}"><h4>無題</h4><div class="comment_body">${words}</div><ul class="comment_info"><li>2019/05/02 09:1${id}</li><li>${name}</li><li><a href="#">URL</a></li><li>[<a href="#">編集</a>]</li></ul></div>`,
    ],
    [
      'ko',
      '댓글',
      (id: number, name: string, words: string) =>
        `<div class="item_reply" id="comment1${id}"><strong class="tit_nickname"><a>${name}</a></strong><p class="txt_reply">${words}</p><div class="information"><span class="txt_date">2019.05.02 09:1${id}</span> <a>신고</a> <a>답글</a></div></div>`,
    ],
  ] as const)('is nobody: %s', (_lang, heading, item) => {
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><div id="comments"><h3>${heading}</h3>${item(1, 'Ida', 'It was my uncle.')}${item(2, 'Jon', 'Which one?')}</div>`,
    )
    expect(page.posts.slice(1).map(({ author, text, createdAt }) => [author?.name, text, createdAt])).toEqual([
      ['Ida', 'It was my uncle.', '2019-05-02T09:11:00.000Z'],
      ['Jon', 'Which one?', '2019-05-02T09:12:00.000Z'],
    ])
  })

  it('is no part of the first comment where it heads a table of them', () => {
    const item = (name: string, words: string) =>
      `<tr><td>${words}</td></tr><tr><td>posted by <a href="mailto:x">${name}</a> on May 2, 2019 at 9:12 am</td></tr>`
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><table><tr><td><b>Comments:</b></td></tr>${item('Ida', 'It was my uncle.')}${item('Jon', 'Which one?')}</table>`,
    )
    expect(rows(page).map(([name, text]) => [name, text])).toEqual([
      ['Ida', 'It was my uncle.'],
      ['Jon', 'Which one?'],
    ])
  })
})

describe('words that end in a line which signs them, in no element of its own (Seesaa)', () => {
  it('are told apart, each with its writer and time', () => {
    const item = (name: string, words: string) =>
      `<div class="text">${words}<br>Posted by ${name} at 2019年05月02日 09:12</div>`
    const page = read(
      `<article><h1>The bell</h1>${ARTICLE}</article><div class="comment"><div class="title">この記事へのコメント</div>${item('Ida Holm', 'It was my uncle who oiled it.<br><br>He went alone.')}${item('Jon', 'Agreed!')}${item('Kari', 'Which of your uncles was it, Ida?')}</div>`,
    )
    expect(page.posts.slice(1).map(({ author, text, createdAt }) => [author?.name, text, createdAt])).toEqual([
      ['Ida Holm', 'It was my uncle who oiled it.\n\nHe went alone.', '2019-05-02T09:12:00.000Z'],
      ['Jon', 'Agreed!', '2019-05-02T09:12:00.000Z'],
      ['Kari', 'Which of your uncles was it, Ida?', '2019-05-02T09:12:00.000Z'],
    ])
  })
})
