// What pages of WordPress say of themselves around their article: in the classes of the body, in the marks of its times
// and in the links below it.
import { describe, expect, it } from 'vitest'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('wordpress')[0] as Case
const WORDS = 'Nobody in the harbour office wrote down why the bell was taken off the north pier that winter. '.repeat(
  4,
)
const COMMENT =
  '<ol class="comment-list"><li id="comment-40" class="comment depth-1"><article class="comment-body"><b class="fn">Ida</b> <time datetime="2021-03-01T10:10:00+00:00">March 1, 2021</time><div class="comment-content"><p>It was my uncle.</p></div></article></li></ol>'

/** The links below the words, as core writes them since 2018. */
function linksOn(at: number): string {
  const link = (n: number) => `<a class="post-page-numbers" href="/2021/02/bell/${n === 1 ? '' : `${n}/`}">${n}</a>`
  const numbers = [1, 2, 3].map((n) => (n === at ? `<span class="post-page-numbers current">${n}</span>` : link(n)))
  return `<div class="page-links">Pages: ${numbers.join(' ')}</div>`
}

function read(bodyClass: string, url = 'http://pier.test/2021/02/bell/', below = '') {
  const article = `<article id="post-12" class="post type-post hentry"><h1 class="entry-title">The bell</h1><time class="entry-date published updated" datetime="2021-02-28T20:10:00+00:00">February 28, 2021</time> <span class="byline">by <span class="author vcard"><a class="url fn n" href="/author/jasper/">Jasper Kroll</a></span></span><div class="entry-content"><p>${WORDS}</p><p>${WORDS}</p>${below}</div></article>`
  const html = `<!DOCTYPE html><html><head><title>The bell</title><link href="/wp-content/x.css"></head><body class="single postid-12 ${bodyClass}">${article}<div id="comments">${COMMENT}</div></body></html>`
  return extractPage(pageOf({ ...fixture, url }, html))
}

describe('the article of a page', () => {
  it.each(['', 'sidebar', 'has-sidebar showing-comments', 'recent-comments-style'])(
    'has its author, time and comments whatever the body is called: %s',
    (bodyClass) => {
      const { posts } = read(bodyClass)
      expect(posts.map(({ author, createdAt }) => [author?.name, createdAt])).toEqual([
        ['Jasper Kroll', '2021-02-28T20:10:00.000Z'],
        ['Ida', '2021-03-01T10:10:00.000Z'],
      ])
      expect(posts[0]?.text).toBe(`${WORDS.trim()}\n\n${WORDS.trim()}`)
    },
  )

  it('on several pages says which one this is, and where the others are', () => {
    const { notes, next, posts } = read('', undefined, linksOn(1))
    const message =
      'This is page 1 of 3 of the article; the others are http://pier.test/2021/02/bell/2/, http://pier.test/2021/02/bell/3/'
    expect(notes.find(({ code }) => code === 'article-page')?.message).toBe(message)
    expect(next).toEqual(['http://pier.test/2021/02/bell/2/', 'http://pier.test/2021/02/bell/3/'])
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id])).toEqual([
      ['pier.test/post-12', undefined],
      ['pier.test/comment-40', 'pier.test/post-12'],
    ])
    expect(read('').notes.map(({ code }) => code)).not.toContain('article-page')
  })

  it.each([
    ['by its class', 'paged-2 single-paged-2', 'http://pier.test/2021/02/bell/?preview=x'],
    ['by its address', '', 'http://pier.test/2021/02/bell/2/'],
  ])('has a name of its own on each later page, told %s', (_, bodyClass, url) => {
    const { posts } = read(bodyClass, url, linksOn(2).replace(' current', ''))
    expect(posts.map(({ ref, parent, conversation }) => [ref?.id, parent?.ref?.id, parent?.key, conversation])).toEqual(
      [
        ['pier.test/post-12/page-2', undefined, undefined, 'pier.test/post-12'],
        ['pier.test/comment-40', 'pier.test/post-12', null, 'pier.test/post-12'],
      ],
    )
  })

  it('is never taken for an earlier version of its other page, which has the comments', () => {
    const first = read('', undefined, linksOn(1))
    const second = read('single-paged-2', 'http://pier.test/2021/02/bell/2/', linksOn(2))
    const { conversations } = unrollTogether([first, second])
    expect(conversations.map(({ id, replies, statement }) => [id, replies.length, statement])).toEqual([
      ['wordpress:pier.test/post-12', 1, '1 reply; how many there are is not said; page 1 of 3 of the article'],
      [
        'wordpress:pier.test/post-12/page-2',
        0,
        'the comments stand below another page of the article; page 2 of 3 of the article',
      ],
    ])
    const alone = unrollTogether([second]).conversations
    expect(alone.map(({ id, replies, completeness }) => [id, replies.length, completeness])).toEqual([
      ['wordpress:pier.test/post-12/page-2', 1, 'partial'],
    ])
  })
})

describe('a copy in the Wayback Machine, asked for by its address', () => {
  it('names its posts by the site that they are of', () => {
    const { posts } = read('', 'http://web.archive.org/web/20210401000000/http://pier.test/2021/02/bell/')
    expect(posts.map(({ ref }) => ref?.id)).toEqual(['pier.test/post-12', 'pier.test/comment-40'])
  })
})
