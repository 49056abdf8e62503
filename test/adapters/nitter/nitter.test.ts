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

it('says what the site says in place of a page', () => {
  const html =
    '<html><head><title>Error | nitter</title></head><body><div class="container"><div class="panel-container"><div class="error-panel"><span>User "nobody" not found</span></div></div></div></body></html>'
  expect(nitter.recognises(pageOf(profile, html))).toBe(true)
  const { posts, notes } = nitter.extract(pageOf(profile, html))
  expect(posts).toEqual([])
  expect(notes).toMatchObject([{ code: 'site-error', message: expect.stringContaining('User "nobody" not found') }])
})
