import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../src/adapters/index.ts'
import { reddit } from '../../../src/adapters/reddit/reddit.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(reddit)

const CASES = new Map(casesOf('reddit').map((fixture) => [fixture.name, fixture]))
const PAGES = ['old', 'page-2018', 'page-2024'] as const

function read(name: string, body?: string): Extraction {
  return reddit.extract(pageOf(CASES.get(name) as Case, body))
}

function bodyOf(name: string): string {
  return new TextDecoder().decode(CASES.get(name)?.body)
}

function parents(posts: readonly Post[]): Map<string, string | null> {
  return new Map(posts.map(({ key, parent }) => [key, parent?.ref?.id ?? null]))
}

describe('a submission as JSON', () => {
  const { posts, next, notes, declared } = read('comments')

  it('declares every parent', () => {
    const comments = posts.filter(({ kind }) => kind === 'comment')
    expect(comments.map(({ parent }) => [parent?.basis, parent?.p])).toEqual(comments.map(() => ['declared', 1]))
    expect(parents(posts).get('t1_kx0004')).toBe('t1_kx0002')
  })

  it('undoes the extra escaping once, and not twice', () => {
    expect(posts[0]?.title).toBe('Which rope for a 9 m boat & a short quay?')
    expect(posts.find(({ key }) => key === 't1_kx0002')?.text).toBe('Even in <5 m tides?')
    expect(posts.find(({ key }) => key === 't1_kx0009')?.html).toContain('href="https://rope.example/t?a=1&#x26;b=2"')
    const raw = read('morechildren').posts[0]
    expect(raw?.text).toBe('Hemp rots & smells.')
  })

  it('names what it leaves out, and the calls that bring it', () => {
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'withheld', 'more', 'continues-deeper'])
    expect(notes[2]?.message).toMatch(/: 8, in 2 places/)
    expect(next).toEqual([
      'http://forum.rope.example/api/morechildren.json?api_type=json&raw_json=1&link_id=t3_1harbr&children=kx0005,kx0006,kx0010,kx0011,kx0012',
      'http://forum.rope.example/comments/1harbr/_/kx0004.json?raw_json=1',
    ])
    expect(declared).toMatchObject({ replies: 14, site: 'r/harbours' })
  })

  it('keeps edits, the submitter, and no words where they were deleted or removed', () => {
    expect(posts[0]?.editedAt).toBe('2023-11-14T23:13:20.000Z')
    expect(posts.filter(({ isPostAuthor }) => isPostAuthor).map(({ key }) => key)).toEqual(['t1_kx0002'])
    const withheld = posts.filter(({ provenance }) => provenance.extra?.['withheld'])
    expect(withheld.map(({ key, text, author }) => [key, text, author?.handle ?? null])).toEqual([
      ['t1_kx0004', '', null],
      ['t1_kx0003', '', 'quay_mod'],
    ])
  })

  it('grows together with the captures that hold the rest', () => {
    const { conversations } = unrollTogether([read('comments'), read('morechildren')])
    expect(conversations).toHaveLength(1)
    const late = conversations[0]?.replies.find(({ post }) => post.key === 't1_kx0007')
    expect(late?.depth).toBe(2)
  })

  it('refuses wrong names and survives a comment that answers itself', () => {
    const { posts: all } = read('comments', bodyOf('comments').replaceAll('"t1_kx0001"', '"__proto__"'))
    expect(all.map(({ key }) => key)).toContain('t1_kx0001')
    const circle = read(
      'comments',
      bodyOf('comments').replaceAll('"parent_id": "t3_1harbr"', '"parent_id": "t1_kx0002"'),
    )
    const { edges, notes: loops } = unrollTogether([circle])
    expect(loops.map(({ code }) => code)).toContain('reply-loop')
    expect(edges.length).toBeGreaterThan(0)
  })
})

