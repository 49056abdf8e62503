// Themes and plugins that print the parts of a comment in ways of their own, each as small as its kind allows.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('wordpress')[0] as Case
const WORDS =
  '<p>The bell on the breakwater has not been rung since the ferry was moved, and yet somebody oils its hinge each spring.</p><p>I sat there for three mornings with a flask, and on the third one I met the man with the oil can, who said nothing at all.</p>'

interface Theme {
  readonly lang?: string
  readonly head?: string
  readonly foot?: string
  readonly comments: string
}

function read({ lang = 'en', head = '', foot = '', comments }: Theme): Extraction {
  const html = `<!DOCTYPE html><html lang="${lang}"><head><title>The bell</title><link rel="stylesheet" href="/wp-content/themes/x/style.css"></head><body class="single postid-7">${head}<div class="post"><h2>The bell</h2><div class="entry">${WORDS}${foot}</div></div>${comments}</body></html>`
  return extractPage(pageOf({ ...fixture, url: 'https://bell.example/?p=7' }, html))
}

function rows({ posts }: Extraction) {
  return posts.slice(1).map(({ author, createdAt, text, parent }) => [author?.name, createdAt, text, parent?.key])
}

describe('comments of a theme', () => {
  it('with a nest told by their own numbers alone', () => {
    const item = (id: number, parent: number, name: string, words: string, inner = '') =>
      `<div id="wpd-comm-${id}_${parent}" class="comment"><div class="wpd-comment-wrap"><div id="comment-${id}" class="wpd-comment-right"><div class="wpd-comment-author">${name}</div><div class="wpd-comment-date" title="May 2, 2019 10:0${id} am">6 years ago</div><div class="wpd-comment-text"><p>${words}</p></div></div></div>${inner}</div>`
    const page = read({
      comments: `<div id="comments">${item(1, 0, 'Ida', 'It was my uncle.', item(2, 1, 'Jon', 'Which one?'))}</div>`,
    })
    expect(rows(page)).toEqual([
      ['Ida', '2019-05-02T10:01:00.000Z', 'It was my uncle.', 'article'],
      ['Jon', '2019-05-02T10:02:00.000Z', 'Which one?', 'comment-1'],
    ])
  })

  it('with the name as loose words of a heading that holds the date', () => {
    const page = read({
      comments:
        '<ul class="commentlist"><li class="comment depth-1" id="comment-5"><h4>Ida Holm <span class="meta">9:12 am <em>on</em> May 2, 2019 <span class="actions"><a href="#comment-5">Permalink</a> | <a class="comment-reply-link" href="#">Reply</a></span></span></h4><div class="commentcontent"><p>It was my uncle.</p></div></li></ul>',
    })
    expect(rows(page)).toEqual([['Ida Holm', '2019-05-02T09:12:00.000Z', 'It was my uncle.', 'article']])
  })

  it.each([
    '<div class="comment-author meta"><strong>Ida Holm</strong>May 2, 2019 at 9:12 am<a class="comment-reply-link" href="#"> - Reply</a></div><div class="comment-text"><p>It was my uncle.</p></div>',
    '<div class="comment-content"><div class="comment-author"><span class="comment-link">Ida Holm</span><span class="comment-meta commentmetadata"><span class="comment-date">May 2, 2019 at 9:12 am</span><a class="comment-reply-link" href="#">Reply</a></span></div><div class="comment-entry"><div class="comment-content"><p>It was my uncle.</p></div></div></div>',
  ])('with the date in the box of the name: %s', (parts) => {
    const page = read({
      comments: `<ul class="commentlist"><li class="comment depth-1" id="comment-5">${parts}</li></ul>`,
    })
    expect(rows(page)).toEqual([['Ida Holm', '2019-05-02T09:12:00.000Z', 'It was my uncle.', 'article']])
    expect(page.posts[1]?.author?.url).toBeNull()
  })

  it.each([
    ['Comment by', '17.07, 2011 @', '13:04', '2011-07-17T13:04:00.000Z'],
    ['Kommentar von', '17. Juli 2011 @', '13:04', '2011-07-17T13:04:00.000Z'],
    ['Commentaire par', 'juillet 17, 2011 @', '1:04', '2011-07-17T01:04:00.000Z'],
  ])('with name and date in one line below the words: %s', (by, date, clock, createdAt) => {
    const item = (id: number, name: string) =>
      `<li id="comment-${id}"><p>The bell was my uncle’s.</p><p><cite>${by} ${name} &#8212; ${date} <a href="#comment-${id}">${clock}</a></cite></p></li>`
    const page = read({
      comments: `<ol id="commentlist">${item(1, 'Ida — the elder')}${item(2, '<a href="http://jon.example/" rel="external nofollow" class="url">Jon</a>')}</ol>`,
    })
    expect(rows(page)).toEqual([
      ['Ida — the elder', createdAt, 'The bell was my uncle’s.', 'article'],
      ['Jon', createdAt, 'The bell was my uncle’s.', 'article'],
    ])
  })

  it('with words in a box of the name of that which holds date and words', () => {
    const page = read({
      comments:
        '<div class="comments"><div class="comment depth-1" id="comment-5"><div class="comment-text"><span class="author"><span>Ida Holm</span></span><span class="date">May 2, 2019 - 9:12 am</span><div class="comment-content"><p>It was my uncle.</p></div></div></div></div>',
    })
    expect(rows(page)).toEqual([['Ida Holm', '2019-05-02T09:12:00.000Z', 'It was my uncle.', 'article']])
  })

  it('that stand in the very box of the article, under names of their own', () => {
    const html = `<!DOCTYPE html><html lang="en"><head><title>The bell</title><link rel="stylesheet" href="/wp-content/plugins/x.css"></head><body class="single"><article class="amp-article"><h1>The bell</h1><div class="amp-text">${WORDS}</div><div class="comments_list"><h3>1 Comment</h3><ul><li id="li-comment-5" class="comment depth-1"><article id="comment-5" class="comment-body"><b class="fn">Ida</b><div class="comment-content"><p>It was my uncle.</p></div></article></li></ul></div></article></body></html>`
    const page = extractPage(pageOf({ ...fixture, url: 'https://bell.example/?p=7' }, html))
    expect(page.posts[0]?.text).not.toContain('uncle')
    expect(rows(page)).toEqual([['Ida', null, 'It was my uncle.', 'article']])
  })

  it('with answers that say so, deeper than the theme nests them', () => {
    const item = (id: number, name: string, to: string, inner = '') =>
      `<li class="comment depth-1" id="comment-${id}"><div class="comment-body"><cite class="fn">${name}</cite>${to}<p>It was my uncle.</p></div>${inner}</li>`
    const to = '<div class="reply-to">In reply to <a href="https://bell.example/?p=7#comment-6">Jon</a></div>'
    const inner = `<ul class="children">${item(6, 'Jon', '')}${item(7, 'Kari', to)}</ul>`
    const page = read({ comments: `<ul class="commentlist">${item(5, 'Ida', '', inner)}</ul>` })
    expect(page.posts.slice(1).map(({ text, parent }) => [text, parent?.key, parent?.basis])).toEqual([
      ['It was my uncle.', 'article', 'layout'],
      ['It was my uncle.', 'comment-1', 'layout'],
      ['It was my uncle.', 'comment-2', 'declared'],
    ])
  })

  it('without the way to the form, whatever it is called', () => {
    const page = read({
      comments:
        '<ol id="comment-list"><li id="comment-7"><h4><cite>Ida Holm</cite></h4><blockquote><p>It was my uncle.</p></blockquote><p><a href="https://quay.example/bell/?replytocom=7#respond">Reply</a></p></li></ol>',
    })
    expect(rows(page).map(([name, , text]) => [name, text])).toEqual([['Ida Holm', 'It was my uncle.']])
  })

  it('with number and depth on boxes of their own', () => {
    const item = (id: number, depth: number, name: string, inner = '') =>
      `<li id="comment-${id}" class="comment-container"><article class="comment depth-${depth} ${name === 'Jon' ? 'bypostauthor' : ''}"><span class="comment-author">${name}</span><span class="comment-date">May ${id}, 2019 at 9:12 am</span><div class="comment-content"><p>Word ${id}.</p></div></article>${inner}</li>`
    const page = read({
      comments: `<h3 class="comments-title">This Post Has 2 Comments</h3><ol class="comment-list">${item(1, 1, 'Ida', `<ol class="children">${item(2, 2, 'Jon')}</ol>`)}</ol>`,
    })
    expect(rows(page).map(([name, , text, parent]) => [name, text, parent])).toEqual([
      ['Ida', 'Word 1.', 'article'],
      ['Jon', 'Word 2.', 'comment-1'],
    ])
    expect(page.posts.map(({ isPostAuthor }) => isPostAuthor)).toEqual([false, false, true])
    expect(page.declared.replies).toBe(2)
  })

  it('with a ping whose own date is linked before its source', () => {
    const page = read({
      comments:
        '<ol class="wp-block-comment-template"><li id="comment-5" class="pingback depth-1"><div class="wp-block-comment-date"><time datetime="2019-05-02T09:12:00+00:00"><a href="https://bell.example/?p=7#comment-5">May 2, 2019</a></time></div><div class="wp-block-comment-author-name"><a href="https://otto.example/bells/">Ten bells</a></div><div class="wp-block-comment-content"><p>[…] the bell […]</p></div></li></ol>',
    })
    expect(page.posts[1]?.author).toMatchObject({ name: 'Ten bells', url: 'https://otto.example/bells/' })
  })

  it('without what a plugin says of the commenter', () => {
    const page = read({
      comments:
        '<ol class="commentlist"><li class="comment depth-1" id="comment-5"><cite class="fn">Ida</cite><div class="comment-content"><p>It was my uncle.</p><p class="cluv">Ida recently posted…<a href="https://ida.example/9">Nine bells</a></p></div></li></ol>',
    })
    expect(page.posts[1]?.text).toBe('It was my uncle.')
  })

  it('whose dates tell together that the day comes first', () => {
    const item = (id: number, date: string) =>
      `<li class="comment depth-1" id="comment-${id}"><cite class="fn">Ida</cite> <div class="comment-meta">${date} at 10:15</div><p>Word ${id}.</p></li>`
    const page = read({
      lang: 'en-US',
      comments: `<ol class="commentlist">${item(1, '03/04/2019')}${item(2, '25/04/2019')}</ol>`,
    })
    expect(page.posts.slice(1).map(({ createdAt }) => createdAt)).toEqual([
      '2019-04-03T10:15:00.000Z',
      '2019-04-25T10:15:00.000Z',
    ])
  })
})

