import { describe, expect, it } from 'vitest'
import { originalFile, originalLink } from '../../../src/adapters/nitter/links.ts'
import { nitter } from '../../../src/adapters/nitter/nitter.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(nitter)

const cases = new Map(casesOf('nitter').map((fixture) => [fixture.name, fixture]))
const conversation = cases.get('conversation') as Case
const profile = cases.get('profile-2020') as Case
const HOST = new URL('http://nitter.example/harbourlamp')

function parentsOf(fixture: Case, html?: string): Map<string, string | null> {
  const { posts } = nitter.extract(pageOf(fixture, html))
  const words = new Map(posts.map(({ key, text }) => [key, text.slice(0, 8)]))
  return new Map(posts.map(({ text, parent }) => [text.slice(0, 8), words.get(parent?.key ?? '') ?? null]))
}

describe('nitter', () => {
  it('reads parents off its boxes: above, below, chain by chain', () => {
    expect(Object.fromEntries(parentsOf(conversation))).toEqual({
      '1/ The o': null,
      '2/ Each ': '1/ The o',
      '3/ On ba': '2/ Each ',
      'My grand': '2/ Each ',
      'Square t': 'My grand',
      'Ours is ': null,
    })
  })

  it('ties nothing across a gap or a deleted post', () => {
    expect(parentsOf(profile).get('Book two')).toBe('Book one')
    expect(parentsOf(profile).get('And book')).toBeNull()
  })

  it('says what the page leaves out', () => {
    const codes = (fixture: Case) => nitter.extract(pageOf(fixture)).notes.map(({ code }) => code)
    expect(codes(conversation)).toEqual(expect.arrayContaining(['more', 'tombstone', 'replies-missing']))
    expect(codes(profile)).toEqual(expect.arrayContaining(['more', 'show-thread', 'reposts']))
    expect(nitter.extract(pageOf(profile)).next).toEqual([`${profile.url}?cursor=HBaCwL7dmvLIuSMAAA%3D%3D`])
  })

  it('reads times day first where ids hold none', () => {
    expect(nitter.extract(pageOf(profile)).posts[0]?.createdAt).toBe('2010-07-30T15:01:02.000Z')
  })

  it('keeps line ends', () => {
    expect(nitter.extract(pageOf(profile)).posts[0]?.text).toContain('ladder.\nBefore')
  })

  it('takes a check for robots for what it is', () => {
    const html =
      '<!doctype html><html><head><title>Verifying</title></head><body><p id="antibot-text">Wait</p></body></html>'
    expect(nitter.recognises(pageOf(conversation, html))).toBe(true)
    expect(nitter.extract(pageOf(conversation, html))).toMatchObject({ posts: [], notes: [{ code: 'anti-bot' }] })
  })
})

describe('what Nitter rewrote', () => {
  it.each([
    ['/pic/orig/media%2FLamp.jpg', 'https://pbs.twimg.com/media/Lamp.jpg'],
    ['/pic/media%2FLamp.jpg%3Fname%3Dsmall%26format%3Dwebp', 'https://pbs.twimg.com/media/Lamp.jpg'],
    ['/pic/ext_tw_video_thumb%2F1%2Fimg%2Fa.jpg%3Asmall', 'https://pbs.twimg.com/ext_tw_video_thumb/1/img/a.jpg'],
    ['/pic/enc/bWVkaWEvTGFtcC5qcGc=', 'https://pbs.twimg.com/media/Lamp.jpg'],
    ['/pic/video.twimg.com%2Ftweet_video%2Fa.mp4', 'https://video.twimg.com/tweet_video/a.mp4'],
    ['/video/3B1C2D4E/https%3A%2F%2Fvideo.twimg.com%2Fpl%2Fa.m3u8', 'https://video.twimg.com/pl/a.m3u8'],
    ['/pic/%E0%A4%A', 'https://pbs.twimg.com/%E0%A4%A'],
    ['javascript:alert(1)', null],
  ])('file %s', (proxied, original) => {
    expect(originalFile(proxied, HOST)).toBe(original)
  })

  it.each([
    ['/tidewatcher', 'https://x.com/tidewatcher'],
    ['/gullmap/status/20#m', 'https://x.com/gullmap/status/20'],
    ['/search?q=%23lamplog', 'https://x.com/hashtag/lamplog'],
    ['https://nitter.net/gullmap/status/20', 'https://x.com/gullmap/status/20'],
    ['https://piped.video/watch?v=a', 'https://www.youtube.com/watch?v=a'],
    ['https://lamplog.example/books', 'https://lamplog.example/books'],
    ['javascript:alert(1)', null],
  ])('link %s', (rewritten, original) => {
    expect(originalLink(rewritten, HOST)).toBe(original)
  })
})

const item = (id: string, words: string, below = '', kind = '') =>
  `<div class="timeline-item ${kind}" data-username="gullmap"><a class="tweet-link" href="/gullmap/status/${id}#m"></a><div class="tweet-body"><span class="tweet-date"><a href="/gullmap/status/${id}#m" title="Mar 3, 2026 · 10:00 AM UTC">Mar 3</a></span><div class="tweet-content media-body" dir="auto">${words}</div>${below}</div></div>`
const readItems = (html: string) => nitter.extract(pageOf(profile, `<div class="timeline">${html}</div>`))