describe('the three generations of pages', () => {
  it.each(PAGES)('%s: agrees with the JSON on every comment both show', (name) => {
    const { posts, declared } = read(name)
    const known = parents(read('comments').posts)
    const both = posts.filter(({ key }) => known.has(key))
    expect(both.length).toBeGreaterThanOrEqual(3)
    for (const { key, parent } of both) expect([key, parent?.ref?.id ?? null]).toEqual([key, known.get(key)])
    expect(declared.replies).toBe(14)
  })

  it.each(PAGES)('%s: says what is behind "more" and names the JSON twin', (name) => {
    const { notes, next } = read(name)
    expect(notes.find(({ code }) => code === 'more')?.message).toMatch(/: 3\./)
    expect(next[0]).toMatch(/\/r\/harbours\/comments\/1harbr\/which_rope\.json\?raw_json=1$/)
  })

  it('leaves promoted links out', () => {
    expect(read('old').posts.map(({ key }) => key)).not.toContain('t3_1advrt')
  })

  it('draws parents from lines, and from levels where lines are missing', () => {
    const { posts } = read('page-2018')
    expect(posts.find(({ key }) => key === 't1_kx0004')?.parent).toMatchObject({ basis: 'declared' })
    const bare = read('page-2018', bodyOf('page-2018').replaceAll('threadline', 'line'))
    expect(parents(bare.posts)).toEqual(parents(posts))
    expect(bare.posts.find(({ key }) => key === 't1_kx0004')?.parent).toMatchObject({ basis: 'layout' })
  })
})

describe('pages of which few attributes were kept', () => {
  const thing = (kind: string, path: string, inside: string) =>
    `<div class="thing ${kind}" data-author="a" data-subreddit="quays" data-permalink="/r/quays/comments/1abc/rope/${path}">${inside}</div>`
  const entry = (words: string) =>
    `<div class="entry"><div class="usertext-body"><div class="md"><p>${words}</p></div></div></div>`

  it('old: names and parents follow from addresses and places', () => {
    const answer = thing('comment', 'c2/', entry('Two'))
    const below = `<div class="child"><div class="sitetable">${answer}</div></div>`
    const { posts, declared } = read(
      'old',
      `<html><body>${thing('link', '', `<a class="title">Rope?</a>${entry('Hemp')}`)}<div class="commentarea"><div class="sitetable nestedlisting">${thing('comment', 'c1/', entry('One') + below)}</div></div></body></html>`,
    )
    expect([posts[0]?.title, declared.site]).toEqual(['Rope?', 'r/quays'])
    expect(parents(posts)).toEqual(
      new Map([
        ['t3_1abc', null],
        ['t1_c1', 't3_1abc'],
        ['t1_c2', 't1_c1'],
      ]),
    )
  })

  it('today’s: a submission is named by its address', () => {
    const html =
      '<shreddit-post permalink="/r/quays/comments/1abc/rope/" post-title="Rope?" author="a"><div slot="text-body"><p>Hemp</p></div></shreddit-post>'
    expect(read('page-2024', `<html><body>${html}</body></html>`).posts).toMatchObject([
      { key: 't3_1abc', text: 'Hemp' },
    ])
  })
})

describe('today’s pages whose comments bear no names', () => {
  const comment = (author: string, depth: number, inside = '') =>
    `<shreddit-comment author="${author}" depth="${depth}"><div slot="comment"><p>By ${author}</p></div>${inside}</shreddit-comment>`
  const submission = '<shreddit-post id="t3_1abc" post-title="Rope?" author="a" comment-count="3"></shreddit-post>'
  const authors = (html: string) => {
    const { posts } = read('page-2024', `<html><body>${submission}${html}</body></html>`)
    const by = new Map(posts.map(({ key, author }) => [key, author?.handle]))
    return posts.slice(1).map(({ author, parent, ref }) => [author?.handle, by.get(parent?.key ?? ''), ref])
  }
  const expected = [
    ['b', 'a', null],
    ['c', 'b', null],
    ['d', 'a', null],
  ]

  it('hang by what they stand in', () => {
    expect(authors(comment('b', 0, comment('c', 1)) + comment('d', 0))).toEqual(expected)
  })

  it('or by their levels, where they stand one after the other', () => {
    expect(authors([comment('b', 0), comment('c', 1), comment('d', 0)].join(''))).toEqual(expected)
  })
})

