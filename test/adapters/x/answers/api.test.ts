import { describe, expect, it } from 'vitest'
import { xApi } from '../../../../src/adapters/x/answers/api.ts'
import { bodyOf, namesIn } from '../../../../src/adapters/x/text.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xApi)

const cases = new Map(casesOf('x-api').map((fixture) => [fixture.name, fixture]))
const timeline = cases.get('timeline') as Case
const embed = cases.get('embed') as Case

describe('x-api', () => {
  it('takes ids from text, never from numbers that lost their last digits', () => {
    const { posts } = xApi.extract(pageOf(timeline))
    const said = JSON.parse(new TextDecoder().decode(timeline.body)) as { id: number; id_str: string }[]
    expect(said.filter(({ id, id_str }) => String(id) === id_str)).toEqual([])
    for (const { ref } of posts.slice(1)) expect(said.map(({ id_str }) => id_str)).toContain(ref?.id)
  })

  it('decodes escaped characters once and hides a picture’s link at the end only', () => {
    const { posts } = xApi.extract(pageOf(timeline))
    expect(posts.find(({ media }) => media.length > 0)?.text).toBe(
      'Two of them are square <sic>, as the inspector wrote.',
    )
    expect(posts.find(({ quotes }) => quotes.length > 0)?.text).toContain('(see https://twitter.com/gullmap/status/')
  })

  it('makes no address of a link that was cut', () => {
    const { html } = bodyOf('See https://t.co/abc…', { targets: new Map(), attached: new Set(), ...namesIn('') })
    expect(html).not.toContain('href="https://t.co/ab"')
  })

  it('says that a post of the old limit is cut', () => {
    const { notes } = xApi.extract(pageOf(timeline))
    expect(notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['cut-text', 'reposts']))
  })

  it('joins posts and accounts that an answer lists apart, by their ids', () => {
    const post = (id: string, user: string, rest: object) => ({
      ...{ id_str: id, user_id_str: user, created_at: 'Tue Dec 06 05:35:00 +0000 2022', full_text: `Post ${id}.` },
      ...rest,
    })
    const tweets = {
      '21': post('21', '7', { quoted_status_id_str: '11' }),
      '22': post('22', '7', { retweeted_status_id_str: '11' }),
      '11': post('11', '8', {}),
    }
    const users = { '7': { id_str: '7', screen_name: 'ada', name: 'Ada' }, '8': { id_str: '8', screen_name: 'bo' } }
    const answer = { globalObjects: { tweets, users }, timeline: {} }
    const { posts, notes } = xApi.extract(pageOf(timeline, new TextEncoder().encode(JSON.stringify(answer))))
    expect(posts.map(({ ref, author }) => [ref?.id, author?.handle])).toEqual([
      ['11', 'bo'],
      ['21', 'ada'],
    ])
    expect(posts[1]?.quotes).toMatchObject([{ ref: { id: '11' }, author: { handle: 'bo' }, text: 'Post 11.' }])
    expect(notes.map(({ code }) => code)).toContain('reposts')
  })

  it('gives the parent that an embed carries, before its answer', () => {
    const [parent, answer] = xApi.extract(pageOf(embed)).posts
    expect(answer?.parent).toMatchObject({ key: parent?.key, basis: 'declared' })
    expect(parent?.provenance.path).toBe('/parent')
  })

  it('takes the words and all pictures of a long post from where streams kept them', () => {
    const picture = (name: string) => ({
      type: 'photo',
      url: 'https://t.co/pictins09',
      media_url_https: `https://pbs.twimg.com/media/${name}.jpg`,
    })
    const extended_tweet = {
      full_text: 'The list of tins goes on below the fold. https://t.co/pictins09',
      entities: { media: [picture('one')] },
      extended_entities: { media: [picture('one'), picture('two')] },
    }
    const stream = {
      id_str: '965602723251945473',
      created_at: 'Mon Feb 19 15:03:23 +0000 2018',
      text: 'The list of tins goes… https://t.co/self00001',
      truncated: true,
      user: { id_str: '9', screen_name: 'harbourlamp', name: 'Ines' },
      extended_tweet,
    }
    const { posts, notes } = xApi.extract(pageOf(timeline, JSON.stringify(stream)))
    expect(posts).toMatchObject([{ text: 'The list of tins goes on below the fold.', media: [{ kind: 'image' }, {}] }])
    expect(notes).toEqual([])
  })

  it('reads one status a line', () => {
    const lines = (JSON.parse(new TextDecoder().decode(timeline.body)) as unknown[]).map((one) => JSON.stringify(one))
    const { posts } = xApi.extract(pageOf(timeline, `${lines.join('\n')}\n`))
    expect(posts.map(({ provenance }) => provenance.line)).toEqual([1, 2, 3, 4, 5])
  })

  it('reads the embedded timeline’s data island', () => {
    const [status] = JSON.parse(new TextDecoder().decode(timeline.body)).slice(-1)
    const data = JSON.stringify({ props: { pageProps: { timeline: { entries: [{ content: { tweet: status } }] } } } })
    const html = `<!DOCTYPE html><html><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${data}</script></body></html>`
    const page = pageOf({ ...timeline, headers: [], kind: 'html' }, html)
    expect(xApi.recognises(page)).toBe(true)
    expect(xApi.extract(page).posts[0]?.provenance).toMatchObject({
      selector: 'script#__NEXT_DATA__',
      path: '/props/pageProps/timeline/entries/0/content/tweet',
    })
  })

  it('leaves GraphQL answers and exports to others', () => {
    const [, , , status] = JSON.parse(new TextDecoder().decode(timeline.body))
    const { user: _, ...nameless } = status
    expect(xApi.recognises(pageOf(timeline, JSON.stringify({ legacy: status })))).toBe(false)
    expect(xApi.recognises(pageOf(timeline, JSON.stringify([{ tweet: nameless }])))).toBe(false)
  })
})
