import { describe, expect, it } from 'vitest'
import { hackernews } from '../../../src/adapters/hackernews/hackernews.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(hackernews)

const CASES = new Map(casesOf('hackernews').map((fixture) => [fixture.name, fixture]))

function read(name: string, body?: string): Extraction {
  return hackernews.extract(pageOf(CASES.get(name) as Case, body))
}

function textOf(name: string): string {
  return new TextDecoder().decode(CASES.get(name)?.body)
}

describe('an item page', () => {
  const { posts, next, notes, declared } = read('item')
  const tree = new Map(posts.map((post) => [post.key, post.parent]))

  it('reads the story as an article with its own words', () => {
    expect(posts[0]).toMatchObject({
      kind: 'article',
      ref: { platform: 'hackernews', id: '38000100' },
      title: 'Ask: How do you predict the tide without a sensor?',
      author: { handle: 'halyard' },
      createdAt: '2023-10-24T08:55:00.000Z',
      text: 'Our harbour has no budget for a gauge.\n\nWhat do small places use? We have a clock, a wall and a lot of chalk.',
    })
    expect(declared.replies).toBe(9)
    expect(next).toEqual(['http://news.harbour.example/item?id=38000100&p=2'])
  })

  it('believes a link to the parent, and the indentation where there is none', () => {
    expect(tree.get('38000118')).toMatchObject({ key: '38000115', basis: 'declared', p: 1 })
    expect(tree.get('38000131')).toMatchObject({ key: '38000126', basis: 'layout' })
    expect(tree.get('38000140')).toMatchObject({ key: '38000100', basis: 'layout' })
  })

  it('gives the same tree when all links are taken away', () => {
    const bare = read('item', textOf('item').replace(/ \| <a href="#\d+"[^>]*>parent<\/a>/g, ''))
    expect(bare.posts.map(({ parent }) => parent?.key)).toEqual(posts.map(({ parent }) => parent?.key))
  })

  it('measures the indentation where no attribute tells it, as before 2021', () => {
    const old = textOf('item')
      .replace(/ indent="\d+"/g, '')
      .replace(/ \| <a href="#\d+"[^>]*>parent<\/a>/g, '')
    expect(read('item', old).posts.map(({ parent }) => parent?.key)).toEqual(posts.map(({ parent }) => parent?.key))
  })

  it('keeps the place of what was flagged or deleted, without the words the site prints there', () => {
    const withheld = posts.filter(({ provenance }) => provenance.extra?.['withheld'])
    expect(withheld.map(({ key, text, provenance }) => [key, text, provenance.extra?.['withheld']])).toEqual([
      ['38000120', '', 'flagged'],
      ['38000126', '', 'deleted'],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'withheld'])
  })

  it('keeps words that begin like those of the site', () => {
    const html = textOf('item').replace('Whoever deleted this', '[deleted] was here: whoever did this')
    const said = read('item', html).posts.find(({ text }) => text.startsWith('[deleted] was here'))
    expect(said?.provenance.extra?.['withheld']).toBeUndefined()
  })

  it('hangs answers below the comment a page is about, and that one below what it links to', () => {
    const about = textOf('item').replace(
      /<tr class="athing submission"[\s\S]*?<\/tr><tr>/,
      '<tr class="athing" id="38000777"><td class="default"><span class="comhead"><a class="hnuser" href="user?id=x">x</a> <span class="navs">| <a href="item?id=38000555">parent</a></span></span><div class="commtext c00">Alone.</div></td></tr><tr>',
    )
    const extraction = read('item', about)
    expect(extraction.posts[0]).toMatchObject({ key: '38000777', kind: 'comment', text: 'Alone.' })
    expect(extraction.posts[0]?.parent).toMatchObject({ ref: { id: '38000555' }, key: null, basis: 'declared' })
    expect(extraction.posts[1]?.parent).toMatchObject({ key: '38000777' })
  })
})