describe('words that look like the site’s own', () => {
  const words = '[deleted] my first answer: tar the rope.'
  const today = (words: string) =>
    `<shreddit-comment author="[deleted]" thingid="t1_c1" postid="t3_1abc"><div slot="comment"><p>${words}</p></div></shreddit-comment>`

  it('stay, also when the account of their writer is gone', () => {
    const old = `<div class="thing comment" data-fullname="t1_c1" data-author="a"><div class="entry"><div class="usertext-body"><div class="md"><p>${words}</p></div></div></div></div>`
    expect(read('old', `<html><body>${old}</body></html>`).posts).toMatchObject([{ text: words }])
    const post = '<shreddit-post permalink="/r/quays/comments/1abc/rope/" post-title="Rope?"></shreddit-post>'
    const page = (said: string) => read('page-2024', `<html><body>${post}${today(said)}</body></html>`).posts[1]
    expect(page('Tar the rope.')).toMatchObject({ text: 'Tar the rope.', author: null })
    expect(page('Comment deleted by user')).toMatchObject({ text: '', provenance: { extra: { withheld: 'deleted' } } })
  })

  it('name nobody as their writer, and count all that is behind "more"', () => {
    const gone = '<div id="t1_c1"><div data-testid="comment"><p>See <a href="/user/gull/">u/gull</a></p></div></div>'
    const page = `<html><body><div class="Post" id="t3_1abc"></div>${gone}</body></html>`
    expect(read('page-2018', page).posts.find(({ key }) => key === 't1_c1')?.author).toBeNull()
    const more = '<faceplate-partial src="/svc/shreddit/more-comments/a">1,204 more replies</faceplate-partial>'
    const { notes } = read('page-2024', `<html><body><shreddit-post id="t3_1abc"></shreddit-post>${more}</body></html>`)
    expect(notes.find(({ code }) => code === 'more')?.message).toContain(': 1204.')
  })
})

describe('a dump of third parties', () => {
  const { posts, notes, declared } = read('dump')

  it('holds the things by lines, in whatever order, and tells parents', () => {
    expect(Object.fromEntries(parents(posts))).toEqual({
      t1_dbq0002: 't1_dbq0001',
      t1_dbq0001: 't3_5harb1',
      t1_dbq0003: 't3_5harb1',
      t3_5harb1: null,
    })
    expect(posts.map(({ provenance }) => provenance.line)).toEqual([1, 2, 3, 4])
    expect(posts[0]).toMatchObject({
      text: '> who greases the chain?\n\nThe cat, I think.\n\nShe denies it.',
      createdAt: '2015-01-01T00:04:28.000Z',
    })
    expect([notes.map(({ code }) => code), declared.replies]).toEqual([['withheld'], 3])
  })

  it('may be one list, or the answer of a search', () => {
    const rows = bodyOf('dump').trim().split('\n').join(',')
    for (const body of [`[${rows}]`, `{"data":[${rows}],"metadata":{}}`])
      expect(parents(read('dump', body).posts)).toEqual(parents(posts))
  })

  it('keeps the link beside the words', () => {
    const row = { id: '5harb2', title: 'A ramp', subreddit: 'harbours', created_utc: 1420050668, is_self: false }
    const {
      posts: [post],
    } = read('dump', JSON.stringify([{ ...row, url: 'https://ramp.example/', selftext: 'Look.' }]))
    expect(post?.text).toBe('https://ramp.example/\n\nLook.')
  })
})

describe('a poll', () => {
  it('shows its options and their votes below the words', () => {
    const options = [{ text: 'Hemp &amp; tar', vote_count: 7 }, { text: 'Chain' }]
    const data = {
      name: 't3_5harb3',
      title: 'Which?',
      is_self: true,
      selftext_html: '&lt;p&gt;Say.&lt;/p&gt;',
      poll_data: { options },
    }
    const {
      posts: [post],
    } = read('comments', JSON.stringify({ kind: 't3', data }))
    expect(post?.text).toBe('Say.\n\n- Hemp & tar (7)\n- Chain')
  })
})

