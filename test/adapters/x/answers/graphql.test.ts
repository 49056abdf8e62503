import { describe, expect, it } from 'vitest'
import { xGraphql } from '../../../../src/adapters/x/answers/graphql.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xGraphql)

const cases = new Map(casesOf('x-graphql').map((fixture) => [fixture.name, fixture]))
const thread = xGraphql.extract(pageOf(cases.get('self-thread') as Case))
const timeline = xGraphql.extract(pageOf(cases.get('timeline') as Case))

function codes({ notes }: typeof thread): string[] {
  return notes.map(({ code }) => code)
}

function extractValue(value: unknown) {
  return xGraphql.extract(pageOf(cases.get('timeline') as Case, JSON.stringify(value)))
}

/** A tweet in the least form the adapter reads. */
function tweet(id: string, fields: object = {}): object {
  return { __typename: 'Tweet', rest_id: id, legacy: { full_text: `Words of ${id}`, ...fields } }
}

describe('x-graphql', () => {
  it('ties each post to the one it names, on the page or not', () => {
    const [first, second] = thread.posts
    expect(first?.parent).toBeNull()
    expect(second?.parent).toMatchObject({ ref: first?.ref, key: first?.key, basis: 'declared', p: 1 })
    expect(thread.posts.filter(({ parent }) => parent?.key === null)).toEqual([])
  })

  it('reads authors in both shapes as the same account', () => {
    const authors = thread.posts.filter(({ author }) => author?.handle === 'harbourlamp').map(({ author }) => author)
    expect(authors).toHaveLength(5)
    expect(new Set(authors.map((author) => JSON.stringify(author))).size).toBe(1)
  })

  it('takes the whole of a long post, not its preview', () => {
    const long = thread.posts.find(({ author }) => author?.handle === 'tidewatcher')
    expect(long?.text.length).toBeGreaterThan(280)
    expect(long?.text).toMatch(/until summer\.$/)
  })

  it('nests the quoted post and hides the link that stands for it', () => {
    const quoting = thread.posts.find(({ quotes }) => quotes.length > 0)
    expect(quoting?.quotes[0]).toMatchObject({ author: { handle: 'gullmap' }, ref: { platform: 'x' } })
    expect(quoting?.text).toBe('@harbourlamp Our map shows that pier too:')
  })

  it('names posts that are gone, with the site’s reason where it gives one', () => {
    const gone = thread.notes.filter(({ code }) => code === 'tombstone').map(({ message }) => message)
    expect(gone).toHaveLength(2)
    expect(gone[0]).toContain('no longer exists')
    expect(codes(thread)).toContain('adverts')
  })

  it('gives the shared post under its own author, and says so', () => {
    expect(timeline.posts.filter(({ text }) => text.startsWith('RT @'))).toEqual([])
    expect(timeline.posts.some(({ author }) => author?.handle === 'gullmap')).toBe(true)
    expect(codes(timeline)).toContain('reposts')
  })

  it('tells the time of the last edit, and that an article is only begun', () => {
    expect(timeline.posts.find(({ text }) => text.startsWith('The pier'))?.editedAt).toBe('2024-04-02T08:03:00.000Z')
    expect(timeline.posts.find(({ kind }) => kind === 'article')?.title).toBe('What the keepers saw')
    expect(codes(timeline)).toContain('cut-text')
  })

  it('keeps a poll’s choices and a film’s best file', () => {
    const poll = timeline.posts.find(({ provenance }) => provenance.extra !== null)
    expect(poll?.provenance.extra).toMatchObject({ poll: { choices: [{ label: 'Oil' }, { label: 'Gas' }] } })
    const film = timeline.posts.flatMap(({ media }) => media).find(({ kind }) => kind === 'video')
    expect(film?.url).toContain('1280x720')
  })

  it('survives parents in a circle, a post that answers itself, and ids that are no ids', () => {
    const { posts, notes } = extractValue({
      tweet_results: [
        tweet('11', { in_reply_to_status_id_str: '12' }),
        tweet('12', { in_reply_to_status_id_str: '11' }),
        tweet('13', { in_reply_to_status_id_str: '13' }),
        tweet('not an id'),
      ],
    })
    expect(posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual(['12', '11', null])
    expect(notes.map(({ code }) => code)).toContain('no-id')
  })

  it('reads results one a line, and names the lines', () => {
    const lines = [tweet('11'), tweet('12', { in_reply_to_status_id_str: '11' })]
    const page = pageOf(cases.get('timeline') as Case, lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(xGraphql.recognises(page)).toBe(true)
    const { posts } = xGraphql.extract(page)
    expect(posts.map(({ provenance }) => [provenance.line, provenance.path])).toEqual([
      [1, null],
      [2, null],
    ])
    expect(posts[1]?.parent?.key).toBe('11')
  })

  it('follows no endless chain of reposts', () => {
    let result = tweet('99')
    for (let id = 0; id < 1000; id += 1) result = tweet(`1${id}`, { retweeted_status_result: { result } })
    expect(extractValue({ tweet_results: { result } }).posts).toHaveLength(1)
  })

  it('is not held up by a megabyte of dots behind an address', () => {
    const dots = `http://a${'.'.repeat(1_000_000)}x`
    expect(extractValue({ tweet_results: { result: tweet('14', { full_text: dots }) } }).posts).toHaveLength(1)
  })
})
