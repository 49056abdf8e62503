// What pages of WordPress say of themselves around their article: in the classes of the body, in the marks of its times
// and in the links below it.
import { describe, expect, it } from 'vitest'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('wordpress')[0] as Case
const WORDS = 'Nobody in the harbour office wrote down why the bell was taken off the north pier that winter. '.repeat(
  4,
)
const COMMENT =
  '<ol class="comment-list"><li id="comment-40" class="comment depth-1"><article class="comment-body"><b class="fn">Ida</b> <time datetime="2021-03-01T10:10:00+00:00">March 1, 2021</time><div class="comment-content"><p>It was my uncle.</p></div></article></li></ol>'

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

  it('that has other pages says that their words are not here', () => {
    const links =
      '<div class="page-links">Pages: <span class="post-page-numbers current">1</span> <a class="post-page-numbers" href="/2021/02/bell/2/">2</a></div>'
    const { notes } = read('', undefined, links)
    expect(notes.find(({ code }) => code === 'more-pages')?.message).toContain('http://pier.test/2021/02/bell/2/')
    expect(read('').notes.map(({ code }) => code)).not.toContain('more-pages')
  })
})

describe('a copy in the Wayback Machine, asked for by its address', () => {
  it('names its posts by the site that they are of', () => {
    const { posts } = read('', 'http://web.archive.org/web/20210401000000/http://pier.test/2021/02/bell/')
    expect(posts.map(({ ref }) => ref?.id)).toEqual(['pier.test/post-12', 'pier.test/comment-40'])
  })
})
