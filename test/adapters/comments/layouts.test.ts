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

describe('answers beside the words they answer', () => {
  const card = (id: string, day: number, name: string, words: string, answers = '') =>
    `<div id="card-${id}"><div class="card-header"><a class="card-name">${name}</a> <span class="card-score">2 points</span> <span class="card-timeago" title="2021-03-0${day}T10:10:00Z">5 years ago</span></div><div class="card-contents"><div class="card-body"><p>${words}</p></div><div class="card-children">${answers}</div></div></div>`

  it('leave no comment without its words (Commento)', () => {
    const answers = card('b', 2, 'Jasper Kroll', 'One of four?', card('c', 3, 'Ida', 'Of four, yes.'))
    const page = read(
      `<div id="comments">${card('a', 1, 'Ottilie Marsh', 'It was my uncle.', answers)}${card('d', 4, 'Tom', 'Or nobody at all.')}</div>`,
    )
    expect(rows(page)).toEqual([
      ['Ottilie Marsh', '2021-03-01T10:10:00.000Z', 'It was my uncle.', 'article'],
      ['Jasper Kroll', '2021-03-02T10:10:00.000Z', 'One of four?', 'comment-1'],
      ['Ida', '2021-03-03T10:10:00.000Z', 'Of four, yes.', 'comment-2'],
      ['Tom', '2021-03-04T10:10:00.000Z', 'Or nobody at all.', 'article'],
    ])
  })

  it('hang below a comment that has boxes around it (Habr)', () => {
    const thread = (id: number, words: string, answers = '') =>
      `<section class="thread"><article class="thread__item"><div class="comment" id="comment_400${id}"><a class="user__username">u${id}</a> <time datetime="2022-03-0${id}T10:10:00Z">${id} мар 2022</time><div class="comment__body"><p>${words}</p></div></div></article><div class="thread__children">${answers}</div></section>`
    const page = read(
      `<div class="comments">${thread(1, 'It was my uncle.', thread(2, 'Which one?', thread(3, 'The old one.')))}${thread(4, 'Or nobody.')}</div>`,
    )
    expect(rows(page).map(([, , , parent]) => parent)).toEqual(['article', 'comment-1', 'comment-2', 'article'])
  })
})

describe('heads that are named, beside their words', () => {
  const entry = (id: number, name: string, words: string) =>
    `<div class="comments-item"><div class="comments-item-byline" id="comment-${id}"><a href="#comment-${id}">#</a> <strong>${name}</strong> wrote on <time datetime="2023-02-0${id}T10:00:00Z">February ${id}, 2023</time></div><div class="comments-item-body"><p>${words}</p></div></div>`

  it('are no comments without these (Mataroa)', () => {
    const page = read(
      `<div class="comments">${entry(1, 'Ida Holm', 'It was my uncle.')}${entry(2, 'Jon', 'Was it?')}</div>`,
    )
    expect(rows(page)).toEqual([
      ['Ida Holm', '2023-02-01T10:00:00.000Z', 'It was my uncle.', 'article'],
      ['Jon', '2023-02-02T10:00:00.000Z', 'Was it?', 'article'],
    ])
  })
})

it('keeps a comment that is a number', () => {
  const entry = (id: number, words: string) =>
    `<li class="comment" id="comment-10${id}"><b class="author">Ida ${id}</b> <time datetime="2023-02-0${id}T10:00:00Z">February ${id}</time><div class="comment-text"><p>${words}</p></div></li>`
  const page = read(`<ol class="comments">${entry(1, '+1')}${entry(2, '42')}${entry(3, 'Nobody.')}</ol>`)
  expect(rows(page).map(([, , text]) => text)).toEqual(['+1', '42', 'Nobody.'])
})

