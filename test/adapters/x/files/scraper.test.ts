// Posts of X as scrapers keep them: exact ids, parents, links and media out of every spelling.
import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../../src/adapters/index.ts'
import { xScraper } from '../../../../src/adapters/x/files/scraper.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xScraper)

const CASES = new Map(casesOf('x-scraper').map((fixture) => [fixture.name, fixture]))
const lines = CASES.get('lines') as Case
const list = CASES.get('list') as Case
const read = (fixture: Case, body?: string) => xScraper.extract(pageOf(fixture, body))

describe('lines of scrapers', () => {
  const { posts, notes } = read(lines)

  it('keep every digit of an id that JSON would round', () => {
    expect(posts.map(({ ref }) => ref?.id)).toEqual([
      '1491141777361113088',
      '1491141999999999999',
      '1768953236864545029',
      '1768000000000000001',
      '1438063287002861572',
    ])
    expect(posts[1]?.parent).toMatchObject({ ref: { id: '1491141777361113088' }, basis: 'declared' })
    expect(posts[4]?.author).toMatchObject({ id: '1457461982563606528', handle: 'lampwright' })
  })

  it('leave digits inside the words alone', () => {
    const body =
      '{"_type":"snscrape.modules.twitter.Tweet","id":1491141777361113087,"content":"[\\"a\\", 1491141777361113087, b]"}'
    expect(read(lines, body).posts).toMatchObject([
      { ref: { id: '1491141777361113087' }, text: '["a", 1491141777361113087, b]' },
    ])
  })

  it('give links their targets, and hide what stands for a picture or a quote', () => {
    expect(posts.map(({ text }) => text.split('\n')[0])).toEqual([
      '1/ Trimming wicks & tempers. Notes: https://wick.example/notes?p=1',
      '2/ The wick at its best:',
      'Two years on, same wick. See https://wick.example/again',
      'Every fog ends at breakfast, for those who sleep late.',
      '@foghorn_q Wicks first, oil second: https://wick.example/oil',
    ])
    expect(posts.map(({ media }) => media[0]?.url ?? null)).toEqual([
      null,
      'https://pbs.twimg.com/media/WiCk2.jpg?name=large',
      null,
      'https://video.twimg.com/fog-720.mp4',
      'https://pbs.twimg.com/media/OiL5.jpg',
    ])
    expect(posts[2]?.quotes).toMatchObject([
      { ref: { id: '1491141777361113088' }, text: '1/ Trimming wicks & tempers.' },
    ])
  })

  it('give a repost to its author, and twint’s clock its offset', () => {
    expect(posts[3]?.author?.handle).toBe('foghorn_q')
    expect(notes.map(({ code }) => code)).toEqual(['reposts'])
    expect(posts[4]?.createdAt).toBe('2021-09-15T08:53:00.000Z')
  })
})

describe('lists of scrapers', () => {
  it('are found under a name or at the top', () => {
    const ids = ['1894587000000000000', '1894587263553544522']
    const { tweets } = JSON.parse(new TextDecoder().decode(list.body)) as { tweets: unknown[] }
    for (const body of [undefined, JSON.stringify(tweets)]) {
      const { posts } = read(list, body)
      expect(posts.map(({ ref }) => ref?.id)).toEqual(ids)
      expect(posts[1]?.parent?.key).toBe(ids[0])
      expect(posts[0]?.text).toBe('The tower is shut on Sundays.\n\nHours: https://wick.example/hours')
      expect(posts[1]).toMatchObject({
        text: 'And on Mondays, out of habit',
        quotes: [{ ref: { id: '1894561937218048291' } }],
      })
    }
  })

  it('may spell their fields with capitals', () => {
    const row = {
      ID: '1776382544814223412',
      Text: 'Up.',
      Username: 'lampwright',
      InReplyToStatusID: '1776008088778346807',
    }
    const address = 'https://twitter.com/lampwright/status/1776382544814223412'
    expect(read(list, JSON.stringify([{ ...row, PermanentURL: address }])).posts).toMatchObject([
      { author: { handle: 'lampwright' }, parent: { ref: { id: '1776008088778346807' } } },
    ])
  })

  it('are nobody’s without a sign of a scraper', () => {
    const page = pageOf(list, JSON.stringify([{ id: '7', text: 'Rain.', author: 'ada' }]))
    expect(adapterFor(page)?.name).toBe('jsonl')
  })
})

describe('services that mend previews', () => {
  const status = { id: '1491141777361113088', text: 'Second: the wick.', created_at: 'Tue Feb 08 20:00:00 +0000 2022' }
  const answer = (tweet: object) => read(list, JSON.stringify({ code: 200, message: 'OK', tweet })).posts

  it('name the post that is answered beside the account', () => {
    const author = { id: '7', name: 'Ada B', screen_name: 'ada' }
    const photo = { type: 'photo', url: 'https://pbs.twimg.com/media/W.jpg', altText: 'A wick' }
    const poll = { choices: [{ label: 'Short', count: 3 }], ends_at: '2022-02-09T20:00:00Z' }
    const told = { ...status, author, replying_to: 'ada', replying_to_status: '1491141700000000000', poll }
    expect(answer({ ...told, media: { all: [photo], photos: [photo] } })).toMatchObject([
      {
        author: { handle: 'ada', name: 'Ada B' },
        parent: { ref: { id: '1491141700000000000' } },
        media: [{ alt: 'A wick' }],
        provenance: { path: '/tweet', extra: { poll: { choices: [{ label: 'Short', votes: 3 }] } } },
      },
    ])
  })

  it('call the account by its handle and its name, and what is quoted by its address', () => {
    const told = { tweetID: status.id, tweetURL: `https://twitter.com/ada/status/${status.id}`, text: status.text }
    const clip = { type: 'gif', url: 'https://video.twimg.com/w.mp4', thumbnail_url: 'https://pbs.twimg.com/w.jpg' }
    const row = {
      ...told,
      user_screen_name: 'ada',
      user_name: 'Ada B',
      replyingToID: '1491141700000000000',
      qrt: null,
      qrtURL: 'https://twitter.com/bo/status/1491141600000000000',
    }
    expect(read(list, JSON.stringify({ ...row, media_extended: [clip] })).posts).toMatchObject([
      {
        author: { handle: 'ada', name: 'Ada B' },
        parent: { ref: {} },
        media: [{ kind: 'gif' }],
        quotes: [{ ref: { id: '1491141600000000000' }, author: { handle: 'bo' } }],
      },
    ])
  })
})
