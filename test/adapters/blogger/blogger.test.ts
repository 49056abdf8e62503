import { describe, expect, it } from 'vitest'
import { blogger } from '../../../src/adapters/blogger/blogger.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(blogger)

const CASES = new Map(casesOf('blogger').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => blogger.extract(pageOf(CASES.get(name) as Case))

describe('a threaded page', () => {
  const { posts, declared, next, notes } = read('threaded')

  it('reads the tree', () => {
    expect(posts.map(({ key, parent }) => [key.slice(-2), parent?.key?.slice(-2), parent?.basis])).toEqual([
      ['le', undefined, undefined],
      ['11', 'le', 'layout'],
      ['12', '11', 'layout'],
      ['13', '11', 'layout'],
      ['14', 'le', 'layout'],
      ['15', '14', 'layout'],
    ])
  })

  it('takes exact times from the links, and the article own time from its stamp', () => {
    expect(posts[1]?.createdAt).toBe('2014-05-12T07:01:01.123Z')
    expect(posts[0]?.createdAt).toBe('2014-05-11T16:20:00.000Z')
  })

  it('keeps a removed comment as a place without words', () => {
    expect(posts[4]).toMatchObject({ text: '', html: null, provenance: { extra: { withheld: 'deleted' } } })
    expect(notes.map(({ code }) => code)).toEqual(['withheld'])
  })

  it('knows the author by his icon, the count by the heading, the rest by the feed', () => {
    expect(posts.filter(({ isPostAuthor }) => isPostAuthor).map(({ author }) => author?.name)).toEqual([
      'Holger',
      'Holger',
    ])
    expect(declared).toEqual({ title: 'The noisy bollard', site: null, replies: 5 })
    expect(next).toEqual(['http://quaynotes.example/feeds/7000000000000000010/comments/default'])
    expect(posts[0]?.ref).toEqual({ platform: 'blogger', id: '7000000000000000010' })
  })

  it('reads a page that prints every comment twice once', () => {
    const fixture = CASES.get('threaded') as Case
    const html = new TextDecoder().decode(fixture.body)
    const list = html.slice(html.indexOf('<ol id="top-ra">'), html.indexOf('<div id="top-continue"'))
    expect(blogger.extract(pageOf(fixture, html.replace('</body>', `${list}</body>`))).posts).toHaveLength(6)
  })
})

describe('a page before 2012', () => {
  it('takes words and time from the parts that follow the name', () => {
    const [article, first, second] = read('flat').posts
    expect(article?.createdAt).toBe('2009-10-03T00:00:00.000Z')
    expect(first).toMatchObject({ author: { name: 'Kees' }, text: 'What did the cat do?' })
    expect(second).toMatchObject({ author: { name: 'Wanda' }, createdAt: '2009-10-04T13:00:00.000Z' })
    expect(second?.parent?.key).toBe(article?.key)
  })
})

it('reads every article of a home page, with what stands around each', () => {
  const entry = (id: number, title: string) =>
    `<div class="post hentry"><h3 class="post-title"><a href="/2014/0${id}/${id}.html">${title}</a></h3>
    <div class="post-body" id="post-body-7000${id}">Words of ${title}.</div>
    <abbr class="published" title="2014-0${id}-01T10:00:00Z">then</abbr></div>`
  const html = `<html><head><meta name="generator" content="blogger"><title>Quay notes</title></head><body>
    ${entry(3, 'Third')}${entry(2, 'Second')}${entry(1, 'First')}<a class="comments-count" title="12 comments">12</a></body></html>`
  const { posts, notes, declared } = extractPage(pageOf(CASES.get('threaded') as Case, html))
  expect(posts.map(({ ref, title, text, createdAt }) => [ref?.id, title, text, createdAt?.slice(0, 7)])).toEqual([
    ['70003', 'Third', 'Words of Third.', '2014-03'],
    ['70002', 'Second', 'Words of Second.', '2014-02'],
    ['70001', 'First', 'Words of First.', '2014-01'],
  ])
  expect(posts[2]?.url).toBe('http://quaynotes.example/2014/01/1.html')
  expect(notes.map(({ code }) => code)).toEqual(['more-articles', 'count-unclear'])
  expect(declared.replies).toBeNull()
})

describe('articles in articles', () => {
  const head = '<meta name="generator" content="blogger">'
  const page = (depth: number) =>
    pageOf(
      CASES.get('threaded') as Case,
      `${head}${'<div class="post"><div class="post-body"><p>Tar.</p>'.repeat(depth)}${'<p>Words.</p>'.repeat(2_000)}`,
    )

  it('reads each where a template ends no div', () => {
    expect(blogger.extract(page(7)).posts).toHaveLength(7)
  })

  it('reads the words of hundreds a few times only', () => {
    const { posts } = blogger.extract(page(250))
    expect(posts).toHaveLength(8)
    expect(posts.at(-1)?.text).toContain('Words.')
  })
})

describe('a template of the first years', () => {
  const item = (id: number, date: string, name: string, words: string) =>
    `<dt class="comment-data" id="c111000${id}"><a name="c111000${id}"></a>At <a href="#c111000${id}" title="comment permalink">${date}</a>, ${name} said&hellip;</dt><dd class="comment-body"><p>${words}</p></dd>`
  const words = 'The bell on the breakwater has not been rung since the ferry was moved. '.repeat(4)
  const html = `<!DOCTYPE html><html lang="en"><head><meta name="generator" content="Blogger"><title>The bell</title></head><body><div class="post"><h3 class="post-title">The bell</h3><div class="post-body"><p>${words}</p></div></div><div id="comments"><h4>2 Comments:</h4><dl id="comments-block">${item(1, 'May 2, 2006 9:12 AM', '<span class="anon-comment-author">Ida</span>', 'It was my uncle.')}${item(2, 'May 2, 2006 10:40 AM', 'Jon', 'Which one?')}</dl></div></body></html>`
  const page = blogger.extract(pageOf({ ...(CASES.get('flat') as Case), url: null }, html))

  it('has dates in words before the names', () => {
    expect(page.posts.slice(1).map(({ author, createdAt, text }) => [author?.name, createdAt, text])).toEqual([
      ['Ida', '2006-05-02T09:12:00.000Z', 'It was my uncle.'],
      ['Jon', '2006-05-02T10:40:00.000Z', 'Which one?'],
    ])
    expect(page.notes.map(({ code }) => code)).toContain('zone-unknown')
  })
})