describe('a flat list in which answers are only named so', () => {
  const entry = (id: string, kind: string, words: string) =>
    `<article id="comment${id}" class="comment ${kind}" itemprop="comment" itemscope itemtype="http://schema.org/Comment"><h3 itemprop="author"><span itemprop="name">Ida ${id}</span></h3><time datetime="2023-02-01T10:00:00Z">February 1</time><div itemprop="text"><p>${words}</p></div></article>`

  it('has them below the last that is none (Staticman)', () => {
    const page = read(
      `<section>${entry('1', '', 'It was my uncle.')}${entry('1-1', 'child', 'Was it?')}${entry('1-2', 'child', 'It was.')}${entry('2', '', 'Or nobody.')}</section>`,
    )
    expect(rows(page).map(([, , , parent]) => parent)).toEqual(['article', 'comment-1', 'comment-1', 'article'])
  })
})

describe('words that stand before who wrote them', () => {
  const signed = (id: number, name: string, words: string) =>
    `<a id="c${id}"></a><p>${words}</p><p class="comment-footer">Posted by: <a href="https://${name.length}.example/">${name}</a> | <a href="#c${id}">March ${id}, 2004 at 4:05 pm</a></p>`
  const expected = [
    ['Ida Holmberg', '2004-03-01T16:05:00.000Z', 'It was my uncle.', 'article'],
    ['Jon', '2004-03-02T16:05:00.000Z', 'Which one of them?', 'article'],
    ['Kari Lindqvist', '2004-03-03T16:05:00.000Z', 'The one with the oil can.', 'article'],
  ]
  const all = [
    signed(1, 'Ida Holmberg', 'It was my uncle.'),
    signed(2, 'Jon', 'Which one of them?'),
    signed(3, 'Kari Lindqvist', 'The one with the oil can.'),
  ].join('')

  it.each(['', '<h3>Post a comment</h3>', '<form><textarea></textarea></form>'])(
    'are theirs, whatever ends the page: %s',
    (end) => {
      const page = read(`<div class="comments"><h3>Comments</h3><div class="content">${all}${end}</div></div>`)
      expect(rows(page)).toEqual(expected)
    },
  )

  it('are theirs where each comment is a box that is called comments', () => {
    const box = (day: number, name: string, words: string) =>
      `<a name="${day}"></a><div class="comments">${words}<br><span class="smallcopy">posted by <a href="/user/${day}">${name}</a> at <a href="/9#${day}">4:05 PM</a> on March ${day}, 2004 [<a href="/f">4 favorites</a>]</span></div><br>`
    const boxes = [
      box(1, 'Ida Holmberg', 'It was my uncle.'),
      box(2, 'Jon', 'Which one of them?'),
      box(3, 'Kari Lindqvist', 'The one with the oil can.'),
    ].join('')
    expect(rows(read(boxes))).toEqual(expected)
  })
})

describe('a comment whose head is called one, too', () => {
  it('keeps the words beside the head, and its answers', () => {
    const item = (id: number, name: string, words: string, answers = '') =>
      `<li id="tree_${id}" class="comment full"><div id="comment_${id}" class="cw"><div id="comment_top_${id}" class="commentTop newcomment"><h4><a href="#${id}">Re: bell</a> <span class="score">(Score:2, Informative)</span></h4><span class="by">by <a href="/~x">${name}</a></span> <span class="otherdetails">on Tuesday March 0${id - 10}, 2020 @04:05PM (<a href="#${id}">#${id}</a>)</span></div><div class="commentBody">${words}</div></div><ul>${answers}</ul></li>`
    const page = read(
      `<div id="commentwrap"><ul class="d2">${item(11, 'Ida', 'It was my uncle.', item(12, 'Jon', 'Which one?'))}${item(13, 'Kari', 'Or nobody.')}</ul></div>`,
    )
    expect(rows(page)).toEqual([
      ['Ida', '2020-03-01T16:05:00.000Z', 'Re: bell\n\nIt was my uncle.', 'article'],
      ['Jon', '2020-03-02T16:05:00.000Z', 'Re: bell\n\nWhich one?', 'comment-1'],
      ['Kari', '2020-03-03T16:05:00.000Z', 'Re: bell\n\nOr nobody.', 'article'],
    ])
  })
})

