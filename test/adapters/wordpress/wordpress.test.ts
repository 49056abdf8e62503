import { describe, expect, it } from 'vitest'
import { wordpress } from '../../../src/adapters/wordpress/wordpress.ts'
import type { Post } from '../../../src/model.ts'
import { casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(wordpress)

const CASES = new Map(casesOf('wordpress').map((fixture) => [fixture.name, fixture]))

function read(name: string) {
  return wordpress.extract(pageOf(CASES.get(name) as never))
}

function comments(posts: readonly Post[]): Post[] {
  return posts.filter(({ kind }) => kind === 'comment')
}

describe('a post with comments', () => {
  const { posts, declared, next, notes } = read('footnotes-and-comments')
  const [article, ...rest] = posts

  it('reads the article without its surroundings', () => {
    expect(article).toMatchObject({
      kind: 'article',
      title: 'Low water, high opinions',
      author: { name: 'Petra Lund' },
      createdAt: '2024-05-04T04:30:00.000Z',
    })
    expect(article?.text).not.toMatch(/Share this|Related|otter|Leave a Reply|Posted in|Marit|not fined/)
    expect(article?.html).toContain('<blockquote>')
    expect(article?.html).toContain('holm-bridge.jpg')
  })

  it('ties footnotes to their references and takes the list out of the body', () => {
    expect(article?.footnotes.map(({ label }) => label)).toEqual(['1', '2', '3'])
    expect(article?.footnotes[1]?.text).toBe('I asked. They said that this was an oversimplification.')
    expect(article?.html).toContain('<sup><a href="#fn-3">3</a></sup>')
  })

  it('knows the tree, and how surely', () => {
    const parents = rest.map(({ parent }) => [parent?.key, parent?.basis, parent?.p])
    expect(parents).toEqual([
      ['article', 'layout', 0.99],
      ['comment-1', 'layout', 0.99],
      ['comment-2', 'layout', 0.99],
      ['comment-3', 'layout', 0.85],
      ['comment-4', 'inferred', 0.9],
      ['article', 'layout', 0.99],
      ['comment-6', 'layout', 0.99],
      ['article', 'layout', 0.99],
    ])
  })

  it('keeps the flag "Post author" out of names and lists inside comments whole', () => {
    expect(rest.filter(({ isPostAuthor }) => isPostAuthor).map(({ author }) => author?.name)).toEqual([
      'Petra Lund',
      'Petra Lund',
    ])
    expect(rest[1]?.text).toContain('1. wipe the float,\n2. read the staff twice,\n3. argue')
    expect(rest[5]?.author?.name).toBe('Tom')
    expect(rest.map(({ text }) => text).join()).not.toMatch(/Reply|says:|am$|pm$/)
  })

  it('says what the page declares, where the rest is, and what is a pingback', () => {
    expect(declared).toEqual({ title: 'Low water, high opinions', site: 'The Gauge Hut', replies: 12 })
    expect(next).toEqual(['http://gauges.example/2024/05/low-water/comment-page-1/'])
    expect(notes.map(({ code }) => code)).toEqual(['pingbacks'])
    expect(rest.at(-1)?.provenance.extra).toEqual({ type: 'pingback' })
  })

  it('names posts by host and number, so that no two sites share one', () => {
    expect(article?.ref).toEqual({ platform: 'wordpress', id: 'gauges.example/post-1204' })
    expect(rest[0]?.ref).toEqual({ platform: 'wordpress', id: 'gauges.example/comment-90' })
  })
})

describe('a flat theme', () => {
  const { posts, declared, notes } = read('flat-theme')

  it('takes depth from the class and says that it did', () => {
    expect(comments(posts).map(({ parent }) => [parent?.key, parent?.basis])).toEqual([
      ['article', 'layout'],
      ['comment-1', 'inferred'],
      ['article', 'layout'],
    ])
    expect(declared.replies).toBe(3)
  })

  it('reads German dates as UTC and says that the zone is not known', () => {
    expect(comments(posts)[0]?.createdAt).toBe('2021-03-09T18:05:00.000Z')
    expect(notes.map(({ code }) => code)).toContain('zone-unknown')
  })

  it('ties a bare raised digit to the list at the end', () => {
    expect(posts[0]?.footnotes).toMatchObject([{ label: '1', text: 'Das Tiefbauamt antwortet: beides.' }])
    expect(posts[0]?.text).not.toContain('Anmerkungen')
  })
})

it('reads an article that its builder cut into several containers as one', () => {
  const part = (word: string) =>
    `<div class="the-content"><p>${`${word} stands in a sentence of some length. `.repeat(8)}</p></div>`
  const parts = `${part('First')}<section><p>Between pictures.</p></section>${part('Second')}`
  const page = (name: string) =>
    `<html><body class="${name}"><link href="/wp-content/x.css"><main>${parts}<div id="comments"><p>Leave one.</p></div></main></body></html>`
  const textOn = (name: string) =>
    wordpress.extract(pageOf(CASES.get('flat-theme') as never, page(name))).posts[0]?.text
  expect(textOn('single postid-7')).toMatch(/First stands[\s\S]*Between pictures\.[\s\S]*Second stands/)
  expect(textOn('home')).not.toMatch(/First stands[\s\S]*Second stands/)
})

describe('comments that are not on the page', () => {
  const page = (api: string, comments = 1) => `<html><head><link rel="https://api.w.org/" href="${api}"></head>
    <body class="single postid-77"><article class="entry-content"><p>${'Low water again. '.repeat(20)}</p></article>
    <div id="comments"><h2 class="comments-title">3 comments</h2><ol class="commentlist">${Array.from(
      { length: comments },
      (_, at) =>
        `<li class="comment depth-1" id="comment-${at}"><cite class="fn">Ada</cite><div class="comment-content"><p>So it is, ${at}.</p></div></li>`,
    ).join('')}</ol></div></body></html>`
  const next = (html: string) =>
    wordpress.extract(pageOf(CASES.get('flat-theme') as never, new TextEncoder().encode(html))).next

  it.each([
    ['http://g.example/wp-json/', 'http://g.example/wp-json/wp/v2/comments?post=77&per_page=100'],
    ['http://g.example/?rest_route=/', 'http://g.example/?rest_route=%2Fwp%2Fv2%2Fcomments&post=77&per_page=100'],
  ])('are at the site’s API, as %s', (api, url) => {
    expect(next(page(api))).toEqual([url])
  })

  it('are not looked for where all are here, or where the page names no API', () => {
    expect(next(page('http://g.example/wp-json/', 3))).toEqual([])
    expect(next(page('').replace(/<link[^>]*>/, ''))).toEqual([])
  })
})

describe('comments that a plugin or blocks draw', () => {
  it('reads the names, dates and numbers of wpDiscuz', () => {
    const { posts, declared } = read('wpdiscuz')
    expect(declared.replies).toBe(3)
    expect(
      comments(posts).map(({ author, createdAt, url, parent }) => [author?.name, createdAt, url, parent?.key]),
    ).toEqual([
      ['Ute Brand', '2024-03-21T10:15:00.000Z', 'https://tonwerk.example/der-kalte-ofen/#comment-101', 'article'],
      ['Lena Topf', '2024-03-21T11:00:00.000Z', 'https://tonwerk.example/der-kalte-ofen/#comment-102', 'comment-1'],
      ['Kai', '2024-03-22T08:00:00.000Z', 'https://tonwerk.example/der-kalte-ofen/#comment-103', 'article'],
    ])
    expect(posts.map(({ text }) => text).join()).not.toMatch(/Antwort|vor 2 Jahren/)
  })

  it('reads the names of block themes, and what they count in Japanese', () => {
    const { posts, declared } = read('block-theme')
    expect(declared.replies).toBe(2)
    expect(comments(posts).map(({ author, parent }) => [author?.name, parent?.key])).toEqual([
      ['みどり', 'article'],
      ['けい', 'comment-1'],
    ])
  })

  it('keeps a short last sentence, in any script', () => {
    expect(read('wpdiscuz').posts[0]?.text).toMatch(/Bald mehr davon\.$/)
    expect(read('block-theme').posts[0]?.text).toMatch(/来年はもっと薪を用意しよう。$/)
  })
})
