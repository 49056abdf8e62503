import { describe, expect, it } from 'vitest'
import { article } from '../../src/adapters/article.ts'
import type { Extraction, Post } from '../../src/model.ts'
import { casesOf, pageOf } from './cases.ts'
import { describeAdapter } from './contract.ts'

const SENTENCE = 'The kettle was older than the house, and the house had never been asked about it. '
const PARAGRAPH = `<p>${SENTENCE.repeat(3)}</p>`

describeAdapter(article)

function extractCase(name: string): Extraction {
  const fixture = casesOf('article').find((candidate) => candidate.name === name)
  if (fixture === undefined) throw new Error(`No fixture ${name}`)
  return article.extract(pageOf(fixture))
}

function extractHtml(html: string): Extraction {
  const [fixture] = casesOf('article')
  if (fixture === undefined) throw new Error('No fixture')
  return article.extract(pageOf({ ...fixture, url: null }, html))
}

function bodyOf(inside: string, head = ''): Post | undefined {
  return extractHtml(`<html><head>${head}</head><body><article>${inside}</article></body></html>`).posts[0]
}

describe('a magazine page', () => {
  const [post] = extractCase('magazine').posts
  const text = post?.text ?? ''

  it('has the title without the line above it and the name behind it', () => {
    expect(post?.title).toBe('The clock on pier nine runs backwards')
  })

  it('has the author of the byline and the printed date', () => {
    expect(post?.author?.name).toBe('Odile Marchetti')
    expect(post?.createdAt).toBe('2023-04-13T07:30:00.000Z')
  })

  it('begins with the lead and ends with the last paragraph', () => {
    expect(text.startsWith('For sixty years the ferrymen')).toBe(true)
    expect(text.endsWith('a courtesy on their part.')).toBe(true)
  })

  it('keeps captions with their pictures, in the HTML only', () => {
    expect(post?.html).toContain('clock.jpg')
    expect(text).not.toContain('Okoro')
  })

  it.each(['Read more', 'Friday letter', 'Filed under', 'lost anchors', 'fish market', 'Mastodon', 'All rights'])(
    'leaves out what says %s',
    (words) => expect(text).not.toContain(words),
  )

  it('keeps the heading inside', () => expect(text).toContain('A question of gears'))
})

describe('comments of unknown software', () => {
  const { posts } = extractCase('readers')
  const comments = posts.filter(({ kind }) => kind === 'comment')

  it('are posts with names, times and parents', () => {
    expect(comments.map(({ author, createdAt, parent }) => [author?.name, createdAt, parent?.key])).toEqual([
      ['Hanne', '2021-06-25T08:12:00.000Z', 'article'],
      ['Jasper Kroll', '2021-06-25T19:40:00.000Z', 'comment-1'],
      ['Birkenfreund', '2021-06-26T06:55:00.000Z', 'article'],
    ])
  })

  it('stand apart from the article, and the form stands nowhere', () => {
    expect(posts[0]?.text).not.toMatch(/Dach|Reisig bitte|Schreiben Sie/)
    expect(comments.map(({ text }) => text).join()).not.toContain('Schreiben Sie')
  })

  it('are none when without them no article is left', () => {
    const page = `<html><body><div class="comment"><b>Ann</b> <i class="date">2020-01-02</i>${PARAGRAPH.repeat(3)}</div></body></html>`
    expect(extractHtml(page).posts.map(({ kind }) => kind)).toEqual(['article'])
  })

  it('are none where boxes only speak of comments', () => {
    const box = '<div class="comment">Comments are closed.</div><div class="comment-count"><b>12</b> comments</div>'
    const { posts: found } = extractHtml(`<html><body><h1>Kettles</h1>${PARAGRAPH.repeat(3)}${box}</body></html>`)
    expect(found.map(({ kind }) => kind)).toEqual(['article'])
  })
})

describe('an article', () => {
  it('keeps lists, code and addresses at its end', () => {
    const end =
      '<ul><li>One spoon of flour</li></ul><pre>boil --slowly</pre><p><a href="https://kettle.example/a">https://kettle.example/a</a></p>'
    const text = bodyOf(PARAGRAPH.repeat(4) + end)?.text ?? ''
    for (const words of ['One spoon', 'boil --slowly', 'https://kettle.example/a']) expect(text).toContain(words)
  })

  it('keeps a linked item among others that are not links', () => {
    const list = `<ul><li><a href="/kettle">The kettle itself</a></li><li>${SENTENCE}</li></ul>`
    expect(bodyOf(PARAGRAPH + list + PARAGRAPH.repeat(3))?.text).toContain('The kettle itself')
  })

  it('keeps verse, which is nothing but short lines', () => {
    const verse = Array.from({ length: 30 }, (_, i) => `<p>the ${i} kettle sings</p>`).join('')
    expect(bodyOf(`<h1>Song</h1>${verse}`)?.text).toContain('the 0 kettle sings')
  })

  it('never takes a label out of a sentence', () => {
    const words = '<p>Share this kettle with nobody who asks for tea before the water has boiled.</p>'
    expect(bodyOf(PARAGRAPH.repeat(2) + words + PARAGRAPH)?.text).toContain('Share this kettle with nobody')
  })

  it.each([
    ['the URL', '<link rel="canonical" href="http://k.example/2019/07/08/kettle">', '2019-07-08'],
    [
      'JSON-LD that only a page has',
      '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2018-02-03"}</script>',
      '2018-02-03',
    ],
    ['a property', '<meta property="article:published_time" content="2017-05-06T07:08:09Z">', '2017-05-06'],
  ])('is dated by %s', (_, head, day) => {
    expect(bodyOf(`<h1>Kettles</h1>${PARAGRAPH.repeat(3)}`, head)?.createdAt?.slice(0, 10)).toBe(day)
  })

  it('is not signed with the name of its site while another name is said', () => {
    const head = '<meta property="og:site_name" content="Kettle Post"><meta name="author" content="Kettle Post">'
    const byline = '<p>By Ingrid Vale</p>'
    expect(bodyOf(`<h1>Kettles</h1>${byline}${PARAGRAPH.repeat(3)}`, head)?.author?.name).toBe('Ingrid Vale')
  })

  it('takes no time beyond its length from titles made of joints', () => {
    const title = 'a | '.repeat(50_000)
    expect(bodyOf(`<h1>${title}</h1>${PARAGRAPH.repeat(3)}`, `<title>${title}</title>`)?.title?.length).toBeLessThan(
      600,
    )
  })
})