describe('a list that stands in one of its own name', () => {
  it('holds answers to the comment before it', () => {
    const item = (day: number, name: string, words: string) =>
      `<div class="row" id="item-${day}"><span class="comment-author">${name}</span> <span class="comment-date">2015-03-0${day} 10:10</span><div class="comment-body">${words}</div></div>`
    const page = read(
      `<div id="comments"><div class="tree">${item(1, 'Ida', 'It was my uncle.')}<div class="tree">${item(2, 'Jon', 'Which one of them?')}</div>${item(3, 'Kari', 'Or nobody at all.')}</div></div>`,
    )
    expect(rows(page).map(([, , , parent]) => parent)).toEqual(['article', 'comment-1', 'article'])
  })
})

describe('boxes in boxes of their own name', () => {
  const parents = (page: Extraction) => rows(page).map(([name, , text, parent]) => [name, text, parent])
  const expected = [
    ['Ida', 'It was my uncle.', 'article'],
    ['Jon', 'Which one of them?', 'comment-1'],
    ['Kari', 'The one with the oil can.', 'comment-2'],
    ['Tom', 'Or nobody at all.', 'article'],
  ]

  it.each([
    [
      'beside head and words',
      (name: string, words: string, answers: string) =>
        `<div class="media mt-3"><img src="a.png" alt=""><div class="media-body"><h5>${name} <small>March 3, 2020</small></h5><p>${words}</p>${answers}</div></div>`,
    ],
    [
      'in a list that is not called one, behind name, date and words',
      (name: string, words: string, answers: string) =>
        `<div class="vcard"><div class="vh"><div class="vhead"><span class="vnick">${name}</span> <span class="vsys">Chrome 80</span></div><div class="vmeta"><span class="vtime">2020-03-03</span><span class="vat">Reply</span></div><div class="vcontent"><p>${words}</p></div><div class="vquote">${answers}</div></div></div>`,
    ],
    [
      'and called answers, all of them',
      (name: string, words: string, answers: string) =>
        `<div class="reply reply_wrap"><div class="reply_author"><a class="author" href="/id5">${name}</a></div><div class="reply_text">${words}</div><div class="reply_date"><a href="/wall?reply=5"><span>3 Mar 2020 at 4:05 pm</span></a></div></div><div class="replies_deep">${answers}</div>`,
    ],
  ])('hold answers: %s', (_, box) => {
    const answers = box('Jon', 'Which one of them?', box('Kari', 'The one with the oil can.', ''))
    const all = box('Ida', 'It was my uncle.', answers) + box('Tom', 'Or nobody at all.', '')
    expect(parents(read(`<div id="comments">${all}</div>`))).toEqual(expected)
  })
})

describe('a heading that only repeats the first words', () => {
  it('is none of them', () => {
    const page = read(
      '<section id="comments"><article class="comment" id="comment-41"><footer><b class="username">Ida</b> <time datetime="2019-05-02T09:12:00Z">2 May</time></footer><h3><a href="#comment-41">It was my uncle who…</a></h3><div class="content"><p>It was my uncle who oiled it, and his father before him.</p></div></article></section>',
    )
    expect(page.posts[1]?.text).toBe('It was my uncle who oiled it, and his father before him.')
  })
})

describe('the name of a comment', () => {
  it('is none of the box that is called after its author, and stands in a heading before the date', () => {
    const page = read(
      '<section id="comments"><article id="c41" class="comment author_self"><h4>Ida Holm on <time datetime="2012-03-02T10:11:00Z">02.03.2012 10:11</time>:</h4><div class="content"><p>It was my uncle.</p></div><footer><a href="#form">Reply</a></footer></article></section>',
    )
    expect(rows(page)).toEqual([['Ida Holm', '2012-03-02T10:11:00.000Z', 'It was my uncle.', 'article']])
  })

  it('is the part of its card that is marked as the name', () => {
    const page = read(
      '<div id="comments"><div class="h-cite p-comment"><a class="author p-author h-card" href="https://otto.example/"><span class="p-name">Otto</span><small>@otto</small></a> <time class="dt-published" datetime="2021-03-01T10:10:00Z">March 1</time><div class="p-content">It was my uncle.</div></div></div>',
    )
    expect(page.posts[1]?.author?.name).toBe('Otto')
  })
})