it('names thinned-out things by their addresses', () => {
  const thing = (kind: string, data: object) => ({ kind, data: { permalink: '/r/rope/comments/1abcde/tar/', ...data } })
  const listing = (...children: object[]) => ({ kind: 'Listing', data: { children } })
  const answer = [
    listing(thing('t3', { title: 'Tar?', author: 'birte', selftext: 'How much of it?', num_comments: 1 })),
    listing(thing('t1', { body: 'Less.', author: 'tarhand', permalink: '/r/rope/comments/1abcde/tar/k2fghij/' })),
  ]
  const { posts, notes } = read('comments', JSON.stringify(answer))
  expect(posts.map(({ ref }) => ref?.id)).toEqual(['t3_1abcde', 't1_k2fghij'])
  expect(notes.map(({ code }) => code)).not.toContain('things-unread')
})

describe('walls', () => {
  const fixture = CASES.get('old') as Case
  const walls = [
    [
      'age-gate',
      '<html><head><title>reddit.com: over 18?</title></head><body><form method="post"><button name="over18" value="yes">yes</button></form></body></html>',
    ],
    [
      'blocked',
      '<html><head><title>Blocked</title></head><body><h1>whoa there, pardner!</h1><p>Your request was stopped. <a href="https://www.reddit.com/login/">here</a></p></body></html>',
    ],
  ] as const

  it.each(walls)('%s is a remark and no post', (code, body) => {
    const page = pageOf(fixture, body)
    expect(adapterFor(page)?.name).toBe('reddit')
    const { posts, notes } = extractPage(page)
    expect(posts).toEqual([])
    expect(notes.map((note) => note.code)).toContain(code)
  })
})

it('takes writers and exact times of a page of 2018–2023 out of the data it carries', () => {
  const models = {
    posts: { models: { t3_1harbr: { author: 'not_drawn', created: 1_700_000_000_000 } } },
    comments: { models: { t1_kx0001: { author: 'OldHemp', created: 1_700_000_600, parentId: 't1_gone01' } } },
  }
  const carried = (text: string) => bodyOf('page-2018').replace('</body>', () => `<script>${text}</script></body>`)
  const drawn = read('page-2018').posts
  const [post, comment] = read('page-2018', carried(`window.___r = ${JSON.stringify(models)};`)).posts
  expect(drawn.map(({ createdAt }) => createdAt)).not.toContain('2023-11-14T22:23:20.000Z')
  expect(post).toMatchObject({ author: drawn[0]?.author, createdAt: '2023-11-14T22:13:20.000Z' })
  expect(comment).toMatchObject({ author: { handle: 'OldHemp' }, createdAt: '2023-11-14T22:23:20.000Z' })
  expect(comment?.parent).toMatchObject({ ref: { id: 't1_gone01' }, key: null, basis: 'declared' })
  const cut = read('page-2018', carried('window.___r = {"posts": null, "comments": [')).posts
  expect(cut.map(({ key, createdAt }) => [key, createdAt])).toEqual(drawn.map(({ key }) => [key, null]))
})

it('reads the words of an old page of which a saver left fewer wrappers', () => {
  const whole = read('old').posts
  const loose = read('old', bodyOf('old').replaceAll('usertext-body', 'kept')).posts
  expect(loose.map(({ key, text }) => [key, text])).toEqual(whole.map(({ key, text }) => [key, text]))
})

it('takes parents that Pushshift counts for what they spell', () => {
  const row = { author: 'una', body: 'Hemp.', created_utc: 1_700_000_000, link_id: 't3_1harbr', subreddit: 'harbours' }
  const rows = [
    { ...row, id: 'kx0001', parent_id: Number.parseInt('1harbr', 36) },
    { ...row, id: 'kx0002', parent_id: Number.parseInt('kx0001', 36) },
  ]
  const { posts } = read('comments', JSON.stringify({ data: rows }))
  expect(posts.map(({ parent }) => parent?.ref?.id)).toEqual(['t3_1harbr', 't1_kx0001'])
})