describe('other forms', () => {
  it('lists stories of a front page without pretending to their words', () => {
    const { posts, blocks, notes, next } = read('front-page')
    expect(posts.map(({ kind, block, text }) => [kind, block, text])).toEqual([
      ['article', 'stories', 'https://lamp.example/keeper?year=1911&page=2'],
      ['article', 'stories', ''],
      ['article', 'stories', 'https://buoys.example/jobs'],
    ])
    expect(posts.every(({ createdAt }) => createdAt === null)).toBe(true)
    expect(blocks).toMatchObject([{ kind: 'list' }])
    expect(notes.map(({ code }) => code)).toEqual(['list-page'])
    expect(next).toEqual(['http://news.harbour.example/news?p=2'])
  })

  it('takes the newest comments for a list, each with the story it is on', () => {
    const row = (id: number, parent: number, story: number) =>
      `<tr class="athing" id="${id}"><td class="ind"></td><td class="default"><span class="comhead"><a class="hnuser" href="user?id=a">a</a> <span class="navs"> | <a href="item?id=${parent}">parent</a></span><span class="onstory"> | on: <a href="item?id=${story}">x</a></span></span><div class="comment"><div class="commtext c00">Word ${id}.</div></div></td></tr>`
    const body = `<html><body><table id="hnmain"><tr><td><table>${row(501, 400, 300)}${row(502, 301, 301)}</table></td></tr></table></body></html>`
    const { posts, blocks } = read('item', body)
    expect(posts.map(({ conversation, parent, block }) => [conversation, parent?.ref?.id, block])).toEqual([
      ['300', '400', 'stories'],
      ['301', '301', 'stories'],
    ])
    expect(blocks).toMatchObject([{ kind: 'list' }])
  })

  it('joins Firebase items by number and names the ones that are not here', () => {
    const { posts, next, notes, declared } = read('firebase')
    expect(posts.map(({ key, parent }) => [key, parent?.key ?? null])).toContainEqual(['39000005', '39000004'])
    expect(next.map((url) => url.slice(-13))).toEqual(['39000009.json', '39000012.json'])
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'replies-elsewhere'])
    expect(declared.replies).toBe(5)
  })

  it('reads what is there of a list in which items are missing', () => {
    const items: unknown[] = Object.values(JSON.parse(textOf('firebase')))
    const { posts } = read('firebase')
    expect(read('firebase', JSON.stringify([null, ...items])).posts.map(({ key }) => key)).toEqual(
      posts.map(({ key }) => key),
    )
  })

  it('refuses a comment that answers itself or its own answer', () => {
    const circle = textOf('firebase').replace(
      '"parent": 39000001,\n    "text": "We',
      '"parent": 39000005,\n    "text": "We',
    )
    const { notes, edges } = unrollTogether([read('firebase', circle)])
    expect(notes.map(({ code }) => code)).toContain('reply-loop')
    expect(edges.some(({ child }) => child === 'hackernews:39000005')).toBe(true)
  })

  it('takes nesting for a parent where Algolia does not name one', () => {
    const bare = read('algolia', textOf('algolia').replace(/"parent_id": \d+,/g, ''))
    expect(bare.posts.map(({ parent }) => parent?.ref)).toEqual(read('algolia').posts.map(({ parent }) => parent?.ref))
    expect(bare.posts[2]?.parent).toMatchObject({ key: '40000010', basis: 'declared' })
  })
})

it('reads comments by their own rows, and levels by the width of the gap before them', () => {
  const comment = (id: number, width: number) =>
    `<tr class="comtr" id="${id}"><td><table><tr><td class="ind"><img src="s.gif" width="${width}"></td><td><a class="hnuser" href="user?id=a">a</a><div class="comment"><span class="commtext">c${id}</span></div></td></tr></table></td></tr>`
  const { posts } = read(
    'item',
    `<html><body><table id="hnmain"><tr><td><table class="fatitem"><tr class="athing" id="1"><td class="title"><a class="storylink" href="https://a.example/">T</a></td></tr></table><table class="comment-tree">${comment(2, 0)}${comment(3, 40)}${comment(4, 80)}${comment(5, 0)}</table></td></tr></table></body></html>`,
  )
  expect(posts.map(({ key, parent }) => [key, parent?.key ?? null])).toEqual([
    ['1', null],
    ['2', '1'],
    ['3', '2'],
    ['4', '3'],
    ['5', '1'],
  ])
})