describe('the name behind a date', () => {
  it('is told by the word between them, linked or not (Dotclear)', () => {
    const item = (id: number, name: string, words: string) =>
      `<dt id="c${id}"><a href="#c${id}">${id}.</a> Le mardi 3 mars 2020, 16:0${id} par ${name}</dt><dd><p>${words}</p></dd>`
    const page = read(
      `<div id="comments"><h3>Commentaires</h3><dl>${item(1, 'Ida', 'It was my uncle.')}${item(2, '<a href="https://jon.example/">Jon</a>', 'Which one?')}</dl></div>`,
    )
    expect(rows(page)).toEqual([
      ['Ida', '2020-03-03T16:01:00.000Z', 'It was my uncle.', 'article'],
      ['Jon', '2020-03-03T16:02:00.000Z', 'Which one?', 'article'],
    ])
  })
})

describe('a page of comments and nothing else', () => {
  it('tells them, and that what they are about is elsewhere', () => {
    const item = (name: string, words: string) =>
      `<article class="timeline-comment"><div class="comment"><header class="comment-header"><span class="comment-meta"><a href="https://git.example/${name}"><strong>${name}</strong></a> commented <a href="https://git.example/x#issuecomment-5">6 years ago</a></span><span class="author-association-badge">Owner</span></header><div class="markdown-body">${words}</div></div></article>`
    const html = `<!DOCTYPE html><title>Comments</title><main class="timeline">${item('ida', 'It was my uncle.')}${item('jon', 'Which one of them?')}</main>`
    const page = extractPage(pageOf({ ...fixture, url: 'https://frame.example/c' }, html))
    expect(page.posts.map(({ author, text }) => [author?.name, text])).toEqual([
      ['ida', 'It was my uncle.'],
      ['jon', 'Which one of them?'],
    ])
    expect(page.posts.map(({ parent }) => parent?.ref?.id)).toEqual(['frame.example/c', 'frame.example/c'])
    expect(page.notes.map(({ code }) => code)).toContain('entry-elsewhere')
  })
})

describe('comments told in full by JSON-LD', () => {
  it('are counted as it says, and not read again out of the article', () => {
    const said = {
      '@type': 'DiscussionForumPosting',
      headline: 'The bell',
      commentCount: 5,
      comment: [
        { '@type': 'Comment', text: 'It was my uncle, and his father.', author: { name: 'Ida' } },
        { '@type': 'Comment', text: 'Which one of them was it?', author: { name: 'Jon' } },
      ],
    }
    const html = `<!DOCTYPE html><title>The bell</title><script type="application/ld+json">${JSON.stringify(said)}</script><article><h1>The bell</h1><p>${WORDS}</p><p>${WORDS}</p><div class="x7"><div class="x8">Ida</div><div class="x9"><p>It was my uncle, and his father.</p></div></div><div class="x7"><div class="x8">Jon</div><div class="x9"><p>Which one of them was it?</p></div></div></article>`
    const page = extractPage(pageOf({ ...fixture, url: null }, html))
    expect(rows(page).map(([name, , text]) => [name, text])).toEqual([
      ['Ida', 'It was my uncle, and his father.'],
      ['Jon', 'Which one of them was it?'],
    ])
    expect(page.posts[0]?.text).not.toMatch(/uncle|Jon/)
    expect(page.declared.replies).toBe(5)
  })
})

