// Comment systems: one tree whatever the system calls things; what is deleted keeps its place, what is elsewhere is
// said.
import { describe, expect, it } from 'vitest'
import { commentSystems } from '../../../src/adapters/comment-systems/comment-systems.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(commentSystems)

const CASES = new Map(casesOf('comment-systems').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => commentSystems.extract(pageOf(CASES.get(name) as Case, body))
const treeOf = (name: string) => read(name).posts.map(({ key, parent }) => [key, parent?.key ?? null])
const codes = (name: string) => read(name).notes.map(({ code }) => code)

describe('every system', () => {
  it('tells who answers whom, through comments that are deleted', () => {
    expect(treeOf('isso')).toEqual([
      ['11', null],
      ['12', '11'],
      ['13', null],
      ['14', '13'],
    ])
    expect(treeOf('remark42').map(([, parent]) => parent?.at(-1) ?? null)).toEqual([null, '1', '2'])
    expect(treeOf('coral')).toEqual([
      ['k-1', null],
      ['k-2', 'k-1'],
      ['k-3', 'k-2'],
    ])
    expect(treeOf('talk')).toEqual([
      ['t-1', null],
      ['t-2', 't-1'],
    ])
    expect(treeOf('hyvor-talk').map(([, parent]) => parent)).toEqual([null, '5501', '5502'])
    expect(treeOf('cusdis')).toEqual([
      ['u1', null],
      ['u2', 'u1'],
      ['u3', null],
    ])
    expect(treeOf('ghost-comments')).toEqual([
      ['c-1', null],
      ['c-2', 'c-1'],
      ['c-3', 'c-2'],
      ['c-4', null],
      ['c-5', 'c-4'],
    ])
    expect(treeOf('commento').map(([, parent]) => parent)).toEqual([null, 'aa01', 'aa02', null])
    expect(treeOf('youtube')).toEqual([
      ['UgwA1', null],
      ['UgwA1.9b', 'UgwA1'],
      ['UgwA2', null],
    ])
    expect(treeOf('peertube').map(([, parent]) => parent)).toEqual([null, '100', '101'])
  })

  it.each(['peertube', 'cusdis', 'ghost-comments'])('says that an entry without an id was not read: %s', (name) => {
    expect(codes(name)).not.toContain('row-unread')
    const fixture = CASES.get(name) as Case
    const { posts, notes } = read(
      name,
      pageOf(fixture).text.replace(/"id": ?("[^"]*"|\d+)(?=[^{}]*"(?:text|body_html|html|content)")/, '"id": null'),
    )
    expect(posts).toHaveLength(read(name).posts.length - 1)
    expect(notes.map(({ code }) => code)).toContain('row-unread')
  })

  it.each(['isso', 'remark42', 'coral', 'peertube', 'ghost-comments', 'commento'])(
    'keeps the place of a deleted comment without words or name: %s',
    (name) => {
      const [deleted] = read(name).posts.filter(({ provenance }) => provenance.extra?.['withheld'] === 'deleted')
      expect(deleted).toMatchObject({ text: '', html: null, author: null })
    },
  )

  it.each(['isso', 'remark42', 'coral', 'hyvor-talk', 'cusdis', 'peertube', 'ghost-comments'])(
    'takes a key that is left out for one that is null: %s',
    (name) => {
      const { text } = pageOf(CASES.get(name) as Case)
      const bare = JSON.stringify(JSON.parse(text, (_, value: unknown) => value ?? undefined))
      expect(read(name, bare).posts.map(({ key, parent }) => [key, parent?.key ?? null])).toEqual(treeOf(name))
    },
  )

  it('takes a list of answers that is null for one that was not asked for', () => {
    const [id, createdAt, author] = ['k-9', '2023-01-02T03:04:05.678Z', { id: 'u-1', username: 'Sorrel' }]
    const coral = { id, createdAt, author, body: 'Who lit the quay?', editing: {}, replyCount: 2, replies: null }
    const partOf = (value: unknown) => read('coral', JSON.stringify(value)).notes.map(({ code }) => code)
    expect(partOf([coral])).toEqual(['comments-cut'])
    expect(partOf([{ ...coral, replyCount: 0 }])).toEqual([])
    const [thread] = (JSON.parse(pageOf(CASES.get('peertube') as Case).text) as { children: [{ comment: object }] })
      .children
    expect(partOf({ data: [{ ...thread.comment, totalReplies: 2 }] })).toContain('comments-cut')
  })

  it('says where more are than it gives', () => {
    expect(codes('isso')).toEqual(['withheld', 'comments-cut'])
    expect(codes('coral')).toEqual(['withheld', 'comments-cut'])
    expect(codes('ghost-comments')).toEqual(['withheld', 'comments-cut'])
    expect(codes('peertube')).toEqual(['withheld', 'comments-cut'])
    expect(codes('remark42')).toEqual(['withheld'])
    expect(codes('talk')).toEqual([])
    expect(['isso', 'remark42', 'coral', 'talk'].map((name) => read(name).declared.replies)).toEqual([5, 2, 9, 2])
  })

  it('keeps the times of edits where they are told, else that there was one', () => {
    expect(read('isso').posts[0]?.editedAt).toBe('2023-11-14T22:14:50.000Z')
    expect(read('remark42').posts[0]?.editedAt).toBe('2023-05-12T16:20:00.000Z')
    expect(read('peertube').posts[2]?.editedAt).toBe('2023-02-01T14:00:00.000Z')
    expect(read('peertube').posts[0]?.editedAt).toBeNull()
    expect(read('coral').posts[0]?.provenance.extra).toEqual({ edited: true })
  })
})

it('finds the authors that stand in a list of their own (Commento)', () => {
  expect(read('commento').posts.map(({ author }) => author?.name ?? null)).toEqual([
    'Ines Fole',
    null,
    'Ines Fole',
    null,
  ])
})

describe('names', () => {
  it('hold everywhere where ids do, and on their site where they are counters', () => {
    expect(read('isso').posts[0]?.ref).toEqual({ platform: 'isso', id: 'comments.example/11' })
    expect(read('remark42').posts[0]?.ref?.platform).toBe('remark42')
    expect(read('talk').posts[0]?.ref).toEqual({ platform: 'coral', id: 't-1' })
  })

  it('of PeerTube are the fediverse’s, so that other servers’ copies meet', () => {
    expect(read('peertube').posts[2]).toMatchObject({
      platform: 'mastodon',
      ref: { id: 'http://oil.example/notes/9' },
      author: { handle: 'wick@oil.example', name: 'Wick' },
    })
  })

  it('of a parent that is not here are kept', () => {
    const all = JSON.parse(new TextDecoder().decode((CASES.get('hyvor-talk') as Case).body)) as unknown[]
    const [first] = read('hyvor-talk', JSON.stringify(all.slice(1))).posts
    expect(first?.parent).toMatchObject({ key: null, ref: { platform: 'hyvor-talk', id: '5501' } })
  })
})

describe('Disqus', () => {
  const { posts, declared } = read('disqus-frame')

  it('reads the frame below an article: names, guests, the deleted, and how many there are', () => {
    expect(treeOf('disqus-frame')).toEqual([
      ['3869143902', null],
      ['3869143999', '3869143902'],
      ['3869144100', '3869143999'],
    ])
    expect(posts.map(({ author }) => [author?.handle ?? null, author?.name ?? null])).toEqual([
      ['tideline', 'Tide Line'],
      [null, 'Dora'],
      [null, null],
    ])
    expect([posts[0]?.createdAt, posts[0]?.conversation]).toEqual(['2018-04-24T04:12:34.000Z', 'thread-6625198953'])
    expect(declared.replies).toBe(75)
    expect(codes('disqus-frame')).toEqual(['withheld', 'comments-cut'])
  })

  it('reads the same out of an answer of its API, under the names that its exports use', () => {
    const [, text = ''] =
      /disqus-threadData">(.*?)<\/script>/.exec(new TextDecoder().decode(CASES.get('disqus-frame')?.body)) ?? []
    const { response } = JSON.parse(text) as { response: { posts: unknown } }
    const fixture = { ...(CASES.get('disqus-frame') as Case), headers: [['content-type', 'application/json']] as const }
    const answer = JSON.stringify({ cursor: { hasNext: true }, code: 0, response: response.posts })
    const found = commentSystems.extract(pageOf(fixture, answer)).posts
    expect(found.map(({ ref }) => ref)).toEqual(posts.map(({ ref }) => ref))
    expect(posts[0]?.ref).toEqual({ platform: 'disqus', id: '3869143902' })
  })
})

describe("YouTube's Data API", () => {
  const [thread] = JSON.parse(new TextDecoder().decode((CASES.get('youtube') as Case).body)).items
  const answer = (value: object) => read('youtube', JSON.stringify(value))

  it('says that answers and further pages are elsewhere, and counts only what it knows to be all', () => {
    expect(codes('youtube')).toContain('comments-cut')
    expect(read('youtube').declared.replies).toBeNull()
    const whole = answer({ kind: 'youtube#commentThreadListResponse', items: [thread] })
    expect(whole.declared.replies).toBe(4)
    expect(whole.notes.map(({ code }) => code)).toContain('comments-cut')
  })

  it('hangs answers that were asked for by themselves below the comment they name', () => {
    const snippet = { ...thread.replies.comments[0].snippet, videoId: undefined }
    const item = { kind: 'youtube#comment', id: 'UgwA1.9c', snippet }
    const { posts, notes } = answer({ kind: 'youtube#commentListResponse', items: [item] })
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id, parent?.key])).toEqual([
      ['UgwA1.9c', 'UgwA1', null],
    ])
    expect(notes).toEqual([])
  })
})