it('names the post that is not shown where the page links it, and hangs the next one below it', () => {
  const hidden =
    '<div class="unavailable timeline-item"><a class="unavailable-box" href="/gullmap/status/2028000000000000002">Deleted</a></div>'
  const { posts } = readItems(
    `<div class="thread-line">${item('2028000000000000001', 'Gulls.')}${hidden}${item('2028000000000000003', 'Maps.')}</div>`,
  )
  expect(posts.map(({ parent }) => [parent?.ref?.id, parent?.key])).toEqual([
    [undefined, undefined],
    ['2028000000000000002', null],
  ])
})

it('keeps place, poll and edit out of the words', () => {
  const place = '<span class="tweet-geo"> – at <a href="/search?q=place:1">Bergen</a></span>'
  const option = (label: string, share: string) =>
    `<div class="poll-option"><span class="poll-option-label">${label}</span><span class="poll-option-pct"> ${share}</span></div>`
  const poll = `<div class="poll">${option('Gull', '60%')}${option('Tern', '40%')}<span class="poll-info">12 votes • Final results</span></div>`
  const edit =
    '<p class="tweet-published"><a href="/gullmap/status/1/history">Last edited Mar 3, 2026 · 10:04 AM UTC</a></p>'
  const [post] = readItems(item('2028000000000000001', `Gulls or terns?${place}`, poll + edit)).posts
  expect(post).toMatchObject({ text: 'Gulls or terns?', editedAt: '2026-03-03T10:04:00.000Z' })
  expect(post?.provenance.extra).toEqual({
    poll: {
      choices: [
        { label: 'Gull', share: '60%' },
        { label: 'Tern', share: '40%' },
      ],
      info: '12 votes • Final results',
    },
  })
})

it('names a quoted post that the site does not show', () => {
  const quote =
    '<div class="quote unavailable"><a class="unavailable-quote" href="/ternmap/status/2027000000000000001">This account is gone</a></div>'
  const [post] = readItems(item('2028000000000000001', 'Terns, then.', quote)).posts
  expect(post?.quotes).toMatchObject([
    { ref: { id: '2027000000000000001' }, text: null, url: 'https://x.com/ternmap/status/2027000000000000001' },
  ])
})

it.each([
  '<div class="timeline-container"><div class="timeline-header timeline-protected"><h2>Tweets are protected.</h2></div></div>',
  '<div class="timeline"><div class="timeline-header"><h2 class="timeline-none">Tweets are protected.</h2></div></div>',
])('says what stands in place of posts: %s', (html) => {
  expect(nitter.recognises(pageOf(profile, html))).toBe(true)
  expect(nitter.extract(pageOf(profile, html)).notes).toMatchObject([
    { code: 'site-empty', message: expect.stringContaining('Tweets are protected.') },
  ])
})

it('says what the site says in place of a page', () => {
  const html =
    '<html><head><title>Error | nitter</title></head><body><div class="container"><div class="panel-container"><div class="error-panel"><span>User "nobody" not found</span></div></div></div></body></html>'
  expect(nitter.recognises(pageOf(profile, html))).toBe(true)
  const { posts, notes } = nitter.extract(pageOf(profile, html))
  expect(posts).toEqual([])
  expect(notes).toMatchObject([{ code: 'not-found', message: expect.stringContaining('User "nobody" not found') }])
})

describe('versions of a post', () => {
  const item = (id: string, words: string, more = '') =>
    `<div class="timeline-item" data-username="ina"><a class="tweet-link" href="/ina/status/${id}#m"></a><div class="tweet-body">
<a class="username" href="/ina">@ina</a><span class="tweet-date"><a href="/ina/status/${id}#m" title="Mar 5, 2024 · 9:00 AM UTC">Mar 5</a></span>
<div class="tweet-content media-body">${words}</div>${more}</div></div>`
  const read = (html: string) => nitter.extract(pageOf(conversation, `<html><body>${html}</body></html>`))
  const [first, last] = ['1764938902533046279', '1764939902533046279']

  it('are one post on the page that lists them, which keeps the earlier words', () => {
    const { posts } = read(
      `<div class="edit-history"><div class="latest-edit">${item(last, 'The lamp burned oil.')}</div>
<div class="previous-edits"><div class="tweet-edit">${item(first, 'The lamp burned gas.')}</div></div></div>`,
    )
    expect(posts).toMatchObject([
      { ref: { id: last }, provenance: { extra: { earlierVersions: [{ id: first, text: 'The lamp burned gas.' }] } } },
    ])
  })

  it('are said to be older where the page links a newer one', () => {
    const link = `<div class="latest-post-version">There's a new version. <a href="/ina/status/${last}#m">See it</a></div>`
    const { posts, notes } = read(item(first, 'The lamp burned gas.', link))
    expect(posts.map(({ ref }) => ref?.id)).toEqual([first])
    expect(notes).toMatchObject([{ code: 'newer-version', message: expect.stringContaining(last) }])
  })

  it('keeps the note that readers added beside the words', () => {
    const note = `<div class="community-note"><div class="community-note-header">Community note</div>
<div class="community-note-text">It was oil. <a href="https://lamp.example/oil">lamp.example/oil</a></div></div>`
    const [post] = read(item(first, 'The lamp burned gas.', note)).posts
    expect(post?.text).toBe('The lamp burned gas.')
    expect(post?.provenance.extra).toEqual({ communityNote: 'It was oil. https://lamp.example/oil' })
  })
})