describe('the time of a comment', () => {
  it('is kept as printed where nobody knows which is the day', () => {
    const page = read(
      '<div id="comments"><article class="comment" id="comment-41"><b class="username">Ida</b> <a href="#comment-41">3/4/2021 at 10:10</a><div class="text"><p>It was my uncle, and his father before him.</p></div></article></div>',
    )
    expect(page.posts[1]).toMatchObject({
      createdAt: null,
      provenance: { extra: { printedTime: '3/4/2021 at 10:10' } },
    })
  })

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

describe('the word between a name and what it says', () => {
  it('is none of the comment’s', () => {
    const item = (id: number, words: string) =>
      `<li><a name="comment-${id}"></a><div><strong>Ida Holm</strong> <!-- -->sagt:<br><time>${id}. Mai 2019</time><div><p>${words}</p></div><button>antworten</button></div></li>`
    const page = read(
      `<section class="comments"><ul>${item(2, 'Sie sagt: nichts.')}${item(3, 'Und doch.')}</ul></section>`,
    )
    expect(page.posts.slice(1).map(({ text, html }) => [text, html])).toEqual([
      ['Sie sagt: nichts.', '<p>Sie sagt: nichts.</p>'],
      ['Und doch.', '<p>Und doch.</p>'],
    ])
  })
})

describe('a dated box in the words of an article', () => {
  it('is no comment, though a heading there speaks of a discussion', () => {
    const notice =
      '<div class="note"><h3>Stand with us <b>Members read more</b></h3><p>We have done so for 106 years ago and more. <i>May 3, 2019</i></p></div>'
    const html = `<!DOCTYPE html><html lang="en"><head><title>The bell</title></head><body><article><h1>The bell</h1><div class="news"><p>${WORDS}</p><p>${WORDS}</p><p><strong>Discussion</strong></p><p>${WORDS}</p>${notice}</div></article></body></html>`
    expect(extractPage(pageOf({ ...fixture, url: null }, html)).posts).toHaveLength(1)
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
    ['<h3>15 gânduri despre „The bell”</h3>', 15],
    ['<h3>15 odpovedí na „The bell“</h3>', 15],
    ['<h3>15 мнения за “The bell”</h3>', 15],
    ['<h3>15 komentara na “The bell”</h3>', 15],
    ['<h3>15 comments: why I write them</h3>', null],
    ['<h3>Comments</h3>', null],
    ['<h3>15 reasons to comment</h3>', null],
  ])('is said by the heading over them: %s', (heading, count) => {
    expect(read(`<div id="comments">${heading}${one}</div>`).declared.replies).toBe(count)
  })

  it.each([
    ['QAPage', 7],
    ['FAQPage', null],
  ])('is said of a question that a page asks, and of none that it answers itself: %s', (type, count) => {
    const mainEntity = [{ '@type': 'Question', name: 'Who oils it?', answerCount: 7 }]
    const data = { '@context': 'https://schema.org', '@type': type, mainEntity }
    const script = `<script type="application/ld+json">${JSON.stringify(data)}</script>`
    expect(read('', script).declared.replies).toBe(count)
  })

  it('takes in answers that are counted apart beside it', () => {
    const heads = (...said: string[]) => `<div>${said.map((one) => `<h4>${one}</h4>`).join('')}</div>`
    expect(read(heads('3 comments', '·', '4 replies')).declared.replies).toBe(7)
    expect(read('<h4>3 Kommentare</h4><span>1 Antwort</span>').declared.replies).toBe(4)
    expect(read(heads('3 comments', 'Newest first', '4 replies')).declared.replies).toBe(3)
    expect(read(heads('3 replies', '4 replies')).declared.replies).toBe(3)
  })

  it('may be called no more than a title, where nothing else tells it', () => {
    const titled = '<div id="talk"><p class="root__title">6 comments</p></div>'
    expect(read(titled).declared.replies).toBe(6)
    expect(read(`<a href="#comments">15 comments</a>${titled}`).declared.replies).toBe(15)
    expect(read(`${titled}<p class="title">2 comments</p>`).declared.replies).toBeNull()
  })

  it('is said by a label, unless another disagrees', () => {
    expect(read('', '<a href="#comments">15 comments</a>').declared.replies).toBe(15)
    const other = '<span class="comment-count">3 comments</span>'
    expect(read('', `<a href="#comments">15 comments</a>${other}`).declared.replies).toBeNull()
  })
})
