import { describe, expect, it } from 'vitest'
import { lemmy } from '../../../src/adapters/lemmy/lemmy.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(lemmy)

const CASES = new Map(casesOf('lemmy').map((fixture) => [fixture.name, fixture]))
const POST = 'http://lemmy.cove.example/post/4101'
const LIST = 'http://lemmy.cove.example/api/v3/comment/list?type_=All&max_depth=8&limit=50'

function read(name: string, body?: string): Extraction {
  return lemmy.extract(pageOf(CASES.get(name) as Case, body))
}

describe('comments', () => {
  const { posts, next, notes } = read('comments')
  const byKey = new Map(posts.map((post) => [post.key, post]))

  it('names posts by their address everywhere and finds parents by the numbers of this server', () => {
    expect(byKey.get('comment/503')?.parent).toMatchObject({
      ref: { platform: 'lemmy', id: 'https://far.kite.example/comment/77001' },
      key: 'comment/501',
      basis: 'declared',
    })
    expect(byKey.get('comment/501')).toMatchObject({
      parent: { ref: { id: POST }, key: null },
      author: { handle: 'bo@far.kite.example' },
    })
  })

  it('knows the parent that is not here, and asks for what is missing', () => {
    expect(byKey.get('comment/509')?.parent?.ref?.id).toBe('http://lemmy.cove.example/comment/508')
    expect(next).toEqual([`${LIST}&parent_id=509`, 'http://lemmy.cove.example/api/v3/post?id=4101'])
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'replies-missing'])
  })

  it('marks the poster, reads Markdown, and no words where they were deleted', () => {
    expect(posts.filter(({ isPostAuthor }) => isPostAuthor).map(({ key }) => key)).toEqual(['comment/503'])
    expect(byKey.get('comment/501')?.text).toBe('How did the spar hold?\n\ntwo canes\n\nSurely not.')
    expect(byKey.get('comment/504')).toMatchObject({ text: '', html: null })
  })

  it('meets its post', () => {
    const { conversations } = unrollTogether([read('post'), read('comments')])
    const whole = conversations.find(({ id }) => id === `lemmy:${POST}`)
    expect(whole?.root?.title).toBe('First box kite flew today')
    expect(whole?.replies.map(({ post, depth }) => [post.key, depth])).toContainEqual(['comment/505', 1])
  })

  it('takes a broken path for no path, and a circle for none', () => {
    const body = new TextDecoder().decode(CASES.get('comments')?.body)
    const broken = read('comments', body.replaceAll('"0.501.503"', '"0.501.__proto__"'))
    expect(broken.posts.find(({ key }) => key === 'comment/503')?.parent).toBeNull()
    const circle = read('comments', body.replaceAll('"0.501"', '"0.503.501"'))
    expect(unrollTogether([circle]).notes.map(({ code }) => code)).toContain('reply-loop')
  })
})

describe('a post', () => {
  it('is an article with its picture, and its comments are another call', () => {
    const { posts, next, declared } = read('post')
    expect(posts[0]).toMatchObject({
      kind: 'article',
      ref: { id: POST },
      editedAt: '2024-08-01T12:00:00.000Z',
      createdAt: '2024-08-01T10:00:00.123Z',
      media: [{ kind: 'image', alt: 'a red box kite above dunes' }],
    })
    expect(next).toEqual([`${LIST}&post_id=4101`])
    expect(declared).toEqual({ title: 'First box kite flew today', site: 'Kites & wind', replies: 6 })
  })
})

describe('a page', () => {
  const { posts, declared } = read('page')
  const body = new TextDecoder().decode(CASES.get('page')?.body)

  it('carries what the API answered: the post, and the comments as it gives them', () => {
    const told = [read('post').posts[0], ...read('comments').posts]
    const plain = (one: Extraction['posts'][number] | undefined) => [one?.key, one?.text, one?.author, one?.createdAt]
    expect(posts.map(plain)).toEqual(told.map(plain))
    expect(declared).toMatchObject({ title: 'First box kite flew today', replies: 6 })
  })

  it('was a list of answers once', () => {
    const list = body
      .replace(/"routeData": \{"postRes": \{"data": /, '"routeData": [')
      .replace(', "state": "success"}, "commentsRes": {"data": ', ', ')
    const old = read('page', list.replace(', "state": "success"}}, "errorPageData"', '], "errorPageData"'))
    expect(old.posts.map(({ key }) => key)).toEqual(posts.map(({ key }) => key))
  })

  it('keeps the word undefined where somebody wrote it', () => {
    const said = read('page', body.replace('It held.', 'It is \\"undefined\\".'))
    expect(said.posts.find(({ key }) => key === 'comment/503')?.text).toContain('It is "undefined".')
  })

  it('that was cut off is read by others', () => {
    expect(read('page', body.slice(0, body.indexOf('"commentsRes"'))).posts).toEqual([])
  })
})

describe("PieFed's comments", () => {
  const { posts, next, declared } = read('piefed')

  it('have their words, writers and edits under other names', () => {
    expect(posts.map(({ author, text }) => [author?.handle, author?.name, text])).toEqual([
      ['sam@far.example', null, 'A bowline, and leave the tail long.'],
      ['ida@tide.example', 'Ida Rowe', 'The tail was what slipped.'],
      ['kit@tide.example', null, 'Two half hitches.'],
    ])
    expect(posts[1]).toMatchObject({ isPostAuthor: true, editedAt: '2025-05-01T08:25:00.000Z' })
    expect(declared.site).toBe('Knots')
  })

  it('hold what answers them', () => {
    expect(posts.map(({ parent }) => parent?.key)).toEqual([null, 'comment/501', null])
    expect(posts[1]?.provenance.path).toBe('/comments/0/replies/0')
  })

  it('lead to their post by the same API', () => {
    expect(next).toEqual(['http://tide.example/api/alpha/post?id=61'])
  })

  it('stand below a post that has a title for a name', () => {
    const [comment] = (JSON.parse(pageOf(CASES.get('piefed') as Case).text) as { comments: object[] }).comments
    const found = read('piefed', JSON.stringify({ post_view: { ...comment, comment: undefined, replies: [] } })).posts
    expect(found).toMatchObject([{ title: 'Which knot for the painter?', text: 'The old one slips when it is wet.' }])
  })
})