describe('a theme of the first years', () => {
  const page = read({
    foot: '<p class="postmetadata">This entry was posted on Thursday, May 2nd, 2019 at 8:00 am by Ida Holm and is filed under Bells. You can leave a response.</p>',
    comments:
      '<h3 id="comments">3 Responses to &#8220;The bell&#8221;</h3><ol class="commentlist"><li id="comment-5"><cite>Jon</cite> Says: <br><small class="commentmetadata"><a href="#comment-5">May 3rd, 2019 at 9:12 am</a></small><p>Which one?</p></li></ol>',
  })

  it('signs the article in a sentence that is no part of it', () => {
    expect(page.posts[0]?.author?.name).toBe('Ida Holm')
    expect(page.posts[0]?.text).not.toContain('filed under')
  })

  it('counts the comments in a heading', () => {
    expect(page.declared.replies).toBe(3)
  })
})

describe('a page of several posts', () => {
  const entry = (id: number, words: string) =>
    `<article id="post-${id}" class="post-${id} post type-post hentry"><h2 class="entry-title"><a href="/?p=${id}" rel="bookmark">Bell ${id}</a></h2><time class="entry-date" datetime="2019-05-0${id}T08:00:00Z"></time> by <span class="author"><a href="/ida">Ida Holm</a></span><a href="/?p=${id}#comments">${id} comments</a>${words}</article>`
  const list = (entries: readonly string[]) => {
    const html = `<!DOCTYPE html><html lang="en"><head><title>Bells</title><link rel="stylesheet" href="/wp-content/themes/x/style.css"></head><body class="home blog"><main>${entries.join('')}</main></body></html>`
    return extractPage(pageOf({ ...fixture, url: 'https://bell.example/' }, html))
  }
  const whole = `<div class="entry-content">${WORDS}</div>`
  const cut = '<div class="entry-summary"><p>The bell on the breakwater has not been rung […]</p></div>'

  it('is as many articles as are there whole; of the others it knows the addresses', () => {
    const page = list([entry(3, whole), entry(2, cut), entry(1, whole)])
    expect(page.posts.map(({ title, ref, author, createdAt }) => [title, ref?.id, author?.name, createdAt])).toEqual([
      ['Bell 3', 'bell.example/post-3', 'Ida Holm', '2019-05-03T08:00:00.000Z'],
      ['Bell 1', 'bell.example/post-1', 'Ida Holm', '2019-05-01T08:00:00.000Z'],
    ])
    expect(page.next).toEqual(['https://bell.example/?p=2'])
    expect(page.notes.map(({ code }) => code)).toContain('list-page')
    expect(page.declared.replies).toBeNull()
  })

  it('is none where only beginnings are shown', () => {
    const page = list([entry(3, cut), entry(2, cut)])
    expect(page.posts).toEqual([])
    expect(page.next).toHaveLength(2)
  })

  it.each([
    ['words of its own beside them', `<div>${WORDS.repeat(6)}</div>`],
    ['a title that leads nowhere', `<article class="post"><h1>The bell</h1>${WORDS}</article>`],
  ])('is none for an article that others are listed around: %s', (_, own) => {
    const page = list([own, `<section>${entry(3, cut)}${entry(2, cut)}</section>`])
    expect(page.notes.map(({ code }) => code)).not.toContain('list-page')
    expect(page.posts).toHaveLength(1)
  })
})

describe('a post behind a password', () => {
  it('keeps its place without the words of the form', () => {
    const html =
      '<!DOCTYPE html><html lang="en"><head><title>The bell</title><link rel="stylesheet" href="/wp-content/themes/x/style.css"></head><body class="single postid-7"><article class="post"><h1 class="entry-title">Protected: The bell</h1><div class="entry-content"><form action="/wp-login.php?action=postpass" class="post-password-form" method="post"><p>To read on, type the password below:</p><input type="password"></form></div></article></body></html>'
    const { posts, notes } = extractPage(pageOf({ ...fixture, url: 'https://bell.example/?p=7' }, html))
    expect(posts.map(({ title, text }) => [title, text])).toEqual([['Protected: The bell', '']])
    expect(notes.map(({ code }) => code)).toContain('withheld')
  })
})
