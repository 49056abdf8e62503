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
