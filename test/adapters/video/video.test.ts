// Films and their comments as downloaders write them down: the film is what all comments stand below.
import { describe, expect, it } from 'vitest'
import { video } from '../../../src/adapters/video/video.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(video)

const CASES = new Map(casesOf('video').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => video.extract(pageOf(CASES.get(name) as Case, body))

describe('an info file', () => {
  const { posts, notes, declared } = read('youtube')

  it('is the film and the tree of its comments', () => {
    expect(posts.map(({ kind, key, parent }) => [kind, key, parent?.key ?? null])).toEqual([
      ['article', 'aB3_dE5-gH1', null],
      ['comment', 'UgxLock0001', 'aB3_dE5-gH1'],
      ['comment', 'UgxLock0001.9aB', 'UgxLock0001'],
      ['comment', 'UgxLock0002', 'aB3_dE5-gH1'],
    ])
    const [conversation] = unrollTogether([read('youtube')]).conversations
    expect(conversation).toMatchObject({ completeness: 'partial', declaredReplies: 5 })
    expect(declared.title).toBe('How a lock gate sighs')
  })

  it('names film and channel, and whose the comments are', () => {
    expect(posts[0]).toMatchObject({
      platform: 'youtube',
      author: { handle: 'canalhours', name: 'Canal Hours' },
      createdAt: '2024-03-01T09:00:00.000Z',
      media: [{ kind: 'video', width: 1920 }],
    })
    expect(posts.map(({ isPostAuthor }) => isPostAuthor)).toEqual([false, false, true, false])
    expect(posts[3]?.author).toMatchObject({ handle: null, name: 'Tow Path' })
    expect(posts[1]?.url).toBe('https://www.youtube.com/watch?v=aB3_dE5-gH1&lc=UgxLock0001')
  })

  it('says that its times are only as near as the site printed them', () => {
    expect(notes.map(({ code }) => code)).toEqual(['times-rounded'])
    expect(posts[1]?.provenance.extra).toEqual({ likes: 12, pinned: true, printedTime: '1 year ago' })
    expect(read('tiktok').notes).toEqual([])
  })

  it('of TikTok knows its author’s comments by id', () => {
    expect(read('tiktok').posts.map(({ platform, isPostAuthor }) => [platform, isPostAuthor])).toEqual([
      ['tiktok', false],
      ['tiktok', false],
      ['tiktok', true],
    ])
  })

  it('may have no comments, only a day, and stand one a line', () => {
    const info = {
      id: 'x1',
      title: 'T',
      extractor: 'youtube',
      webpage_url: 'https://www.youtube.com/watch?v=x1',
      upload_date: '20240229',
    }
    const { posts: films } = read(
      'comment-lines',
      `${JSON.stringify(info)}\n${JSON.stringify({ ...info, id: 'x2' })}\n`,
    )
    expect(films.map(({ key, createdAt, provenance }) => [key, createdAt, provenance.line])).toEqual([
      ['x1', '2024-02-29T00:00:00.000Z', 1],
      ['x2', '2024-02-29T00:00:00.000Z', 2],
    ])
  })
})

it('joins lines of comments by their ids', () => {
  const { posts } = read('comment-lines')
  expect(posts.map(({ key, parent }) => [key, parent?.key ?? null])).toEqual([
    ['UgyGate0001', null],
    ['UgyGate0001.9cD', 'UgyGate0001'],
  ])
})

describe('a list of comments', () => {
  const line = (cid: string, rest: object) => ({
    cid,
    text: `On ${cid}.`,
    author: '@moorhen',
    channel: 'UCmoor',
    ...rest,
  })
  const list = [
    line('UgyGate0001', { votes: '1.2K', replies: '3', photo: 'http://y.example/m.jpg', reply: false }),
    line('UgyGate0001.9cD', { votes: '0', replies: '', photo: 'http://y.example/c.jpg', reply: true }),
  ]

  it.each([
    ['alone', list, ''],
    ['under its name', { comments: list }, '/comments'],
  ])('is read %s as its lines are: answers below, no pictures of accounts, counts as printed', (_, value, path) => {
    const { posts, notes } = read('youtube', JSON.stringify(value))
    expect(posts.map(({ key, parent, media }) => [key, parent?.key ?? null, media.length])).toEqual([
      ['UgyGate0001', null, 0],
      ['UgyGate0001.9cD', 'UgyGate0001', 0],
    ])
    expect(posts[0]?.provenance).toMatchObject({ path: `${path}/0`, extra: { likes: '1.2K' } })
    expect(notes).toMatchObject([{ code: 'replies-missing', message: expect.stringContaining('3 answers') }])
  })
})

describe('a page of YouTube', () => {
  const { posts, notes, declared } = read('page')

  it('is the film and its comments under the same names as in files', () => {
    expect(posts.map(({ kind, key, parent }) => [kind, key, parent?.key ?? null])).toEqual([
      ['article', 'aB3_dE5-gH1', null],
      ['comment', 'UgxLock0001', 'aB3_dE5-gH1'],
      ['comment', 'UgxLock0001.9aB', 'UgxLock0001'],
      ['comment', 'UgxLock0002', 'aB3_dE5-gH1'],
    ])
    expect(posts.map(({ isPostAuthor }) => isPostAuthor)).toEqual([false, false, true, false])
    expect(posts[3]).toMatchObject({ author: { id: 'UCtowpath01', name: 'Tow Path' }, createdAt: null })
    expect(posts[3]?.provenance.extra).toEqual({ printedTime: 'vor 1 Tag (bearbeitet)' })
  })

  it('says how many comments there are in whatever language, and what it does not show', () => {
    expect(declared.replies).toBe(1204)
    expect(notes.map(({ code }) => code)).toEqual(['replies-missing', 'comments-cut'])
    const { text } = pageOf(CASES.get('page') as Case)
    const counted = (words: string) =>
      read('page', text.replace('1.204</span><span> Kommentare', words)).declared.replies
    expect(['コメント 3 件', '12 345 commentaires', '1,2 Tsd. Kommentare', 'Kommentare'].map(counted)).toEqual([
      3,
      12345,
      null,
      null,
    ])
  })
})