describe('a page of 2012, in tables without names', () => {
  const { posts, declared, notes } = read('early')

  it('reads the story and its comments where the gaps place them', () => {
    expect(posts.map(({ key, parent }) => [key, parent?.key ?? null])).toEqual([
      ['3900100', null],
      ['3900111', '3900100'],
      ['3900112', '3900111'],
      ['3900113', '3900112'],
      ['3900114', '3900111'],
      ['nameless-5', '3900100'],
      ['3900116', 'nameless-5'],
      ['3900117', '3900100'],
    ])
    expect(posts[0]).toMatchObject({ title: 'Rope That Floats Is Rope You Find Again', author: { handle: 'bosun' } })
    expect(declared.replies).toBe(8)
  })

  it('takes no age for a time and no "reply" for words', () => {
    expect(posts.every(({ createdAt }) => createdAt === null)).toBe(true)
    expect(posts[1]?.text).toMatch(/^Two things[\s\S]*three summers$/)
    expect(posts[3]?.author).toMatchObject({ handle: 'tallow' })
  })

  it('keeps the place of a deleted comment, which has no number', () => {
    expect(posts[5]).toMatchObject({ ref: null, author: null, text: '', url: null })
    expect(notes.map(({ code }) => code)).toEqual(['withheld'])
  })

  it('reads a comment that is shown with its own answers', () => {
    const alone = textOf('early').replace(
      /<td class="title">[\s\S]*?<td class="subtext">[\s\S]*?<\/td>/,
      '<td class="default"><span class="comhead"><a href="user?id=pinrail">pinrail</a> 5 hours ago | <a href="item?id=3900090">link</a> | <a href="item?id=3900080">parent</a> | on: <a href="item?id=3900070">A story</a></span><br><span class="comment"><font color=#000000>Alone.</font></span></td>',
    )
    const lone = read('early', alone).posts
    expect(lone[0]).toMatchObject({
      key: '3900090',
      text: 'Alone.',
      conversation: '3900070',
      parent: { ref: { id: '3900080' }, key: null },
    })
    expect(lone[1]).toMatchObject({ key: '3900111', parent: { key: '3900090' } })
  })

  it('reads a list of stories', () => {
    const story = (id: number, title: string) =>
      `<tr><td class="title">${id}.</td><td class="title"><a href="http://a.example/${id}">${title}</a><span class="comhead"> (a.example) </span></td></tr><tr><td colspan=2></td><td class="subtext"><span>1 point</span> by <a href="user?id=u${id}">u${id}</a> 1 hour ago | <a href="item?id=${id}">discuss</a></td></tr><tr style="height:5px"></tr>`
    const list = read(
      'early',
      `<html><body><span class="pagetop"><a href="newcomments">comments</a></span><table>${story(11, 'First')}${story(12, 'Second')}<tr><td class="title">3.</td><td class="title"><a href="item?id=13">A job</a></td></tr><tr><td class="subtext">2 hours ago</td></tr><tr><td class="title"><a href="/x?fnid=abc">More</a></td></tr></table></body></html>`,
    )
    expect(list.posts.map(({ key, title, author }) => [key, title, author?.handle ?? null])).toEqual([
      ['11', 'First', 'u11'],
      ['12', 'Second', 'u12'],
      ['13', 'A job', null],
    ])
    expect(list.next).toEqual(['http://early.harbour.example/x?fnid=abc'])
    expect(list.blocks).toHaveLength(1)
  })
})

describe('items under other names', () => {
  const story = { title: 'Tide clocks', url: 'http://tide.example/', author: 'ada', created_at_i: 1714557600 }
  const hits = [
    {
      objectID: '41',
      comment_text: 'By rope &amp; <i>luck</i>.',
      author: 'kit',
      parent_id: 40,
      story_id: 40,
      created_at_i: 1714561200,
      _tags: ['comment'],
    },
    { objectID: '40', ...story, _tags: ['story', 'author_ada'] },
  ]

  it('are read out of a search’s answer', () => {
    const { posts } = read('algolia', JSON.stringify({ hits, nbHits: 2 }))
    expect(posts.map(({ text, title, parent }) => [text, title, parent?.key ?? null])).toEqual([
      ['By rope & luck.', null, '40'],
      ['http://tide.example/', 'Tide clocks', null],
    ])
    expect(posts[0]?.provenance.path).toBe('/hits/0')
  })

  it('are read one a line, deleted ones in their places', () => {
    const lines = [
      { id: 40, type: 'story', by: 'ada', time: 1714557600, title: 'Tide clocks', kids: [41] },
      { id: 41, type: 'comment', parent: 40, time: 1714561200, deleted: true },
      { id: 42, type: 'comment', by: 'kit', parent: 41, time: 1714561300, text: 'It&#x27;s rope.' },
    ]
    const page = pageOf(CASES.get('firebase') as Case, lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(hackernews.recognises(page)).toBe(true)
    const { posts } = hackernews.extract(page)
    expect(posts.map(({ text, parent, provenance }) => [text, parent?.key ?? null, provenance.line])).toEqual([
      ['', null, 1],
      ['', '40', 2],
      ['It’s rope.'.replace('’', "'"), '41', 3],
    ])
  })
})

it('takes words for what they are where their own element is gone, and a flag alone for none', () => {
  const { text } = pageOf(CASES.get('item') as Case)
  const posts = (body: string) => hackernews.extract(pageOf(CASES.get('item') as Case, body)).posts
  const loose = posts(text.replaceAll('commtext', 'kept'))
  expect(loose.map(({ key, text: words, html }) => [key, words, html === null])).toEqual(
    posts(text).map(({ key, text: words, html }) => [key, words, html === null]),
  )
})
