import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'
import { unrollToMarkdown } from '../unrolling.ts'

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

describe('the address of an article', () => {
  it.each([
    ['http://k.example/kettle', 'http://k.example/', 'http://k.example/kettle'],
    ['http://k.example/?p=7', '/', 'http://k.example/?p=7'],
    ['http://k.example/index.html', 'http://k.example/', 'http://k.example/'],
    ['http://k.example/kettle/amp', '/kettle', 'http://k.example/kettle'],
  ])('%s that calls itself %s is %s: a site whose every page is its front page is not one post', (url, said, own) => {
    const [fixture] = casesOf('article')
    const page = `<head><link rel="canonical" href="${said}"></head><article><h1>Kettles</h1>${PARAGRAPH.repeat(3)}</article>`
    expect(article.extract(pageOf({ ...fixture!, url }, page)).posts[0]?.ref?.id).toBe(own.replace('http://', ''))
  })

  it('names it the same before and after its site moves to https', () => {
    const [fixture] = casesOf('article')
    const page = `<article><h1>Kettles</h1>${PARAGRAPH.repeat(3)}</article>`
    const ids = ['http', 'https'].map(
      (scheme) => article.extract(pageOf({ ...fixture!, url: `${scheme}://k.example/kettle` }, page)).posts[0]?.ref?.id,
    )
    expect(ids).toEqual(['k.example/kettle', 'k.example/kettle'])
  })

  it.each([
    ['http://k.example/kettle?id=7&utm_source=letter&fbclid=x', 'http://k.example/kettle?id=7'],
    ['http://k.example/kettle', 'http://k.example/kettle'],
  ])('%s is without what tells only who shared it', (url, own) => {
    const [fixture] = casesOf('article')
    const [post] = article.extract(
      pageOf({ ...fixture!, url }, `<article><h1>Kettles</h1>${PARAGRAPH.repeat(3)}</article>`),
    ).posts
    expect([post?.url, post?.ref?.id]).toEqual([own, own.replace('http://', '')])
  })
})

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

  it('are signed and dated by their own line, not by a badge or the card of who is pointed at (Forem)', () => {
    const card =
      '<div class="profile-preview-card"><button>Ann L.</button><div class="profile-preview-card__content"><p>Bakes in Turin.</p><time datetime="2018-01-01T00:00:00Z">Joined Jan 1, 2018</time></div></div>'
    const item = (id: number, depth: number, name: string, beside: string) =>
      `<div id="comment-node-${id}" class="comment comment--deep-${depth}"><div class="comment__header"><span class="js-comment-username">${name}</span>${beside}<time datetime="2020-07-0${id}T10:00:00Z">Jul ${id}</time></div><div class="comment__body body"><p>It boils over, says ${name}.</p></div></div>`
    const badge = '<span class="spec-op-author">Author</span>'
    const box = `<section id="comments"><h2>Top comments</h2>${item(1, 0, 'Ann L.', card)}<div class="child">${item(2, 1, 'Heri', badge)}</div>${item(3, 0, 'Bo', '')}</section>`
    const { posts: found } = extractHtml(`<html><body><h1>Kettles</h1>${PARAGRAPH.repeat(3)}${box}</body></html>`)
    expect(
      found
        .slice(1)
        .map(({ author, createdAt, text, parent }) => [author?.name, createdAt?.slice(0, 10), text, parent?.key]),
    ).toEqual([
      ['Ann L.', '2020-07-01', 'It boils over, says Ann L..', 'article'],
      ['Heri', '2020-07-02', 'It boils over, says Heri.', 'comment-1'],
      ['Bo', '2020-07-03', 'It boils over, says Bo.', 'article'],
    ])
  })

  it('have their own address where they name what they answer as well (Drupal)', () => {
    const item = (id: number, name: string, said: string) =>
      `<article id="comment-${id}" class="comment"><p class="comment__author">${name}</p><p class="comment__time">21 March 2022</p>${said}<div class="field--name-comment-body"><p>It boils over, says ${name}.</p></div><h3><a href="https://a.example/comment/${id}#comment-${id}">Steam</a></h3></article>`
    const above = '<p class="parent">In reply to <a href="https://a.example/comment/501#comment-501">Steam</a></p>'
    const box = `<section class="comment-wrapper"><h2>Comments</h2>${item(501, 'Otto', '')}${item(502, 'Lena', above)}</section>`
    const { posts: found } = extractHtml(`<html><body><h1>Kettles</h1>${PARAGRAPH.repeat(3)}${box}</body></html>`)
    expect(found.slice(1).map(({ url }) => url)).toEqual([
      'https://a.example/comment/501#comment-501',
      'https://a.example/comment/502#comment-502',
    ])
  })

  it('hang below the comment beside whose list of answers they stand', () => {
    const item = (name: string) =>
      `<div class="comment-item"><b class="author">${name}</b><div class="content">It boils over, says ${name}.</div></div>`
    const answers = `<div class="reply-container"><div class="list">${item('Jo')}${item('Kay')}</div></div>`
    const pair = `<div class="parent-comment">${item('Ann')}${answers}</div>`
    const box = `<div class="comments"><h3>4 comments</h3>${pair}<div class="parent-comment">${item('Lou')}</div></div>`
    const { posts: found } = extractHtml(`<html><body><h1>Kettles</h1>${PARAGRAPH.repeat(3)}${box}</body></html>`)
    expect(found.slice(1).map(({ author, parent }) => [author?.name, parent?.key])).toEqual([
      ['Ann', 'article'],
      ['Jo', 'comment-1'],
      ['Kay', 'comment-1'],
      ['Lou', 'article'],
    ])
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

describe("a shop's page", () => {
  const { posts } = extractCase('reviews')
  const comments = posts.filter(({ kind }) => kind === 'comment')

  it('has its customers’ reviews as comments, with the dates that a script would print', () => {
    expect(comments.map(({ author, createdAt, parent }) => [author?.name, createdAt, parent?.key])).toEqual([
      ['Maren', '2025-11-03T08:15:40.000Z', 'article'],
      ['Tobiah K.', '2025-10-21T19:02:11.000Z', 'article'],
      [undefined, null, 'comment-2'],
      ['Ines V.', '2025-09-30T05:44:00.000Z', 'article'],
    ])
  })

  it('keeps the answer of the shop, and apart from the review', () => {
    expect(comments[2]?.text).toMatch(/^Send us the lid/)
    expect(comments[1]?.text).not.toContain('Send us')
  })

  it('is not by one of its customers, and holds none of their words', () => {
    expect(posts[0]?.author).toBeNull()
    expect(posts[0]?.text).not.toMatch(/bollard|quarter tone|Send us/)
  })
})

describe('an embedded post', () => {
  const embed = (link: string) =>
    `<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The kettle on pier nine whistles flat.</p>&mdash; Harbour Lamp (@harbourlamp) <a href="${link}">September 8, 2023</a></blockquote>`
  const link = 'https://twitter.com/harbourlamp/status/1700000000000000001?ref_src=twsrc%5Etfw'

  it('is a quote of the article: in its place in the HTML, out of the text', () => {
    const post = bodyOf(`<h1>Kettles</h1>${PARAGRAPH.repeat(3)}${embed(link)}${PARAGRAPH}`)
    expect(post?.quotes).toEqual([
      {
        ref: { platform: 'x', id: '1700000000000000001' },
        author: { id: null, handle: 'harbourlamp', name: 'Harbour Lamp', url: 'https://x.com/harbourlamp' },
        text: 'The kettle on pier nine whistles flat.',
        url: link,
        createdAt: '2023-09-08T04:15:59.129Z',
      },
    ])
    expect(post?.text).not.toContain('whistles flat')
    expect(post?.html).toContain('whistles flat')
  })

  it('is shown once in Markdown', async () => {
    const page = `<h1>Kettles</h1>${PARAGRAPH.repeat(3)}${embed(link)}${PARAGRAPH}`
    const markdown = await unrollToMarkdown(extractHtml(`<html><body><article>${page}</article></body></html>`))
    expect(markdown.split('whistles flat')).toHaveLength(2)
  })

  it('stays in the body when nothing tells whose it is', () => {
    const post = bodyOf(`<h1>Kettles</h1>${PARAGRAPH.repeat(3)}${embed('https://elsewhere.example/1')}${PARAGRAPH}`)
    expect(post?.quotes).toEqual([])
    expect(post?.text).toContain('whistles flat')
  })
})

describe('a comment without a readable time', () => {
  const box = (name: string, when: string) =>
    `<li class="comment"><b class="author">${name}</b> <i class="date">${when}</i><p>I boil mine twice, every morning.</p></li>`
  const page = (when: string) => `<h1>Kettles</h1>${PARAGRAPH.repeat(4)}<ul class="comments">${box('Ann', when)}</ul>`

  it.each(['3 days ago', 'vor 2 Stunden'])('keeps %s as printed and claims no time', (when) => {
    const [, comment] = extractHtml(`<html><body>${page(when)}</body></html>`).posts
    expect(comment).toMatchObject({ createdAt: null, provenance: { extra: { printedTime: when } } })
  })
})

describe('comments that nothing calls comments', () => {
  const { posts } = extractCase('letters')
  const comments = posts.filter(({ kind }) => kind === 'comment')

  it('are told by their structure, and say so', () => {
    expect(comments.map(({ author, createdAt, parent }) => [author?.name, createdAt, parent?.key])).toEqual([
      ['Gwen Aldous', '2014-09-05T07:50:00.000Z', 'article'],
      ['Theo B.', '2014-09-05T09:15:00.000Z', 'comment-1'],
      ['Gwen Aldous', '2014-09-06T18:02:00.000Z', 'comment-2'],
      ['Low Strand Bakery', '2014-09-07T04:31:00.000Z', 'article'],
    ])
    for (const { parent } of comments) expect(parent?.say).toContain('told by its structure')
    for (const { parent } of comments) expect(parent?.p).toBeLessThan(0.9)
  })

  it('hold their words only, and the article none of them', () => {
    expect(comments[1]?.text).toBe(
      'Does it still have the old lead weight inside, or was that replaced after the storm?',
    )
    expect(posts[0]?.text).not.toMatch(/grandfather|lead|stroke on Sundays|Latest/)
  })

  const under = (inside: string) => {
    const page = `<h1>Kettles</h1><div class="text">${PARAGRAPH.repeat(4)}</div>${inside}`
    return extractHtml(`<html><body>${page}</body></html>`).posts.filter(({ kind }) => kind === 'comment')
  }
  const ann = ['Ann', '2011-05-03T10:00:00.000Z', 'article']
  const bob = ['Bob Ruiz', '2011-05-04T11:30:00.000Z', 'article']
  const WORDS = 'I boil mine twice and have never regretted it.'

  it.each([
    [
      'names over words in a definition list',
      `<div id="comments"><dl><dt>Ann, 3 May 2011 10:00</dt><dd>${WORDS}</dd><dt>Bob Ruiz, 4 May 2011 11:30</dt><dd>${WORDS}</dd></dl></div>`,
    ],
    [
      'signatures below the words',
      `<div class="visitor-comments"><div><h4>Twice!</h4><p>${WORDS}</p><p>Posted by: Ann, 3 May 2011 | 10:00</p></div><div><h4>No</h4><p>${WORDS}</p><p>Posted by: Bob Ruiz, 4 May 2011 | 11:30</p></div></div>`,
    ],
    [
      'rows of a table in a form that sends comments',
      `<form action="comments.php"><table><tr><td>#1 by <a href="?site=profile&id=1">Ann</a> <i>03.05.2011 - 10:00</i></td></tr></table><p>${WORDS}</p><table><tr><td>#2 by <a href="?site=profile&id=2">Bob Ruiz</a> <i>04.05.2011 - 11:30</i></td></tr></table><p>${WORDS}</p></form>`,
    ],
    [
      'microdata without any name',
      `<ul><li itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Ann</span> <time itemprop="datePublished" datetime="2011-05-03T10:00:00Z">then</time><p itemprop="text">${WORDS}</p></li><li itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Bob Ruiz</span> <time itemprop="datePublished" datetime="2011-05-04T11:30:00Z">then</time><p itemprop="text">${WORDS}</p></li></ul>`,
    ],
    [
      'JSON-LD alone',
      `<script type="application/ld+json">{"@type":"Article","comment":[{"@type":"Comment","text":"${WORDS}","author":{"name":"Ann"},"dateCreated":"2011-05-03T10:00:00Z"},{"@type":"Comment","text":"${WORDS}","author":"Bob Ruiz","dateCreated":"2011-05-04T11:30:00Z"}]}</script>`,
    ],
  ])('are read as %s', (_, inside) => {
    const found = under(inside)
    expect(found.map(({ author, createdAt, parent }) => [author?.name, createdAt, parent?.key])).toEqual([ann, bob])
    for (const { text } of found) expect(text.endsWith(WORDS)).toBe(true)
  })

  it('name the comment they answer where the page does', () => {
    const item = (id: string, parent: string) =>
      `<div class="comment" data-id="${id}" data-parent-id="${parent}"><b class="author">Ann</b><p>${WORDS}</p></div>`
    const found = under(`<div id="comments">${item('901', '')}${item('907', '901')}</div>`)
    expect(found.map(({ parent }) => [parent?.key, parent?.basis])).toEqual([
      ['article', 'layout'],
      ['comment-1', 'declared'],
    ])
  })

  it('are none where a site lists its latest comments or the news below', () => {
    const row = (day: number) => `<li><b>Ann</b> <i>${day} May 2011</i> <a href="/${day}">on Kettles that sing</a></li>`
    expect(under(`<div class="comments-latest"><ul>${row(3)}${row(4)}</ul></div>`)).toEqual([])
    expect(under(`<div><h3>More news</h3><ul>${row(3)}${row(4)}</ul></div>`)).toEqual([])
  })

  it('are none where the site says how to comment', () => {
    const notice = '<div class="comment"><a href="/in">Sign in</a><p>You must be logged in to post a comment.</p></div>'
    expect(under(`<div id="comments">${notice}</div>`)).toEqual([])
  })
})

describe('an article', () => {
  it('has no box of details in its body (Joomla)', () => {
    const box = '<dl class="article-info text-muted"><dt>Details</dt><dd class="hits">Hits: 812</dd></dl>'
    const post = bodyOf(`<h1>The kettle</h1>${box}${PARAGRAPH}${PARAGRAPH}`)
    expect(post?.text).toContain('older than the house')
    expect(post?.text).not.toMatch(/Hits|Details/)
  })

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

  it('keeps a link in a sentence that a list follows', () => {
    const item = '<li>We mended <a href="/k7">kettle seven</a>, which had<ul><li>a crack</li><li>no lid</li></ul></li>'
    const text = bodyOf(`${PARAGRAPH.repeat(4)}<ul>${item}</ul>${PARAGRAPH}`)?.text
    expect(text).toContain('We mended kettle seven, which had')
  })

  it.each([
    ['what only a screen reader says', '<p class="sr-only">Words of this block keep their spaces.</p>'],
    ['the agency of a picture', '<p>Ines Koller / Getty Images</p>'],
    ['what is pressed at a picture', '<p>[+] Enlarge</p>'],
  ])('leaves out %s', (_, inside) => {
    const text = bodyOf(PARAGRAPH.repeat(3) + inside + PARAGRAPH.repeat(3))?.text ?? ''
    expect(text).toContain('The kettle was older')
    expect(text).not.toMatch(/keep their spaces|Getty|Enlarge/)
  })

  it('begins behind what introduces its author', () => {
    const head = '<meta name="author" content="Pia Lund">'
    const about = '<p>Pia Lund is a writer and editor at the Kettle Review, where she covers lids. → Learn More</p>'
    const text = bodyOf(`<h1>Kettles</h1>${about}${PARAGRAPH.repeat(5)}`, head)?.text
    expect(text?.startsWith('The kettle was older')).toBe(true)
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

describe('what a link beside the name does', () => {
  it.each([
    'Send an e-mail to the author',
    'Email this author',
    'View all posts by author',
    'More articles',
    'Alle Beiträge des Autors',
  ])('is no author: %s', (words) => {
    const byline = `<p class="author"><a href="/mail">${words}</a></p><p class="byline">By Pia Lund</p>`
    expect(bodyOf(`<h1>A kettle</h1>${byline}${PARAGRAPH.repeat(3)}`)?.author?.name).toBe('Pia Lund')
  })
})

describe('words before the name, in the languages of Blogger', () => {
  it.each(['Eingestellt von', 'Publicado por', 'Pubblicato da', 'Geplaatst door', 'Автор:'])(
    'are not the name: %s',
    (words) => {
      const byline = (name: string) =>
        `<h1>A kettle</h1><p class="post-author">${words} ${name}</p>${PARAGRAPH.repeat(3)}`
      expect(bodyOf(byline('Pia Lund'))?.author?.name).toBe('Pia Lund')
      expect(bodyOf(byline('Unknown'))?.author ?? null).toBeNull()
    },
  )
})

describe('a page too short to be told by its words', () => {
  const words = 'The kettle was older than the house.<sup><a href="#n1">1</a></sup> Nobody had asked it about that.'
  const notes = '<aside><ol><li id="n1">By forty years. <a href="#r1">↩</a></li></ol></aside>'

  it('is read where it marks its article, with the notes beside it', () => {
    const html = `<html><body><article><h1>A kettle</h1><p>${words}</p></article>${notes}</body></html>`
    const [post] = extractHtml(html).posts
    expect(post?.title).toBe('A kettle')
    expect(post?.text).toMatch(/^The kettle was older[\s\S]*about that\.$/)
    expect(post?.footnotes).toMatchObject([{ label: '1', text: 'By forty years.' }])
  })

  it('is not where it marks none, or several', () => {
    const part = `<p>${words}</p>`
    expect(extractHtml(`<html><body><div>${part}</div></body></html>`).posts).toEqual([])
    const two = `<article>${part}</article><article>${part}</article>`
    expect(extractHtml(`<html><body>${two}</body></html>`).posts).toEqual([])
  })
})

it('reads a page that leaves out the tags of its body', () => {
  const page = `<!doctype html><html><head><title>Kettles</title></head><article>${PARAGRAPH.repeat(3)}</article></html>`
  expect(extractHtml(page).posts).toMatchObject([{ kind: 'article', title: 'Kettles' }])
})

describe('pages of journals and of older software', () => {
  it.each([
    [
      'LiveJournal',
      '<div class="entry-poster"><span class="ljuser"><a href="/p"><img></a><a href="/"><b>old_ferry</b></a></span></div>',
    ],
    [
      'Drupal 7',
      '<div class="submitted">Submitted by <span class="username">old_ferry</span> on Tue, 03/20/2012</div>',
    ],
    ['Drupal 9', '<div class="node__submitted">By <span class="username">old_ferry</span>, 20 March 2022</div>'],
  ])('name their author: %s', (_, line) => {
    expect(bodyOf(`<h1>Kettles</h1>${line}${PARAGRAPH.repeat(3)}`)?.author?.name).toBe('old_ferry')
  })

  it('keep what a table says in a number or a word', () => {
    const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    const table = `<table>${row('year', 'kilns')}${row('1911', '17')}${row('1952', 'x')}</table>`
    const text = bodyOf(`<h1>Kilns</h1>${PARAGRAPH.repeat(3)}${table}${PARAGRAPH}`)?.text ?? ''
    for (const cell of ['1911', '17', '1952', 'x']) expect(text.split(/\s+/)).toContain(cell)
  })

  it('have a title below a heading that leads home (Bear Blog)', () => {
    const head = '<title>Kilns | The old clay works of Halland</title>'
    const banner = '<header><a href="/"><h1>The old clay works of Halland</h1></a></header>'
    const html = `<html><head>${head}</head><body>${banner}<main><h1>Kilns</h1>${PARAGRAPH.repeat(3)}</main></body></html>`
    expect(extractHtml(html).posts[0]?.title).toBe('Kilns')
  })

  it('have a title below the name of the site (TypePad)', () => {
    const head = '<title>Clay Works: The cold kiln</title>'
    const banner = '<h1 id="banner-header">Clay Works</h1><h3 class="entry-header">The cold kiln</h3>'
    const html = `<html><head>${head}</head><body>${banner}<div class="entry-content">${PARAGRAPH.repeat(3)}</div></body></html>`
    expect(extractHtml(html).posts[0]?.title).toBe('The cold kiln')
  })
})
