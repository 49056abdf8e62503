// Pages that only lead on: by an order in their markup, or by the feed they offer.
import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import { casesOf, pageOf } from '../cases.ts'

const HERE = 'http://gauges.example/old/needle.html'
const LONG =
  '<p>The needle stuck in the winter before last, and nobody has been out to the float since then.</p>'.repeat(9)

function read(head: string, body = '<p>Redirecting…</p>') {
  const [fixture] = casesOf('article')
  const html = `<!doctype html><html><head><title>Needle</title>${head}</head><body>${body}</body></html>`
  return article.extract(pageOf({ ...fixture!, url: HERE }, html))
}
const refresh = (content: string) => `<meta http-equiv="Refresh" content="${content}">`

describe('a page that sends its readers on', () => {
  it.each([
    ['0; url=/needle', 'http://gauges.example/needle'],
    ["0;URL='http://new.example/needle'", 'http://new.example/needle'],
    ['5, ../needle', 'http://gauges.example/needle'],
    ['0.5;  url = needle-2', 'http://gauges.example/old/needle-2'],
  ])('by %j leads there', (content, url) => {
    const { posts, next, notes } = read(refresh(content), '<p>Redirecting…</p><script>location = "/needle"</script>')
    expect({ posts, next }).toEqual({ posts: [], next: [url] })
    expect(notes).toMatchObject([{ code: 'sent-on', message: expect.stringContaining(url) }])
  })

  it('to another host is told, for whoever asked for one page goes to no other host', () => {
    expect(read(refresh('0; url=http://new.example/')).notes[0]).toMatchObject({ level: 'warning' })
    expect(read(refresh('0; url=/new')).notes[0]).toMatchObject({ level: 'info' })
  })

  it('to a log-in is a wall', () => {
    expect(read(refresh('0; url=/login?next=/old'))).toMatchObject({ next: [], notes: [{ code: 'login-wall' }] })
  })

  it.each([
    ['itself again and again', refresh('30; url=/old/needle.html#top')],
    ['after minutes', refresh('300; url=/next')],
    ['an app', refresh('0; url=needle-app://open')],
    ['those without scripts', `<noscript>${refresh('0; url=/plain')}</noscript>`],
    ['nobody', refresh('60')],
    ['whom it cannot name', refresh('0; url=http://')],
  ])('%s is not followed', (_, head) => expect(read(head).next).toEqual([]))

  it('and says something beside is read', () => {
    const { posts, next } = read(refresh('20; url=/next'), `<article><h1>Needle</h1>${LONG}</article>`)
    expect({ posts: posts.length, next }).toEqual({ posts: 1, next: [] })
  })
})

it('a page without an article names the feed that it offers', () => {
  const feeds = `<link rel="alternate" type="application/json" href="/wp-json/">
    <link rel="alternate" type="application/atom+xml" href="/feed.atom"><link rel="alternate" type="application/rss+xml" href="/comments.xml">`
  expect(read(feeds, '<p>Welcome.</p>').notes[0]?.message).toContain('http://gauges.example/feed.atom')
  expect(read('', '<p>Welcome.</p>').notes[0]?.message).not.toContain('feed')
})
