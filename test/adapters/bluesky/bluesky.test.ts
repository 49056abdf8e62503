import { describe, expect, it } from 'vitest'
import { bluesky } from '../../../src/adapters/bluesky/bluesky.ts'
import { tidTime } from '../../../src/adapters/bluesky/names.ts'
import { bodyOf } from '../../../src/adapters/bluesky/text.ts'
import { adapterFor, locateUrl } from '../../../src/adapters/index.ts'
import { jsonl } from '../../../src/adapters/rows/jsonl.ts'
import type { Post } from '../../../src/model.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(bluesky)

const cases = new Map(casesOf('bluesky').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => bluesky.extract(pageOf(cases.get(name) as Case))
const json = (name: string) => JSON.parse(new TextDecoder().decode(cases.get(name)?.body))
const codes = (name: string) => read(name).notes.map(({ code }) => code)
const ROOT = 'at://did:plc:adaq3wr5tyu7iop2asd4fghj/app.bsky.feed.post/3kzamp2qrs22a'

describe('bluesky answers', () => {
  it('reads the posts above the answer in one item of a feed by itself', () => {
    const { posts } = read('feed-item')
    expect(
      posts.map(({ text, parent }) => [text.split(' ')[0], posts.findIndex(({ key }) => key === parent?.key)]),
    ).toEqual([
      ['Watching', -1],
      ['It', 0],
      ['And', 1],
    ])
    expect(posts[0]?.media).toMatchObject([{ kind: 'image', alt: 'A cork float in a pipe' }])
  })

  it('ties every post to the parent its record names', () => {
    const { posts } = read('thread')
    const answers = posts.filter(({ key }) => key !== ROOT)
    expect(answers.every(({ parent }) => parent?.basis === 'declared' && parent.p === 1 && parent.key !== null)).toBe(
      true,
    )
    expect(posts.map(({ conversation }) => conversation)).toEqual(posts.map(() => ROOT))
  })

  it('names deleted, blocked and withheld posts, each with its reason', () => {
    expect(codes('thread')).toEqual(['post-not-found', 'post-blocked', 'replies-missing'])
    expect(codes('flat-thread').slice(0, 3)).toEqual(['post-login-needed', 'post-not-found', 'post-blocked'])
  })

  it('takes the number of posts in the line from a flat thread, for the author’s posts only', () => {
    const { blocks, posts } = read('flat-thread')
    expect(blocks).toMatchObject([{ kind: 'thread', declaredTotal: 5 }])
    expect(posts.filter(({ block }) => block !== null).map(({ author }) => author?.handle)).toEqual(
      Array(4).fill('ada.lamp.example'),
    )
  })

  it('asks the server that answered for what is missing, and the public one about files', () => {
    expect(read('thread').next[0]).toMatch(
      /^http:\/\/api\.sky\.example\/xrpc\/app\.bsky\.feed\.getPostThread\?uri=at%3A/,
    )
    const file = { ...(cases.get('thread') as Case), url: null }
    expect(bluesky.extract(pageOf(file)).next[0]).toMatch(/^https:\/\/public\.api\.bsky\.app\/xrpc\//)
  })

  it('says when a thread begins above what is here', () => {
    const { thread } = json('thread')
    const below = { thread: thread.replies[0] }
    const { next, notes } = bluesky.extract(pageOf(cases.get('thread') as Case, JSON.stringify(below)))
    expect(notes.map(({ code }) => code)).toContain('parents-missing')
    expect(next[0]).toContain(encodeURIComponent(ROOT))
  })

  it('reads ancestors from the root down', () => {
    const { thread } = json('thread')
    const [second, ...others] = thread.replies
    const { replies, ...root } = { ...thread, replies: others }
    const chain = { thread: { ...second, parent: root } }
    const { posts } = bluesky.extract(pageOf(cases.get('thread') as Case, JSON.stringify(chain)))
    expect(posts.slice(0, 2).map(({ provenance }) => provenance.path)).toEqual(['/thread/parent/post', '/thread/post'])
    expect(replies).toHaveLength(3)
  })

  it('keeps reposts out and a pinned post once, with the posts above an answer', () => {
    const { posts, notes } = read('author-feed')
    expect(notes.find(({ code }) => code === 'reposts')?.message).toContain('left out: 1.')
    expect(posts.filter(({ key }) => key === ROOT)).toHaveLength(1)
    expect(posts.find(({ key }) => key === ROOT)?.provenance.extra).toMatchObject({ pinned: true })
    expect(posts.find(({ author }) => author?.handle === 'bo.harbour.example')?.provenance.path).toBe(
      '/feed/4/reply/root',
    )
  })

  it('gives a bare record the same pictures, words and parent as the API does', () => {
    const facts = ({ text, html, media, parent }: Post) => {
      return { text, html, parent: parent?.ref, urls: media.map(({ url, poster, alt }) => [url, poster, alt]) }
    }
    const views = new Map(read('thread').posts.map((post) => [post.key, facts(post)]))
    const records = read('records').posts
    expect(records).toHaveLength(4)
    for (const post of records) expect(facts(post)).toEqual(views.get(post.key))
  })

  it('takes a time without a zone for UTC', () => {
    expect(read('records').posts[2]?.createdAt).toBe('2025-03-02T18:00:40.123Z')
  })

  it('reads a record that stands alone, though it names nobody', () => {
    const page = pageOf(cases.get('thread') as Case, JSON.stringify(json('records').records[0].value))
    expect(adapterFor(page)).toBe(bluesky)
    expect(jsonl.recognises(page)).toBe(false)
    expect(bluesky.extract(page).posts).toMatchObject([
      { ref: null, author: null, parent: { basis: 'declared', key: null } },
    ])
  })

  it('leaves records of other kinds alone', () => {
    const record = { uri: ROOT.replace('post', 'generator'), cid: 'x', value: { $type: 'app.bsky.feed.generator' } }
    expect(bluesky.recognises(pageOf(cases.get('thread') as Case, JSON.stringify(record)))).toBe(false)
  })

  it('locates posts by handle and DID, and no other part of the site', () => {
    expect(locateUrl('https://bsky.app/profile/ada.example/post/3kabc')?.id).toBe(
      'at://ada.example/app.bsky.feed.post/3kabc',
    )
    expect(bluesky.locate(new URL('https://bsky.app/settings'))).toBeNull()
    expect(bluesky.locate(new URL('https://notbsky.app/profile/ada.example'))).toBeNull()
  })
})

it('reads all of a tree that stands in a list', () => {
  const page = pageOf(cases.get('thread') as Case, JSON.stringify([json('thread').thread]))
  const { posts, notes } = bluesky.extract(page)
  expect(posts.map(({ key, text }) => [key, text])).toEqual(read('thread').posts.map(({ key, text }) => [key, text]))
  expect(posts.slice(0, 2).map(({ provenance }) => provenance.path)).toEqual(['/0/post', '/0/replies/0/post'])
  expect(notes.map(({ code }) => code)).toEqual(codes('thread'))
})

describe('facets', () => {
  const facet = (byteStart: unknown, byteEnd: unknown, uri = 'https://a.example/long/way') => {
    return { index: { byteStart, byteEnd }, features: [{ $type: 'app.bsky.richtext.facet#link', uri }] }
  }
  const html = (text: string, ...facets: unknown[]) => bodyOf({ text, facets }, null).html

  it('count UTF-8 bytes', () => {
    const text = '🏮é here'
    expect(html(text, facet(7, 11))).toBe('🏮é <a href="https://a.example/long/way">here</a>')
  })

  it('stand in full where the app shortened them, and keep other words', () => {
    expect(bodyOf({ text: 'a.example/lo...', facets: [facet(0, 15)] }, null).text).toBe('https://a.example/long/way')
    expect(bodyOf({ text: 'my page', facets: [facet(3, 7)] }, null).text).toBe('my page')
  })

  it.each([
    ['inside a character', facet(1, 4)],
    ['past the end', facet(0, 999)],
    ['backwards', facet(4, 1)],
    ['no number', facet('0', {})],
    ['a script', facet(0, 4, 'javascript:alert(1)')],
  ])('are left as words when their place or target is no good: %s', (_, bad) => {
    expect(html('🏮 hi', bad)).toBe('🏮 hi')
  })

  it('do not overlap', () => {
    expect(html('abcdef', facet(0, 4), facet(2, 6))).toBe('<a href="https://a.example/long/way">abcd</a>ef')
  })
})

it('tells the time from a record key', () => {
  expect(tidTime('3mddhgf2re22h')).toMatch(/^2026-01-26T14:30:/)
  expect(tidTime('self')).toBeNull()
})

it('reads posts out of the network’s stream, an event a line', () => {
  const page = pageOf(cases.get('stream') as Case)
  expect(adapterFor(page)?.name).toBe('bluesky')
  const { posts, notes } = bluesky.extract(page)
  expect(posts.map(({ author, provenance }) => [author?.id, provenance.line, provenance.path])).toEqual([
    ['did:plc:tidetidetidetidetidetide', 1, null],
    ['did:plc:tidetidetidetidetidetide', 3, null],
  ])
  expect(posts[1]?.parent?.key).toBe(posts[0]?.key)
  expect(notes).toMatchObject([
    { code: 'post-unread', message: expect.stringContaining('1') },
    { code: 'deleted-posts', message: expect.stringContaining('deleted 1 posts later in the stream; 0 of them') },
  ])
})

it('keeps a post that the stream says was deleted, and names accounts as it does', () => {
  const did = 'did:plc:tidetidetidetidetidetide'
  const commit = { collection: 'app.bsky.feed.post', rkey: '3krsh5vmpx22a' }
  const record = { $type: 'app.bsky.feed.post', text: 'The rope frayed.', createdAt: '2024-05-01T10:00:00.000Z' }
  const lines = [
    { did, time_us: 1, kind: 'commit', commit: { ...commit, operation: 'create', record } },
    { did, time_us: 1714557600000004, kind: 'commit', commit: { ...commit, operation: 'delete' } },
    { did, time_us: 3, kind: 'identity', identity: { did, handle: 'tide.example' } },
  ]
  const body = new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'))
  const { posts, notes } = bluesky.extract(pageOf(cases.get('stream') as Case, body))
  expect(posts).toMatchObject([
    {
      author: { id: did, handle: 'tide.example' },
      text: 'The rope frayed.',
      provenance: { extra: { deletedAt: '2024-05-01T10:00:00.000Z' } },
    },
  ])
  expect(notes.map(({ code }) => code)).toEqual(['post-unread', 'deleted-posts'])
})
