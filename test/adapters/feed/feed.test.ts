import { describe, expect, it } from 'vitest'
import { blogger } from '../../../src/adapters/blogger/blogger.ts'
import { feed } from '../../../src/adapters/feed/feed.ts'
import { wpJson } from '../../../src/adapters/wordpress/wp-json.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(feed)

const CASES = new Map(casesOf('feed').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => feed.extract(pageOf(CASES.get(name) as Case))
const readText = (xml: string) => feed.extract(pageOf(CASES.get('rss') as Case, xml))
const fixtureOf = (platform: string, name: string) =>
  pageOf(casesOf(platform).find((fixture) => fixture.name === name) as Case)

describe('RSS', () => {
  const { posts, next, notes, blocks } = read('rss')

  it('reads what is there in full and names the rest', () => {
    expect(posts.map(({ title }) => title)).toEqual(['Silt report: what the culvert keeps & what it gives back'])
    expect(notes.map(({ code }) => code)).toEqual(['summary-only'])
    expect(next).toEqual([
      'http://gauges.example/feed/?paged=2',
      'http://gauges.example/2024/05/weir-accounts/',
      'http://gauges.example/2024/06/silt-report/feed/',
    ])
    expect(blocks).toMatchObject([{ kind: 'list', title: 'Gauge Hut' }])
  })

  it('names a WordPress post as the REST answer does', () => {
    expect(posts[0]?.ref).toEqual(wpJson.extract(fixtureOf('wp-json', 'post')).posts[0]?.ref)
    expect(posts[0]).toMatchObject({ createdAt: '2024-06-01T06:30:00.000Z', media: [{ kind: 'audio' }], lang: 'en-GB' })
    expect(posts[0]?.footnotes).toHaveLength(1)
  })

  it('reads zones by name, and authors without their mail', () => {
    const { posts: read } = readText(
      '<rss><channel><item><link>http://a.example/1</link><pubDate>Mon, 20 May 2024 08:00:00 EST</pubDate><author>jo@a.example (Jo Hale)</author><content:encoded>x</content:encoded></item><item><link>http://a.example/2</link><author>jo@a.example</author><content:encoded>y</content:encoded></item></channel></rss>',
    )
    expect(read.map(({ createdAt, author }) => [createdAt, author?.name])).toEqual([
      ['2024-05-20T13:00:00.000Z', 'Jo Hale'],
      [null, undefined],
    ])
  })

  it('says when a feed of comments does not tell what they answer', () => {
    const { posts: read, notes: said } = readText(
      '<rss><channel><item><link>http://gauges.example/2024/05/low-water/#comment-90</link><guid>http://gauges.example/?p=1204#comment-90</guid><content:encoded>x</content:encoded></item></channel></rss>',
    )
    expect(read[0]).toMatchObject({ kind: 'comment', ref: { platform: 'wordpress', id: 'gauges.example/comment-90' } })
    expect(said.map(({ code }) => code)).toEqual(['parents-unknown'])
  })
})

describe('Atom', () => {
  const { posts } = read('atom-comments')

  it('reads HTML, XHTML and text as what they are', () => {
    expect(posts.map(({ text }) => text)).toEqual([
      'Every bollard hums in B flat;\nit is the diameter.',
      'Mine hums in B flat.',
      '3 < 4, and a <b> is a letter here.',
    ])
  })

  it('hangs answers where RFC 4685 says, by the names Blogger pages give', () => {
    const shown = new Map(blogger.extract(fixtureOf('blogger', 'threaded')).posts.map((post) => [post.ref?.id, post]))
    for (const { ref, parent } of posts.slice(0, 2)) {
      expect(shown.get(ref?.id)?.parent?.ref).toEqual(parent?.ref)
      expect(parent).toMatchObject({ basis: 'declared', p: 1 })
    }
  })
})

describe('JSON Feed', () => {
  it('inherits author and language, and keeps text as text', () => {
    const { posts, next } = read('json')
    expect(posts.map(({ author, lang }) => [author?.name, lang])).toEqual([
      ['Jo Hale', 'en'],
      ['Guest', 'en'],
    ])
    expect(posts[1]).toMatchObject({ html: null, text: 'No title today.\n\nOnly rain < 4 mm.' })
    expect(next).toEqual(['http://cranes.example/feed.json?page=2', 'http://cranes.example/19'])
  })
})

describe('sitemaps', () => {
  it('are lists of URLs, each once, and no posts', () => {
    const { posts, next, notes } = readText(
      '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://a.example/1 </loc></url><url><loc>http://a.example/1</loc></url><url><loc>javascript:x</loc></url><url><loc>http://a.example/2?a=1&amp;b=2</loc></url></urlset>',
    )
    expect(posts).toEqual([])
    expect(next).toEqual(['http://a.example/1', 'http://a.example/2?a=1&b=2'])
    expect(notes.map(({ code }) => code)).toEqual(['sitemap'])
  })

  it('may list other sitemaps', () => {
    const index = '<sitemapindex><sitemap><loc>http://a.example/posts.xml</loc></sitemap></sitemapindex>'
    expect(readText(index).next).toEqual(['http://a.example/posts.xml'])
  })
})

describe('a feed that wants to grow', () => {
  it('stays as small as it is', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const { posts } = readText(
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><item><link>http://a.example/1</link><content:encoded>&l9;</content:encoded></item></channel></rss>`,
    )
    expect(posts[0]?.text).toBe('&l9;')
  })
})
