// Networks without a reader of their own, by the names of their fields: whose a post is where only an id says it, what
// it was shared with, what is attached to it.
import { expect, it } from 'vitest'
import { jsonRows } from '../../../src/adapters/rows/json-rows.ts'
import { xScraper } from '../../../src/adapters/x/files/scraper.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const nested = casesOf('json-rows').find(({ name }) => name === 'nested') as Case
const read = (body: string) => jsonRows.extract(pageOf(nested, body)).posts
const writers = (body: string) => read(body).map(({ author }) => [author?.handle ?? null, author?.name ?? null])

it('names accounts of VK that stand beside the posts, groups below zero among them', () => {
  const items = [
    { id: 11, from_id: 501, date: 1704100100, text: 'At last', post_id: 10 },
    { id: 12, from_id: -501, date: 1704100200, text: 'Not for long', post_id: 10 },
    { id: 13, from_id: 7, date: 1704100300, text: 'Oh', post_id: 10 },
  ]
  const profiles = [{ id: 501, first_name: 'Ines', last_name: 'Holt', screen_name: 'inesholt' }]
  const groups = [{ id: 501, name: 'Pier News', screen_name: 'piernews' }]
  expect(writers(JSON.stringify({ response: { items, profiles, groups } }))).toEqual([
    ['inesholt', 'Ines Holt'],
    ['piernews', 'Pier News'],
    [null, null],
  ])
})

it('takes the largest of the sizes of a picture, and keeps a post that has nothing else', () => {
  const sizes = [75, 1080, 130].map((width) => ({ url: `https://pictures.example/${width}.jpg`, width, height: 50 }))
  const photo = { type: 'photo', photo: { id: 6, sizes } }
  const items = [
    { id: 10, from_id: 7, date: 1704100100, text: 'The pier' },
    { id: 11, from_id: 7, date: 1704100300, text: '', attachments: [photo] },
  ]
  const [, second] = read(JSON.stringify({ response: { items } }))
  expect(second?.media).toMatchObject([{ kind: 'image', url: 'https://pictures.example/1080.jpg' }])
})

it('names accounts of Nostr by their own events, as list and as lines', () => {
  const [a, b] = ['a', 'b'].map((sign) => sign.repeat(64)) as [string, string]
  const event = (id: string, pubkey: string, kind: number, content: string) => {
    return { id: id.repeat(64), pubkey, created_at: 1704100100, kind, tags: [], content }
  }
  const profile = event('0', a, 0, JSON.stringify({ name: 'orla', display_name: 'Orla Finch' }))
  const events = [event('1', a, 1, 'The pier'), event('2', b, 1, 'Which one?'), profile, event('3', b, 0, 'no JSON')]
  const named = [
    ['orla', 'Orla Finch'],
    [null, null],
  ]
  expect(writers(JSON.stringify(events))).toEqual(named)
  expect(writers(events.map((one) => JSON.stringify(one)).join('\n'))).toEqual(named)
})

it('puts a post of Cohost below those it was shared with, and comments under whoever wrote them', () => {
  const project = (handle: string) => ({ projectId: handle.length, handle, displayName: handle.toUpperCase() })
  const post = (postId: number, handle: string, plainTextBody: string, shareTree: readonly unknown[]) => ({
    ...{ postId, plainTextBody, publishedAt: `2023-05-0${postId}T10:00:00.000Z`, postingProject: project(handle) },
    ...{ shareTree, shareOfPostId: shareTree.length === 0 ? null : postId - 1 },
  })
  const first = post(1, 'orla', 'A pier is a bridge that gave up.', [])
  const second = post(2, 'bram', 'And yet it goes somewhere.', [first])
  const own = post(3, 'orla', 'Only at low tide.', [first, second])
  const comment = { commentId: 'aa-1', postedAtISO: '2023-05-04T10:00:00.000Z', body: 'How low?', inReplyTo: null }
  const posts = read(JSON.stringify({ post: own, comments: { 3: [{ comment, poster: project('una') }] } }))
  expect(posts.map(({ key, parent, author }) => [key, parent?.key ?? null, author?.handle])).toEqual([
    ['item-1', null, 'orla'],
    ['item-2', 'item-1', 'bram'],
    ['item-3', 'item-2', 'orla'],
    ['item-4', 'item-3', 'una'],
  ])
})

it('takes a draft of Typefully for no post of X', () => {
  const draft = { id: 900, text: 'One.\n\n\n\nTwo.', text_first_tweet: 'One.', twitter_url: 'https://x.com/a/status/1' }
  expect(xScraper.recognises(pageOf(nested, JSON.stringify([draft])))).toBe(false)
})

it('keeps words of their own above a post that somebody shares, and leaves what only shares', () => {
  const shared = { id: 4980, text: 'The pier is open.', user: { screen_name: 'una' } }
  const row = (id: number, text: string) => ({ id, text, user: { screen_name: 'ola' }, retweeted_status: shared })
  const rows = [row(1, 'Since when? It rained.'), row(2, '转发微博'), row(3, 'RT @una: The pier'), row(4, shared.text)]
  expect(read(JSON.stringify(rows)).map(({ text }) => text)).toEqual(['Since when? It rained.'])
})

it('reads what bots of Telegram are sent, posts of channels too', () => {
  const post = { message_id: 11, sender_chat: { title: 'Piers', username: 'piers' }, date: 1704103200, text: 'Nails.' }
  const result = [
    { update_id: 1, channel_post: post },
    { update_id: 2, message: { ...post, text: 'Which?' } },
  ]
  expect(read(JSON.stringify({ ok: true, result })).map(({ text }) => text)).toEqual(['Nails.', 'Which?'])
})
